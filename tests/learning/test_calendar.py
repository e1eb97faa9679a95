"""The learner's days, streaks, weeks and what falls due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.calendar import Streak, day_of, forecast, streak, week

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
    ("done", "length", "paused"),
    [
        ((), 0, False),
        ((0,), 1, False),
        ((1,), 1, False),
        ((2,), 1, True),
        ((0, 1, 2), 3, False),
        ((1, 2, 3), 3, False),
        ((0, 2), 2, False),
        ((0, 2, 4, 6), 4, False),
        ((0, 3), 1, False),
        ((0, 1, 4, 5), 2, False),
        ((9, 10, 12), 3, True),
        ((-1, -2), 0, False),
        ((-1, 0, 1), 2, False),
    ],
)
def test_a_streak_bridges_one_missed_day_and_pauses(
    done: tuple[int, ...], length: int, paused: bool
) -> None:
    assert streak(days_ago(*done), TODAY) == Streak(length, paused)


@given(st.sets(st.integers(-3, 60)))
def test_another_day_never_shortens_a_streak_of_today(ago: set[int]) -> None:
    before = streak(days_ago(0, *ago), TODAY)
    after = streak(days_ago(0, *ago, 1), TODAY)
    assert not before.paused
    assert after.length >= before.length >= 1


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Streak(0, paused=False), ""),
        (Streak(1, paused=False), "1 day"),
        (Streak(5, paused=False), "5 days in a row"),
        (Streak(5, paused=True), "5 days in a row, paused"),
        (Streak(1, paused=True), "1 day, paused"),
    ],
)
def test_a_streak_has_its_words(found: Streak, words: str) -> None:
    assert found.words == words


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
