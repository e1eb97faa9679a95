"""The learner's days, streaks, weeks and what falls due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.calendar import (
    PAUSE,
    Streak,
    day_of,
    forecast,
    longest_run,
    streak,
    week,
)

TODAY = date(2026, 3, 11)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 3, 11, 4, 0, tzinfo=UTC), date(2026, 3, 11)),
        (datetime(2026, 3, 11, 3, 59, 59, tzinfo=UTC), date(2026, 3, 10)),
        (datetime(2026, 3, 11, 23, 59, tzinfo=UTC), date(2026, 3, 11)),
        (datetime(2026, 3, 1, 0, 0, tzinfo=UTC), date(2026, 2, 28)),
        (datetime(2026, 1, 1, 1, 0, tzinfo=UTC), date(2025, 12, 31)),
    ],
)
def test_a_day_begins_at_four(at: datetime, expected: date) -> None:
    assert day_of(at, UTC) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # Clocks go forward at 02:00 on 29 March and back at 03:00 on 25 October.
        (datetime(2026, 3, 29, 1, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_day_begins_at_four_on_the_wall_clock_in_nights_of_23_and_25_hours(
    at: datetime, expected: date
) -> None:
    assert day_of(at, BERLIN) == expected


def test_the_zone_decides_the_day() -> None:
    at = datetime(2026, 3, 11, 12, tzinfo=UTC)
    assert day_of(at, timezone(timedelta(hours=14))) == date(2026, 3, 11)
    assert day_of(at, timezone(timedelta(hours=-9))) == date(2026, 3, 10)
    assert day_of(at, UTC, starts=13) == date(2026, 3, 10)


# ---------------------------------------------------------------- streaks


def days_ago(*ago: int) -> set[date]:
    return {TODAY - timedelta(days=n) for n in ago}


@pytest.mark.parametrize(
    ("done", "length", "missed", "paused"),
    [
        ((), 0, 0, 0),
        ((0,), 1, 0, 0),
        ((1,), 1, 0, 0),
        ((2,), 1, 0, 1),
        ((0, 1, 2), 3, 0, 0),
        ((1, 2, 3), 3, 0, 0),
        ((0, 2), 2, 1, 0),
        ((0, 2, 4, 6), 4, 3, 0),
        ((0, 1, 4, 5), 4, 2, 0),
        ((9, 10, 12), 3, 1, 8),
        ((-1, -2), 0, 0, 0),
        ((-1, 0, 1), 2, 0, 0),
    ],
)
def test_missed_days_pause_a_streak_and_the_next_day_goes_on_with_it(
    done: tuple[int, ...], length: int, missed: int, paused: int
) -> None:
    assert streak(days_ago(*done), TODAY) == Streak(length, missed, paused)


def test_a_pause_of_two_weeks_is_outlived_and_a_longer_one_ends_the_streak() -> None:
    before = (PAUSE + 1, PAUSE + 2)
    assert streak(days_ago(0, *before), TODAY) == Streak(3, PAUSE, 0)
    assert streak(days_ago(0, *(n + 1 for n in before)), TODAY) == Streak(1)
    assert streak(days_ago(*before), TODAY) == Streak(2, 0, PAUSE)
    assert streak(days_ago(*(n + 1 for n in before)), TODAY) == Streak(0)


@given(st.sets(st.integers(-3, 60)), st.integers(0, 60))
def test_another_day_never_shortens_a_streak(ago: set[int], more: int) -> None:
    before, after = streak(days_ago(*ago), TODAY), streak(days_ago(*ago, more), TODAY)
    assert after.length >= before.length
    assert after.length + after.missed + after.paused <= 61


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Streak(0), ""),
        (Streak(1), "1 day of learning"),
        (Streak(5), "5 days in a row"),
        (Streak(5, missed=1), "5 days, with pauses"),
        (Streak(5, missed=2, paused=3), "5 days, paused; it goes on today"),
        (Streak(1, paused=2), "1 day of learning, paused; it goes on today"),
    ],
)
def test_a_streak_has_its_words(found: Streak, words: str) -> None:
    assert found.words == words


@pytest.mark.parametrize(
    ("done", "longest"), [((), 0), ((5,), 1), ((0, 1, 5, 6, 7, 9), 3), ((0, 2, 4), 1)]
)
def test_the_longest_run_has_no_missed_day(done: tuple[int, ...], longest: int) -> None:
    assert longest_run(days_ago(*done)) == longest


# ---------------------------------------------------------------- week and forecast


@pytest.mark.parametrize("offset", range(7))
def test_a_week_goes_from_monday_to_sunday(offset: int) -> None:
    monday = date(2026, 3, 9)
    found = week(monday + timedelta(days=offset))
    assert found == tuple(monday + timedelta(days=n) for n in range(7))


def test_what_is_overdue_counts_today_and_what_is_later_is_left_out() -> None:
    due = [TODAY - timedelta(days=30), TODAY - timedelta(days=1), TODAY]
    due += [TODAY + timedelta(days=1), TODAY + timedelta(days=2), TODAY + timedelta(days=2)]
    due += [TODAY + timedelta(days=3)]
    assert forecast(due, TODAY, 3) == (3, 1, 2)
    assert forecast([], TODAY, 2) == (0, 0)
