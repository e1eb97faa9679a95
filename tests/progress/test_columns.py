"""The names that queries use are those of the models that make the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Boolean, TableClause

from nexus_tui.progress import (
    cards,
    checking,
    columns,
    days,
    derive,
    marks,
    notes,
    stages,
    tables,
)
from nexus_tui.progress.statements import Keep

if TYPE_CHECKING:
    from types import ModuleType


def test_statements_name_the_tables_and_columns_of_the_models() -> None:
    named = {t.name: t for t in vars(columns).values() if isinstance(t, TableClause)}
    assert {name: list(table.c.keys()) for name, table in named.items()} == {
        name: list(table.c.keys()) for name, table in tables.METADATA.tables.items()
    }


def test_a_column_is_read_as_true_or_false_where_its_model_says_so() -> None:
    named = [t for t in vars(columns).values() if isinstance(t, TableClause)]
    found = {(t.name, c.name) for t in named for c in t.c if isinstance(c.type, Boolean)}
    wanted = {
        (t.name, c.name)
        for t in tables.METADATA.tables.values()
        for c in t.c
        if isinstance(c.type, Boolean)
    }
    assert found == wanted


@pytest.mark.parametrize("module", [cards, checking, days, derive, marks, notes, stages])
def test_rows_are_written_by_their_models_and_replaced_by_their_keys(module: ModuleType) -> None:
    kept = [keep for keep in vars(module).values() if isinstance(keep, Keep)]
    assert kept
    for keep in kept:
        model = tables.METADATA.tables[keep.table]
        assert keep.statement().table is model
        assert not keep.key or set(keep.key) == set(model.primary_key.columns.keys())
