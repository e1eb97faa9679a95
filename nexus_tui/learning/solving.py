"""Which pass of a stage counts, and how long was worked on it."""

from __future__ import annotations

from datetime import date, timedelta

PAUSE = 15 * 60 * 1000
"""Milliseconds of work before a check, at most; what is beyond was spent on something else."""


COMES_BACK = 21
"""Days after a pass when a question on its code is asked again."""


def comes_back(passed: date, asked: date | None, today: date) -> bool:
    """Is it time for the question on the code of a stage, last `asked` on that day?"""
    due = passed + timedelta(days=COMES_BACK)
    return due <= today and (asked is None or asked < due)


def pass_counts(day: str, seen: str | None) -> bool:
    """Does a pass on this day count, where the solution was opened before on the day `seen`?

    Whoever has just read the solution types it: only doing it on another day shows what is kept.
    Days are ISO dates.
    """
    return seen is None or day > seen


def worked(since: int, until: int) -> int:
    """Milliseconds of work between two moments, at most a quarter of an hour."""
    return min(max(until - since, 0), PAUSE)
