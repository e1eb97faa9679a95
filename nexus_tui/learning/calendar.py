"""The learner's days: they begin at 04:00, so that a late evening is one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

DAY_STARTS = 4
"""Hour of the local clock at which a day begins."""


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def day_of(at: datetime, zone: tzinfo | None = None, starts: int = DAY_STARTS) -> date:
    """The local day of the instant `at` (aware); `zone` None is the machine's own.

    The hours are taken off the wall clock, so a day begins at 04:00 also where a night has
    23 or 25 hours.
    """
    local = at.astimezone(zone).replace(tzinfo=None)
    return (local - timedelta(hours=starts)).date()


@dataclass(frozen=True)
class Streak:
    """Days with something done: `length` in the current run; `paused` when none of it is today
    or yesterday. A missed day pauses a run, it does not destroy it."""

    length: int
    paused: bool

    @property
    def words(self) -> str:
        """The streak as Today says it; nothing where there is none."""
        if not self.length:
            return ""
        days = "1 day" if self.length == 1 else f"{self.length} days in a row"
        return f"{days}, paused" if self.paused else days


def streak(days: set[date], today: date) -> Streak:
    """The run that ends today or yesterday, or the paused one before.

    One missed day inside a run is bridged; it is not counted.
    """
    one = timedelta(days=1)
    last = max((day for day in days if day <= today), default=None)
    if last is None:
        return Streak(0, paused=False)
    length, day = 0, last
    while day in days or day - one in days:
        length += day in days
        day -= one
    return Streak(length, paused=(today - last).days > 1)


def week(today: date) -> tuple[date, ...]:
    """Monday to Sunday of the week of `today`."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def forecast(due: Iterable[date], today: date, days: int) -> tuple[int, ...]:
    """How many fall due on each of the next `days`, today first; overdue counts as today."""
    counts = Counter(max(0, (day - today).days) for day in due)
    return tuple(counts[n] for n in range(days))
