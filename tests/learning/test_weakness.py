"""What is weak, and what is weaker."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.recall import DECAY, retrievability
from nexus_tui.learning.scheduling import default_weights
from nexus_tui.learning.weakness import is_missed, is_weak, strength


@pytest.mark.parametrize(
    ("asked", "right", "confident_error", "weak"),
    [
        (0, 0, False, False),
        (2, 0, False, False),
        (3, 2, False, True),
        (5, 4, False, False),
        (10, 7, False, True),
        (1, 0, True, True),
        (9, 9, True, True),
    ],
)
def test_weak_is_what_is_wrong_too_often_or_was_sure_and_wrong(
    asked: int, right: int, confident_error: bool, weak: bool
) -> None:
    assert is_weak(asked, right, confident_error=confident_error) is weak


def test_a_miss_stands_until_it_is_right_on_a_later_day() -> None:
    monday, tuesday = date(2026, 3, 2), date(2026, 3, 3)
    assert is_missed(monday, None)
    assert is_missed(monday, monday)
    assert is_missed(tuesday, monday)
    assert not is_missed(monday, tuesday)
    assert not is_missed(None, monday)


known = st.tuples(st.floats(0.01, 1), st.integers(1, 50), st.integers(0, 50), st.integers(0, 9))


@given(known)
def test_less_recall_fewer_right_a_lapse_or_a_confident_error_make_it_weaker(
    known: tuple[float, int, int, int],
) -> None:
    recall, asked, right, lapses = known
    right = min(asked, right)
    whole = strength(recall, asked, right, lapses, confident_error=False)
    assert 0 < whole < 1
    assert strength(recall / 2, asked, right, lapses, confident_error=False) < whole
    assert strength(recall, asked + 1, right, lapses, confident_error=False) < whole
    assert strength(recall, asked, right, lapses + 1, confident_error=False) < whole
    assert strength(recall, asked, right, lapses, confident_error=True) < whole
    assert strength(recall, asked + 1, right + 1, lapses, confident_error=False) > whole


def test_the_forgetting_curve_is_that_of_fsrs() -> None:
    assert default_weights()[20] == DECAY
    assert retrievability(12.0, 0) == 1.0
    assert retrievability(12.0, 12) == pytest.approx(0.9)
    assert retrievability(12.0, 400) < retrievability(12.0, 40) < 0.9
