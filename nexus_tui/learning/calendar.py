"""The learner's days: they begin at 04:00, so that a late evening is one day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

DAY_STARTS = 4
"""Hour of the local clock at which a day begins."""
PAUSE = 14
"""Days missed in a row that a streak outlives: a holiday ends no habit."""


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
    """How many days were days of learning, one after the other but for pauses.

    A day counts when a question was answered on it, a section of a lesson was read for the
    first time, or a stage was checked. Missed days pause the streak: the next day that counts
    goes on with it. `missed` are those between its days, `paused` those since the last one;
    today is not missed before it is over. After more than `PAUSE` in a row a new one begins.
    """

    length: int
    missed: int = 0
    paused: int = 0

    @property
    def words(self) -> str:
        """The streak as Today says it, without a count of what was missed; "" without one."""
        if not self.length:
            return ""
        days = "1 day of learning" if self.length == 1 else counted(self.length, "day")
        if self.paused:
            return f"{days}, paused; it goes on today"
        if self.missed:
            return f"{days}, with pauses"
        return days if self.length == 1 else f"{days} in a row"


def streak(days: set[date], today: date) -> Streak:
    """The streak of `days`, those on which something was done, as it stands today."""
    length = missed = paused = 0
    later = today
    for day in sorted((day for day in days if day <= today), reverse=True):
        gap = max(0, (later - day).days - 1)
        if gap > PAUSE:
            break
        if length:
            missed += gap
        else:
            paused = gap
        length, later = length + 1, day
    return Streak(length, missed, paused)


def longest_run(days: set[date]) -> int:
    """The most days one after the other without a missed one."""
    longest = length = before = 0
    for number in sorted(day.toordinal() for day in days):
        length = length + 1 if number == before + 1 else 1
        longest, before = max(longest, length), number
    return longest


def week(today: date) -> tuple[date, ...]:
    """Monday to Sunday of the week of `today`."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(days=n) for n in range(7))


def forecast(due: Iterable[date], today: date, days: int) -> tuple[int, ...]:
    """How many fall due on each of the next `days`, today first; overdue counts as today."""
    counts = Counter(max(0, (day - today).days) for day in due)
    return tuple(counts[n] for n in range(days))
