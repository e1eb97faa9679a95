"""Stability and difficulty after an answer: the arithmetic of FSRS-6, for replays.

py-fsrs schedules; this is its arithmetic in the same order, so equal to the last bit, without
the cards, copies and logs that make it five times slower. A million answers are replayed with
it. Tests hold both to be equal over thousands of histories.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Memory = tuple[float, float]
    """(stability in days, difficulty 1 to 10)"""
    Step = Callable[[Memory | None, int, int], Memory]

DECAY = 0.1542
"""The last of the weights that py-fsrs begins with: how steep forgetting is."""
_AGAIN, _HARD, _EASY = 1, 2, 4
_LEAST_STABILITY = 0.001


def retrievability(stability: float, days: float, decay: float = DECAY) -> float:
    """The probability of a right answer, `days` after the last one; parts of a day count.

    The forgetting curve of FSRS-6: (1 + factor * t / stability) ** -decay with
    factor = 0.9 ** (-1 / decay) - 1, decay being the last weight
    (https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm). py-fsrs schedules by
    whole days, by which all that was answered within one would be known for certain.
    """
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * max(0, days) / stability) ** -decay)


@lru_cache(maxsize=8)
def step_of(weights: tuple[float, ...]) -> Step:
    """The function (memory before, whole days since, rating 1 to 4) → memory after.

    `weights`: the 21 parameters of FSRS-6.
    """
    w = weights
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    e = math.e
    easy_start = w[4] - (e ** (w[5] * (_EASY - 1))) + 1
    growth = e ** (w[8])
    forgotten_at_once = e ** (w[17] * w[18])

    def recalled(stability: float, difficulty: float, days: int, rating: int) -> float:
        known = (1 + factor * days / stability) ** decay
        if rating == _AGAIN:
            long_term = (
                w[11]
                * (difficulty ** -w[12])
                * (((stability + 1) ** (w[13])) - 1)
                * (e ** ((1 - known) * w[14]))
            )
            return float(min(long_term, stability / forgotten_at_once))
        return float(
            stability
            * (
                1
                + growth
                * (11 - difficulty)
                * (stability ** -w[9])
                * ((e ** ((1 - known) * w[10])) - 1)
                * (w[15] if rating == _HARD else 1)
                * (w[16] if rating == _EASY else 1)
            )
        )

    def step(memory: Memory | None, days: int, rating: int) -> Memory:
        if memory is None:
            start = w[4] - (e ** (w[5] * (rating - 1))) + 1
            return max(w[rating - 1], _LEAST_STABILITY), min(max(start, 1.0), 10.0)
        stability, difficulty = memory
        if days < 1:
            more = (e ** (w[17] * (rating - 3 + w[18]))) * (stability ** -w[19])
            after = stability * (max(more, 1.0) if rating != _AGAIN else more)
        else:
            after = recalled(stability, difficulty, days, rating)
        change = -(w[6] * (rating - 3))
        damped = difficulty + (10.0 - difficulty) * change / 9.0
        harder = w[7] * easy_start + (1 - w[7]) * damped
        return max(after, _LEAST_STABILITY), min(max(harder, 1.0), 10.0)

    return step
