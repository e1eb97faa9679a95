"""Whether a file may be opened, and how a new one comes to be: never a half one."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy.pool import QueuePool

from nexus_tui.command import command
from nexus_tui.progress import columns, planner
from nexus_tui.progress.engine import writer_engine
from nexus_tui.progress.errors import EmptyFile, MissingFolder, NewerDatabase, StoreError
from nexus_tui.progress.files import read_only

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from nexus_tui.progress.engine import FileLock


def make_folder(path: Path) -> None:
    """Make the folder of a new file. Raises MissingFolder where the one above is not there.

    More than one missing folder is a drive that is not there, or a name typed wrong: a new
    history in its place would look as if everything had been lost.
    """
    folder = path.parent
    if not folder.exists() and not folder.parent.exists():
        raise MissingFolder(
            f"There is no folder {folder}: connect the drive it is on, or make it with "
            f"mkdir -p '{folder}', or name another database with --db."
        )
    folder.mkdir(exist_ok=True)


def prepare(path: Path, lock: FileLock, backups: Path | None) -> None:
    """See to it that a history of today's format lies at `path`, made or migrated."""
    version = look_before_opening(path)
    if version is None:
        make_file(path, lock)
    elif version < columns.USER_VERSION:
        from nexus_tui.progress.migrate import migrate

        migrate(path, lock, backups or path.with_name(f"{path.name}-backups"))


def look_before_opening(path: Path) -> int | None:
    """The format of a file, None without one. Refuses what must not be opened, untouched."""
    if not path.exists():
        return None
    if path.stat().st_size == 0:
        raise EmptyFile(
            f"{path} is empty: it was cut off or never written. {command()} restore brings a "
            "backup back; move the file away to begin anew."
        )
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a file in it with --db.")
    with read_only(path) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone()
    if version > columns.USER_VERSION:
        raise NewerDatabase(
            f"{path} was written by a newer Nexus (format {version}, this one knows "
            f"{columns.USER_VERSION}): update nexus-tui. The file was not touched."
        )
    if version < 1 or known is None:
        raise StoreError(f"{path} is a database, but not one of Nexus: name another with --db.")
    return version


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
    from nexus_tui.progress.tables import METADATA

    with engine.begin() as connection:
        METADATA.create_all(connection)
        planner.advise(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={columns.USER_VERSION}")


def load_copy(engine: Engine, source: Path) -> None:
    """Fill the database in memory with what the file holds, as a device of its own.

    So what cannot be written can be read, and answered from, until there is a way to keep it.
    Raises what reading the file raises.
    """
    raw = engine.raw_connection()
    try:
        with read_only(source) as connection:
            assert raw.driver_connection is not None
            connection.backup(raw.driver_connection)
    finally:
        raw.close()
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM meta WHERE key = 'device'")
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if version < columns.USER_VERSION:
            from nexus_tui.progress.migrate import upgrade

            upgrade(connection)


def put_back(path: Path, writer: Engine) -> None:
    """Write what the writer of a removed file still has to `path`, over nothing that lies there.

    The lock is held, so that the writer's one connection is not in use.
    """
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns():x}")
    if not isinstance(writer.pool, QueuePool) or writer.pool.checkedin() == 0:
        raise StoreError(f"{path} is no longer open: {command()} restore brings a backup back.")
    raw = writer.raw_connection()
    try:
        source = raw.driver_connection
        assert source is not None
        with closing(sqlite3.connect(fresh)) as connection:
            source.backup(connection)
        os.link(fresh, path)  # never over another file
    except FileExistsError:
        raise StoreError(f"{path} is there again: quit and start again to go on with it.") from None
    finally:
        raw.close()
        fresh.unlink(missing_ok=True)


def stay_of_today(connection: Connection) -> None:
    """Raises NewerDatabase where a newer Nexus migrated the file while this one had it open."""
    # Asked before every write, so of the driver itself.
    version = connection.connection.cursor().execute("PRAGMA user_version").fetchone()[0]
    if version != columns.USER_VERSION:
        raise NewerDatabase(
            f"The history was brought to format {version} by another Nexus while this one was open "
            f"(it knows {columns.USER_VERSION}): quit, update nexus-tui, and start again."
        )
