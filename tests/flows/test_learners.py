"""Learners in the app: chosen, added, renamed, put aside and deleted; each sees their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.progress import learners
from nexus_tui.progress.store import Store
from nexus_tui.tui import opening
from tests.flows.driving import click_hint, hints, row
from tests.looks import scenes
from tests.running import nexus, press, running, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot


async def _open(pilot: Pilot[None]) -> None:
    opening.open_learners(nexus(pilot))
    await settled(pilot)


def _names(pilot: Pilot[None]) -> dict[str, int]:
    desk = nexus(pilot).desk
    assert desk is not None
    return {who.name: who.answers for who in learners.learners(desk.store)}


def _backups(folder: Path) -> list[Path]:
    return list(folder.glob("data/backups/*/*-delete-*.db"))


async def test_another_learner_begins_anew_and_the_first_finds_everything_again(
    tmp_path: Path,
) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        assert "learner" not in shown(pilot).splitlines()[3]
        await _open(pilot)
        await press(pilot, "n", *"Ben", "enter", "j", "enter")
        assert "Welcome to Nexus  Ben" in shown(pilot)
        await press(pilot, "6", "tab")
        assert "Nothing was done in the last twelve months." in shown(pilot)
        await _open(pilot)
        await press(pilot, "k", "enter")
        assert "Thursday 26 November  learner" in shown(pilot)
        assert _names(pilot) == {"learner": 6, "Ben": 0}


async def test_the_cursor_begins_on_the_learner_in_use(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "n", *"Ben", "enter", "j", "enter")
        await _open(pilot)

        assert row(pilot).lines[0].left[0].text == "Ben"


async def test_a_learner_without_a_name_is_asked_for_it_again(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "n", "space", "enter")
        assert "Nothing is typed yet." in shown(pilot)
        await press(pilot, *"Ben", "enter")

        assert set(_names(pilot)) == {"learner", "Ben"}


async def test_somebody_else_is_put_aside_and_deleted_by_the_mouse(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "n", *"Ben", "enter")
        await click_hint(pilot, "move")
        await click_hint(pilot, "put aside")
        assert "put aside" in shown(pilot)
        await click_hint(pilot, "delete")
        await press(pilot, *"Ben")
        await click_hint(pilot, "delete")

        assert set(_names(pilot)) == {"learner"}


async def test_a_question_left_open_is_not_answered_by_somebody_else(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    store = Store.open(settings.database.path, clock=clock)
    learners.add(store, "Ben")
    store.close()
    async with running(settings, clock) as pilot:
        await press(pilot, "5", "enter")
        assert "confirm" in shown(pilot)
        await pilot.app.switch_mode("today")
        await _open(pilot)
        await press(pilot, "j", "enter", "5")
        assert "confirm" not in shown(pilot)
        assert "Nothing is due" in shown(pilot)


async def test_a_name_is_changed_and_a_taken_one_refused(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "r", *"Anna", "enter")
        assert _names(pilot) == {"Anna": 6}
        await press(pilot, "n", *"anna", "enter")
        assert "There is a learner 'Anna' already" in shown(pilot)
        assert _names(pilot) == {"Anna": 6}


async def test_deleting_wants_the_name_typed(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "n", *"Ben", "enter", "j", "enter")
        await _open(pilot)
        await press(pilot, "k", "d", *"learnr", "enter")
        assert _names(pilot) == {"learner": 6, "Ben": 0}
        await press(pilot, "a")
        assert "put aside" in shown(pilot)
        await press(pilot, "a", "d", *"learner", "enter")
        assert _names(pilot) == {"Ben": 0}
        assert _backups(tmp_path)


async def test_who_is_in_use_is_kept(tmp_path: Path) -> None:
    async with running(*scenes.after_a_week(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "d")
        assert _names(pilot) == {"learner": 6}
        await press(pilot, "a")
        assert "in use: choose another one" in [*pilot.app._notifications][-1].message
        assert "not saved" not in shown(pilot)


async def test_the_last_row_says_what_can_be_done_with_whom_the_cursor_is_on(
    tmp_path: Path,
) -> None:
    async with running(*scenes.first_day(tmp_path)) as pilot:
        await _open(pilot)
        await press(pilot, "n", *"Ada", "enter", "home")
        said = []
        for key in ("home", "down", "a"):
            await press(pilot, key)
            said.append([hint.verb for hint in hints(pilot) if hint.keys in {"a", "d"}])

    assert said == [[], ["put aside", "delete"], ["take back", "delete"]]
