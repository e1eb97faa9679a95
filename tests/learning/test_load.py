"""The load of the next 30 days: what falls due, within the limit, off the easy days."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nexus_tui.learning.load import DAYS, Course, forecast
from nexus_tui.learning.scheduling import CardState, Preset

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def course(limit: int = 15, **preset: object) -> Course:
    return Course(
        now=NOW,
        today=NOW.date(),
        day_of=lambda at: at.date(),
        preset=Preset(**preset),  # type: ignore[arg-type]
        due_limit=limit,
    )


def cards(*days: int, stability: float = 1_000.0) -> list[tuple[str, CardState]]:
    """Cards due in so many days; a high stability keeps them from coming back within 30."""
    found = []
    for number, day in enumerate(days):
        due = NOW + timedelta(days=day)
        card = CardState(stability, 5.0, due, due - timedelta(days=stability), 9, 0)
        found.append((f"o{number}", card))
    return found


def test_each_review_stands_on_its_day_and_what_is_late_on_today() -> None:
    counts = forecast(cards(-5, 0, 0, 1, 29, 30), course())
    assert len(counts) == DAYS
    assert counts == (3, 1, *[0] * 27, 1)


def test_what_is_over_the_limit_waits_for_the_next_day() -> None:
    assert forecast(cards(*[0] * 7), course(limit=3))[:4] == (3, 3, 1, 0)


def test_of_what_is_often_missed_a_day_asks_as_few_as_a_review() -> None:
    often = replace(course(), leeches={f"o{n}" for n in range(5)})
    assert forecast(cards(*[0] * 7), often)[:4] == (4, 2, 1, 0)
    assert forecast(cards(*[0] * 7), replace(often, due_limit=3))[:4] == (3, 2, 2, 0)


def test_a_review_brings_the_next_one_as_the_schedule_says() -> None:
    once, more = (
        forecast(cards(0, stability=1.0), course()),
        forecast(cards(0, stability=1.0), course(retention=0.97)),
    )
    assert once[0] == more[0] == 1
    assert 1 < sum(once) < sum(more)


def test_easy_days_get_less() -> None:
    many = cards(*range(5), *range(5), stability=3.0)
    weekend = [n for n in range(DAYS) if (NOW.weekday() + n) % 7 >= 5]
    usual = forecast(many, course())
    easy = forecast(many, course(easy_days=frozenset({5, 6})))
    assert sum(easy[n] for n in weekend) < sum(usual[n] for n in weekend)


@pytest.mark.parametrize("new", [0, 4, 100])
def test_what_is_met_anew_comes_back_and_is_no_review_itself(new: int) -> None:
    counts = forecast([], course(), new_a_day=2, new=new)
    assert counts[0] == 0
    assert (sum(counts) > 0) is (new > 0)
    assert sum(forecast([], course(), new_a_day=2, new=4)) < sum(
        forecast([], course(), new_a_day=2, new=100)
    )


def test_without_cards_there_is_nothing_to_do() -> None:
    assert forecast([], course()) == (0,) * DAYS
