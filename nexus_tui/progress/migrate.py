"""An older file becomes one of today: backed up and verified, then changed all or not at all."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import MetaData, Table

from nexus_tui.progress import backup, columns, planner, replay, tables
from nexus_tui.progress.engine import writer_engine
from nexus_tui.progress.errors import NotMigrated, StoreError, explain
from nexus_tui.progress.files import read_only

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from nexus_tui.progress.engine import FileLock


def migrate(path: Path, lock: FileLock, backups: Path) -> backup.Backup | None:
    """Bring the file at `path` to the format of today; returns the backup made before.

    None where another process had done it meanwhile. Raises NotMigrated, and leaves the file as
    it was, where the backup, a step or the check afterwards failed.
    """
    with lock.held():
        if _version(path) == columns.USER_VERSION:
            return None
        try:
            made = backup.make(path, backups, "migration", locked=True)
            engine = writer_engine(path)
            try:
                with engine.begin() as connection:
                    upgrade(connection)
            finally:
                engine.dispose()
        except Exception as error:
            reason = error if isinstance(error, StoreError) else explain(error, path)
            raise NotMigrated(
                f"{path} is of an older format and could not be brought to the one of today, "
                f"so it was left as it was. {reason}"
            ) from error
    return made


def upgrade(connection: Connection) -> None:
    """All steps from the format found to that of today, in the transaction of `connection`.

    The connection must have begun with BEGIN IMMEDIATE: with Python's default a kill between
    two statements leaves half a migration behind. Raises NotMigrated where the result is not
    what the tables say.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    with Operations.context(MigrationContext.configure(connection)):
        for step in range(version + 1, columns.USER_VERSION + 1):
            import_module(f"nexus_tui.progress.migrations.format_{step}").upgrade()
    _derive_anew(connection)
    connection.exec_driver_sql(f"PRAGMA user_version={columns.USER_VERSION}")
    verify(connection)


def _derive_anew(connection: Connection) -> None:
    """Derived tables follow from the facts, whatever they looked like before."""
    derived: list[Table] = [model.__table__ for model in tables.DERIVED]  # type: ignore[attr-defined]
    for table in derived:
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS "{table.name}"')
    tables.METADATA.create_all(connection, tables=derived)
    planner.advise(connection)
    replay.rebuild(connection)


def verify(connection: Connection) -> None:
    """Is the file whole, and what the classes say? Raises NotMigrated with the difference."""
    found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if found != "ok":
        raise NotMigrated(f"After the migration the file was not whole: {found}.")
    there = MetaData()
    there.reflect(connection)
    wanted, made = _described(tables.METADATA), _described(there)
    for name in sorted(wanted.keys() | made.keys()):
        if wanted.get(name) != made.get(name):
            raise NotMigrated(f"After the migration {name} was not as it should be.")


def _described(metadata: MetaData) -> dict[str, object]:
    """Name of a table or index → its columns: names, types, may they be empty, is it a key."""
    found: dict[str, object] = {}
    for table in metadata.tables.values():
        found[table.name] = {
            (c.name, str(c.type), bool(c.nullable), c.primary_key) for c in table.columns
        }
        for index in table.indexes:
            found[str(index.name)] = (tuple(c.name for c in index.columns), bool(index.unique))
    return found


def _version(path: Path) -> int:
    with read_only(path) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
