"""Sums of local days: what each answer, section and check adds to them or takes off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete

from nexus_tui.learning.weeks import SECTION
from nexus_tui.progress.columns import DAY
from nexus_tui.progress.statements import keeping, write

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.engine import Connection

    from nexus_tui.progress.payloads import ReadingPayload

SUMS = {c.name: 0 for c in DAY.c if c.name not in {"learner", "day"}}
_ADD = keeping("day", "learner", "day", adding=True)
_DROP_EMPTY = delete(DAY).where(
    DAY.c.answers == 0, DAY.c.sections == 0, DAY.c.attempts == 0, DAY.c.worked == 0
)


def add(connection: Connection, learner: str, days: Mapping[str, Mapping[str, int]]) -> None:
    """Add to the sums of days: day → what is added to which sum."""
    rows = [{"learner": learner, "day": day, **SUMS, **more} for day, more in days.items()]
    if rows:
        write(connection, _ADD, rows)


def drop_empty(connection: Connection, learner: str, day: str) -> None:
    """Forget a day on which nothing is left."""
    connection.execute(_DROP_EMPTY.where(DAY.c.learner == learner, DAY.c.day == day))


def of_answer(answer: Mapping[str, Any], sign: int = 1) -> dict[str, int]:
    """What an answer adds to the sums of its day, or with -1 takes off."""
    right = answer["score"] == 1.0
    sure, guessed = answer["certainty"] == "sure", answer["certainty"] == "guessed"
    return {
        "answers": sign,
        "right": sign * right,
        "milliseconds": sign * answer["milliseconds"],
        "sure": sign * sure,
        "sure_right": sign * (sure and right),
        "guessed": sign * guessed,
        "guessed_right": sign * (guessed and right),
        **(of_review(answer, sign) if answer["review"] else {}),
    }


def of_reading(reading: ReadingPayload, *, new: bool) -> dict[str, int]:
    """What a section that was in sight adds; `new`: it is read for the first time.

    A new one counts a minute by itself, so that only the rest of what was measured is left to
    add. One that was read before, or not to its end, counts from a minute on: less is no reading.
    """
    measured = reading.milliseconds
    if new:
        return {"sections": 1, "worked": 0 if measured is None else measured - SECTION}
    return {"worked": measured} if measured is not None and measured >= SECTION else {}


def of_review(answer: Mapping[str, Any], sign: int = 1) -> dict[str, int]:
    """What an answer that is a review adds besides, or with -1 takes off."""
    return {"reviews": sign, "recalled": sign * (answer["score"] == 1.0)}
