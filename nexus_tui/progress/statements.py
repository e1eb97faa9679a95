"""Statements that several tables need, built once: that costs more than running them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.sqlite import insert as upsert

if TYPE_CHECKING:
    from sqlalchemy import Table


def upserting(table: Table, *key: str, adding: bool = False) -> Any:
    """Insert a row; where its key is known replace the other columns, or add to them."""
    statement = upsert(table)
    others = [column for column in table.c if column.name not in key]
    new = statement.excluded
    values = {c.name: c + new[c.name] if adding else new[c.name] for c in others}
    return statement.on_conflict_do_update(index_elements=key, set_=values)
