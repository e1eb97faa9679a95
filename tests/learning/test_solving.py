"""Which pass counts, what is work, and when the question on the code comes back."""

from __future__ import annotations

from datetime import date

import pytest

from nexus_tui.learning.solving import PAUSE, comes_back, pass_counts, worked

PASSED = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("day", "seen", "counts"),
    [
        ("2026-11-26", None, True),
        ("2026-11-26", "2026-11-26", False),
        ("2026-11-27", "2026-11-26", True),
    ],
)
def test_a_pass_counts_unless_the_solution_was_read_that_day(
    day: str, seen: str | None, counts: bool
) -> None:
    assert pass_counts(day, seen) is counts


@pytest.mark.parametrize(("since", "until", "work"), [(0, 60_000, 60_000), (60_000, 0, 0)])
def test_work_is_the_time_between_two_checks(since: int, until: int, work: int) -> None:
    assert worked(since, until) == work


def test_a_long_pause_is_not_work() -> None:
    assert worked(0, 8 * 60 * 60 * 1000) == PAUSE


@pytest.mark.parametrize(
    ("asked", "today", "due"),
    [
        (None, date(2026, 11, 21), False),
        (None, date(2026, 11, 22), True),
        (date(2026, 11, 1), date(2026, 11, 22), True),
        (date(2026, 11, 22), date(2026, 12, 24), False),
    ],
)
def test_the_question_on_the_code_comes_back_once_after_three_weeks(
    asked: date | None, today: date, due: bool
) -> None:
    assert comes_back(PASSED, asked, today) is due
