"""The names that statements use are those of the models that make the file."""

from __future__ import annotations

from sqlalchemy import Boolean, TableClause

from nexus_tui.progress import columns, tables


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
