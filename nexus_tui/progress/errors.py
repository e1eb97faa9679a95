"""What can keep the history from being opened or written, each in one sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

from nexus_tui.command import command

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(Exception):
    """The history could not be opened or written; the message says what and what to do."""


class NewerDatabase(StoreError):
    """The file was written by a newer version."""


class NotADatabase(StoreError):
    """The file is something else."""


class EmptyFile(StoreError):
    """The file has no bytes: it was cut off, or never written."""


class ReadOnly(StoreError):
    """The file or its folder cannot be written."""


class DiskFull(StoreError):
    """No room is left."""


class Damaged(StoreError):
    """SQLite found the file malformed."""


class Busy(StoreError):
    """Another program holds the file."""


class MissingFolder(StoreError):
    """The folder in which the file should lie is not there."""


class Removed(StoreError):
    """The file was taken away, or another put in its place, while it was open."""


class NotMigrated(StoreError):
    """The file is of an older format and could not be brought to the one of today."""


def damaged(path: Path) -> Damaged:
    """The same sentence wherever the damage is met."""
    return Damaged(
        f"{path} is damaged and was left as it is: {command()} restore brings a backup "
        f"back, {command()} doctor --recover saves what can be read."
    )


_OF_SYSTEM = {
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
}
_ROOM = 1_000_000
"""Bytes: with less, an error of the disk means that it is full."""


def _has_room(path: Path) -> bool:
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return True
    return disk.f_bavail * disk.f_frsize >= _ROOM


def explain(error: BaseException, path: Path) -> StoreError:
    """The StoreError that says what a database error means for the learner."""
    if isinstance(error, StoreError):
        return error
    origin = getattr(error, "orig", error)
    code = getattr(origin, "sqlite_errorcode", 0) & 0xFF
    sentences: dict[int, tuple[type[StoreError], str]] = {
        sqlite3.SQLITE_FULL: (
            DiskFull,
            f"The disk of {path} is full: make room, then answer again. Nothing was lost.",
        ),
        sqlite3.SQLITE_READONLY: (
            ReadOnly,
            f"{path} cannot be written: give yourself the right to write it and its folder.",
        ),
        sqlite3.SQLITE_CANTOPEN: (
            ReadOnly,
            f"{path} cannot be opened or made: does its folder exist, and may you write there?",
        ),
        sqlite3.SQLITE_NOTADB: (
            NotADatabase,
            (
                f"{path} is not a Nexus database: {command()} doctor says what can be saved of "
                "it; move it away, or name another with --db."
            ),
        ),
        sqlite3.SQLITE_CORRUPT: (
            Damaged,
            str(damaged(path)),
        ),
        sqlite3.SQLITE_BUSY: (
            Busy,
            f"{path} is held by another program: close that one, then try again.",
        ),
    }
    if isinstance(error, OSError):
        code = _OF_SYSTEM.get(error.errno or 0, code)
    if code == sqlite3.SQLITE_IOERR and not _has_room(path):
        code = sqlite3.SQLITE_FULL
    if code in sentences:
        kind, sentence = sentences[code]
        return kind(sentence)
    return StoreError(f"{path} could not be read or written: {origin}.")
