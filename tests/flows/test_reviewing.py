"""Reviewing under the learner's hand: why, suspend, bury, undo, know, begin anew, settings."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from nexus_tui.progress import decisions
from nexus_tui.settings import load
from nexus_tui.tui.objective import ObjectiveScreen
from nexus_tui.tui.question import QuestionScreen
from tests.flows.driving import at, click_hint
from tests.looks import scenes
from tests.running import LARGE, nexus, press, running, settled, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.pilot import Pilot

DUE = "look/indexing/predict-use"
OTHER = "look/indexing/design-one"


@pytest.fixture(autouse=True)
def one_learner(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Intervals are fuzzed by learner, and days are those of a zone."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr("nexus_tui.progress.store.uuid4", lambda: UUID(int=4))
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def held(pilot: Pilot[None]) -> set[str]:
    desk = nexus(pilot).desk
    assert desk is not None
    return set(decisions.held(desk.store))


async def click(pilot: Pilot[None], text: str) -> None:
    """Click on the first place where `text` stands on the screen."""
    rows = shown(pilot).splitlines()
    place = next((row.index(text), y) for y, row in enumerate(rows) if text in row)
    assert await pilot.click(offset=place)
    await settled(pilot)


# ---------------------------------------------------------------- why


async def test_y_says_why_a_question_is_asked_and_leaves_it_open(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "y")
        assert isinstance(pilot.app.screen, ObjectiveScreen)
        assert "Last answered yesterday" in shown(pilot)
        assert "A right guess comes back within three days." in shown(pilot)
        await press(pilot, "z", "b", "d")
        assert held(pilot) == set()
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, QuestionScreen)
        assert "Question 2 of 2" in shown(pilot)


@pytest.mark.parametrize("path", [("y",), ("5", "y"), ("6", "y")])
async def test_what_is_due_is_listed_with_reasons(tmp_path: Path, path: tuple[str, ...]) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, *path)
        assert "What is due, and why" in shown(pilot)
        await press(pilot, "enter")
        assert "reviews come near 90 in 100" in shown(pilot).replace("\n   ", " ")


async def test_the_list_of_what_is_due_starts_the_review(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "y", "r")
        assert isinstance(pilot.app.screen, QuestionScreen)


async def test_where_nothing_is_due_no_key_begins_a_review(tmp_path: Path) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        await press(pilot, "5", "y", "question_mark")
        assert "Everything that is due" in shown(pilot)
        assert "Start the review" not in shown(pilot)


# ---------------------------------------------------------------- suspended and buried


async def test_a_session_whose_only_question_was_suspended_says_so(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "5", "enter", "escape", "z")
        assert "1 suspended: it is not asked any more." in shown(pilot)
        assert "u takes back what you did last." in shown(pilot)
        assert "first try" not in shown(pilot) and "saved" not in shown(pilot)
        await press(pilot, "u", "escape", "b")
        assert "1 put off: it is not asked before tomorrow." in shown(pilot)
        assert "suspended" not in shown(pilot)


@pytest.mark.parametrize(("key", "words"), [("z", "suspended"), ("b", "not before tomorrow")])
async def test_an_objective_is_put_away_in_its_question_and_u_brings_it_back(
    tmp_path: Path, key: str, words: str
) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", key)
        assert held(pilot) == {OTHER}
        assert "Done" in shown(pilot)
        await press(pilot, "u")
        assert held(pilot) == set()
        assert "Question 2 of 2" in shown(pilot)
        assert words not in shown(pilot)


async def test_an_objective_is_suspended_and_asked_again_from_its_page(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "y", "enter", "z")
        assert held(pilot) == {DUE}
        assert "You suspended it" in shown(pilot)
        await press(pilot, "escape")
        assert "Nothing is due" in shown(pilot)
        await press(pilot, "2", "j", "j", "enter", "tab")
        await click(pilot, "Predict whether")
        await press(pilot, "z")
        assert held(pilot) == set()


async def test_the_page_of_an_objective_can_be_used_with_the_mouse(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "y")
        await click(pilot, "Predict whether")
        await click(pilot, "b not before")
        assert "put it off until tomorrow" in shown(pilot)


# ---------------------------------------------------------------- the topic as a whole


async def test_a_topic_is_known_and_that_is_taken_back(tmp_path: Path) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        await press(pilot, "2", "j", "j", "enter", "K")
        assert shown(pilot).count("credited") >= 2
        assert "You said that you know this topic: take it back" in shown(pilot)
        await press(pilot, "U")
        assert "credited" not in shown(pilot)


async def test_a_decision_that_does_nothing_says_why(tmp_path: Path) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        await press(pilot, "2", "j", "j", "enter", "U", "R", "K", "K")
        assert [toast.message for toast in pilot.app._notifications] == [
            "There is nothing to take back.",
            "None of its objectives was asked yet.",
            "Each of its objectives was asked or credited already.",
        ]


async def test_a_topic_begins_anew_and_that_is_taken_back(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "2", "j", "j", "enter", "R")
        assert shown(pilot).count("not asked\n") == 2
        await click(pilot, "take it back")
        assert "not asked\n" not in shown(pilot)


# ---------------------------------------------------------------- undo after a restart


async def test_the_last_answer_is_taken_back_after_a_restart(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2", "enter", "enter", "enter")
        assert "Done" not in shown(pilot)
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        before = desk.store.counts()["answers"]
        await press(pilot, "ctrl+p", *"take the last", "enter")
        await settled(pilot)
        assert desk.store.counts()["answers"] == before - 1
        await press(pilot, "home", "enter")
        assert "Question 2 of 2" in shown(pilot)


async def test_a_session_resumed_after_a_restart_is_undone_with_u(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "u")
        assert "Question 1 of 2" in shown(pilot)


# ---------------------------------------------------------------- confident errors


async def test_a_confident_error_is_explained_wholly_at_once(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter", "2", "s", "enter")
        below = shown(pilot).partition("✗ wrong: you chose 2")[2]
        assert [below.count(word) for word in ("✓ right", "✗ your answer", "not right")] == [
            1,
            1,
            1,
        ]


# ---------------------------------------------------------------- settings


async def test_settings_are_changed_with_keys_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "comma", *"jjj", "plus", "j", "minus", "j", "j", "enter")
        await pilot.press(*["backspace"] * 4)
        await press(pilot, *"sat sun", "enter")
        choices = nexus(pilot).settings.choices
        assert (choices.retention, choices.due_limit, choices.easy_days) == (0.92, 10, (5, 6))
        desk = nexus(pilot).desk
        assert desk is not None
        preset = decisions.preset(desk.store)
        assert preset is not None
        assert (preset.retention, preset.due_limit, preset.easy_days) == (0.92, 10, (5, 6))
        await press(pilot, "D")
        assert nexus(pilot).settings.choices.easy_days == ()
        await press(pilot, "escape", "6", "comma")
        assert "0.92" in shown(pilot)
    monkeypatch.setenv("NEXUS_SETTINGS", str(settings.file.path))
    assert load().choices == nexus(pilot).settings.choices


async def test_what_cannot_be_is_refused_where_it_was_typed(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "comma")
        await click(pilot, "Desired retention")
        await press(pilot, "9", "enter")
        assert "✗ not saved:" in shown(pilot)
        assert "0.80 to 0.97" in shown(pilot)
        await press(pilot, "escape")
        assert not settings.file.path.exists()
        assert nexus(pilot).settings.choices.retention == 0.90


async def test_a_settings_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    settings.file.path.mkdir()
    async with running(settings, clock) as pilot:
        await press(pilot, "comma", "plus")
        assert "✗ not saved:" in shown(pilot)
        assert nexus(pilot).settings.choices.retention == 0.90


async def test_settings_are_in_the_palette(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "ctrl+p", *"settings", "enter")
        await settled(pilot)
        assert "Plain characters" in shown(pilot)


# ---------------------------------------------------------------- the next 30 days


async def test_the_next_days_are_drawn_and_told(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await press(pilot, "6", "tab")
        assert "The next 30 days" in shown(pilot)
        assert "▂" in shown(pilot)
        await press(pilot, "t")
        assert "Thu 26 Nov 2026" in shown(pilot)
        assert "▂" not in shown(pilot)


async def test_on_a_narrow_screen_the_reasons_of_an_objective_have_their_help_and_are_left(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "y", "enter")
        for way in ("a click", "a key"):
            assert isinstance(pilot.app.screen, ObjectiveScreen)
            if way == "a key":
                await press(pilot, "question_mark")
            else:
                await click_hint(pilot, "help")
            assert at(pilot) == "help", way
            await click_hint(pilot, "back")
        await click_hint(pilot, "back")

        assert at(pilot) == "due"
