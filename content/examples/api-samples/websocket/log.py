"""What happened to orders, in SQLite: the socket only says that there is something new."""

from __future__ import annotations

import sqlite3
from contextlib import closing

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
  orderno TEXT, number INTEGER, status TEXT, PRIMARY KEY (orderno, number))
"""


def connect(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=5, isolation_level=None)
    connection.execute(SCHEMA)
    return connection


def append(path: str, order: str, status: str) -> int:
    """Keep a change and return its number, which counts up by one for each order."""
    with closing(connect(path)) as connection:
        (number,) = connection.execute(
            "INSERT INTO event SELECT ?, coalesce(max(number), 0) + 1, ? FROM event"
            " WHERE orderno = ? RETURNING number",
            (order, status, order),
        ).fetchone()
        return number


def after(path: str, order: str, number: int, most: int = 100) -> list[tuple[int, str]]:
    """Return the changes that follow `number`, the oldest first."""
    with closing(connect(path)) as connection:
        return connection.execute(
            "SELECT number, status FROM event WHERE orderno = ? AND number > ?"
            " ORDER BY number LIMIT ?",
            (order, number, most),
        ).fetchall()
