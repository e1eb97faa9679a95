"""The next start opens where one was: the place, the page in it, the cursor and the line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.tui import kept_place
from nexus_tui.tui.reading import Page
from tests.flows.driving import at, press, row, rows, says, settled
from tests.looks import scenes
from tests.running import nexus, running

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]


async def _left(week: Week, *keys: str, size: tuple[int, int] = (80, 24)) -> None:
    """Go somewhere, and quit."""
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        await press(pilot, *keys)
        await pilot.press("q")


async def _page(pilot: Pilot[None]) -> Page:
    await settled(pilot)
    await pilot.pause()
    return pilot.app.screen.query_one(Page)


async def test_the_place_and_its_cursor_are_found_again(week: Week) -> None:
    await _left(week, "6", "down", "7", "down", "down")
    settings, clock = week
    async with running(settings, clock) as pilot:
        assert at(pilot) == "library"
        wanted = row(pilot).id
        await press(pilot, "down", "q")
    async with running(settings, clock) as pilot:
        assert at(pilot) == "library" and row(pilot).id != wanted


async def test_a_lesson_is_found_again_at_its_line(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (60, 10)) as pilot:
        await press(pilot, "2", "j", "j", "enter", "p")
        page = await _page(pilot)
        page.scroll_to(y=2, animate=False)
        await settled(pilot)
        line, section = page.scroll_offset.y, pilot.app.screen.section  # type: ignore[attr-defined]
        await pilot.press("q")
    assert line > 0
    async with running(settings, clock, (60, 10)) as pilot:
        page = await _page(pilot)
        assert at(pilot) == "topic"
        assert pilot.app.screen.section == section  # type: ignore[attr-defined]
        assert page.scroll_offset.y == line
        await press(pilot, "escape")
        assert at(pilot) == "topics"


@pytest.mark.parametrize(
    ("keys", "name", "words"),
    [
        (("2", "j", "j", "enter", "tab", "tab"), "topic", "Equality, then sort"),
        (("3", "enter"), "challenge", "2,001 queries"),
        (("4", "enter"), "checklist", "Plain HTTP is redirected"),
        (("7", "enter"), "document", "Library ›"),
    ],
)
async def test_a_page_in_a_place_is_opened_again(
    keys: tuple[str, ...], name: str, words: str, week: Week
) -> None:
    await _left(week, *keys)
    settings, clock = week
    async with running(settings, clock) as pilot:
        assert at(pilot) == name and says(pilot, words)


async def test_the_findings_of_an_audit_are_opened_again(tmp_path: Path) -> None:
    week = scenes.audited(tmp_path)
    await _left(week, "4", "f", "down")
    settings, clock = week
    async with running(settings, clock) as pilot:
        assert at(pilot) == "findings" and rows(pilot).cursor > 1
        await press(pilot, "escape")
        assert at(pilot) == "checklists"


async def test_without_a_project_there_are_no_findings_to_open_again(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    await _left((settings, clock), "4")
    file = kept_place.path_in(settings.data.path)
    file.write_text(json.dumps({**json.loads(file.read_text()), "step": "findings:"}))
    async with running(settings, clock) as pilot:
        assert at(pilot) == "checklists"


async def test_a_session_is_not_opened_by_itself_its_topic_is(week: Week) -> None:
    await _left(week, "2", "j", "j", "enter", "Q", "escape", "escape")
    settings, clock = week
    async with running(settings, clock) as pilot:
        assert at(pilot) in {"topic", "topics"}


async def test_a_new_day_begins_with_today_and_the_places_stand_as_they_were(week: Week) -> None:
    await _left(week, "7", "down", "down")
    settings, clock = week
    clock.move(days=1)
    async with running(settings, clock) as pilot:
        assert at(pilot) == "today"
        await press(pilot, "7")
        assert (
            row(pilot).id
            == json.loads(kept_place.path_in(settings.data.path).read_text())["views"][
                "LibraryScreen"
            ]["list"]
        )


@pytest.mark.parametrize(
    "change",
    [
        {"step": "topic:look/gone:lesson"},
        {"step": "topic:look/indexing:nonsense"},
        {"step": "document:look/none:x"},
        {"step": 7},
        {"step": "nonsense"},
        {"place": "nowhere"},
        {"views": []},
        {"views": {"LibraryScreen": {"list": 5}}},
        {"learner": "somebody else"},
    ],
)
async def test_a_file_that_names_what_is_not_there_is_passed_over(
    change: dict[str, Any], week: Week
) -> None:
    await _left(week, "7")
    settings, clock = week
    file = kept_place.path_in(settings.data.path)
    file.write_text(json.dumps({**json.loads(file.read_text()), **change}))
    async with running(settings, clock) as pilot:
        assert at(pilot) in {"today", "library"}
        assert nexus(pilot).failure is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7", "\x00", '{"place": {}}', "[" * 9999])
async def test_a_damaged_file_opens_today(text: str, week: Week) -> None:
    settings, clock = week
    file = kept_place.path_in(settings.data.path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    async with running(settings, clock) as pilot:
        assert at(pilot) == "today" and nexus(pilot).failure is None


async def test_who_moves_while_the_catalog_is_read_stays_where_they_went(week: Week) -> None:
    await _left(week, "7")
    settings, clock = week
    from nexus_tui.tui.app import NexusApp

    app = NexusApp(settings, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.action_go("checklists")
        await settled(pilot)

        assert at(pilot) == "checklists"
