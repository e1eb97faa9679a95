"""Whether a file may be opened, and how a new one comes to be: never a half one."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

from sqlmodel import SQLModel

from nexus_tui.progress import tables
from nexus_tui.progress.engine import writer_engine
from nexus_tui.progress.errors import EmptyFile, NewerDatabase, StoreError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from nexus_tui.progress.engine import FileLock


def look_before_opening(path: Path) -> None:
    """Refuse what must not be opened, without touching it."""
    if not path.exists():
        return
    if path.stat().st_size == 0:
        raise EmptyFile(
            f"{path} is empty: it was cut off or never written. Move it away to begin anew."
        )
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it with --db.")
    # Without a log beside it nobody has it open; then no log is made by looking either.
    alone = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro{alone}", uri=True)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone()
    finally:
        connection.close()
    if version > tables.USER_VERSION:
        raise NewerDatabase(
            f"{path} was written by a newer Nexus (format {version}, this one knows "
            f"{tables.USER_VERSION}): update nexus-tui. The file was not touched."
        )
    if version < 1 or known is None:
        raise StoreError(f"{path} is a database, but not one of Nexus: name another with --db.")


def make_file(path: Path, lock: FileLock) -> None:
    """Make a whole new database beside `path`, then give it its name: never a half one."""
    with lock.held():
        if path.exists():
            return
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns():x}")
        engine = writer_engine(fresh)
        try:
            make_schema(engine)
            engine.dispose()
            fresh.replace(path)
        finally:
            engine.dispose()
            for end in ("", "-wal", "-shm", "-journal"):
                fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def make_schema(engine: Engine) -> None:
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={tables.USER_VERSION}")
