"""Statements that several tables need, built once: that costs more than running them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite import insert as upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Insert, Table
    from sqlalchemy.engine import Connection


def upserting(table: Table, *key: str, adding: bool = False) -> Any:
    """Insert a row; where its key is known replace the other columns, or add to them."""
    statement = upsert(table)
    others = [column for column in table.c if column.name not in key]
    new = statement.excluded
    values = {c.name: c + new[c.name] if adding else new[c.name] for c in others}
    return statement.on_conflict_do_update(index_elements=key, set_=values)


def write(connection: Connection, insert: Insert, rows: Iterable[Mapping[str, Any]]) -> None:
    """Run an insert that is kept, such as those above, for each of `rows`.

    Its text is made once for good: the engine would look for it again each time.
    """
    text, names = _written_out(insert)
    connection.exec_driver_sql(text, [tuple(row[name] for name in names) for row in rows])


@lru_cache
def _written_out(insert: Insert) -> tuple[str, tuple[str, ...]]:
    """An insert as SQLite is told it, and the columns whose values it asks for, in order."""
    compiled: Any = insert.compile(dialect=dialect())
    return str(compiled), tuple(compiled.positiontup)
