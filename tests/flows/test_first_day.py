"""From nothing to the first lesson and the first answers, and what is left of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.study.desk import Desk
from nexus_tui.tui.app import NexusApp
from tests.flows.driving import (
    answer,
    asking,
    at,
    heading,
    hints,
    press,
    row,
    rows,
    says,
    settled,
)
from tests.histories import one
from tests.looks import scenes
from tests.running import nexus, running, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.progress.history import ReadingRow
    from nexus_tui.settings import Settings
    from nexus_tui.study.overview import Overview
    from tests.histories import Clock

LESSON = "topic:look/indexing"
STAGE = "stage:first"


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is read until the test says so: `app._opened(*_opened(app))`."""
    monkeypatch.setattr(NexusApp, "_start_reading", lambda app: None)


async def test_the_first_day_welcomes_with_four_entries_and_no_figures_of_a_past(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        text = shown(pilot)

        assert "Welcome to Nexus" in text
        steps = [STAGE, LESSON, "placement", "tour"]
        assert [r.id for r in rows(pilot)._rows] == steps
        assert row(pilot).id == STAGE
        assert "This week" not in text and "due" not in text


async def test_the_welcome_is_there_before_the_catalog_and_the_cursor_stays_on_the_first_entry(
    tmp_path: Path, unread: None
) -> None:
    app = NexusApp(*scenes.first_day(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before, places = shown(pilot), rows(pilot).cursor
        app._opened(*_opened(app))
        await settled(pilot)

        assert "Welcome to Nexus" in before and "Read and answer" in before
        assert places == rows(pilot).cursor == 0
        assert row(pilot).id == STAGE and "Read and answer: Indexing" in shown(pilot)


async def test_the_welcome_stays_while_the_history_is_made(tmp_path: Path, unread: None) -> None:
    app = NexusApp(*scenes.first_day(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.settings.database.path.write_bytes(b"")
        app.refresh_place()
        await settled(pilot)

        assert "Welcome to Nexus" in shown(pilot)


@pytest.mark.parametrize("scene", [scenes.first_day, scenes.after_a_week])
async def test_what_is_not_known_before_the_history_is_read_is_left_empty(
    scene: Callable[[Path], tuple[Settings, Clock]], tmp_path: Path, unread: None
) -> None:
    app = NexusApp(*scene(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()

        assert len(rows(pilot)._rows) >= 2 and "–" not in shown(pilot)


async def test_until_a_place_has_read_anything_only_keys_that_do_something_are_offered(
    tmp_path: Path, unread: None
) -> None:
    app = NexusApp(*scenes.after_a_week(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        for digit in "234567":
            await press(pilot, digit)
            assert [hint.verb for hint in hints(pilot)] == ["go to a place", "quit"]
        app._opened(*_opened(app))
        await settled(pilot)

        assert "read" in [hint.verb for hint in hints(pilot)]


async def test_an_entry_chosen_before_the_catalog_is_read_harms_nothing(
    tmp_path: Path, unread: None
) -> None:
    app = NexusApp(*scenes.first_day(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "down", "enter", "up", "enter", "2")
        assert at(pilot) == "topics" and "reading…" in heading(pilot)

        app._opened(*_opened(app))
        await press(pilot, "1")

        assert row(pilot).id == STAGE


async def test_an_entry_chosen_before_the_catalog_is_read_opens_once_it_is(
    tmp_path: Path, unread: None
) -> None:
    app = NexusApp(*scenes.first_day(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert at(pilot) == "today"
        app._opened(*_opened(app))
        await settled(pilot)

        assert at(pilot) == "stage"


async def test_a_lesson_read_and_its_quiz_answered_are_on_today_and_progress_and_stay_there(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "down", "enter")
        assert "Why it matters" in shown(pilot) and "section 1 of 3" in heading(pilot)
        assert _place(pilot).read == set()

        await press(pilot, "G", "Q")
        assert _place(pilot).read == {"Why it matters"}
        assert "Question 1 of 2" in heading(pilot)
        await answer(pilot)
        await press(pilot, "enter")
        await answer(pilot, right=False)
        await press(pilot, "enter")
        assert "1 of 2 right at the first try." in shown(pilot)

        await press(pilot, "enter", "1")
        today = shown(pilot)
        await press(pilot, "6", "tab")
        days = shown(pilot)

    assert "Continue" in today and "Section 1 of 3: Why it matters" in today
    assert "Welcome" not in today
    assert "2 answers on 1 day." in days
    async with running(settings, clock) as pilot:
        assert shown(pilot) == today
        await press(pilot, "6", "tab")
        assert shown(pilot) == days
    assert one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'answer'") == 2
    assert one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'reading'") == 2


async def test_the_stage_of_the_welcome_opens_with_its_brief(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")

        assert at(pilot) == "stage" and "count how often" in shown(pilot)


async def test_looking_around_is_a_tour(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "down", "down", "down", "enter")

        assert at(pilot) == "tour"


async def test_quitting_at_once_after_confirming_loses_nothing(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    before = one(settings.database.path, "SELECT count(*) FROM answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        assert asking(pilot)
        await pilot.press("2", "enter", "q")

    assert one(settings.database.path, "SELECT count(*) FROM answer") == before + 1


def _opened(app: NexusApp) -> tuple[Desk, Overview, None]:
    desk = Desk.open(app.settings, app.clock)
    return desk, desk.overview(), None


def _place(pilot: Pilot[None]) -> ReadingRow:
    overview = nexus(pilot).overview
    assert overview is not None
    place = overview.topics["look/indexing"].place
    assert place is not None
    return place


async def test_a_small_window_begins_at_the_welcome(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock, (60, 20)) as pilot:
        assert says(pilot, "Welcome to Nexus")
