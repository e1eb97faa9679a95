"""A new history of what can still be read of a damaged one, which is left as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import delete

from nexus_tui.command import command
from nexus_tui.progress.columns import LEARNER
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.salvage import salvage
from nexus_tui.progress.store import Store
from nexus_tui.progress.unsaved import union

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Connection


@dataclass(frozen=True)
class Recovered:
    """How many facts are in the new file, and how many are known to be missing in it."""

    into: Path
    facts: int
    lost: int
    learners: tuple[str, ...]
    missing: tuple[tuple[int, int], ...]
    """From which to which number, device after device."""


def recover(damaged: Path, into: Path) -> Recovered:
    """Read the facts of `damaged` by their checksums into a new database at `into`.

    Raises a StoreError where `into` exists, `damaged` cannot be read at all, or no fact is found
    in it; then there is no new file.
    """
    if into.exists():
        raise StoreError(f"{into} exists already: name another file with --into.")
    try:
        found = salvage(damaged)
    except OSError as error:
        raise StoreError(f"{damaged} cannot be read: {error.strerror}.") from error
    if not found.facts:
        raise StoreError(f"No fact can be read from {damaged}: {command()} restore lists backups.")
    facts = sorted(found.facts.values(), key=lambda fact: (fact["at"], fact["id"]))
    rows = [{**fact, "name": found.names.get(fact["learner"], "recovered")} for fact in facts]
    first = str(rows[0]["name"])
    store = Store.open(into, learner=first)
    try:
        kept = store.change(partial(_fill, rows=rows, made=store.learner))
    finally:
        store.close()
    missing = tuple(span for numbers in found.missing.values() for span in _spans(numbers))
    return Recovered(into, kept, found.lost, tuple(sorted(set(found.names.values()))), missing)


def _fill(connection: Connection, rows: list[dict[str, object]], made: str) -> int:
    """The facts with their own learners, in the place of the one that a new file begins with."""
    connection.execute(delete(LEARNER).where(LEARNER.c.id == made))
    return union(connection, rows)


def _spans(numbers: list[int]) -> list[tuple[int, int]]:
    """Runs of numbers as (first, last)."""
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return spans
