"""The files of a project, walked in one place and within bounds; links are never followed."""

from __future__ import annotations

import os
import stat
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexus_tui.text import clean_line

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator
    from pathlib import Path

IGNORED = frozenset(
    [
        ".git",
        ".hg",
        ".svn",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".tox",
        ".nox",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".terraform",
        ".idea",
        ".vscode",
        "site-packages",
    ]
)
"""Folders that hold what others made."""


class AuditError(Exception):
    """The folder cannot be audited; the message says why."""


@dataclass(frozen=True)
class Bounds:
    """What a walk takes at most."""

    files: int = 20_000
    entries: int = 60_000
    depth: int = 40
    seconds: float = 20.0
    file: int = 1_000_000
    """Bytes of one file."""
    text: int = 20_000_000
    """Bytes of all that is read."""


@dataclass
class Project:
    """The files of a project, by their path from its root."""

    root: Path
    files: tuple[str, ...]
    """Regular files that are small enough, sorted."""
    skipped: dict[str, str] = field(default_factory=dict)
    """Path → why it was not looked at."""
    cut: str = ""
    """Why the walk ended before its end."""
    linked: int = 0
    """Links that were not followed."""
    bounds: Bounds = Bounds()
    _left: int = -1

    def find(self, pattern: re.Pattern[str]) -> list[str]:
        """The files whose path matches somewhere."""
        return [path for path in self.files if pattern.search(path)]

    def text(self, path: str) -> str | None:
        """What a file says; None where it cannot be read as text, which is noted as skipped."""
        if self._left < 0:
            self._left = self.bounds.text
        try:
            found = self._read(path)
        except OSError as error:
            self.skipped[path] = (error.strerror or "it cannot be read").lower()
            return None
        if len(found) > self._left:
            self.skipped[path] = f"more than {self.bounds.text // 1_000_000} MB of text"
            return None
        self._left -= len(found)
        try:
            return found.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.skipped[path] = "it is not UTF-8"
            return None

    def texts(self, pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
        """Path and text of the files whose path matches."""
        for path in self.find(pattern):
            found = self.text(path)
            if found is not None:
                yield path, found

    def _read(self, path: str) -> bytes:
        # It may have become something else since the walk: a link, a pipe that nobody fills.
        handle = os.open(self.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError(0, "it is no file")
            found = file.read(self.bounds.file + 1)
        if len(found) > self.bounds.file:
            raise OSError(0, "it grew while it was read")
        return found

    def notes(self) -> Iterator[str]:
        """What was left out, for people."""
        if self.cut:
            yield f"The walk ended early: {self.cut}. What is behind was not looked at."
        for why, count in Counter(self.skipped.values()).most_common(5):
            example = min(path for path, said in self.skipped.items() if said == why)
            more = f" and {count - 1:,} more" if count > 1 else ""
            yield f"Not looked at: {shown(example)}{more}: {why}."
        if self.linked:
            yield f"Links that were not followed: {self.linked:,}."


def shown(path: str) -> str:
    """A path for people: one line, nothing that steers a terminal."""
    return clean_line(path.encode("utf-8", "replace").decode()) or "?"


def walk(root: Path, bounds: Bounds = Bounds()) -> Project:
    """The files beneath `root`. Raises AuditError where it is no folder that can be read."""
    try:
        root = root.resolve(strict=True)
        with os.scandir(root):
            pass
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "it cannot be read"
        raise AuditError(f"{root} cannot be audited: {why}.") from error
    found = _Walk(root, bounds)
    found.folder("", 0)
    return Project(root, tuple(sorted(found.files)), found.skipped, found.cut, found.linked, bounds)


class _Walk:
    def __init__(self, root: Path, bounds: Bounds) -> None:
        self.files: list[str] = []
        self.skipped: dict[str, str] = {}
        self.cut = ""
        self.linked = 0
        self._root, self._bounds = root, bounds
        self._entries = 0
        self._until = time.monotonic() + bounds.seconds

    def folder(self, path: str, depth: int) -> None:
        """Note the files of a folder, then those of the folders in it, in the order of names."""
        if depth > self._bounds.depth:
            self.skipped[path] = f"deeper than {self._bounds.depth} folders"
            return
        folders: list[str] = []
        try:
            with os.scandir(self._root / path) as entries:
                for entry in entries:
                    self._entries += 1
                    if self._ended():
                        return
                    self._entry(entry, f"{path}/{entry.name}" if path else entry.name, folders)
        except OSError as error:
            self.skipped[path] = (error.strerror or "it cannot be read").lower()
            return
        for one in sorted(folders):
            if self.cut:
                return
            self.folder(one, depth + 1)

    def _entry(self, entry: os.DirEntry[str], path: str, folders: list[str]) -> None:
        if entry.is_symlink():
            self.linked += 1
        elif entry.is_dir(follow_symlinks=False):
            made = entry.name in IGNORED or os.path.lexists(f"{entry.path}/pyvenv.cfg")
            if not made:
                folders.append(path)
        elif entry.is_file(follow_symlinks=False):
            size = entry.stat(follow_symlinks=False).st_size
            if size > self._bounds.file:
                self.skipped[path] = f"larger than {self._bounds.file // 1_000_000} MB"
            else:
                self.files.append(path)

    def _ended(self) -> bool:
        if len(self.files) >= self._bounds.files:
            self.cut = f"more than {self._bounds.files:,} files"
        elif self._entries > self._bounds.entries:
            self.cut = f"more than {self._bounds.entries:,} entries"
        elif time.monotonic() > self._until:
            self.cut = f"longer than {self._bounds.seconds:.0f} s"
        return bool(self.cut)
