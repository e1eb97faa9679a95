"""Mastery of objectives and topics, from the days and questions that were right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

DAYS = 3
SPAN_DAYS = 7
QUESTIONS = 2
LEECH_LAPSES = 6


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
    lapses: int = 0
    """How often it was missed after it had been learned."""
    last_missed: date | None = None
    first_asked: date | None = None
    confident_error: date | None = None
    """The day it was answered sure and wrong, until it is answered on a later day."""


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


def is_leech(history: ObjectiveHistory | None) -> bool:
    """Missed six times after it had been learned, and not right a week after the last miss.

    A leech is marked, points to its lesson and is asked less (see `session.plan`). It is not
    suspended by itself: an objective that a backend engineer needs must not vanish unasked,
    and what helps here is reading, which only the learner can do.
    """
    if history is None or history.lapses < LEECH_LAPSES:
        return False
    missed, right = history.last_missed, history.last_right
    return missed is None or right is None or (right - missed).days < SPAN_DAYS


def objective_standing(
    history: ObjectiveHistory | None, *, due: bool, credited: bool = False
) -> Standing:
    """Mastery fades to due; an objective never asked is not started, or started by credit.

    Credit is never mastery: that needs answers.
    """
    asked = history is not None and history.asked > 0
    if not asked and not credited:
        return Standing.NOT_STARTED
    if due:
        return Standing.DUE
    return Standing.MASTERED if history and is_mastered(history) else Standing.STARTED


def topic_standing(objectives: Sequence[Standing], *, stages_passed: bool = True) -> Standing:
    """All objectives mastered, and the stages that prove them; else what is most pressing."""
    if Standing.DUE in objectives:
        return Standing.DUE
    if stages_passed and objectives and all(o is Standing.MASTERED for o in objectives):
        return Standing.MASTERED
    if all(o is Standing.NOT_STARTED for o in objectives):
        return Standing.NOT_STARTED
    return Standing.STARTED


def credited_by_mastery(
    mastered: Collection[str], requires: Mapping[str, Sequence[str]]
) -> frozenset[str]:
    """Topics whose untouched objectives count as started, because of what is mastered.

    `mastered` are the topics of which at least one objective is mastered; credit flows from
    each of them to every topic it requires, and on to what those require. Whoever was right
    on three days over a week needed what lies below, so asking all of it again as new would
    waste their time: such an objective is *started* (it opens what waits for it and comes last
    among the new ones), but it is not scheduled, because no answer says how long it will be
    remembered, and it is never mastered by this. One right answer is not enough for credit:
    it may have been a guess.
    """
    found: set[str] = set()
    waiting = [key for topic in mastered for key in requires.get(topic, ())]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += requires.get(key, ())
    return frozenset(found)
