"""Words for a shell: broken between words in a terminal, whole in a pipe."""

from __future__ import annotations

import os
import sys

import pytest

from nexus_tui.cli.prose import fitted, paragraph, prose

LONG = "a long line " * 9


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of forty columns."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((40, 24)))


def test_a_pipe_gets_a_line_whole() -> None:
    assert fitted(LONG) == LONG


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("term", ["xterm", "dumb"])
def test_a_terminal_gets_whole_words(term: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", term)
    rows = prose(LONG).split("\n")
    assert max(map(len, rows)) <= 40
    assert " ".join(rows) == LONG.strip()


@pytest.mark.usefixtures("terminal")
def test_a_long_word_and_an_option_of_a_command_stay_whole() -> None:
    assert "x" * 50 in fitted("x" * 50 + " and more")
    assert "\n--require-hashes" in fitted("w" * 30 + " --require-hashes")


def test_a_paragraph_is_one_line_without_marks() -> None:
    assert paragraph("Say\n`a * b`, **not** more.") == "Say a * b, not more."
