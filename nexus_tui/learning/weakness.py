"""Which objectives are weak, and in which order it helps to drill them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_ASKED_ENOUGH = 3
"""Answers an objective needs before it can be called weak."""
_WEAK = 0.8
RULE = (
    "The weakest first: what you have most likely forgotten and were most often wrong about. Any "
    "miss but a first answer counts twice, and so does having been sure and wrong last."
)
"""`strength` in plain words."""


def is_weak(asked: int, right: int, *, confident_error: bool) -> bool:
    """Right less than four times in five after three answers, or lately sure and wrong."""
    return confident_error or (asked >= _ASKED_ENOUGH and right / asked < _WEAK)


def is_missed(missed: date | None, right: date | None) -> bool:
    """Was it answered wrong, by the days it was last missed and right, and is that not mended?

    Right on the same day mends nothing: the right answer had just been shown.
    """
    return missed is not None and (right is None or right <= missed)


def strength(recall: float, asked: int, right: int, lapses: int, *, confident_error: bool) -> float:
    """How well an objective is known, from 0 to 1; the weakest have the least.

    `recall`: the chance of a right answer now, by the forgetting curve. It is multiplied by the
    share of right answers (with one right and one wrong answer added, so that a few decide
    little; a lapse, a miss after the first answer, counts as one more wrong answer), and
    halved while a confident error stands.
    """
    share = (right + 1) / (asked + lapses + 2)
    return recall * share * (0.5 if confident_error else 1.0)
