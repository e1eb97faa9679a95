"""What was done, day by day and week by week: how much, how well, how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

YEAR = 53
"""Weeks that hold the last twelve months, whatever the weekday."""
_AT_LEAST = 8
"""Weeks that are shown of a short history."""
SECTION = 60_000
"""Milliseconds that a section counts where it was not measured: rather too few."""
_HEAT = (1, 5, 10, 20)


@dataclass(frozen=True)
class Done:
    """What was done on one day, or in the week that begins with `day`, a Monday."""

    day: date
    answers: int = 0
    right: int = 0
    minutes: int = 0
    reviews: int = 0
    """Answers to what had been answered on an earlier day: they measure what was kept."""
    recalled: int = 0
    """Reviews that were right."""
    days: int = 0
    """Days on which anything was done."""

    @property
    def accuracy(self) -> float | None:
        """The share of the answers that were right; None without any."""
        return self.right / self.answers if self.answers else None

    @property
    def retention(self) -> float | None:
        """The share of the reviews that were right; None without any."""
        return self.recalled / self.reviews if self.reviews else None


def minutes(answering: int, sections: int, working: int) -> int:
    """Minutes of a day: milliseconds of answering, sections read, milliseconds of work.

    `working` holds by how much the sections took more than `SECTION` each, or less. What was
    begun counts a minute.
    """
    spent = (answering, working + SECTION * sections)
    return sum(max(1, round(each / 60_000)) for each in spent if each > 0)


def together(day: date, done: Iterable[Done]) -> Done:
    """The sums of `done`, as what was done from `day` on."""
    found = list(done)
    return Done(
        day,
        sum(one.answers for one in found),
        sum(one.right for one in found),
        sum(one.minutes for one in found),
        sum(one.reviews for one in found),
        sum(one.recalled for one in found),
        sum(one.days for one in found),
    )


def monday(day: date) -> date:
    """The Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def year_begins(today: date) -> date:
    """The Monday with which the year that ends today is shown from."""
    return monday(today) - timedelta(weeks=YEAR - 1)


def by_week(days: Iterable[Done], today: date) -> tuple[Done, ...]:
    """The weeks of at most a year, the oldest first, from the first with anything done on.

    Weeks with nothing done are there as well; of a short history, some before it.
    """
    weeks: dict[date, list[Done]] = {}
    for one in days:
        if year_begins(today) <= one.day <= today:
            weeks.setdefault(monday(one.day), []).append(one)
    this = monday(today)
    first = min([*weeks, this - timedelta(weeks=_AT_LEAST - 1)])
    count = (this - first).days // 7 + 1
    mondays = [first + timedelta(weeks=n) for n in range(count)]
    return tuple(together(day, weeks.get(day, ())) for day in mondays)


def heat(answers: int) -> int:
    """How busy a day was, from 0 (nothing) to 4: from 1, 5, 10 and 20 answers on."""
    return sum(answers >= least for least in _HEAT)
