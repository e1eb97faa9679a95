"""Days become weeks; a week says how much, how well and how long."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nexus_tui.learning.weeks import Done, by_week, heat, minutes, year_begins

THURSDAY = date(2026, 11, 26)
MONDAY = date(2026, 11, 23)


def test_the_days_of_a_week_are_summed_from_monday_on() -> None:
    days = [
        Done(MONDAY, answers=4, right=3, minutes=5, reviews=2, recalled=1, days=1),
        Done(THURSDAY, answers=6, right=6, minutes=7, reviews=2, recalled=2, days=1),
        Done(MONDAY - timedelta(days=1), answers=1, days=1),
    ]
    weeks = by_week(days, THURSDAY)
    assert weeks[-1] == Done(MONDAY, 10, 9, 12, 4, 3, 2)
    assert weeks[-2] == Done(MONDAY - timedelta(weeks=1), 1, days=1)
    assert (weeks[-1].accuracy, weeks[-1].retention) == (0.9, 0.75)
    assert (weeks[-2].accuracy, weeks[-2].retention) == (0.0, None)


def test_weeks_with_nothing_done_are_there_and_a_short_history_shows_eight() -> None:
    weeks = by_week([], THURSDAY)
    assert [week.day for week in weeks] == [MONDAY - timedelta(weeks=n) for n in range(7, -1, -1)]
    assert weeks[0].accuracy is None


def test_of_a_long_history_a_year_is_shown() -> None:
    days = [Done(THURSDAY - timedelta(days=n), answers=1) for n in range(1_000)]
    weeks = by_week(days, THURSDAY)
    assert len(weeks) == 53
    assert weeks[0].day == year_begins(THURSDAY)
    assert sum(week.answers for week in weeks) == (THURSDAY - weeks[0].day).days + 1


@pytest.mark.parametrize(
    ("answers", "level"),
    [(0, 0), (1, 1), (4, 1), (5, 2), (9, 2), (10, 3), (19, 3), (20, 4), (500, 4)],
)
def test_a_day_is_as_hot_as_it_has_answers(answers: int, level: int) -> None:
    assert heat(answers) == level


@pytest.mark.parametrize(
    ("answering", "sections", "working", "expected"),
    [
        (0, 0, 0, 0),
        (900, 0, 0, 1),
        (150_000, 0, 0, 2),
        (0, 2, 0, 2),
        (60_000, 1, 1_800_000, 32),
        (0, 3, -170_000, 1),
        (0, 1, -60_000, 0),
    ],
)
def test_the_minutes_of_a_day_are_answering_reading_and_working(
    answering: int, sections: int, working: int, expected: int
) -> None:
    assert minutes(answering, sections, working) == expected
