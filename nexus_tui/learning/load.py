"""How many reviews the next days hold, if one review is done a day and what is asked is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import scheduling
from nexus_tui.learning.rating import Rating
from nexus_tui.learning.session import LEECHES

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable
    from datetime import date, datetime

    from nexus_tui.learning.scheduling import CardState, Preset

DAYS = 30


@dataclass(frozen=True)
class Course:
    """What the forecast starts from: the moment, its day, and what is in force."""

    now: datetime
    today: date
    day_of: Callable[[datetime], date]
    preset: Preset
    due_limit: int
    leeches: Container[str] = ()
    """Objectives of which a review asks few, see `session.plan`."""


def forecast(
    cards: Iterable[tuple[str, CardState]], course: Course, *, new_a_day: int = 0, new: int = 0
) -> tuple[int, ...]:
    """Reviews on each of the next 30 days, today first.

    `cards` are (objective, card). Each day asks what is due, the longest due first and at most
    the limit; what is left waits for the next day. Every review counts as right, so that the
    next one of that objective is where the schedule would put it, off the easy days too. `new`
    objectives are met at `new_a_day`; meeting one is no review, what follows from it is.
    """
    waiting: list[list[tuple[str, CardState]]] = [[] for _ in range(DAYS)]

    def put(key: str, card: CardState, after: int) -> None:
        place = max(after, (course.day_of(card.due) - course.today).days)
        if place < DAYS:
            waiting[place].append((key, card))

    for key, card in cards:
        put(key, card, 0)
    counts: list[int] = []
    left: list[tuple[str, CardState]] = []
    for number in range(DAYS):
        due = sorted([*left, *waiting[number]], key=lambda one: (one[1].due, one[0]))
        asked, left = _asked(due, course)
        counts.append(len(asked))
        for key, card in asked:
            put(key, _answered(key, card, course, number), number + 1)
        for met in range(min(new_a_day, max(0, new - number * new_a_day))):
            key = f"new/{number}/{met}"
            put(key, _answered(key, None, course, number), number + 1)
    return tuple(counts)


def _asked(
    due: list[tuple[str, CardState]], course: Course
) -> tuple[list[tuple[str, CardState]], list[tuple[str, CardState]]]:
    """What the review of a day asks, and what it leaves for the next."""
    last = [one for one in due if one[0] in course.leeches]
    others = [one for one in due if one[0] not in course.leeches]
    first = [*others[: course.due_limit], *last[:LEECHES]]
    later = [*others[course.due_limit :], *last[LEECHES:]]
    return first[: course.due_limit], [*first[course.due_limit :], *later]


def _answered(key: str, card: CardState | None, course: Course, number: int) -> CardState:
    return scheduling.review(
        card,
        Rating.GOOD,
        course.now + timedelta(days=number),
        guessed=False,
        missed=False,
        fuzz_key=f"load/{key}",
        preset=course.preset,
        day=course.today + timedelta(days=number),
    )
