"""The files of an example, to be read in the library: each a section with its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.markdown import Section
from nexus_tui.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.files import Reading

_LANGUAGES = {
    ".http": "http",
    ".in": "text",
    ".py": "python",
    ".sh": "sh",
    ".sql": "sql",
    ".toml": "toml",
    ".txt": "text",
    ".yaml": "yaml",
    "Dockerfile": "docker",
    ".dockerignore": "text",
    ".env.example": "text",
}
"""Ending or name of a file that is shown → the language of its code."""
_MADE = frozenset({"migrations", "__pycache__"})
"""Folders of files that a program writes."""
_LARGEST = 40_000


def sections(reading: Reading, folder: Path) -> tuple[Section, ...]:
    """What lies beside the README of an example, by name: those in its folders last."""
    found = [
        (len(file.relative_to(folder).parts), file.relative_to(folder).as_posix(), file)
        for file in _below(folder)
        if _language(file) and 0 < file.stat().st_size <= _LARGEST
    ]
    return tuple(
        Section(name, _fenced(text, _language(file) or ""), 1)
        for _, name, file in sorted(found)
        if (text := reading.text(file)) is not None
    )


def _below(folder: Path) -> list[Path]:
    """Files below, without those of other examples and those that a program writes."""
    found: list[Path] = []
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name not in _MADE and not (path / "README.md").exists():
                found += _below(path)
        elif path.is_file():
            found.append(path)
    return found


def _language(file: Path) -> str | None:
    return _LANGUAGES.get(file.name) or _LANGUAGES.get(file.suffix)


def _fenced(text: str, language: str) -> str:
    """The code in a fence that no line of it can close."""
    longest = max((len(mark) for mark in re.findall(r"~{3,}", text)), default=3)
    mark = "~" * (longest + 1)
    return f"{mark}{language}\n{clean(text).rstrip()}\n{mark}"
