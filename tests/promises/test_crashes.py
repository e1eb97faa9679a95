"""However the app breaks, the terminal is given back, the answers are kept, a report is written."""

from __future__ import annotations

import re
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from tests.promises.breaker import SECRET
from tests.promises.learner import Home, Quiz
from tests.promises.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.promise
ENDED = "Nexus broke ("
WAYS = ("handler", "worker", "thread-worker", "thread", "timer", "screen", "drawing")


def _app(what: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "tests.promises.breaker", what)


def _given_back(terminal: Terminal) -> None:
    """The other screen is left, the cursor shown, the mouse off, the keys echo, the title back."""
    for on, off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?25l", b"\x1b[?25h"),
        (b"\x1b[?1003h", b"\x1b[?1003l"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
        (b"\x1b[22;2t", b"\x1b[23;2t"),
    ):
        assert terminal.output.rfind(off) > terminal.output.rfind(on) >= 0, (on, off)
    assert terminal.modes & termios.ECHO
    assert terminal.modes & termios.ICANON


def _after(terminal: Terminal) -> str:
    """What was printed once the terminal was given back, on one line."""
    _, _, rest = terminal.output.rpartition(b"\x1b[23;2t")
    return " ".join(rest.decode().split())


def _reports(home: Home) -> list[Path]:
    return sorted((home.folder / "data" / "nexus-tui" / "crashes").glob("*.txt"))


def _tells_nothing(home: Home, text: str) -> None:
    assert SECRET not in text
    assert str(home.folder) not in text


@pytest.mark.parametrize("what", [pytest.param(WAYS[0], marks=pytest.mark.short), *WAYS[1:]])
def test_an_app_that_breaks_in_a_session_keeps_the_answers_and_gives_the_terminal_back(
    what: str, tmp_path: Path
) -> None:
    home = Home(tmp_path).with_one_topic()
    quiz = Quiz(home, _app(what))
    with quiz.terminal as terminal:
        quiz.begin()
        quiz.confirm()
        quiz.verdict()
        quiz.ready()
        terminal.press("f9")
        assert terminal.finish() == 2
        _given_back(terminal)
        said = _after(terminal)
    assert ENDED in said and "confirmed is saved" in said
    assert SECRET not in said and "Traceback" not in said
    [report] = _reports(home)
    assert report.name in said.replace(" ", "")
    text = report.read_text()
    _tells_nothing(home, text)
    assert "nexus-tui 0." in text and "python 3." in text and "textual 8." in text
    assert re.search(r"\S+\.py:\d+ in \w+", text)
    log = (home.folder / "data" / "nexus-tui" / "nexus.log").read_text()
    assert "started: " in log and report.name in log
    _tells_nothing(home, log)
    assert len(home.answers()) == 1
    home.check()


@pytest.mark.parametrize("what", ["start", "opening"])
def test_an_app_that_breaks_while_it_starts_says_so(what: str, tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment, _app(what)) as terminal:
        assert terminal.finish() == 2
        _given_back(terminal)
        assert ENDED in _after(terminal)
    assert len(_reports(home)) == 1


def test_a_thread_of_keys_that_ends_ends_the_app(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment, _app("keys")) as terminal:
        terminal.wait("Read and answer: ")
        terminal.press("f9")
        terminal.wait("the next key is the last")
        terminal.press("j")
        assert terminal.finish() == 2
        _given_back(terminal)
        assert ENDED in _after(terminal) and SECRET not in _after(terminal)


@pytest.mark.parametrize(("what", "code"), [("term", 143), ("interrupt", 130)])
def test_a_signal_is_a_quit_that_says_its_number(what: str, code: int, tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment, _app(what)) as terminal:
        terminal.wait("Read and answer: ")
        terminal.press("f9")
        assert terminal.finish() == code
        _given_back(terminal)
        assert _after(terminal) == ""
    assert _reports(home) == []


@pytest.mark.short
def test_a_closed_terminal_is_a_quit_and_no_break(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    quiz = Quiz(home)
    with quiz.terminal as terminal:
        quiz.begin()
        quiz.confirm()
        quiz.verdict()
        assert terminal.close() == 129
    assert _reports(home) == []
    log = (home.folder / "data" / "nexus-tui" / "nexus.log").read_text()
    assert "started: " in log and "broke" not in log
    assert len(home.answers()) == 1
    home.check()


def test_what_breaks_beside_the_way_is_said_on_today_and_the_app_goes_on(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment, _app("care")) as terminal:
        terminal.wait("The history could not be looked over (ValueError)")
        terminal.press("2")
        terminal.wait("fold")
        terminal.press("q")
        assert terminal.finish() == 0
    assert len(_reports(home)) == 1


def test_a_byte_that_is_no_text_does_not_stop_the_keys(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment) as terminal:
        terminal.wait("Read and answer: ")
        terminal.press_bytes(b"\xff\xfe")
        terminal.press("2")
        terminal.wait("fold")
        terminal.press("q")
        assert terminal.finish() == 0
