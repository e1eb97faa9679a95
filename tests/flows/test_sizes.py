"""Every screen at every size, also while it is resized: nothing crashes, nothing is lost."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from nexus_tui.tui import opening
from nexus_tui.tui.checklist_lines import do_lines, why_lines
from nexus_tui.tui.topic_quiz import quiz_rows
from nexus_tui.tui.topic_text import source_rows
from nexus_tui.tui.widgets.lines import Lines, Part, line, palette
from nexus_tui.tui.widgets.rows import Rows
from tests.flows.drawn import lost, whole
from tests.flows.driving import answer, at, press, rows, settled
from tests.histories import Clock
from tests.running import SMALL, nexus, running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.catalog.models import ChecklistItem
    from nexus_tui.settings import Settings
    from nexus_tui.tui.widgets.lines import Line
    from tests.flows.conftest import SessionAt

    Week = tuple[Settings, Clock]

SIZES = [(60, 20), (80, 24), (120, 40), (200, 60)]
INSIDE: list[tuple[str, ...]] = [
    ("2", "j", "j", "enter"),
    ("3", "enter", "tab"),
    ("4", "j", "enter"),
    ("4", "j", "enter", "enter"),
    ("4", "p"),
    ("7", "enter"),
    ("slash", "i", "n", "d", "e", "x"),
]


async def _resize(pilot: Pilot[None], size: tuple[int, int]) -> None:
    await pilot.resize_terminal(*size)
    await settled(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_every_place_shows_all_it_has_at_every_size(
    size: tuple[int, int], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        for digit in "1234567":
            await press(pilot, digit)
            assert lost(pilot.app.screen) == []


@pytest.mark.parametrize("keys", INSIDE, ids=" ".join)
async def test_a_screen_resized_while_it_is_open_loses_nothing(
    keys: tuple[str, ...], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, (120, 40)) as pilot:
        await press(pilot, *keys)
        before, where = shown(pilot), at(pilot)
        for size in ((60, 20), (200, 60), (80, 24), (120, 40)):
            await _resize(pilot, size)
            assert lost(pilot.app.screen) == [] and at(pilot) == where

        assert shown(pilot) == before


async def test_places_resized_while_they_are_open_lose_nothing(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        for digit in "146":
            await press(pilot, digit)
            for size in ((200, 60), (60, 20)):
                await _resize(pilot, size)
                assert lost(pilot.app.screen) == []


@pytest.mark.parametrize("name", ["refunded-newest", "ticks", "how-many", "in-order"])
async def test_a_question_resized_before_and_after_its_answer_loses_nothing(
    name: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(name)
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "enter")
        for size in (*SIZES, SMALL):
            await _resize(pilot, size)
            assert lost(pilot.app.screen) == []
        await answer(pilot, right=False)
        for size in ((60, 20), SMALL):
            await _resize(pilot, size)
            assert lost(pilot.app.screen) == []


@pytest.mark.parametrize("name", ["refunded-newest", "ticks", "how-many", "in-order"])
async def test_a_question_longer_than_the_page_opens_at_its_beginning_and_is_read_downwards(
    name: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(name)
    async with running(settings, clock, (60, 9)) as pilot:
        await press(pilot, "enter")
        page = pilot.app.screen.query_one("#page")
        assert page.scroll_y == 0 and page.max_scroll_y > 0
        tops = [0.0]
        for _ in range(30):
            await press(pilot, "down")
            tops.append(page.scroll_y)

        assert all(0 <= below - above <= page.size.height for above, below in pairwise(tops))
        typed = pilot.app.screen.query("Typing")
        assert typed or "›" in shown(pilot)


async def test_what_is_typed_brings_its_field_into_sight(session_at: SessionAt) -> None:
    settings, clock = session_at("how-many")
    async with running(settings, clock, (60, 9)) as pilot:
        await press(pilot, "enter")
        assert "your answer" not in shown(pilot)
        await press(pilot, "4", "2")

        assert any(text.strip(" │") == "42" for text in shown(pilot).split("\n"))


async def test_on_a_small_screen_the_cursor_is_always_in_sight(session_at: SessionAt) -> None:
    settings, clock = session_at("in-order")
    async with running(settings, clock, (60, 12)) as pilot:
        await press(pilot, "enter")
        count = len(rows(pilot)._rows)
        seen = []
        for _ in range(count):
            assert "›" in shown(pilot)
            seen.append(next(line for line in shown(pilot).split("\n") if "›" in line))
            await press(pilot, "down")

    assert [line.split()[1] for line in seen] == [str(n) for n in range(1, count + 1)]


async def test_on_a_small_screen_what_is_below_the_last_entry_is_reached_by_keys(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock, (60, 14)) as pilot:
        assert "This week" not in shown(pilot)
        await press(pilot, *["down"] * 14)
        assert "minutes" in shown(pilot)
        await press(pilot, *["up"] * 14)
        assert "Thursday 26 November" in shown(pilot)
        await press(pilot, "6", *["down"] * 20)

        assert "Mastered: " in shown(pilot)


# ---------------------------------------------------------------- the real content


def item_lines(item: ChecklistItem) -> list[Line]:
    """An item of a checklist: its text, why and what to do."""
    return [line(item.text), *why_lines(item), *do_lines(item)]


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("real")


async def test_every_row_of_the_real_content_is_drawn_whole_at_80_columns(compiled: Path) -> None:
    async with running(settings_for(compiled), Clock()) as pilot:
        app = nexus(pilot)
        assert app.overview is not None and app.desk is not None
        await press(pilot, "2")
        app.screen._unfolded = {t.row.id for t in app.overview.tracks}  # type: ignore[attr-defined]
        app.screen.refresh_view()  # type: ignore[attr-defined]
        await settled(pilot)
        drawn = {r.id.removeprefix("topic:") for r in rows(pilot)._rows if not r.fixed}
        assert drawn >= set(app.overview.topics)
        assert lost(app.screen) == []
        for digit in "134567":
            await press(pilot, digit)
            assert lost(app.screen) == []
        for checklist in app.desk.catalog.checklists():
            listed = [line for item in checklist.model.items for line in item_lines(item)]
            assert all(whole(spec, 76, palette(app)) for spec in listed)


async def test_the_objectives_and_the_sources_of_every_topic_are_drawn_whole(
    compiled: Path,
) -> None:
    async with running(settings_for(compiled), Clock()) as pilot:
        app = nexus(pilot)
        assert app.overview is not None and app.desk is not None
        colours = palette(app)
        for key, state in app.overview.topics.items():
            view = app.desk.catalog.topic(key)
            listed = [*quiz_rows(state, app.desk), *source_rows(view, app.overview.topics)]
            assert len(listed) >= 2
            assert all(whole(spec, 76, colours) for r in listed for spec in r.lines)
        for key in sorted(app.overview.topics)[::12]:
            opening.open_topic(app, key, tab="quiz")
            await settled(pilot)
            assert at(pilot) == "topic" and lost(app.screen) == []
            await press(pilot, "tab", "tab", "tab")
            assert app.screen.query_one(Rows)._rows and lost(app.screen) == []
            await press(pilot, "escape")


async def test_the_lessons_of_the_real_content_open_section_by_section(compiled: Path) -> None:
    async with running(settings_for(compiled), Clock()) as pilot:
        app = nexus(pilot)
        assert app.desk is not None
        written = [topic.key for topic in app.desk.catalog.topics() if topic.has_lesson]
        assert written
        for key in written[:1]:
            lesson = app.desk.catalog.topic(key).lesson
            assert lesson is not None
            opening.open_topic(app, key, section=0)
            await settled(pilot)
            for number, section in enumerate(lesson.sections, 1):
                text = shown(pilot)
                assert f"section {number} of {len(lesson.sections)}" in text
                assert section.heading[:40] in text and lost(app.screen) == []
                await press(pilot, "n")
            await press(pilot, "escape")


async def test_what_is_cut_or_out_of_reach_would_be_found(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        week_strip = pilot.app.screen.query_one("#week", Lines)
        pilot.app.screen.query_one("#main").styles.overflow_y = "hidden"
        week_strip.show(*[line("x")] * 30)
        await settled(pilot)

        assert [problem for problem in lost(pilot.app.screen) if "rows beyond" in problem]
        assert not whole(line("x" * 9, right=[Part("a\x00")]), 4, palette(pilot.app))
