"""Curves, the year and tables, drawn from the rows of a figure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.study.figures import Figure
from nexus_tui.tui import charts, plots

if TYPE_CHECKING:
    from nexus_tui.tui.widgets.lines import Line

THURSDAY = date(2026, 11, 26)


def text(lines: list[Line]) -> list[str]:
    return ["".join(part.text for part in line.left).rstrip() for line in lines]


def weekly(name: str, *rows: tuple[int | float | None, ...]) -> Figure:
    first = date(2026, 11, 23) - timedelta(weeks=len(rows) - 1)
    dated = [((first + timedelta(weeks=n)).isoformat(), *row) for n, row in enumerate(rows)]
    return Figure(name, "A sentence.", tuple(dated))


# ---------------------------------------------------------------- curves


def test_a_curve_goes_from_low_to_high_and_is_plain_where_it_must() -> None:
    rows = plots.curve([0, 1], (10, 3), 0, 1, ascii_only=True)
    assert rows is not None
    assert [len(row) for row in rows] == [10, 10, 10]
    assert rows[0].endswith("*") and rows[2].startswith("*")
    assert "".join(rows).isascii()


def test_a_curve_breaks_where_nothing_is_known_and_a_lone_value_is_a_dot() -> None:
    rows = plots.curve([1, 1, None, 1, None, 1, 1], (13, 1), 0, 1, ascii_only=False)
    assert rows is not None
    [row] = rows
    assert row[6] == "•"
    assert row[4].strip() == row[8].strip() == ""
    assert plots.curve([None, None], (4, 1), 0, 1, ascii_only=False) == ["    "]


def test_what_is_wanted_is_a_rule_below_the_curve() -> None:
    figure = weekly("retention", (4, 4, 1.0, 0.9), (4, 2, 0.5, 0.9), (4, 3, 0.75, 0.9))
    lines = charts.shares(figure, (30, 5), ascii_only=True)
    drawn = text(lines)
    assert drawn[0].startswith("100 %") and drawn[4].startswith(" 40 %")
    assert [n for n, line in enumerate(lines) if any(p.token == "rule" for p in line.left)] == [1]
    assert drawn[5].split() == ["Nov"]


def test_nothing_is_drawn_before_there_is_anything() -> None:
    assert charts.shares(weekly("accuracy", (0, 0, None)), (30, 5), ascii_only=True) == []
    assert charts.minutes(weekly("time", (0, 0)), (30, 5), ascii_only=True) == []


# ---------------------------------------------------------------- the year


def test_the_year_ends_today_in_the_row_of_its_weekday() -> None:
    days = ((THURSDAY - timedelta(days=n), answers) for n, answers in ((0, 25), (1, 3), (7, 7)))
    figure = Figure("days", "", tuple((day.isoformat(), count, 0, 1) for day, count in days))
    lines = text(charts.year(figure, THURSDAY, 74))
    assert len(lines) == 9
    assert lines[4].startswith("Thu   ·") and lines[4].endswith("·⠶⣿")
    assert lines[3].endswith("·⠒")
    assert len(lines[4]) == len(lines[5]) + 1 == 6 + 53


@pytest.mark.parametrize("width", [20, 40, 58])
def test_as_many_weeks_are_shown_as_there_is_room_for(width: int) -> None:
    lines = text(charts.year(Figure("days", "", ()), THURSDAY, width))
    assert max(map(len, lines[:8])) == width


@pytest.mark.parametrize("day", [date(2026, 11, 26), date(2026, 11, 29), date(2026, 12, 25)])
def test_the_year_names_each_month_whose_name_has_room(day: date) -> None:
    months = text(charts.year(Figure("days", "", ()), day, 74))[0].split()
    names = [f"{date(2026, n, 1):%b}" for n in range(1, 13)]
    first = names.index(months[0])

    assert len(months) >= 12
    assert months == [names[(first + n) % 12] for n in range(len(months))]


# ---------------------------------------------------------------- text


@pytest.mark.parametrize(("room", "cells"), [(75, 2), (60, 2), (55, 1), (30, 1)])
def test_thirty_days_stand_in_one_row_with_their_axis(room: int, cells: int) -> None:
    days = ((THURSDAY + timedelta(days=n)).isoformat() for n in range(30))
    figure = Figure("forecast", "A sentence.", tuple((day, 9, 9) for day in days))
    bars, labels = text(charts.strip(figure, room))
    assert len(bars.replace(" ", "")) == 30 and len(bars) <= room
    assert labels.startswith("26") and labels.split() == ["26", "30", "7", "14", "21"]
    assert labels.index("14") == 18 * cells


def test_a_table_has_the_last_week_first_and_leaves_empty_ones_out() -> None:
    figure = weekly("accuracy", (4, 3, 0.75), (0, 0, None), (10, 10, 1.0))
    assert text(charts.table(figure)) == [
        "week          answers   right   share",
        "23 Nov 2026        10      10   100 %",
        "9 Nov 2026          4       3    75 %",
    ]
    assert text(charts.table(weekly("time", (0, 0)))) == ["Nothing yet."]
