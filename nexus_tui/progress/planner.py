"""What SQLite's planner is told of the tables: the figures of a long history, from the start.

Without figures it takes the key of a table without rowids for as good as any index, and reads
every answer of a learner to find those of one question. Figures that grow with the history would
change the plans under way; these stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

FIGURES = (
    # table, index, rows in all, then rows that share the first 1, 2, … columns
    ("fact", "fact", "1000000 1000000 1"),
    ("fact", "fact_seq", "1000000 1000000 500000 1"),
    ("fact", "fact_kind", "1000000 1000000 2000 1"),
    ("fact", "fact_session", "60000 60000 1"),
    ("answer", "answer", "900000 900000 1"),
    ("answer", "answer_objective", "900000 900000 900 1"),
    ("answer", "answer_question", "900000 900000 300 1"),
    ("answer", "answer_session", "900000 900000 15"),
    ("mark", "mark", "5000 5000 2 1"),
    ("mark", "mark_objective", "5000 5000 2"),
)


def advise(connection: Connection) -> None:
    """Put the figures in the place of any that are there."""
    connection.exec_driver_sql("ANALYZE meta")  # makes the table of figures
    connection.exec_driver_sql("DELETE FROM sqlite_stat1")
    connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", list(FIGURES))
    connection.exec_driver_sql("ANALYZE sqlite_schema")  # reads them into this connection
