"""The load of the next 30 days: a strip of small bars, or the same as text."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nexus_tui.study.overview import minutes_for
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

_GLYPHS = "▁▂▃▄▅▆▇█"
_CELLS = 2
_COLUMNS = 5
_LOWEST = 4
"""Reviews a day that a full bar stands for at least: one review is no peak."""
_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def load_lines(
    counts: Sequence[int] | None,
    learning: Sequence[int],
    today: date,
    easy_days: Sequence[int],
    *,
    as_text: bool,
) -> list[Line]:
    """The forecast; None while it is being reckoned. `learning`: with new objectives every day."""
    if counts is None:
        return [line(Part("The next 30 days", "bold"), right=[Part("reading…", "muted")])]
    total = sum(counts)
    figure = "1 review" if total == 1 else f"{total} reviews"
    lines = [line(Part("The next 30 days", "bold"), right=[Part(figure, "muted")])]
    if not total:
        return [*lines, line(Part("Nothing you have answered falls due.", "muted"))]
    lines += _table(counts, today) if as_text else _strip(counts, today)
    lines.append(line(Part(_sentence(counts, learning, today, easy_days), "muted")))
    return lines


def _strip(counts: Sequence[int], today: date) -> list[Line]:
    """One bar a day, and below it the date of today and of each Monday."""
    most = max(_LOWEST, *counts)
    bars, labels = [], ""
    for number, count in enumerate(counts):
        day = today + timedelta(days=number)
        level = min(len(_GLYPHS) - 1, (count * len(_GLYPHS) - 1) // most) if count else None
        glyph = " " if level is None else _GLYPHS[level]
        bars.append(Part(glyph.ljust(_CELLS), "accent" if number == 0 else "text"))
        if number == 0 or (day.weekday() == 0 and number > 1):
            labels = labels.ljust(number * _CELLS) + str(day.day)
    return [Line(tuple(bars)), line(Part(labels, "muted"))]


def _table(counts: Sequence[int], today: date) -> list[Line]:
    """The same as text: columns that are read downwards."""
    cells = [
        f"{today + timedelta(days=n):%a} {(today + timedelta(days=n)).day:>2} {count:>3}"
        for n, count in enumerate(counts)
    ]
    rows = -(-len(cells) // _COLUMNS)
    return [
        line(Part("".join(cell.ljust(14) for cell in cells[row::rows]).rstrip()))
        for row in range(rows)
    ]


def _sentence(
    counts: Sequence[int], learning: Sequence[int], today: date, easy_days: Sequence[int]
) -> str:
    """What the figure says, and what it takes for granted."""
    place = max(range(len(counts)), key=lambda n: counts[n])
    day = today + timedelta(days=place)
    name = "Today" if place == 0 else f"{day:%A} {day.day} {day:%B}"
    words = [f"{name} is longest: {counts[place]}, about {minutes_for(counts[place])} min,"]
    words.append("if you review once a day and know what is asked.")
    if max(learning, default=0) > max(counts):
        words.append(f"With what you may learn anew it would be {max(learning)}.")
    if easy_days:
        names = [_NAMES[day] for day in easy_days]
        words.append(f"{' and '.join(names)} are easy.")
    return " ".join(words)
