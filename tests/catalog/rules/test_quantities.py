"""Which options are amounts, and what they are."""

from __future__ import annotations

import math

import pytest

from nexus_tui.catalog.rules.quantities import meet, quantities, quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("7", 7, 7, ""),
        ("about 1,000 queries", 1000, 1000, "query"),
        ("one query", 1, 1, "query"),
        ("−2.5 %", -2.5, -2.5, "%"),
        ("10 to 40", 10, 40, ""),
        ("2–3 rows", 2, 3, "row"),
        ("at most 4", -math.inf, 4, ""),
        ("at least 4", 4, math.inf, ""),
        ("500 ms", 0.5, 0.5, "time"),
        ("`2 MB`", 2e6, 2e6, "bytes"),
        ("2026-07-01", 202607010000, 202607010000, "date"),
        ("9:30", 570, 570, "clock"),
    ],
)
def test_an_amount_is_read(text: str, low: float, high: float, unit: str) -> None:
    found = quantity(text)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high))
    assert words_of(found.unit) == words_of(unit)


def words_of(unit: str) -> str:
    """Units are compared as stems."""
    return unit.rstrip("ys")


@pytest.mark.parametrize(
    "text", ["a row", "1 of the rows", "2, as both insert", "`a(1)`", "2026-07-01 06:00:00-04", ""]
)
def test_what_says_more_is_no_amount(text: str) -> None:
    assert quantity(text) is None


def test_options_are_amounts_when_all_are() -> None:
    assert quantities(["1", "2 rows"]) is not None
    assert quantities(["1", "a row"]) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("under 10", "10 to 20", False),
        ("at most 10", "10 to 20", True),
        ("over 20", "10 to 20", False),
        ("1 s", "1000 ms", True),
        ("1 MB", "1 s", False),
        ("1 row", "1 table", False),
    ],
)
def test_amounts_meet_where_they_share_a_value(one: str, other: str, expected: bool) -> None:
    left, right = quantity(one), quantity(other)
    assert left is not None
    assert right is not None
    assert meet(left, right) is expected
