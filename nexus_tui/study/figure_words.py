"""One sentence a figure: what it says, with what it takes for granted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning.session import minutes_for
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.learning.weeks import Done

_MONTH = 4
"""Weeks that are compared with those before."""
_ENOUGH = 20
"""Reviews below which a share says nothing."""
_NEAR = 0.03
_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def mastered(count: int, total: int) -> str:
    """How far all of it is."""
    if not count:
        return "No topic is mastered yet: that takes right answers on three days over a week."
    return f"{count} of {total} topics {'is' if count == 1 else 'are'} mastered."


def levels(shares: Sequence[tuple[str, int, int]]) -> str:
    """(level, mastered, topics) as a sentence."""
    parts = [f"{count} of {total} {level}" for level, count, total in shares if total]
    return f"Mastered: {', '.join(parts)}."


def year(answers: int, days: int, longest: int) -> str:
    """What the heat map adds up to."""
    if not days:
        return "Nothing was done in the last twelve months."
    if not answers:
        return f"Nothing answered yet; {counted(days, 'day')} of learning."
    run = f", at most {longest} days in a row" if longest > 1 else ""
    return f"{counted(answers, 'answer')} on {counted(days, 'day')}{run}."


def busiest(month: str, minutes: int) -> str:
    """The month with most minutes."""
    if not minutes:
        return "Nothing was done in the last twelve months."
    name = f"{date.fromisoformat(f'{month}-01'):%B %Y}"
    return f"Most was done in {name}: {counted(minutes, 'minute')}."


def accuracy(weeks: Sequence[Done]) -> str:
    """The last four weeks, and the four before."""
    now = _share(sum(w.right for w in weeks[-_MONTH:]), sum(w.answers for w in weeks[-_MONTH:]))
    earlier = weeks[-2 * _MONTH : -_MONTH]
    before = _share(sum(w.right for w in earlier), sum(w.answers for w in earlier))
    if now is None:
        return "Nothing was answered in the last four weeks."
    compared = "." if before is None else f"; {before} % in the four before."
    return f"{now} % right in the last four weeks{compared}"


def retention(weeks: Sequence[Done], desired: float) -> str:
    """What of the reviews was still known, held against what is wanted."""
    reviews, recalled = sum(w.reviews for w in weeks), sum(w.recalled for w in weeks)
    wanted = f"{round(100 * desired)} %"
    if not reviews:
        return f"Nothing was asked on a later day yet; {wanted} should then still be known."
    known = f"{round(100 * recalled / reviews)} % of {counted(reviews, 'review')} were still known"
    if reviews < _ENOUGH:
        return f"{known}; {wanted} is wanted, and {_ENOUGH} reviews will tell."
    difference = recalled / reviews - desired
    if abs(difference) <= _NEAR:
        return f"{known}: near the {wanted} you want."
    if difference > 0:
        return f"{known}, more than the {wanted} you want."
    return f"{known}, less than the {wanted} you want."


def time(weeks: Sequence[Done]) -> str:
    """This week and the usual one."""
    done = [w.minutes for w in weeks[:-1] if w.minutes]
    this = f"{counted(weeks[-1].minutes, 'minute')} this week"
    if not done:
        return f"{this}."
    usual = counted(round(sum(done) / len(done)), "minute")
    return f"{this}; {usual} in a usual week with anything done."


def forecast(
    counts: Sequence[int], learning: Sequence[int], today: date, easy_days: Sequence[int]
) -> str:
    """The longest day, and what it takes for granted."""
    if not any(counts):
        return "Nothing you have answered falls due."
    place = max(range(len(counts)), key=lambda n: counts[n])
    day = today + timedelta(days=place)
    name = "Today" if place == 0 else f"{day:%A} {day.day} {day:%B}"
    words = [f"{name} is longest: {counts[place]}, about {minutes_for(counts[place])} min,"]
    words.append("if you review once a day and know what is asked; what comes back counts again.")
    if max(learning, default=0) > max(counts):
        words.append(f"If you also begin as many new ones as you may, it is {max(learning)}.")
    if easy_days:
        words.append(f"{' and '.join(_WEEKDAYS[day] for day in easy_days)} are easy.")
    return " ".join(words)


def _share(right: int, answers: int) -> int | None:
    return round(100 * right / answers) if answers else None
