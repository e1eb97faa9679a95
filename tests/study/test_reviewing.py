"""What a review says of itself before it begins, and after it: what it then asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from nexus_tui.study.next_steps import next_steps
from nexus_tui.study.reviewing import left_over, named_topics, next_review
from tests.histories import Clock, answer
from tests.study.school import OBJECTIVES, open_desk, reply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk

ALL = [f"school/{topic}/{each}" for topic in ("sql", "indexing", "queues") for each in OBJECTIVES]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(tmp_path, clock)
    desk.store._zone = UTC
    yield desk
    desk.close()


def _due(desk: Desk, clock: Clock, *, often_missed: int) -> None:
    """All six objectives are due, so many of them missed again and again."""
    for number in range(7):
        for key in ALL[:often_missed]:
            answer(desk.store, f"{key}-{number % 3}", objective=key, right=False)
        clock.move(days=2)
    for key in ALL[often_missed:]:
        answer(desk.store, f"{key}-0", objective=key, right=False)
    clock.move(days=2)


@pytest.mark.parametrize(
    ("often_missed", "asked", "title", "later"),
    [
        (0, 6, "6 objectives are due", ""),
        (2, 6, "6 objectives are due", ""),
        (3, 5, "5 of 6 objectives due", "1 more, often missed, comes in the next review."),
        (6, 2, "2 of 6 objectives due", "4 more, often missed, come in the next review."),
    ],
)
def test_a_review_asks_as_many_as_it_said_and_says_why_not_all(
    desk: Desk, clock: Clock, often_missed: int, asked: int, title: str, later: str
) -> None:
    _due(desk, clock, often_missed=often_missed)
    review = next_review(desk, desk.overview())
    plan = desk.plan("review")
    assert plan is not None
    assert (review.asked, plan.total) == (asked, asked)
    assert (review.title, review.later) == (title, later)
    step = next(step for step in next_steps(desk, desk.overview()) if step.id == "review")
    assert (step.title, step.figure) == (title, f"{plan.minutes_left} min")
    assert step.reason.endswith(later)


@pytest.mark.parametrize("limit", [1, 3, 5, 15])
def test_a_review_asks_as_many_as_it_said_at_any_limit(
    desk: Desk, clock: Clock, limit: int
) -> None:
    _due(desk, clock, often_missed=3)
    desk.choices = replace(desk.choices, due_limit=limit)
    plan = desk.plan("review")
    assert plan is not None
    assert next_review(desk, desk.overview()).asked == plan.total


def test_after_a_review_it_is_said_what_is_due_still(desk: Desk, clock: Clock) -> None:
    _due(desk, clock, often_missed=5)
    sitting = desk.start("review")
    assert sitting is not None
    while sitting.asked():
        reply(sitting)
    said = left_over(desk.overview())
    assert said == "3 more are due, often missed: they come in the next review."
    sitting = desk.start("review")
    assert sitting is not None
    while sitting.asked():
        reply(sitting)
    said = left_over(desk.overview())
    assert said == "1 more is due, often missed: it comes in the next review."


def test_what_is_beyond_the_limit_is_not_counted_after_a_review(desk: Desk, clock: Clock) -> None:
    assert left_over(desk.overview()) == ""
    _due(desk, clock, often_missed=0)
    assert left_over(desk.overview()) == "More is due: it comes in the next review."


def test_a_review_names_the_topics_with_most_and_counts_the_others() -> None:
    due = [("Indexing", 5), ("Locks", 3), ("Streams", 2), ("Git", 1)]

    assert named_topics(due[:2]) == "Indexing 5 · Locks 3"
    assert named_topics(due) == "Indexing 5 · Locks 3 · Streams 2 and 1 more topic"


def test_today_counts_the_topics_it_does_not_name(desk: Desk, clock: Clock) -> None:
    _due(desk, clock, often_missed=0)
    view = desk.overview()
    step = next(step for step in next_steps(desk, view) if step.id == "review")
    assert step.reason == named_topics(view.due_by_topic)
