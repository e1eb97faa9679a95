"""Find my level in the app: from the first day to what is credited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from nexus_tui.progress.errors import StoreError
from nexus_tui.tui.placement import PlacedScreen, PlacingScreen
from tests.histories import one, rows
from tests.looks import scenes
from tests.running import nexus, press, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

FIND = ("j", "j", "enter")
KEPT = "SELECT count(*) FROM fact WHERE kind = 'answer' AND payload LIKE '%placement%'"


def asking(pilot: Pilot[None]) -> PlacingScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PlacingScreen)
    return screen


async def test_a_newcomer_finds_their_level_and_why(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        assert "Find my level" in shown(pilot)
        await press(pilot, *FIND)
        assert "topics has questions so far" in " ".join(shown(pilot).split())
        await press(pilot, "enter")
        while isinstance(pilot.app.screen, PlacingScreen):
            assert "✗" not in shown(pilot)
            await press(pilot, "tab")
        assert isinstance(pilot.app.screen, PlacedScreen)
        assert "○ new to you" in shown(pilot)
        assert "Right 0 of" in shown(pilot)
        [(payload,)] = rows(
            settings.database.path, "SELECT payload FROM fact WHERE kind = 'placement'"
        )
        assert {topic["standing"] for topic in json.loads(payload)["topics"]} == {"new"}
        await press(pilot, "r")
        assert "✗ not answered" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert "What was concluded on 26 November 2026" in shown(pilot)


async def test_an_answer_is_kept_and_a_placement_that_was_left_goes_on(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *FIND, "enter", "tab")
        assert one(settings.database.path, KEPT) == 1
        question = asking(pilot)._sitting.asked()
    clock.move(hours=1)
    async with running(settings, clock) as pilot:
        assert "Go on with finding your level" in shown(pilot)
        await press(pilot, *FIND)
        assert "1 answered." in shown(pilot) and "enter go on" in shown(pilot)
        await press(pilot, "enter")
        assert "Question 2" in shown(pilot)
        assert asking(pilot)._sitting.asked() == question


async def test_today_offers_a_placement_that_was_left_until_a_day_later(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "5", "f", "enter", "tab", "escape", "1")
        assert "Resume" in shown(pilot) and "1 answered, at most 25 are asked." in shown(pilot)
        await press(pilot, "f", "enter")
        assert "Question 2" in shown(pilot)
    clock.move(days=1)
    async with running(settings, clock) as pilot:
        assert "finding your level" not in shown(pilot)


async def test_nothing_entered_is_no_answer_and_what_cannot_be_kept_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *FIND, "enter")
        desk = nexus(pilot).desk
        assert desk is not None

        def refuse(*_: object) -> None:
            raise StoreError("The disk is full.")

        monkeypatch.setattr(desk.store, "_add", refuse)
        await press(pilot, "enter")
        assert any(words in shown(pilot) for words in ("an answer first, or tab", "enter again"))
        await press(pilot, "tab")
        assert "✗ not saved: The disk is full." in shown(pilot)
        assert "Question 1" in shown(pilot)
        monkeypatch.undo()
        await press(pilot, "tab")
        assert "Question 2" in shown(pilot)


async def test_the_palette_and_review_open_it(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "ctrl+p", *"find my level", "enter")
        assert "about 12 min" in shown(pilot)
        await press(pilot, "escape", "5", "f")
        assert "about 12 min" in shown(pilot)
