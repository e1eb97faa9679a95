"""How Progress draws its figures, and how it says them in text instead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import weeks
from nexus_tui.study.figures import type_of
from nexus_tui.tui import plots
from nexus_tui.tui.figures import bar
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.study.figures import Cell, Figure

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARGIN = 6
"""Cells left of a curve or of the year: what its rows mean."""
ASIDE = 6
"""Cells of a bar that stands aside."""
_HEAT = (("·", "faint"), ("⠒", "muted"), ("⠶", "accent"), ("⠿", "accent"), ("⣿", "accent-bold"))
_BUSY = ("none", "1 to 4", "5 to 9", "10 to 19", "20 up")
_LEVELS = "▁▂▃▄▅▆▇█"
_CELLS = 2
_LOWEST = 4
"""Reviews a day that a full bar stands for at least: one review is no peak."""


def heading(title: str, right: str = "") -> Line:
    """The name of a figure, and its sum."""
    return line(Part(title, "bold"), right=[Part(right, "muted")] if right else ())


def sentence(figure: Figure) -> Line:
    """What the figure says."""
    return line(Part(figure.sentence, "muted"))


# ---------------------------------------------------------------- text


def table(figure: Figure) -> list[Line]:
    """The numbers of a figure as text; of weeks, days and months the last first."""
    rows = list(figure.rows)
    if figure.name in {"accuracy", "retention", "time", "months"}:
        rows = [row for row in reversed(rows) if any(_said(cell) for cell in row[1:3])]
    names = [name.replace("_", " ") for name in figure.columns]
    cells = [
        [_cell(name, cell) for name, cell in zip(figure.columns, r, strict=True)] for r in rows
    ]
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]

    def laid(texts: Sequence[str]) -> str:
        aligned = [
            text.ljust(width) if type_of(name) == "string" else text.rjust(width)
            for name, text, width in zip(figure.columns, texts, widths, strict=True)
        ]
        return "   ".join(aligned).rstrip()

    lines = [line(Part(laid(names), "muted")), *(line(laid(row)) for row in cells)]
    return lines if cells else [line(Part("Nothing yet.", "muted"))]


def _said(cell: Cell) -> bool:
    return cell not in {0, None}


def _cell(name: str, cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{round(100 * cell)} %"
    if name in {"day", "week"}:
        day = date.fromisoformat(str(cell))
        return f"{day:%a} {day.day} {day:%b %Y}" if name == "day" else f"{day.day} {day:%b %Y}"
    return str(cell)


# ---------------------------------------------------------------- bars


def mastered(figure: Figure, width: int) -> list[Line]:
    """How many topics of each level are mastered; a bar where there are `width` cells for it."""
    lines = []
    for name, topics, count, begun, due in figure.rows:
        whole = max(1, int(topics or 0))
        drawn = bar(int(count or 0) / whole, width, int(begun or 0) / whole) if width else ()
        figures = Part(f"{count:>4} of {topics}".ljust(12), "muted")
        more = Part(f"{due} due" if due and width != ASIDE else "", "strong")
        lines.append(line(Part(str(name).ljust(11)), *drawn, figures, more))
    return lines


def calibration(figure: Figure, width: int) -> list[Line]:
    """How often it was right, for each thing said of an answer; with bars as in `mastered`."""
    lines = []
    for said, answers, _, share in figure.rows:
        name = str(said).ljust(9)
        if share is None:
            lines.append(line(Part(name, "muted"), Part("not yet", "muted")))
            continue
        drawn = bar(float(share), width) if width else ()
        percent = Part(f" {round(100 * float(share)):>3} %", "bold")
        lines.append(line(Part(name), *drawn, percent, Part(f" of {answers:,}", "muted")))
    return lines


# ---------------------------------------------------------------- the year


def year(figure: Figure, today: date, width: int) -> list[Line]:
    """A cell a day, a column a week, as many weeks as there is room for; then what they mean."""
    count = max(1, min(weeks.YEAR, width - _MARGIN))
    first = weeks.monday(today) - timedelta(weeks=count - 1)
    answers = dict(zip(figure.column("day"), figure.column("answers"), strict=True))
    mondays = [first + timedelta(weeks=number) for number in range(count)]
    lines = [line(Part(" " * _MARGIN + _months(mondays, count), "muted"))]
    for weekday, name in enumerate(_DAYS):
        parts = [Part(name.ljust(_MARGIN), "muted")]
        for monday in mondays:
            day = monday + timedelta(days=weekday)
            if day <= today:
                parts.append(Part(*_HEAT[weeks.heat(int(answers.get(day.isoformat()) or 0))]))
        lines.append(Line(tuple(parts)))
    legend = [Part("A day: ", "muted")]
    for (glyph, token), words in zip(_HEAT, _BUSY, strict=True):
        legend += [Part(f"{glyph} ", token), Part(f"{words}  ", "muted")]
    return [*lines, Line(tuple(legend))]


def _months(mondays: Sequence[date], width: int) -> str:
    """The names of months, each above the first of its weeks, where there is room.

    Of a month that only ends in the first weeks the name gives way to that of the next.
    """
    begins = [
        (round(number * (width - 1) / max(1, len(mondays) - 1)), f"{monday:%b}")
        for number, monday in enumerate(mondays)
        if number == 0 or monday.month != mondays[number - 1].month
    ]
    if len(begins) > 1 and begins[1][0] <= len(begins[0][1]):
        del begins[0]
    text = ""
    for place, name in begins:
        if (not text or place > len(text)) and place + len(name) <= width:
            text = text.ljust(place) + name
    return text


# ---------------------------------------------------------------- the next days


def strip(figure: Figure, room: int) -> list[Line]:
    """One bar a day, in one row of `room` cells; below it the date of today and of each Monday."""
    counts = [int(count or 0) for count in figure.column("reviews")]
    cells = max(1, min(_CELLS, room // max(1, len(counts))))
    most = max([_LOWEST, *counts])
    bars, labels = [], ""
    for number, (name, count) in enumerate(zip(figure.column("day"), counts, strict=True)):
        day = date.fromisoformat(str(name))
        level = min(len(_LEVELS) - 1, (count * len(_LEVELS) - 1) // most) if count else None
        glyph = " " if level is None else _LEVELS[level]
        bars.append(Part(glyph.ljust(cells), "accent" if number == 0 else "text"))
        place = number * cells
        if number == 0 or (day.weekday() == 0 and place > len(labels)):
            labels = labels.ljust(place) + str(day.day)
    return [Line(tuple(bars)), line(Part(labels, "muted"))]


# ---------------------------------------------------------------- curves


def shares(figure: Figure, size: tuple[int, int], *, ascii_only: bool) -> list[Line]:
    """Shares of right answers week by week; what is wanted, where that is known, as a rule."""
    values = [None if v is None else float(v) for v in figure.column("share")]
    wanted = float(figure.rows[-1][-1] or 0) if figure.name == "retention" else None
    found = [v for v in values if v is not None]
    least = min([*found, wanted if wanted is not None else 1.0])
    low = max(0.0, int(least * 10 - 1) / 10)
    if not found:
        return []
    return _drawn(figure, values, (low, 1.0), size, ascii_only=ascii_only, wanted=wanted)


def minutes(figure: Figure, size: tuple[int, int], *, ascii_only: bool) -> list[Line]:
    """Minutes week by week, from none up to the most."""
    values = [float(v or 0) for v in figure.column("minutes")]
    if not any(values):
        return []
    return _drawn(figure, values, (0.0, max(values)), size, ascii_only=ascii_only)


def _drawn(
    figure: Figure,
    values: Sequence[float | None],
    limits: tuple[float, float],
    size: tuple[int, int],
    *,
    ascii_only: bool,
    wanted: float | None = None,
) -> list[Line]:
    """The curve with its limits at the left and the months below."""
    low, high = limits
    room, height = max(8, size[0] - _MARGIN), size[1]
    rows = plots.curve(values, (room, height), low, high, ascii_only=ascii_only)
    if rows is None:
        return table(figure)
    percent = figure.name != "time"
    ends = {0: high, height - 1: low}
    goal = -1
    if wanted is not None:
        goal = round((high - wanted) / (high - low) * (height - 1))
    lines = []
    for number, row in enumerate(rows):
        end = ends.get(number)
        text = "" if end is None else f"{round(100 * end)} %" if percent else f"{round(end)}"
        parts = [Part(text.rjust(_MARGIN - 1) + " ", "muted")]
        parts += _over_rule(row) if number == goal else [Part(row, "accent")]
        lines.append(Line(tuple(parts)))
    mondays = [date.fromisoformat(str(cell)) for cell in figure.column("week")]
    return [*lines, line(Part(" " * _MARGIN + _months(mondays, room), "muted"))]


def _over_rule(row: str) -> list[Part]:
    """A row of a curve with a rule where it leaves blanks."""
    parts: list[Part] = []
    for character in row:
        blank = character in {" ", "\u2800"}
        glyph, token = ("─", "rule") if blank else (character, "accent")
        if parts and parts[-1].token == token:
            parts[-1] = Part(parts[-1].text + glyph, token)
        else:
            parts.append(Part(glyph, token))
    return parts
