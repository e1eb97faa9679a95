"""What the share of right answers, by what was said of them, means in one sentence."""

from __future__ import annotations

import pytest

from nexus_tui.learning.calibration import sentence


@pytest.mark.parametrize(
    ("sure", "word"),
    [
        ((0, 0), "before 5 more"),
        ((3, 3), "before 2 more"),
        ((9, 10), "trusted"),
        ((8, 10), "look once more"),
        ((7, 10), "wrong 3 times of 10"),
        ((5, 10), "half the time"),
        ((0, 10), "wrong 10 times of 10"),
    ],
)
def test_being_sure_is_judged_once_there_is_enough(sure: tuple[int, int], word: str) -> None:
    found = sentence({"sure": sure})
    assert word in found
    assert found.endswith(".")
    assert found.count(". ") == 0


def test_whoever_guesses_right_knows_more_than_they_think() -> None:
    assert "6 of 8 guesses" in sentence({"sure": (0, 0), "guessed": (6, 8)})
    assert "guesses" not in sentence({"sure": (0, 0), "guessed": (2, 8)})
    assert "trusted" in sentence({"sure": (10, 10), "guessed": (6, 8)})
