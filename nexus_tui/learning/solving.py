"""Which pass of a stage counts, and how long was worked on it."""

from __future__ import annotations

PAUSE = 15 * 60 * 1000
"""Milliseconds between two checks; what is beyond was spent on something else."""


def pass_counts(day: str, seen: str | None) -> bool:
    """Does a pass on this day count, where the solution was opened before on the day `seen`?

    Whoever has just read the solution types it: only doing it on another day shows what is kept.
    Days are ISO dates.
    """
    return seen is None or day > seen


def worked(since: int, until: int) -> int:
    """Milliseconds of work from one check, or the opening, to the next, at most a quarter hour."""
    return min(max(until - since, 0), PAUSE)
