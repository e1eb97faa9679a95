"""SQL: one statement after the other, and its rows as text."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from nexus_tui.labs.runners.marks import end_part

Execute = Callable[[str], str | None]
"""Runs one statement; the text of its rows, of its error, or None where it gives no rows."""

_TOKEN = re.compile(
    r"""
    (?P<text> '(?:[^']|'')*+(?:'|\Z) | "(?:[^"]|"")*+(?:"|\Z)
      | (?P<dollars>\$\w*\$) .*? (?:(?P=dollars)|\Z) )
    | (?P<comment> --[^\n]*+ )
    | (?P<end> ; )
    """,
    re.VERBOSE | re.DOTALL,
)


def prepare() -> None:
    """SQLite is part of Python."""


def run(job: dict[str, Any]) -> None:
    """Run the parts of a job on one empty SQLite database, with foreign keys enforced."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")

    def execute(statement: str) -> str | None:
        try:
            found = connection.execute(statement)
            if found.description is None:
                return None
            return table([column[0] for column in found.description], found.fetchall())
        except sqlite3.Error as error:
            return f"ERROR: {error}"

    run_parts(job, execute, complete=sqlite3.complete_statement)


def run_parts(
    job: dict[str, Any], execute: Execute, *, complete: Callable[[str], bool] = bool
) -> None:
    """Run each statement of each part and print what it gives, a blank line between two."""
    for _, code in job["parts"]:
        shown = (execute(statement) for statement in statements(code, complete))
        print("\n\n".join(text for text in shown if text is not None))
        end_part(job["mark"])


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Names and rows, padded and joined by ` | `; NULL for what has no value."""
    lines = [
        list(columns),
        *(["NULL" if value is None else str(value) for value in row] for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        " | ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def statements(text: str, complete: Callable[[str], bool] = bool) -> list[str]:
    """Cut at the semicolons outside quotes and comments; comments are left out.

    What `complete` refuses goes on behind the semicolon, such as the body of a trigger.
    """
    found, start, current = list[str](), 0, ""
    for token in _TOKEN.finditer(text):
        current += text[start : token.start()]
        start = token.end()
        if token["text"]:
            current += token["text"]
        elif token["end"] and complete(f"{current};"):
            found.append(current)
            current = ""
        elif token["end"]:
            current += ";"
    found.append(current + text[start:])
    return [statement.strip() for statement in found if statement.strip()]
