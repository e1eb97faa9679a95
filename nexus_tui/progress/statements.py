"""Statements that several tables need, built once: that costs more than running them."""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy.dialects.sqlite import dialect, insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Select
    from sqlalchemy.dialects.sqlite import Insert
    from sqlalchemy.engine import Connection


class Keep(NamedTuple):
    """How rows are kept: in which table; where the `key` is known, in the place of what is there.

    With `adding` the other columns are added to those that are there.
    """

    table: str
    key: tuple[str, ...]
    adding: bool

    def statement(self) -> Insert:
        """The insert, made of the model of the table: with the first write, for that costs time."""
        from nexus_tui.progress.tables import METADATA

        table = METADATA.tables[self.table]
        statement = insert(table)
        if not self.key:
            return statement
        new = statement.excluded
        values = {
            c.name: c + new[c.name] if self.adding else new[c.name]
            for c in table.c
            if c.name not in self.key
        }
        return statement.on_conflict_do_update(index_elements=self.key, set_=values)


def keeping(table: str, *key: str, adding: bool = False) -> Keep:
    """Insert a row; where its key is known replace the other columns, or add to them."""
    return Keep(table, key, adding)


# What every answer needs is run by the driver: on the way through the engine a statement costs six
# times what SQLite needs for it. The text is still made of the tables, and once for good.


def write(connection: Connection, keep: Keep, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep rows that have every column of their table."""
    text, values, _ = _written_out(keep)
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
def _written_out(said: Keep | Select[Any]) -> tuple[str, itemgetter[Any], dict[str, Any]]:
    """A statement as SQLite is told it, what takes its values from a row, and those of its own."""
    statement = said.statement() if isinstance(said, Keep) else said
    compiled: Any = statement.compile(dialect=dialect())
    return str(compiled), itemgetter(*compiled.positiontup), compiled.params
