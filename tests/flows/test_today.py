"""Today: every entry by its own key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from nexus_tui.tui.today import TodayScreen
from tests.flows.driving import at, row, says
from tests.looks import scenes
from tests.running import nexus, press, running, settled, shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from nexus_tui.study.next_steps import Step
    from tests.histories import Clock

    Week = tuple[Settings, Clock]


@pytest.mark.parametrize(
    ("key", "leads"), [("r", "question"), ("c", "topic"), ("w", "question"), ("n", "today")]
)
async def test_an_entry_starts_by_its_key_and_without_the_entry_there_is_no_key(
    key: str, leads: str, week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        entries = [line.rstrip() for line in shown(pilot).splitlines() if "min" in line]
        await press(pilot, key)

        assert at(pilot) == leads
        assert entries[0].endswith("1 min   r") and not any(e.endswith(" n") for e in entries)


async def test_on_a_narrow_screen_each_day_of_the_week_stands_above_its_minutes(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (80, 30)) as pilot:
        for width in (60, 80, 60):
            await pilot.resize_terminal(width, 30)
            await pilot.pause()
            lines = shown(pilot).split("\n")
            names = next(text for text in lines if "This week" in text)
            figures = lines[lines.index(names) + 1]

            assert all(name in names for name in ("Mon", "Tue", "Wed", "today", "Fri", "Sun"))
            assert figures[names.index("Sun")] == "·"


async def test_what_comes_first_anew_is_under_the_cursor(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "down", "w", "1", "enter", "enter", "escape", "escape")

        assert at(pilot) == "today" and row(pilot).id == "resume"


async def test_a_stage_that_was_begun_stays_where_there_is_no_room_for_all(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    trust(scenes.PACK, settings.data.path)
    monkeypatch.setattr("nexus_tui.tui.today._ENTRIES", 2)
    async with running(settings, clock) as pilot:
        assert [step.kind for step in _offered(pilot)] == ["review", "topic"]
        failed = {"passed": False, "met": (), "failed": "same-count", "seed": 1, "seconds": 0.1}
        stage = "look/database-performance/n-plus-one"
        desk = nexus(pilot).desk
        assert desk is not None
        desk.store.attempt(stage, "r", failed).result()
        nexus(pilot).reread()  # as the screen of a stage does after a check
        await settled(pilot)
        assert [step.kind for step in _offered(pilot)] == ["review", "stage"]
        await press(pilot, "s")

        assert at(pilot) == "stage"


def _offered(pilot: Pilot[None]) -> Sequence[Step]:
    screen = pilot.app.screen
    assert isinstance(screen, TodayScreen)
    return screen._offered


async def test_that_nothing_is_due_is_said_whole_also_where_it_is_narrow(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "y", "enter", "z", "escape", "1")

        assert "   Review       Nothing is due  " in shown(pilot)
        assert says(pilot, "Next: tomorrow, 1 review. A review too early teaches little")


async def test_the_first_day_has_a_key_for_each_beginning(tmp_path: Path) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        assert "12 min   f" in shown(pilot)
        await press(pilot, "f")

        assert at(pilot) == "placement"
