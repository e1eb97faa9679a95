"""The statistics of a bank."""

from __future__ import annotations

import pytest

from nexus_tui.catalog.rules.banks import p_value


@pytest.mark.parametrize(
    ("chi", "freedom", "expected"),
    [(6.635, 1, 0.01), (9.210, 2, 0.01), (11.345, 3, 0.01), (13.277, 4, 0.01), (7.815, 3, 0.05)],
)
def test_the_chance_of_a_chi_square_is_that_of_the_tables(
    chi: float, freedom: int, expected: float
) -> None:
    assert p_value(chi, freedom) == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize("freedom", [1, 2, 3, 4])
def test_no_difference_at_all_is_certain(freedom: int) -> None:
    assert p_value(0, freedom) == 1
