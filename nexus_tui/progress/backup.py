"""Copies of the history: whole, verified, and thinned so that they never fill a disk.

They lie in the user data directory, one folder a database. A name says when, why, and how many
facts: `20260302T090000.000Z-start-1204.db`.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import time
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nexus_tui.progress.engine import FileLock
from nexus_tui.progress.errors import Damaged, StoreError, explain
from nexus_tui.progress.files import address, contents, contents_of, log_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nexus_tui.progress.files import Contents

DAILY, WEEKLY, MONTHLY = 7, 4, 12
KEPT_DAYS = 30
"""So long every backup stays that was made before something dangerous."""
ROUTINE = frozenset({"start", "asked"})
"""Why a backup is made when nothing dangerous follows."""
_NAME = re.compile(r"(\d{8}T\d{6}\.\d{3})Z-([a-z]+)-(\d+)\.db")
_STAMP = "%Y%m%dT%H%M%S.%f"


@dataclass(frozen=True)
class Backup:
    """A verified copy. `reason`: start, asked, or the dangerous thing that came after it."""

    path: Path
    at: datetime
    reason: str
    facts: int

    @property
    def bytes(self) -> int:
        return self.path.stat().st_size


def folder_of(data: Path, database: Path) -> Path:
    """Where the backups of `database` lie, below the user data directory."""
    place = hashlib.sha256(str(database.absolute()).encode()).hexdigest()[:8]
    return data / "backups" / f"{database.stem}-{place}"


def backups(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first."""
    try:
        paths = list(folder.iterdir())
    except OSError:
        return []
    found = [made for path in paths if (made := _named(path)) is not None]
    return sorted(found, key=lambda made: made.path.name, reverse=True)


def _named(path: Path) -> Backup | None:
    """The backup that a name tells of."""
    name = _NAME.fullmatch(path.name)
    if name is None:
        return None
    at = datetime.strptime(f"{name[1]}000", _STAMP).replace(tzinfo=UTC)
    return Backup(path, at, name[2], int(name[3]))


# ---------------------------------------------------------------- making


def make(
    database: Path, folder: Path, reason: str, *, now: datetime | None = None, locked: bool = False
) -> Backup:
    """Copy the history, verify the copy, give it its name, thin the others.

    `locked`: the caller holds the lock of the database. Raises a StoreError and leaves no half
    copy where the history is damaged, or the copy could not be written or read back.
    """
    at = now or datetime.now(UTC)
    part = folder / f".{os.getpid()}.{time.time_ns():x}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "origin.txt").write_text(f"{database.absolute()}\n", encoding="utf-8")
        held = copy(database, part, locked=locked)  # nothing of it is seen before it is whole
        verify(part, held)
        target = _free_name(folder, at, reason, held.facts)
        part.replace(target)
        sync(folder)
    except (OSError, sqlite3.Error) as error:
        raise _about_copy(error, database, folder) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    thin(folder, at)
    made = _named(target)
    assert made is not None
    return made


def copy(database: Path, target: Path, *, locked: bool = False) -> Contents:
    """Copy a database as it stands into one file; returns what it holds."""
    with ExitStack() as stack:
        # Without a log nobody has the file open: the lock keeps it so. With one, SQLite itself
        # gives a snapshot, and those who answer meanwhile need not wait.
        if not locked and not log_of(database).exists():
            with suppress(OSError):  # who may not lock it here may not write it either
                stack.enter_context(FileLock(database).held())
        place = address(database, immutable=not log_of(database).exists())
        source = stack.enter_context(closing(sqlite3.connect(place, uri=True)))
        copied = stack.enter_context(closing(sqlite3.connect(target, isolation_level=None)))
        source.execute("BEGIN")
        held = contents(source)
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
    sync(target)
    return held


def verify(path: Path, held: Contents) -> None:
    """Is the copy whole, and does it hold what the original held? Raises Damaged if not."""
    with closing(sqlite3.connect(address(path, immutable=True), uri=True)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok" or contents(connection) != held:
            raise Damaged(f"The backup {path} is not what it was copied from: {found}.")


def _free_name(folder: Path, at: datetime, reason: str, facts: int) -> Path:
    while True:
        stamp = at.astimezone(UTC).strftime(_STAMP)[:-3]
        path = folder / f"{stamp}Z-{reason}-{facts}.db"
        if not path.exists():
            return path
        at += timedelta(milliseconds=1)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _about_copy(error: Exception, database: Path, folder: Path) -> StoreError:
    """Which of the two it was: the history that cannot be read, or the folder of backups."""
    explained = explain(error, database)
    if isinstance(explained, Damaged):
        return explained
    return StoreError(f"No backup could be made. {explain(error, folder / 'backup.db')}")


# ---------------------------------------------------------------- when, and which ones stay


def is_due(database: Path, folder: Path) -> bool:
    """Was anything written since the newest backup? Raises sqlite3.Error or OSError."""
    newest = next(iter(backups(folder)), None)
    now = contents_of(database)
    if not now.facts:
        return False
    if newest is None or newest.facts != now.facts:
        return True
    try:
        return contents_of(newest.path) != now
    except (OSError, sqlite3.Error):
        return True


def thin(folder: Path, now: datetime) -> list[Path]:
    """Delete the backups that are no longer needed; returns them.

    The newest of each of the last 7 days, 4 weeks and 12 months stay, those made before
    something dangerous for 30 days, and always the newest and the one with the most facts.
    """
    found = backups(folder)
    keep = {made.path for made in staying(found, now)}
    gone = [made.path for made in found if made.path not in keep]
    left = [part for part in folder.glob(".*.part") if part.stat().st_mtime < time.time() - 3600]
    for path in [*gone, *left]:
        path.unlink(missing_ok=True)
    return gone


def staying(found: Iterable[Backup], now: datetime) -> list[Backup]:
    """Those of `found`, the newest first, that are kept."""
    found = list(found)
    kept: dict[Path, Backup] = {}
    for count, name in ((DAILY, "%Y%m%d"), (WEEKLY, "%G%V"), (MONTHLY, "%Y%m")):
        periods: dict[str, Backup] = {}
        for made in found:
            periods.setdefault(made.at.strftime(name), made)
        kept |= {made.path: made for made in list(periods.values())[:count]}
    since = now - timedelta(days=KEPT_DAYS)
    kept |= {m.path: m for m in found if m.reason not in ROUTINE and m.at >= since}
    if found:
        most = max(found, key=lambda made: made.facts)
        kept |= {found[0].path: found[0], most.path: most}
    return [made for made in found if made.path in kept]
