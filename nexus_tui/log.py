"""A small log: what the program did and where it failed, never what the learner wrote."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 256 * 1024
"""Bytes after which the log is put aside as `nexus.log.1`; the one before that goes."""


def path_in(data: Path) -> Path:
    """Where the log of a data directory is."""
    return data / "nexus.log"


def write(data: Path, words: str) -> None:
    """Add one line to the log. Where that is not possible, there is none: it never raises."""
    file = path_in(data)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LIMIT:
            file.replace(file.with_name(f"{file.name}.1"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} {clean_line(words)}\n")
