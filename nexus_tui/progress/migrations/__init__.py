"""From one format of the file to the next: one module a step, run by `progress.migrate`.

The format of a file is its `PRAGMA user_version`; `columns.USER_VERSION` is the one this program
writes. `format_<n>.py` has a function `upgrade()` that makes format n of format n - 1, with
Alembic's operations (`from alembic import op`). It runs in the one transaction of the whole
migration, so it must not commit, and it must never import the tables: they go on changing, a
step does not.

How to change the schema
------------------------
- *Something derived* (a table of `tables.DERIVED`, its columns, its indexes): change its class,
  its names in `columns`, and raise `USER_VERSION` with a step whose `upgrade()` does nothing. The
  derived tables are dropped, made anew from the classes and filled by a replay of the facts after
  the last step.
- *Something else* (`meta`, `learner`, `fact`): change its class, its names in `columns`, and write
  the operations in the step. The facts themselves stay as they were written, byte for byte.
- A format that was never released is extended, not followed by another one.

Afterwards the file must be what the classes say, table by table and column by column, or nothing
of the migration is kept. `tests/progress/test_migrate.py` starts from the frozen schemas of all
formats (`format_<n>.sql`): freeze the old one there before you change it.
"""
