"""Figures drawn as lines: the week, the forecast, a bar with its number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.learning.session import minutes_for
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nexus_tui.study.overview import Overview

MINUTES = (
    "Minutes are those until each answer, of sections that you read to their end or for a minute "
    "(counted when you leave them), and of work on a stage up to each check."
)
"""What counts as time of learning."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BAR = 15
"""Cells of the bar of the day on which most falls due."""


def bar(share: float, width: int, begun: float = 0.0) -> tuple[Part, Part, Part]:
    """A line bar of `width` cells: what is done, what is `begun`, and the rest.

    Anything above nothing shows at least one cell, anything below all leaves one.
    """
    done = _cells(share, width)
    both = max(_cells(share + begun, width), done + (begun > 0 and done < width))
    return (
        Part("━" * done, "accent"),
        Part("━" * (both - done), "muted"),
        Part("─" * (width - both), "rule"),
    )


def _cells(share: float, width: int) -> int:
    full = round(min(1.0, max(0.0, share)) * width)
    if share > 0:
        full = max(1, full)
    return min(full, width - 1) if share < 1 else full


def week_lines(overview: Overview | None, *, narrow: bool = False) -> list[Line]:
    """The strip of the week: minutes a day, today named; 69 cells, or `narrow` 52."""
    label, cells = (10, 6) if narrow else (13, 8)
    names: list[Part] = [Part("This week".ljust(label), "muted")]
    figures: list[Part] = [Part("minutes".ljust(label), "muted")]
    today = overview.today.weekday() if overview else -1
    for number, name in enumerate(_DAYS):
        here = number == today
        named = ("today" if here else name).ljust(cells)
        names.append(Part(named, "bold" if here else "muted"))
        figures += _day_parts(overview, number, cells, here=here)
    return [Line(tuple(names)), Line(tuple(figures))]


def _day_parts(overview: Overview | None, number: int, cells: int, *, here: bool) -> list[Part]:
    figure = overview.week[number] if overview else None
    if figure is None or (not figure.answers and not figure.minutes and not here):
        return [Part("·".ljust(cells), "faint")]
    minutes = str(figure.minutes).ljust(cells - 2)
    if figure.answers or figure.minutes:
        return [Part("● ", "accent" if here else "text"), Part(minutes)]
    return [Part("○ ", "accent"), Part(minutes, "accent")]


def opening_due(lines: Iterable[Line], overview: Overview, *numbers: int) -> list[Line]:
    """The lines; those of these numbers open what is due, and why, where something is due now."""
    opens = numbers if overview.due else ()
    return [replace(each, opens="due") if n in opens else each for n, each in enumerate(lines)]


def forecast_lines(overview: Overview) -> list[Line]:
    """Reviews that fall due in the next seven days, today first."""
    counts = overview.forecast
    lines = [
        line(Part("Due in the next days", "bold"), right=[Part(f"{sum(counts):,}", "muted")]),
        Line(),
    ]
    if not sum(counts):
        return [*lines, line(Part("Nothing is due this week.", "muted"))]
    most = max(counts)
    for offset, count in enumerate(counts):
        weekday = (overview.today.weekday() + offset) % 7
        name = "today" if offset == 0 else _DAYS[weekday]
        token = "bold" if offset == 0 else "muted"
        length = max(1, round(_BAR * count / most)) if count else 0
        lines.append(
            line(
                Part(name.ljust(7), token),
                Part("━" * length, "accent" if offset == 0 else "muted"),
                Part(f"  {count}" if count else "·", "text" if count else "faint"),
            )
        )
    lines.append(Line())
    longest = counts.index(most)
    day = _DAYS[(overview.today.weekday() + longest) % 7]
    what = "is due today" if longest == 0 else f"falls due on {day}"
    lines.append(line(Part(f"What {what} takes {minutes_for(most)} min.", "muted")))
    return opening_due(lines, overview, 0, 2)  # the heading, and today
