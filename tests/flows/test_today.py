"""Today: every entry by its own key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.flows.driving import at, row
from tests.looks import scenes
from tests.running import press, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
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


async def test_what_comes_first_anew_is_under_the_cursor(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "down", "w", "1", "enter", "enter", "escape", "escape")

        assert at(pilot) == "today" and row(pilot).id == "resume"


async def test_the_first_day_has_a_key_for_each_beginning(tmp_path: Path) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        assert "12 min   f" in shown(pilot)
        await press(pilot, "f")

        assert at(pilot) == "placement"
