"""Which pass of a stage counts."""

from __future__ import annotations


def pass_counts(day: str, seen: str | None) -> bool:
    """Does a pass on this day count, where the solution was opened before on the day `seen`?

    Whoever has just read the solution types it: only doing it on another day shows what is kept.
    Days are ISO dates.
    """
    return seen is None or day > seen
