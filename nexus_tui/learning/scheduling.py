"""When an objective is asked again: FSRS-6 by py-fsrs, with a fuzz that can be replayed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING

from nexus_tui.learning import recall
from nexus_tui.learning.rating import Rating

if TYPE_CHECKING:
    from datetime import date, datetime

    from fsrs import Scheduler

GUESS_DAYS = 3
"""A right guess is due within so many days."""
MISS_DAYS = 1
"""What was missed is asked again the next day, also when it was right later on the same day."""
_FUZZ_FROM = 3
"""Intervals shorter than this many days are not fuzzed."""
_FUZZ_RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""(from, to, share): how far an interval may move; the table of py-fsrs and Anki."""


@dataclass(frozen=True)
class CardState:
    """What FSRS remembers of one objective.

    `stability`: days until retrievability falls to 90 %. `difficulty`: 1 to 10. `due` and
    `last` are aware UTC; `last` never lies before an earlier answer.
    """

    stability: float
    difficulty: float
    due: datetime
    last: datetime
    repetitions: int
    lapses: int


@dataclass(frozen=True)
class Preset:
    """What scheduling depends on besides the answers.

    `retention`: the share that should still be known when due. `weights`: the 21 parameters
    of FSRS-6, empty for the defaults of py-fsrs. `maximum_days`: the longest interval.
    `easy_days`: weekdays (Monday is 0) on which little should fall due.
    """

    retention: float = 0.90
    weights: tuple[float, ...] = ()
    maximum_days: int = 36_500
    easy_days: frozenset[int] = frozenset()


DEFAULT = Preset()


def review(
    state: CardState | None,
    rating: Rating,
    at: datetime,
    *,
    guessed: bool,
    missed: bool,
    fuzz_key: str,
    preset: Preset = DEFAULT,
    day: date | None = None,
) -> CardState:
    """The card after an answer at `at` (aware UTC), on the learner's `day`.

    Stability and difficulty are those of py-fsrs for the same ratings; only `due` is ours:
    fuzzed from (`fuzz_key`, repetition), at most three days on after a guess (`guessed`), and
    the next day where the objective was missed on this day (`missed`). On an easy day it falls
    only where the fuzz leaves no other: `day` is that of the answer, so that the same history
    gives the same due dates in every time zone. A clock that was set back counts as no time
    passed. Never due before `at`.
    """
    from fsrs import Card, State
    from fsrs import Rating as FsrsRating

    card = Card(card_id=0)
    if state is not None:
        at = max(at, state.last)
        card.state = State.Review
        card.step = None
        card.stability, card.difficulty = state.stability, state.difficulty
        card.due, card.last_review = state.due, state.last
    after, _ = _scheduler(preset).review_card(card, FsrsRating(int(rating)), at)
    assert after.stability is not None and after.difficulty is not None
    repetitions = state.repetitions + 1 if state else 1
    days = max(1, (after.due - at).days)
    drawn = fuzzed(days, f"{fuzz_key}/{repetitions}", preset.maximum_days)
    days = off_easy_days(drawn, days, day, preset)
    if guessed:
        days = min(days, GUESS_DAYS)
    if missed:
        days = min(days, MISS_DAYS)
    return CardState(
        stability=after.stability,
        difficulty=after.difficulty,
        due=at + timedelta(days=days),
        last=at,
        repetitions=repetitions,
        lapses=(state.lapses if state else 0) + is_lapse(repetitions - 1, rating),
    )


def is_lapse(repetitions: int, rating: int) -> bool:
    """Was something forgotten by an answer after so many? What was never learned cannot be."""
    return repetitions > 0 and rating == Rating.AGAIN


def credited(
    at: datetime, *, fuzz_key: str, preset: Preset = DEFAULT, day: date | None = None
) -> CardState:
    """The card of an objective that the learner says they know: as after a first Easy.

    It comes back after about a week, to be shown; until then it is no repetition.
    """
    state = review(
        None,
        Rating.EASY,
        at,
        guessed=False,
        missed=False,
        fuzz_key=f"{fuzz_key}/credit",
        preset=preset,
        day=day,
    )
    return replace(state, repetitions=0)


def fuzzed(days: int, key: str, maximum: int) -> int:
    """`days` moved a little, so that what was learned together does not fall due together."""
    if days < _FUZZ_FROM:
        return min(days, maximum)
    low, high = _window(days, maximum)
    return min(maximum, Random(f"fuzz/{key}").randint(low, high))


def _window(days: int, maximum: int) -> tuple[int, int]:
    """The shortest and the longest interval that `days` may become."""
    delta = 1.0 + sum(
        share * max(0.0, min(float(days), end) - start) for start, end, share in _FUZZ_RANGES
    )
    low = max(2, round(days - delta))
    high = min(maximum, round(days + delta))
    return min(low, high), high


def off_easy_days(drawn: int, days: int, day: date | None, preset: Preset) -> int:
    """`drawn`, or the nearest interval within the fuzz of `days` that ends on no easy day."""
    if day is None or not preset.easy_days or days < _FUZZ_FROM:
        return drawn
    low, high = _window(days, preset.maximum_days)
    full = [n for n in range(low, high + 1) if (day.weekday() + n) % 7 not in preset.easy_days]
    return min(full, key=lambda n: (abs(n - drawn), n), default=drawn)


def retrievability(state: CardState, at: datetime, preset: Preset = DEFAULT) -> float:
    """The probability of a right answer at `at`, see `recall.retrievability`."""
    decay = preset.weights[20] if preset.weights else recall.DECAY
    return recall.retrievability(state.stability, (at - state.last) / timedelta(days=1), decay)


@lru_cache(maxsize=8)
def _scheduler(preset: Preset) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        parameters=preset.weights or default_weights(),
        desired_retention=preset.retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=preset.maximum_days,
        enable_fuzzing=False,
    )


def default_weights() -> tuple[float, ...]:
    """The parameters of FSRS-6 that py-fsrs begins with."""
    from fsrs.scheduler import DEFAULT_PARAMETERS

    return tuple(DEFAULT_PARAMETERS)
