"""Which editor it is, and how a line is named to it: only where it is known to take it so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nexus_tui.tui.editor import chosen, target

FILE = Path("/src/shop/views.py")


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ("vim", ["+41", str(FILE)]),
        ("/usr/bin/nvim", ["+41", str(FILE)]),
        ("nano", ["+41", str(FILE)]),
        ("emacs", ["+41", str(FILE)]),
        ("code", ["-g", f"{FILE}:41"]),
        ("hx", [f"{FILE}:41"]),
        ("my-editor", [str(FILE)]),
    ],
)
def test_a_line_is_named_as_the_editor_takes_it(editor: str, expected: list[str]) -> None:
    assert target(editor, FILE, 41) == expected


@pytest.mark.parametrize("editor", ["vim", "code", "hx"])
def test_without_a_line_the_file_alone_is_named(editor: str) -> None:
    assert target(editor, FILE, None) == [str(FILE)]


@pytest.mark.parametrize(
    ("visual", "named", "there", "command"),
    [
        ("code -w", "vim", {"nano"}, ["code", "-w"]),
        ("", "vim", {"nano"}, ["vim"]),
        ("", "", {"nano", "vi"}, ["nano"]),
        ("", " ", {"vi"}, ["vi"]),
        ("", "", set(), []),
    ],
    ids=["VISUAL", "EDITOR", "nano", "vi", "none"],
)
def test_where_none_is_named_it_is_one_that_is_there(
    visual: str,
    named: str,
    there: set[str],
    command: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", named)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in there else None)

    assert chosen() == command
