"""How a line is named to an editor: only where the editor is known to take it so."""

from __future__ import annotations

from pathlib import Path

import pytest

from nexus_tui.tui.editor import target

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
