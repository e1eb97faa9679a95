"""Mastery of objectives and topics, from the days and questions that were right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

DAYS = 3
SPAN_DAYS = 7
QUESTIONS = 2


@dataclass(frozen=True)
class ObjectiveHistory:
    """What was answered for one objective, undone answers left out."""

    asked: int
    right: int
    sure_wrong: int
    right_days: int
    """Distinct local days with a right answer."""
    first_right: date | None
    last_right: date | None
    right_questions: int
    """Distinct questions answered right."""


class Standing(StrEnum):
    """How far an objective or a topic has come."""

    NOT_STARTED = "not started"
    STARTED = "started"
    DUE = "due"
    MASTERED = "mastered"


def is_mastered(history: ObjectiveHistory) -> bool:
    """Right on at least 3 days, the last at least 7 days after the first, on 2 questions."""
    if history.first_right is None or history.last_right is None:
        return False
    return (
        history.right_days >= DAYS
        and (history.last_right - history.first_right).days >= SPAN_DAYS
        and history.right_questions >= QUESTIONS
    )


def objective_standing(history: ObjectiveHistory | None, *, due: bool) -> Standing:
    """Mastery fades to due; an objective that was never asked is not started."""
    if history is None or not history.asked:
        return Standing.NOT_STARTED
    if due:
        return Standing.DUE
    return Standing.MASTERED if is_mastered(history) else Standing.STARTED


def topic_standing(objectives: Sequence[Standing], *, stages_passed: bool = True) -> Standing:
    """All objectives mastered, and the stages that prove them; else what is most pressing."""
    if Standing.DUE in objectives:
        return Standing.DUE
    if stages_passed and objectives and all(o is Standing.MASTERED for o in objectives):
        return Standing.MASTERED
    if all(o is Standing.NOT_STARTED for o in objectives):
        return Standing.NOT_STARTED
    return Standing.STARTED
