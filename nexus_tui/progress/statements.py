"""Statements that several tables need, built once: that costs more than running them."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.dialects.sqlite import insert as upsert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import ClauseElement, Insert, Select, TableClause
    from sqlalchemy.engine import Connection


def upserting(table: TableClause, *key: str, adding: bool = False) -> Any:
    """Insert a row; where its key is known replace the other columns, or add to them."""
    statement = upsert(table)
    others = [column for column in table.c if column.name not in key]
    new = statement.excluded
    values = {c.name: c + new[c.name] if adding else new[c.name] for c in others}
    return statement.on_conflict_do_update(index_elements=key, set_=values)


# What every answer needs is run by the driver: on the way through the engine a statement costs six
# times what SQLite needs for it. The text is still made of the tables, and once for good.


def write(connection: Connection, insert: Insert, rows: Iterable[Mapping[str, Any]]) -> None:
    """Run an insert that is kept, such as those above, for each of `rows`."""
    text, values, _ = _written_out(insert)
    connection.connection.cursor().executemany(text, [values(row) for row in rows])


def first(connection: Connection, query: Select[Any], said: Mapping[str, Any]) -> tuple[Any, ...]:
    """The first row of a query that is kept and always finds one; `said` are its parameters."""
    text, values, own = _written_out(query)
    cursor = connection.connection.cursor()
    cursor.execute(text, values({**own, **said}))
    row: Any = cursor.fetchone()
    cursor.close()
    return tuple(row)


@lru_cache
def _written_out(statement: ClauseElement) -> tuple[str, itemgetter[Any], dict[str, Any]]:
    """A statement as SQLite is told it, what takes its values from a row, and those of its own."""
    compiled: Any = statement.compile(dialect=dialect())
    return str(compiled), itemgetter(*compiled.positiontup), compiled.params
