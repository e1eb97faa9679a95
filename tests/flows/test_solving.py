"""Solving a stage in the app: open, save, read what failed, get help, pass, go on."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.app import SuspendNotSupported

from nexus_tui.catalog.trust import trust
from nexus_tui.settings import Place
from nexus_tui.tui import editor
from nexus_tui.tui.stage_board import Board
from tests.flows.driving import answer, at, click, click_hint, help_said, press, says, settled
from tests.histories import one, rows
from tests.looks import scenes
from tests.running import LARGE, nexus, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.histories import Clock

SOLUTION = "def page(books, ask):\n    return list(zip(books, ask(books)))\n"
MUTANT = (
    "def page(books, ask):\n    author = ask(books[:1])[0]\n"
    "    return [(book, author) for book in books]\n"
)
OPEN = ("3", "enter", "tab", "enter")


@pytest.fixture
def scene(tmp_path: Path) -> tuple[Settings, Clock]:
    settings, clock = scenes.first_day(tmp_path)
    trust(scenes.PACK, settings.data.path)
    return settings, clock


def workspace(settings: Settings) -> Path:
    return settings.workspaces.path / "look/database-performance/n-plus-one"


async def saved(pilot: Pilot[None], file: Path, text: str) -> None:
    """Save a file as an editor would, at once, and wait for the verdict of the check that follows.

    Written where it lies it would be seen empty too, and be checked twice.
    """
    board = pilot.app.screen.query_one(Board)
    before = board.verdict
    beside = nexus(pilot).settings.data.path / file.name
    beside.write_text(text)
    beside.replace(file)
    while board.verdict is before or board.verdict is None:
        await pilot.pause(0.02)
    await settled(pilot)


async def test_opening_a_stage_makes_its_workspace_and_shows_the_brief(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN)
        assert at(pilot) == "stage" and says(pilot, "count how often it is called")
        assert (workspace(settings) / "pages.py").is_file()
        where = "Begin with pages.py"
        assert says(pilot, "Folder ") and says(pilot, where)
        await press(pilot, "escape")

        assert says(pilot, "not run yet") and says(pilot, "Folder ") and says(pilot, where)
        await press(pilot, "h")
        assert not says(pilot, where)


async def test_a_run_names_what_is_not_met_with_observed_and_expected(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "r")

        assert says(pilot, "✓ passed") and says(pilot, "✗ failed") and says(pilot, "1 of 2 passed")
        assert says(pilot, "You have changed nothing yet: what passed held from the start.")
        assert says(pilot, "observed  5 books: 5 queries, 35 books: 35")
        assert says(pilot, "expected  as many for 35 as for 5")
    assert one(settings.database.path, "SELECT attempts FROM stage") == 1


async def test_saving_in_any_editor_runs_the_check_and_a_pass_is_kept_before_it_is_said(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        assert says(pilot, "✓ Solved.") and says(pilot, "2 of 2 passed")
        assert says(pilot, 'A wrong idea others have: "One author is enough."')
        assert says(pilot, "Why it fails: It names one author for all books.")
        assert one(settings.database.path, "SELECT passed FROM stage") == "2026-11-26"
        await press(pilot, "escape")

        assert says(pilot, "passed · 10 min")


async def test_on_a_small_screen_a_pass_is_said_in_sight(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock, (60, 12)) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)

        assert says(pilot, "✓ Solved.")


async def test_the_story_leads_to_the_stages_by_enter_or_a_click(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "3", "enter", "enter")
        assert says(pilot, "solve it")
        await press(pilot, "tab")
        await click_hint(pilot, "the stages")

        assert says(pilot, "solve it")


async def test_a_topic_beside_a_challenge_and_a_stage_beside_another_are_clicked(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "3", "enter")
        await click(pilot, "Indexing")
        assert at(pilot) == "topic"
        await press(pilot, "escape", "enter", "enter")
        assert at(pilot) == "stage"
        await click(pilot, "2 An index")

        assert at(pilot) == "challenge"  # there is nothing to be run in that stage


async def test_the_newest_hint_stands_first(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock, (60, 14)) as pilot:
        await press(pilot, *OPEN)
        for number in (1, 2, 3):
            await press(pilot, "h")
            assert says(pilot, f"Hint {number} of 3" if number < 3 else "That was the last.")


async def test_a_stage_beside_the_challenges_opens_by_a_click(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "3")
        await click(pilot, "○ ")

        assert at(pilot) in {"stage", "challenge"}


async def test_on_a_narrow_screen_the_ladder_of_a_stage_is_one_row(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, *OPEN)
        ladder = next(text for text in shown(pilot).split("\n") if "Database performance" in text)

        assert "◐" in ladder and "no network" not in ladder


async def test_a_known_wrong_fix_is_told_with_the_input_that_breaks_it(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", MUTANT)

        assert says(pilot, 'This is a known wrong fix. Its idea: "One author is enough."')
        assert says(pilot, "Why it fails: It names one author for all books.")
        assert not says(pilot, "changed nothing")


async def test_hints_come_one_at_a_time_and_after_the_last_the_solution_at_its_price(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "d")
        assert says(pilot, "The solution opens after a pass, or after the last hint.")
        await press(pilot, "h")
        assert says(pilot, "Count the calls") and not says(pilot, "pairs two lists")
        await press(pilot, "h", "h")
        assert says(pilot, "Hint 3 of 3") and says(pilot, "d solution esc to the checks")
        await press(pilot, "d")
        assert says(pilot, "counts only from tomorrow")
        await press(pilot, "n")
        assert one(settings.database.path, "SELECT seen FROM stage") is None
        await press(pilot, "d", "y")
        assert says(pilot, "return list(zip(books, ask(books)))")
        await press(pilot, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)

        assert says(pilot, "it counts when you solve it on another day")
    kept = rows(settings.database.path, "SELECT passed, hints, seen FROM stage")
    assert kept == [(None, 4, "2026-11-26")]


def as_old_as(clock: Clock, folder: Path) -> None:
    """The files of a workspace were written at the time of this clock."""
    for path in folder.rglob("*"):
        os.utime(path, (clock.now.timestamp(),) * 2)


@pytest.mark.parametrize("again", [False, True], ids=["in the same run", "after a start"])
async def test_a_stage_that_was_left_says_what_its_last_check_said_and_when(
    again: bool, scene: tuple[Settings, Clock]
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "r", "escape")
        as_old_as(clock, workspace(settings))
        if not again:
            await press(pilot, "enter")
            assert says(pilot, "1 of 2 passed today") and says(pilot, "✓ passed")
            assert says(pilot, "observed  5 books: 5 queries") and not says(pilot, "r runs the")
    if again:
        clock.move(days=3)
        async with running(settings, clock) as pilot:
            await press(pilot, *OPEN)
            assert says(pilot, "1 of 2 passed 3 days ago") and says(pilot, "› ✗ failed")
            assert says(pilot, "r runs the checks again, and says what was observed.")
            await press(pilot, "r")
            assert says(pilot, "observed  5 books: 5 queries") and not says(pilot, "days ago")


async def test_files_that_were_changed_since_the_last_check_are_neither_passed_nor_failed(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "r", "escape")
        clock.move(hours=1)
        as_old_as(clock, workspace(settings))
        await press(pilot, "enter")

        assert says(pilot, "1 of 2 passed today, changed since") and says(pilot, "○ open")
        assert not says(pilot, "✓ passed") and not says(pilot, "✗ failed")


async def test_a_known_wrong_fix_is_told_again_on_return(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", MUTANT)
        as_old_as(clock, workspace(settings))
        await press(pilot, "escape", "enter")

        assert says(pilot, 'This is a known wrong fix. Its idea: "One author is enough."')


async def test_beginning_anew_keeps_what_was_written(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", MUTANT)
        await press(pilot, "R", "y")

        assert says(pilot, "Begun anew.") and says(pilot, "not run yet")
    [kept] = workspace(settings).parent.glob("n-plus-one-until-*")
    assert (kept / "pages.py").read_text() == MUTANT
    assert "ask([book])" in (workspace(settings) / "pages.py").read_text()


async def test_the_question_on_the_code_follows_a_pass(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        await press(pilot, "p")

        assert at(pilot) == "question" and says(pilot, "Question 1 of 1")


async def test_after_a_pass_the_next_stage_is_a_key_away_and_named_also_below_the_solution(
    tmp_path: Path,
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(scenes.PACK, pack)
    stages = pack / "challenges/database-performance/stages"
    shutil.copytree(stages / "n-plus-one", stages / "composite-index")
    settings, clock = scenes.first_day(tmp_path)
    trust(pack, settings.data.path)
    async with running(replace(settings, content=Place(pack, "a test")), clock) as pilot:
        await press(pilot, *OPEN, "escape")
        assert not says(pilot, "n next stage")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        assert says(pilot, "n next stage")
        await press(pilot, "d")
        assert says(pilot, "n next stage") and says(pilot, "esc to the checks")
        as_old_as(clock, workspace(settings))
        await press(pilot, "escape", "escape", "enter")
        assert says(pilot, "2 of 2 passed today") and says(pilot, "n next stage")
        await press(pilot, "n")

        assert says(pilot, "stage 2 of 2") and not says(pilot, "n next stage")


async def test_after_the_last_stage_no_key_is_named_that_leads_to_another(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        assert says(pilot, "p question on it") and not says(pilot, "next stage")
        await press(pilot, "n")

        assert says(pilot, "That was the last stage here.")


async def test_a_question_on_the_code_that_was_answered_today_is_not_offered_again(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        await press(pilot, "p")
        await answer(pilot)
        await press(pilot, "escape")
        assert at(pilot) == "stage" and not says(pilot, "p question on it")


async def test_the_time_of_the_question_on_the_code_is_not_booked_as_work_too(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", SOLUTION)
        await press(pilot, "p")
        clock.move(minutes=4)
        await press(pilot, "escape", "escape")
        assert at(pilot) == "stage"
        clock.move(minutes=1)
        await press(pilot, "r")
    assert one(settings.database.path, "SELECT sum(worked) FROM day") == 60_000


async def test_what_the_code_prints_is_below_the_checks_and_whole_on_its_page(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    loud = "for n in range(30):\n    print('[b]line', n)\n" + SOLUTION
    async with running(settings, clock, (80, 28)) as pilot:
        await press(pilot, *OPEN, "escape")
        await saved(pilot, workspace(settings) / "pages.py", loud)
        assert says(pilot, "[b]line 29") and says(pilot, "last 3 of 30 lines")
        await press(pilot, "o")

        assert says(pilot, "[b]line 0")


async def test_before_any_check_the_output_says_how_one_is_run(
    scene: tuple[Settings, Clock],
) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape", "o")
        assert says(pilot, "No check was run yet: r runs one.")
        listed = await help_said(pilot)
        assert "Stop the check" not in listed and "All output" in listed
        await press(pilot, "r", "escape", "enter", "o")

        assert says(pilot, "What the last check printed is not kept: r runs it again.")


async def test_a_pack_that_is_not_trusted_runs_nothing_and_says_so(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "r")

        assert says(pilot, "✗ not checked") and says(pilot, "is not trusted")
    assert rows(settings.database.path, "SELECT * FROM stage") == []


@pytest.mark.parametrize(
    ("named", "said"),
    [("", "No editor is named"), ("no-such-editor -w", "There is no no-such-editor")],
)
async def test_without_an_editor_the_screen_says_what_to_do(
    named: str, said: str, scene: tuple[Settings, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scene
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", named)
    monkeypatch.setattr(editor, "USUAL", ())
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "e")

        assert says(pilot, said) and says(pilot, "saving it runs the check")


@pytest.mark.parametrize("key", ["r", "b", "h"])
async def test_why_there_is_no_editor_goes_with_the_next_key(
    key: str, scene: tuple[Settings, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scene
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "")
    monkeypatch.setattr(editor, "USUAL", ())
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "e")
        assert says(pilot, "No editor is named")
        await press(pilot, key, *([] if key == "r" else ["escape"]))

        assert says(pilot, "Checks") and not says(pilot, "No editor is named")


async def test_the_editor_opens_at_the_line_that_failed(
    scene: tuple[Settings, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scene
    opened: list[tuple[Path, int | None]] = []

    def edit(_app: object, path: Path, line: int | None = None) -> None:
        opened.append((path, line))

    monkeypatch.setattr(editor, "edit", edit)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "escape")
        file = workspace(settings) / "pages.py"
        await saved(pilot, file, "def page(books, ask):\n    return books.missing\n")
        assert says(pilot, "AttributeError")
        await press(pilot, "e")

    assert opened == [(file, 2)]


async def test_a_terminal_that_cannot_be_handed_over_is_said(
    scene: tuple[Settings, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scene
    monkeypatch.setenv("EDITOR", "cat")
    monkeypatch.setattr("textual.app.App.suspend", _refuse)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "e")

        assert says(pilot, "cannot be handed to an editor")
        assert "Traceback" not in shown(pilot)


def _refuse(_app: object) -> None:
    raise SuspendNotSupported


async def test_today_leads_to_the_stage_that_was_left(scene: tuple[Settings, Clock]) -> None:
    settings, clock = scene
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await press(pilot, "r")
        await press(pilot, "1")
        assert says(pilot, "N+1 over a relation to one object")
        assert says(pilot, "Database performance, stage 1 of 2")


async def test_what_is_said_of_a_key_is_in_sight_on_a_small_screen(
    scene: tuple[Settings, Clock], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scene
    monkeypatch.setenv("EDITOR", "no-such-editor")
    monkeypatch.delenv("VISUAL", raising=False)
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, *OPEN, "r")
        await press(pilot, "e")
        region = pilot.app.screen.query_one("#meaning").region
        board = pilot.app.screen.query_one(Board).region

        assert region.height and board.contains_region(region)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_at_every_size_each_requirement_can_be_scrolled_into_view(
    size: tuple[int, int], scene: tuple[Settings, Clock]
) -> None:
    settings, clock = scene
    async with running(settings, clock, size) as pilot:
        await press(pilot, *OPEN, "r", "end")

        assert says(pilot, "More books take as many queries")
