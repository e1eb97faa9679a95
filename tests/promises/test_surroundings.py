"""The real app where things are missing: a cache, a network; and what it leaves behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import termios
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning import calendar
from nexus_tui.progress.store import Store
from tests.histories import one
from tests.promises.learner import TOPIC, Home, Quiz
from tests.promises.terminal import APP, ROOT, Terminal
from tests.unprivileged import NOBODY, give_to_nobody, unprivileged

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.promise


def test_a_cache_that_cannot_be_written_is_named_and_everything_else_works(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path).with_one_topic()
    cache = tmp_path / "cache"
    cache.mkdir(mode=0o555)
    give_to_nobody(tmp_path)
    quiz = Quiz(home, unprivileged(*APP))
    with quiz.terminal as terminal:
        screen = terminal.wait("Read and answer: ", "could not be kept")
        assert "The index of the content could not be kept" in screen
        quiz.begin()
        quiz.answer_all()
        terminal.press("enter")
        terminal.wait("section 1 of")
        terminal.press("q")
        assert terminal.finish() == 0
    assert len(home.answers()) == quiz.confirmed > 1
    assert home.database.stat().st_uid == (NOBODY if os.geteuid() == 0 else os.geteuid())
    assert list(cache.iterdir()) == []


def test_without_a_network_the_app_starts_and_answers(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("unshare is missing: the network cannot be cut for one program")
    cut = [unshare, "-n"] if os.geteuid() == 0 else [unshare, "-rn"]
    if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets no program have a network of its own")
    home = Home(tmp_path).with_one_topic()
    quiz = Quiz(home, [*cut, *APP])
    with quiz.terminal as terminal:
        quiz.begin()
        quiz.answer_all()
        terminal.press("enter")
        terminal.wait("section 1 of")
        terminal.press("q")
        assert terminal.finish() == 0
    assert len(home.answers()) == quiz.confirmed > 1


@pytest.mark.short
def test_quit_ends_with_zero_and_gives_the_terminal_back(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment) as terminal:
        terminal.wait("Read and answer: ")
        terminal.press("q")
        assert terminal.finish() == 0
        for on, off in (
            (b"\x1b[?1049h", b"\x1b[?1049l"),  # the other screen
            (b"\x1b[?25l", b"\x1b[?25h"),  # the hidden cursor
            (b"\x1b[?1003h", b"\x1b[?1003l"),  # the mouse
            (b"\x1b[?2004h", b"\x1b[?2004l"),  # pasting in brackets
        ):
            assert terminal.output.rfind(off) > terminal.output.rfind(on) >= 0
        assert terminal.modes & termios.ECHO
        assert terminal.modes & termios.ICANON
        assert b"Traceback" not in terminal.output


def test_a_quit_while_everything_is_still_being_opened_ends_with_zero(tmp_path: Path) -> None:
    home = Home(tmp_path).with_one_topic()
    with Terminal(home.environment) as terminal:
        terminal.wait("quit")
        terminal.press("q")
        assert terminal.finish() == 0
        assert b"Traceback" not in terminal.output


def _doctor(home: Home) -> dict[str, dict[str, dict[str, str]]]:
    done = subprocess.run(
        [sys.executable, "-m", "nexus_tui", "doctor", "--json"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=home.environment,
        check=True,
    )
    found: dict[str, dict[str, dict[str, str]]] = json.loads(done.stdout)
    return found


def _next_review(home: Home) -> str:
    """What Review says of the next ones, worked out from the cards."""
    store = Store.open(home.database)
    now = datetime.now(UTC)
    days = [store.day_of(card.due) for card in store.cards().values()]
    store.close()
    today = calendar.day_of(now)
    ahead = min((day - today).days for day in days)
    first = [day for day in days if (day - today).days == ahead]
    name = "tomorrow" if ahead == 1 else f"{first[0]:%A}"
    return f"next: {name}, {len(first)} review"


def test_the_second_start_shows_what_was_done_in_the_first(tmp_path: Path) -> None:
    """With the whole content: find a topic, read it, answer its quiz, quit, come back."""
    home = Home(tmp_path)
    title = _title()
    quiz = Quiz(home)
    with quiz.terminal as terminal:
        terminal.wait("Welcome to Nexus", "topics,")
        terminal.press("/")
        terminal.wait("what are you looking for?")
        terminal.press(title)
        terminal.wait(f"› {title}")
        terminal.press("enter")
        terminal.wait("section 1 of")
        last = _sections()
        for section in range(2, last + 1):
            terminal.press("n")
            terminal.wait(f"section {section} of {last}")
        quiz.start()
        quiz.answer_all()
        terminal.press("enter")
        terminal.wait(f"section {last} of")
        terminal.press("q")
        assert terminal.finish() == 0
    assert len(home.answers()) == quiz.confirmed == len(quiz.shown)
    assert one(home.database, "SELECT count(*) FROM answer") == quiz.confirmed

    upcoming = _next_review(home)
    with Terminal(home.environment) as terminal:
        terminal.wait(f"section {last} of")  # where it was left
        terminal.press("1")
        terminal.wait("quit")
        assert "Welcome to Nexus" not in terminal.text
        terminal.press("6")
        terminal.wait("next page")
        terminal.press("tab")
        terminal.wait(f"{quiz.confirmed} answers on")
        terminal.press("5")
        terminal.wait("Nothing is due", upcoming)
        terminal.press("q")
        assert terminal.finish() == 0
    assert _doctor(home)["paths"]["database"]["path"] == str(home.database)
    assert one(home.database, "SELECT count(*) FROM answer") == quiz.confirmed
    read = json.loads(one(home.database, "SELECT read FROM reading"))
    assert len(read) == last


def _title() -> str:
    import yaml

    path = next((ROOT / "content" / "topics").glob(f"*/{TOPIC}/topic.yaml"))
    title: str = yaml.safe_load(path.read_text())["title"]
    return title


def _sections() -> int:
    path = next((ROOT / "content" / "topics").glob(f"*/{TOPIC}/lesson.md"))
    from nexus_tui.catalog.markdown import sections

    return len(sections(path.read_text()))
