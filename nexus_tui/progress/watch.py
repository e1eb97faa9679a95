"""Is the file that was opened still the one at its path?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.command import command
from nexus_tui.progress.errors import Removed

if TYPE_CHECKING:
    from pathlib import Path


class OpenFile:
    """Remembers which file was opened. A removed file can be written for ever, and nobody
    would find the answers: so each write looks first."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None

    def remember(self) -> None:
        """The file at the path now is the one."""
        if self._path is not None:
            self._known = _identity(self._path)

    @property
    def gone(self) -> bool:
        """Is nothing left at the path?"""
        known = self._path is not None and self._known is not None
        return known and self._path is not None and _identity(self._path) is None

    def check(self) -> None:
        """Raises Removed where the file is gone, or another lies in its place."""
        if self._path is None or self._known is None:
            return
        now = _identity(self._path)
        if now == self._known:
            return
        if now is None:
            raise Removed(
                f"{self._path} was removed while Nexus was open, so nothing more is kept in it: "
                f"put it back (the app does, with ctrl+p), or quit and run {command()} restore."
            )
        raise Removed(
            f"{self._path} was replaced by another file while Nexus was open: quit and start "
            "again to go on with that one."
        )


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
