"""How the file is opened: durable, with one writer at a time across processes."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, create_engine, event
from sqlalchemy.pool import StaticPool

from nexus_tui.progress import filesystem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import PoolProxiedConnection

_BUSY_MILLISECONDS = 10_000
_TRIES = 40


def writer_engine(path: Path | None) -> Engine:
    """The engine that writes: WAL, `synchronous=FULL`, every transaction `BEGIN IMMEDIATE`.

    On a network file system, which has no shared memory, the journal is DELETE instead.

    SQLModel's defaults begin a transaction at the first write only, so that what was read
    before is not protected and updates of two processes are lost. `path` None keeps all in
    memory.
    """
    engine = _engine(path, "BEGIN IMMEDIATE")
    if path is not None:
        log = filesystem.remote(path) is None

        @event.listens_for(engine, "connect")
        def _durable(connection: sqlite3.Connection, _: Any) -> None:
            _retry(lambda: _set_wal(connection) if log else _set_delete(connection))
            connection.execute("PRAGMA synchronous=FULL")

    return engine


def reader_engine(path: Path) -> Engine:
    """An engine that only reads, and never checkpoints: the writer does, under the lock."""
    engine = _engine(path, "BEGIN", make=False)

    @event.listens_for(engine, "connect")
    def _only_read(connection: sqlite3.Connection, _: Any) -> None:
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA wal_autocheckpoint=0")

    return engine


def _engine(path: Path | None, begin: str, *, make: bool = True) -> Engine:
    options: dict[str, Any] = {"isolation_level": None, "check_same_thread": False}
    if path is None:
        engine = create_engine("sqlite://", connect_args=options, poolclass=StaticPool)
    else:
        options["timeout"] = _BUSY_MILLISECONDS / 1000
        # A reader makes no empty file where one was taken away.
        place = f"{path.absolute().as_uri()}?mode={'rwc' if make else 'rw'}"
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            creator=lambda: sqlite3.connect(place, uri=True, **options),
        )

    def do_begin(dbapi_connection: PoolProxiedConnection) -> None:
        dbapi_connection.cursor().execute(begin)

    # An event listener would do as well, and make every statement look for listeners.
    engine.dialect.do_begin = do_begin  # type: ignore[method-assign]
    return engine


def _set_wal(connection: sqlite3.Connection) -> None:
    """Read the mode before setting it: setting needs a lock that a reader may hold."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode=WAL")


def _set_delete(connection: sqlite3.Connection) -> None:
    """No log on a network file system. A log that is there is read without shared memory."""
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA locking_mode=NORMAL")
        connection.execute("SELECT count(*) FROM sqlite_master")


def _retry(act: Any) -> None:
    for attempt in range(_TRIES):
        try:
            act()
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
            if not busy or attempt == _TRIES - 1:
                raise
            time.sleep(0.05)
        else:
            return


class FileLock:
    """An advisory lock beside the database, held for a transaction or a checkpoint.

    SQLite before 3.51.3 can corrupt a WAL file that two connections checkpoint at once; a
    commit may checkpoint, so commits of all processes take turns here.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = f"{path}.lock" if path is not None else None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Wait for the lock, hold it, let it go."""
        if self._path is None:
            yield
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
