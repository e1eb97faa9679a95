"""An exam in the app: chosen, taken, left, ended by hand or by the clock, and gone through."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.progress.errors import StoreError
from nexus_tui.tui.exam_paper import ExamPaperScreen
from nexus_tui.tui.exam_result import ExamResultScreen
from nexus_tui.tui.widgets.timer import Timer
from tests.flows.driving import at, click, help_said, hints
from tests.flows.driving import rows as rows_shown
from tests.histories import one, rows
from tests.looks import scenes
from tests.running import nexus, press, running, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

OPEN = ("5", "x")
BEGIN = (*OPEN, "enter")
ANSWERS = "SELECT count(*) FROM fact WHERE kind = 'answer' AND payload LIKE '%\"mode\":\"exam\"%'"


def paper(pilot: Pilot[None]) -> ExamPaperScreen:
    """The screen of the exam being taken."""
    screen = pilot.app.screen
    assert isinstance(screen, ExamPaperScreen)
    return screen


async def skip_to(pilot: Pilot[None], *kinds: str) -> None:
    """Go on to a question of one of these kinds."""
    screen = paper(pilot)
    for _ in screen._exam.sheet.items:
        if screen._asked is not None and screen._asked.question.kind in kinds:
            return
        await press(pilot, "tab")
    raise AssertionError(f"no question of {kinds}")


async def test_what_is_chosen_is_what_begins(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "j", "minus", "minus", "minus", "j", "minus")
        assert "5 questions, 15 min" in shown(pilot)
        await press(pilot, "k", "k", "enter")
        assert "Question 1 of 5" in shown(pilot)
        assert "15:00 left" in shown(pilot)


async def test_the_last_row_says_what_the_answer_needs_first_and_the_way_back(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "order")
        verbs = [hint.verb for hint in hints(pilot)]
        assert verbs == ["save", "move", "out", "next", "all", "flag", "back"]
        await skip_to(pilot, "choice")
        assert {"choose", "next", "all", "flag", "back"} <= {hint.verb for hint in hints(pilot)}
        await skip_to(pilot, "short")
        assert {"next", "all", "flag", "leave field"} <= {hint.verb for hint in hints(pilot)}


async def test_questions_and_minutes_are_typed(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "j", "enter", "ctrl+u", "7", "enter")
        await press(pilot, "j", "enter", "ctrl+u", "0", "enter")
        assert "0 does not fit: the number of minutes is a whole number" in shown(pilot)
        await press(pilot, "ctrl+u", *"25", "enter")
        assert "7 questions, 25 min" in shown(pilot)
        await press(pilot, "enter", "escape", "g", "enter")

        assert "Question 1 of 7" in shown(pilot) and "25:00 left" in shown(pilot)


async def test_a_share_of_a_track_and_its_topics_are_chosen_with_the_keyboard(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "G")
        assert "▸ Databases" in shown(pilot)
        await press(pilot, "enter", "plus")
        assert "▾ Databases" in shown(pilot)
        assert "share 2 · " in shown(pilot)
        assert "✓ taken" in shown(pilot)
        await press(pilot, "j", "enter")
        assert "✓ taken" in shown(pilot), "the last topic stays"


async def test_an_answer_is_on_disk_before_the_next_question_comes_and_says_nothing(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        place = paper(pilot)._exam.sheet.position
        await press(pilot, "2", "enter")
        assert one(settings.database.path, ANSWERS) == 1
        assert paper(pilot)._exam.sheet.position != place
        assert "✓" not in shown(pilot)
        assert "✗" not in shown(pilot)


async def test_enter_alone_answers_nothing(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        for kind, words in (
            ("choice", "choose or type an answer first"),
            ("line", "choose or type an answer first"),
            ("order", "nothing moved: enter again confirms"),
        ):
            await skip_to(pilot, kind)
            await press(pilot, "enter")
            assert words in shown(pilot)
        assert one(settings.database.path, ANSWERS) == 0
        await press(pilot, "tab", "shift+tab")
        assert "enter saves it" not in shown(pilot), "nothing was entered"
        await press(pilot, "enter")
        assert one(settings.database.path, ANSWERS) == 0, "it is asked about anew"
        await press(pilot, "enter")
        assert one(settings.database.path, ANSWERS) == 1


async def test_one_comes_back_to_a_flagged_question_and_its_answer_is_there(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        place = paper(pilot)._exam.sheet.position
        await press(pilot, "f", "3", "enter", "ctrl+o")
        assert "1 flagged" in shown(pilot)
        await press(pilot, "home", *["j"] * (place + 1), "enter")
        assert "· answered · flagged" in shown(pilot)
        [row] = [line for line in shown(pilot).split("\n") if line.startswith(" ›")]
        assert row.startswith(" › 3")
        await press(pilot, "1", "enter")
        assert one(settings.database.path, ANSWERS) == 2
        assert len(paper(pilot)._exam.sheet.answered) == 1


async def test_an_exam_with_something_entered_and_not_kept_is_quit_only_when_wanted_twice(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "estimate", "short")
        await press(pilot, *"42", "escape", "q")
        assert "enter saves it · q again quits" in shown(pilot) and not pilot.app._exit
        await press(pilot, "q")
        assert pilot.app._exit


async def test_what_was_entered_and_not_kept_is_there_still_and_says_so(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "estimate", "short")
        await press(pilot, *"42", "tab", "shift+tab")
        assert "entered, enter saves it" in shown(pilot)
        assert "42" in shown(pilot)
        assert one(settings.database.path, ANSWERS) == 0
        await press(pilot, "ctrl+o")
        assert "1 entered and not saved" in " ".join(shown(pilot).split())
        await press(pilot, "escape")
        question = paper(pilot)._exam.sheet.current.question
        while isinstance(pilot.app.screen, ExamPaperScreen):
            await press(pilot, "escape")
        await press(pilot, *OPEN)
        while paper(pilot)._exam.sheet.current.question != question:
            await press(pilot, "tab")
        assert "entered, enter saves it" in shown(pilot) and "42" in shown(pilot)


async def test_all_questions_begin_at_the_one_that_is_open(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        place = paper(pilot)._exam.sheet.position
        await press(pilot, "1", "enter", "shift+tab", "o")

        shown_row = rows_shown(pilot).row
        assert shown_row is not None and shown_row.id == str(place)


async def test_flag_and_all_questions_work_while_typing(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "estimate", "short")
        await press(pilot, "f", "o", "ctrl+f")
        assert "· flagged" in shown(pilot)
        assert "fo" in shown(pilot)


async def test_the_time_ticks_without_moving_anything_and_its_end_ends_the_exam(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        screen, plain = paper(pilot), shown(pilot)
        clock.move(minutes=11, seconds=1)
        screen.tick()
        await settled(pilot)
        assert shown(pilot) == plain.replace("20:00 left", " 8:59 left")
        await press(pilot, "question_mark")
        assert "Keys here" in shown(pilot)
        clock.move(minutes=9)
        screen.tick()
        await settled(pilot)
        assert isinstance(pilot.app.screen, ExamResultScreen)
        assert "ended when the time was up" in shown(pilot)


async def test_a_tick_asks_for_no_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        screen = paper(pilot)
        asked: list[bool] = []
        timer = screen.query_one(Timer)
        monkeypatch.setattr(timer, "refresh", lambda *_, layout=False, **__: asked.append(layout))
        screen.tick()
        assert asked == []
        clock.move(seconds=1)
        screen.tick()
        assert asked == [False]


async def test_an_exam_that_was_left_goes_on_from_today_after_a_restart(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "1", "enter", "escape", "q")
    clock.move(minutes=5)
    async with running(settings, clock) as pilot:
        assert "Go on with the exam" in shown(pilot)
        assert "15 min left" in shown(pilot)
        await press(pilot, "enter")
        assert len(paper(pilot)._exam.sheet.answered) == 1
        assert "15:00 left" in shown(pilot)
        pilot.app.screen.set_focus(None)  # in a field esc leaves the field first
        await press(pilot, "escape")
        assert "Go on" in shown(pilot)


async def test_an_exam_that_was_left_and_is_over_is_in_the_list_after_a_restart(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "1", "enter")
    clock.move(hours=5)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN)
        assert "Earlier exams" in shown(pilot)
        await press(pilot, "G", "enter")
        assert "closed as it stood" in " ".join(shown(pilot).split())


async def test_an_exam_taken_on_the_first_day_is_gone_on_with_too(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "1", "enter")
    async with running(settings, clock) as pilot:
        assert "Welcome to Nexus" in shown(pilot)
        await press(pilot, "enter")
        assert len(paper(pilot)._exam.sheet.answered) == 1


async def test_handing_in_shows_the_result_by_objective_and_one_pass_of_review(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "1", "enter", "ctrl+o", "home")
        assert "questions are not answered and would count as wrong." in shown(pilot)
        await press(pilot, "enter")
        asked = " ".join(shown(pilot).split())
        assert "1 of 9 answered." in asked and "would count as wrong. Hand it in?" in asked
        await press(pilot, "n")
        assert "All questions" in shown(pilot)
        await press(pilot, "enter", "y")
        assert "Of such questions you would get" in shown(pilot)
        [payload] = [
            json.loads(text)
            for (text,) in rows(
                settings.database.path, "SELECT payload FROM fact WHERE kind = 'exam'"
            )
        ]
        count = len(payload["items"])
        assert sum(item["answer"] is not None for item in payload["items"]) == 1
        await press(pilot, "r")
        assert f"Question 1 of {count}" in shown(pilot)
        verdicts = set()
        for _ in range(count):
            text = shown(pilot)
            verdicts |= {word for word in ("not answered", "✓ right", "✗ wrong") if word in text}
            await press(pilot, "enter")
        assert "not answered" in verdicts
        assert isinstance(pilot.app.screen, ExamResultScreen)


async def test_the_last_answer_leads_to_all_questions(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *OPEN, "j", *["minus"] * 4, "k", "enter")
        exam = paper(pilot)._exam
        for _ in exam.sheet.items:
            screen = paper(pilot)
            assert screen._asked is not None
            kind = screen._asked.question.kind
            keys = ("1", "2", "3") if kind == "match" else ("2",)
            await press(pilot, *keys, "enter")
        assert "All are answered." in shown(pilot)
        assert "not saved" not in shown(pilot)
        states = [row.split()[2:] for row in shown(pilot).split("\n") if "  Question" in row]
        assert states == [["answered"]] * len(exam.sheet.items)
        await press(pilot, "enter")
        assert at(pilot) == "confirm", "the same key once more hands nothing in"
        assert "answered. Hand it in?" in " ".join(shown(pilot).split())
        await press(pilot, "enter")
        assert at(pilot) == "sheet"
        await press(pilot, "enter", "y")
        assert isinstance(pilot.app.screen, ExamResultScreen)


async def test_an_answer_that_is_saved_is_no_draft_whatever_was_entered_before(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        place = paper(pilot)._exam.sheet.position
        back = ("home", *["j"] * (place + 1), "enter")
        await press(pilot, "2", "enter", "ctrl+o", *back)
        await press(pilot, "3", "o")
        assert "1 entered and not saved" in " ".join(shown(pilot).split())
        await press(pilot, "escape", "2", "o")
        assert "not saved" not in shown(pilot), "it stands as it was saved"
        await press(pilot, "escape", "3", "tab", "shift+tab", "2", "o")
        assert "not saved" not in shown(pilot)


async def test_a_typed_answer_that_is_saved_last_is_answered(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "estimate", "short")
        exam = paper(pilot)._exam
        exam.sheet = replace(
            exam.sheet, items=(exam.sheet.current,), position=0, answered=frozenset()
        )
        await press(pilot, *"42", "enter")
        assert "1 of 1 answered" in shown(pilot)
        assert "not saved" not in shown(pilot)
        await press(pilot, "escape", *"7", "ctrl+o")
        assert "entered, not saved" in shown(pilot)


async def test_an_exam_that_runs_is_gone_on_with_from_review(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "escape", "escape")
        assert at(pilot) == "review"
        first = rows_shown(pilot)._rows[0]
        assert first.id == "exam"
        await click(pilot, "Go on with the exam")

        assert isinstance(pilot.app.screen, ExamPaperScreen)


async def test_while_an_exam_runs_nothing_of_the_next_can_be_chosen(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        await press(pilot, "escape", "1", *OPEN)
        before, listed = shown(pilot), await help_said(pilot)
        await press(pilot, "j", "plus", "minus", "space")

        assert shown(pilot) == before and "Go on" in before
    assert all(words not in before for words in ("Questions ", "Minutes", "Shares"))
    assert "More" not in listed and "Less" not in listed and "Show the topics" not in listed


def written(folder: Path) -> list[str]:
    return [file.read_text() for file in folder.glob("exam-*.md")]


async def test_the_result_is_written_to_a_file_and_never_over_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN, "ctrl+o", "home", "enter", "y", "m", "enter")
        assert "✓ written:" in shown(pilot)
        [text] = written(tmp_path)
        assert text.startswith("# Exam of 2026-11-26")
        await press(pilot, "m", "enter")
        assert "exists already" in " ".join(shown(pilot).split())


async def test_an_answer_that_cannot_be_kept_stays_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, *BEGIN)
        await skip_to(pilot, "choice")
        desk = nexus(pilot).desk
        assert desk is not None

        def refuse(*_: object) -> None:
            raise StoreError("The disk is full.")

        place = paper(pilot)._exam.sheet.position
        monkeypatch.setattr(desk.store, "_add", refuse)
        await press(pilot, "2", "enter")
        assert "✗ not saved: The disk is full." in shown(pilot)
        assert paper(pilot)._exam.sheet.position == place
        await press(pilot, "ctrl+o", "home", "enter", "y")
        assert "The exam goes on." in shown(pilot)
        monkeypatch.undo()
        await press(pilot, "enter")
        assert one(settings.database.path, ANSWERS) == 1


async def test_the_palette_opens_an_exam(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "ctrl+p", *"take an exam", "enter")
        assert "questions, 20 min" in shown(pilot)
