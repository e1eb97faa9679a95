"""Bars: what is done, what is begun, and the rest."""

from __future__ import annotations

import pytest

from nexus_tui.tui.figures import bar


@pytest.mark.parametrize(
    ("done", "begun", "cells"),
    [
        (0.0, 0.0, (0, 0, 10)),
        (0.01, 0.0, (1, 0, 9)),
        (0.99, 0.0, (9, 0, 1)),
        (1.0, 0.0, (10, 0, 0)),
        (0.0, 0.01, (0, 1, 9)),
        (0.5, 0.01, (5, 1, 4)),
        (0.5, 0.5, (5, 5, 0)),
        (0.99, 0.01, (9, 1, 0)),
    ],
)
def test_a_bar_shows_what_is_done_and_begun_by_a_cell_at_least(
    done: float, begun: float, cells: tuple[int, int, int]
) -> None:
    assert tuple(len(part.text) for part in bar(done, 10, begun)) == cells
