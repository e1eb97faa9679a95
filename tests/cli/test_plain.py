"""`nexus-tui --plain`: the whole study as a dialogue in lines, through a pipe and a terminal."""

from __future__ import annotations

import re
import shutil
import sys
from typing import TYPE_CHECKING

import pexpect
import pytest

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.trust import trust
from nexus_tui.cli import dialogue
from nexus_tui.cli.asking import LEAVE
from nexus_tui.cli.dialogue import choose
from nexus_tui.learning.grading import grade
from nexus_tui.learning.responses import Typed
from nexus_tui.settings import load
from tests.cli.conftest import surroundings
from tests.histories import rows
from tests.running import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.cli.conftest import Command

    Talk = Callable[..., str]

QUIZ = ("3",)
BOXES = range(0x2500, 0x2600)


@pytest.fixture
def talk(command: Command, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Types lines and gives back what was said; the dialogue ends where they end."""
    monkeypatch.setenv("TERM", "xterm")
    shutil.rmtree(command.pack)
    shutil.copytree(ROOT / "tests/looks/pack", command.pack)
    trust(command.pack, load().data.path)

    def typed(*lines: str) -> str:
        done = command("--plain", stdin="".join(f"{line}\n" for line in lines))
        assert (done.code, done.err) == (0, "")
        assert done.out.endswith("Goodbye. Everything you confirmed is saved.\n")
        assert not any((ord(c) < 32 and c != "\n") or ord(c) in BOXES for c in done.out)
        return done.out

    return typed


def test_what_can_be_done_is_numbered_and_what_may_be_typed_is_said(talk: Talk) -> None:
    said = talk("q")
    assert "1. Review what is due, nothing now" in said
    assert "7. See your progress" in said
    assert "Type a number from 1 to 7; q ends." in said


@pytest.mark.parametrize("typed", ["", "8", "0", "seven", "1" * 5000])
def test_what_is_none_of_the_numbers_is_asked_again(typed: str, talk: Talk) -> None:
    assert talk(typed, "q").count("Type a number from 1 to 7") == 2


def test_a_question_is_answered_in_words_and_is_on_disk(talk: Talk, command: Command) -> None:
    said = talk(*QUIZ, "1", "skip", "quit", "q")
    assert "Question 1 of " in said and "Question 2 of " in said
    assert re.search("\n(Right|Nearly right|Partly right|Wrong)[.]\n", said)
    assert len(rows(command.database, "SELECT 1 FROM answer")) == 1


@pytest.mark.parametrize("typed", ["q", "Q", "quit"])
def test_q_alone_leaves_a_session_and_answers_nothing(
    typed: str, talk: Talk, command: Command
) -> None:
    said = talk("2", typed, "q")
    assert "q ends." in said and "Stopped." in said and said.count("What do you want to do?") == 2
    assert rows(command.database, "SELECT 1 FROM answer") == []


def test_q_alone_leaves_a_lesson_a_stage_and_a_note(talk: Talk, command: Command) -> None:
    assert "section 2 of" not in talk("4", "quit", "q")
    assert "is nothing that can be done" not in talk("5", "Q", "q")
    assert "Saved" not in talk("6", "q", "6", "shop-api", "1", "1", "q", "q", "q")
    assert rows(command.database, "SELECT 1 FROM tick") == []


def test_no_question_of_the_content_has_what_leaves_it_for_an_answer() -> None:
    content, _ = read_pack(ROOT / "content")
    assert content is not None
    typed = [
        question
        for topic in content.topics
        for question in topic.questions
        if question.kind in {"short", "output", "estimate"}
    ]
    taken = [q.id for q in typed for word in LEAVE if grade(q, Typed(word)).score]
    assert len(typed) > 100 and taken == []


def test_of_many_those_are_listed_that_come_next_and_all_if_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [f"Stage {letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    begun = [title == "Stage y" for title in titles]
    new = [title > "Stage c" for title in titles]

    def chosen(*lines: str) -> int | None:
        typed = iter(lines)
        monkeypatch.setattr(dialogue, "read_line", lambda: next(typed))
        return choose("stage", titles, begun, new)

    assert chosen("1") == 24
    said = capsys.readouterr().out
    coming = "".join(f"{n}. Stage {letter}\n" for n, letter in enumerate("ydefg", 1))
    assert said.startswith(f"Which stage? These come next:\n{coming}Type a number, ")
    assert "Type a number, or a word of any title; list shows all, q goes back." in said
    assert chosen("list", "26") == 25
    assert "26. Stage z" in capsys.readouterr().out
    assert (chosen("stage c"), chosen("q"), chosen("list", "Q")) == (2, None, None)


def test_a_session_that_ends_with_the_input_says_what_is_saved(talk: Talk) -> None:
    assert "Stopped. Every answer you confirmed is saved." in talk(*QUIZ)


def test_a_lesson_is_read_section_by_section_and_goes_on_where_it_was_left(talk: Talk) -> None:
    first = talk("4", "", "q", "q")
    assert "Indexing, section 1 of 3: " in first and "Indexing, section 2 of 3: " in first
    assert "```" not in first and "End of code." in first
    again = talk("4", "p", "q", "q")
    assert again.index("section 2 of 3") < again.index("section 1 of 3")


def test_an_item_of_a_practice_is_unknown_until_it_is_said_to_hold(
    talk: Talk, command: Command
) -> None:
    said = talk("6", "shop-api", "1", "1", "checked with curl", "q", "q")
    assert "1. Unknown: " in said and "Saved: it holds." in said and "1. Holds, you said: " in said
    kept = rows(command.database, "SELECT status, note FROM tick")
    assert kept == [("done", "checked with curl")]
    assert "Saved: it is unknown again." in talk("6", "1", "1", "q", "q")


def test_a_stage_is_read_and_checked_with_its_states_in_words(talk: Talk) -> None:
    said = talk("5", "hint", "", "q", "q")
    assert "Begin with the file " in said and "Hint 1: " in said
    assert "More books take as many queries (failed)" in said
    assert "observed: 5 books: 5 queries" in said


def test_a_brief_names_enter_where_the_app_has_a_key(talk: Talk, command: Command) -> None:
    stage = command.pack / "challenges/database-performance/stages/n-plus-one"
    (stage / "brief.md").write_text("**Measure first.** `r` counts them, `2 * 3` at most.")
    assert "Measure first. Enter counts them, 2 * 3 at most.\n" in talk("5", "q", "q")


def test_progress_is_told_in_sentences(talk: Talk) -> None:
    said = talk("7", "q")
    assert "0 of 5 topics mastered." in said and "0 objectives due now." in said
    assert "Databases: 0 of 3 topics mastered." in said


def test_commands_are_plain_too(talk: Talk, command: Command) -> None:
    done = command("--plain", "challenge", "check", "n-plus-one")
    assert done.code == 1
    assert "More books take as many queries (failed)" in done.out and "✗" not in done.out


@pytest.fixture
def terminal(command: Command) -> Iterator[Callable[..., pexpect.spawn[str]]]:
    """Starts the command on a real terminal."""
    started: list[pexpect.spawn[str]] = []

    def start(term: str, *words: str) -> pexpect.spawn[str]:
        environment = {**surroundings(command.folder), "TERM": term, "PYTHONPATH": str(ROOT)}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "nexus_tui", *words],
            env=environment,
            cwd=str(ROOT),
            encoding="utf-8",
            timeout=60,
            echo=False,
        )
        started.append(child)
        return child

    yield start
    for child in started:
        child.close(force=True)


@pytest.mark.parametrize(("term", "words"), [("xterm-256color", ("--plain",)), ("dumb", ())])
def test_on_a_terminal_nothing_but_lines_is_written(
    term: str, words: tuple[str, ...], terminal: Callable[..., pexpect.spawn[str]]
) -> None:
    child = terminal(term, *words)
    child.expect("q ends.\r\n> ")
    said = str(child.before)
    child.sendeof()
    child.expect(pexpect.EOF)
    said += str(child.before)
    child.wait()
    assert child.exitstatus == 0
    assert "\x1b" not in said and "Goodbye. Everything you confirmed is saved." in said


def test_ctrl_c_leaves_with_a_sentence_and_keeps_what_was_confirmed(
    command: Command, terminal: Callable[..., pexpect.spawn[str]]
) -> None:
    child = terminal("dumb")
    child.expect("q ends.\r\n> ")
    child.sendline("2")
    child.expect("> ")
    child.sendline("1")
    child.expect("> ")
    child.sendintr()
    child.expect("what you confirmed before is saved")
    child.expect(pexpect.EOF)
    child.wait()
    assert child.exitstatus == 130
    assert len(rows(command.database, "SELECT 1 FROM answer")) == 1
