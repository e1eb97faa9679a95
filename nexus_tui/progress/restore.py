"""A backup takes the place of the history: compared first, and what it replaces is kept."""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus_tui.command import command
from nexus_tui.progress import backup, columns
from nexus_tui.progress.engine import FileLock, writer_engine
from nexus_tui.progress.errors import Busy, NewerDatabase, StoreError, explain
from nexus_tui.progress.files import address, contents, contents_of, log_of, read_only
from nexus_tui.progress.opening import look_before_opening, make_folder

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.progress.files import Contents

_MISSING = """SELECT count(*), min(f.day) FROM {0}.fact f WHERE NOT EXISTS
(SELECT 1 FROM {1}.fact g WHERE g.learner = f.learner AND g.id = f.id)"""


@dataclass(frozen=True)
class Change:
    """What a restore would change. Facts are counted over all learners of the file."""

    here: Contents | None
    """What the history holds now; None where there is none, or it cannot be read."""
    problem: str | None
    """Why the history cannot be read."""
    there: Contents
    lost: int
    """Facts that are here and not there."""
    lost_since: str | None
    """The first day of them."""
    gained: int


def compare(database: Path, source: Path) -> Change:
    """What restoring `source` over `database` would change. Raises a StoreError about `source`."""
    there = _checked(source)
    try:
        if not database.exists():
            return Change(None, None, there, 0, None, there.facts)
        look_before_opening(database)
        here = contents_of(database)
        with read_only(database) as connection:
            connection.execute(
                "ATTACH ? AS there", (address(source, immutable=not log_of(source).exists()),)
            )
            lost, since = connection.execute(_MISSING.format("main", "there")).fetchone()
            gained = connection.execute(_MISSING.format("there", "main")).fetchone()[0]
    except NewerDatabase as error:
        return Change(None, str(error), there, 0, None, there.facts)
    except (OSError, sqlite3.Error, StoreError) as error:
        return Change(None, str(explain(error, database)), there, 0, None, there.facts)
    return Change(here, None, there, lost, since, gained)


def _checked(source: Path) -> Contents:
    """What a file to be restored holds, after a look at all of its pages."""
    if not source.is_file():
        said = f"{command()} backup --list names what there is."
        raise StoreError(f"There is no file {source}: {said}")
    try:
        look_before_opening(source)
        with read_only(source) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise StoreError(
                    f"{source} is damaged: choose another, or save what can be read of it with "
                    f"{command()} doctor --recover '{source}'."
                )
            return contents(connection)
    except (OSError, sqlite3.Error) as error:
        raise explain(error, source) from error


def restore(database: Path, source: Path, folder: Path) -> Path | None:
    """Put what `source` holds in the place of `database`; returns where what was there is kept.

    The restored history belongs to a new device, so that what was answered after the backup,
    and may live on in another copy, never meets facts with the same numbers. Raises a StoreError,
    and leaves everything as it was, where the source is no good, the history is open in
    another program, or what is there cannot be kept.
    """
    _checked(source)
    if database.exists() and source.samefile(database):
        raise StoreError(f"{source} is the history in use: there is nothing to restore.")
    fresh = database.with_name(f".{database.name}.{os.getpid()}.{time.time_ns():x}")
    try:
        make_folder(database)
        backup.verify(fresh, backup.copy(source, fresh, locked=True))
        _make_own(fresh)
        with FileLock(database).held():
            kept = _keep(database, folder)
            _let_go(database)
            fresh.replace(database)
            backup.sync(database.parent)
    except (OSError, sqlite3.Error) as error:
        raise explain(error, database) from error
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                fresh.with_name(fresh.name + end).unlink(missing_ok=True)
    return kept


def _make_own(path: Path) -> None:
    """Bring the copy to the format of today, and take its device away: opening makes a new one."""
    engine = writer_engine(path)
    try:
        with engine.begin() as connection:
            version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
            if version < columns.USER_VERSION:
                from nexus_tui.progress.migrate import upgrade

                upgrade(connection)
            connection.exec_driver_sql("DELETE FROM meta WHERE key = 'device'")
    finally:
        engine.dispose()


def _keep(database: Path, folder: Path) -> Path | None:
    """A backup of what is replaced; where it cannot be read, its bytes, log and all."""
    if not database.exists() or database.stat().st_size == 0:
        return None
    try:
        return backup.make(database, folder, "restore", locked=True).path
    except StoreError:
        folder.mkdir(parents=True, exist_ok=True)
        stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
        kept = folder / f"{stamp}-unreadable-{database.name}"
        shutil.copy2(database, kept)
        if log_of(database).exists():
            shutil.copy2(log_of(database), log_of(kept))
        return kept


def _let_go(database: Path) -> None:
    """Take the log of the old file in, so that it is never read as that of the new one.

    The lock is held: whoever still has the file open is found by the log that stays.
    """
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            raise
        for end in ("-wal", "-shm", "-journal"):
            database.with_name(database.name + end).unlink(missing_ok=True)
    if log_of(database).exists():
        raise Busy(
            f"{database} is open in another program: close Nexus everywhere, then restore again. "
            "Nothing was changed."
        )
