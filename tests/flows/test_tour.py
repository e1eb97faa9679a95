"""The tour: real screens with a few words, offered on the first day, left by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.tui.tour import STOPS
from tests.flows.driving import at, click, click_hint, press, row, says, settled
from tests.looks import scenes
from tests.running import nexus, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]


def test_the_words_of_the_tour_are_read_in_two_minutes() -> None:
    words = sum(len(stop.words.split()) for stop in STOPS)

    assert words / 200 < 2  # words a minute


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_the_tour_is_offered_on_the_first_day_and_shows_every_place(
    size: tuple[int, int], tmp_path: Path
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock, size) as pilot:
        await press(pilot, "end")
        assert row(pilot).id == "tour"
        await press(pilot, "enter")
        seen = []
        for number, stop in enumerate(STOPS, 1):
            assert at(pilot) == "tour" and says(pilot, f"stop {number} of {len(STOPS)}")
            assert says(pilot, stop.words)
            seen.append(nexus(pilot).current_mode)
            await press(pilot, "enter")

        assert seen == [stop.place for stop in STOPS]
        assert at(pilot) == "today"


async def test_the_tour_shows_the_first_page_of_each_place(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "3", "enter", "2", "j", "j", "enter", "question_mark", "t")
        seen = []
        for _ in STOPS:
            seen.append(type(pilot.app.screen_stack[-2]).__name__.removesuffix("Screen").lower())
            await press(pilot, "enter")

    assert seen == [stop.place for stop in STOPS]


@pytest.mark.parametrize("key", ["escape", "backspace", "q"])
async def test_one_key_ends_the_tour_where_it_is(key: str, week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "question_mark", "t")
        assert at(pilot) == "tour"
        await press(pilot, "enter", key)

        assert at(pilot) == "topics"


async def test_a_digit_ends_the_tour_in_its_place(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "question_mark", "t", "6")
        await settled(pilot)

        assert at(pilot) == "progress"


async def test_a_click_on_a_place_ends_the_tour_there(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "question_mark", "t", "enter")
        await click(pilot, "6 Progress")

        assert at(pilot) == "progress"


async def test_the_tour_goes_back_and_by_the_mouse_too(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "ctrl+p", *"tour", "enter")
        assert at(pilot) == "tour" and "stop 1 of" in shown(pilot)
        await click_hint(pilot, "next")
        assert "stop 2 of" in shown(pilot)
        await click_hint(pilot, "before")
        assert "stop 1 of" in shown(pilot)
        await click_hint(pilot, "end the tour")

        assert at(pilot) == "today"
