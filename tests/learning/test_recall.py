"""The arithmetic of replays is that of py-fsrs, bit by bit, whatever the day and the place."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import fsrs
import pytest

from nexus_tui.learning.rating import Rating
from nexus_tui.learning.recall import step_of
from nexus_tui.learning.scheduling import default_weights, review

if TYPE_CHECKING:
    from nexus_tui.learning.recall import Memory
    from nexus_tui.learning.scheduling import CardState

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HISTORIES = 10_000 if os.environ.get("NEXUS_PROMISE_COUNT") else 500


def _history(random: Random) -> list[tuple[int, datetime]]:
    """(rating, time) of up to forty answers: minutes, days or years apart."""
    found, at = [], START + timedelta(seconds=random.randrange(86_400 * 400))
    for _ in range(random.randint(1, 40)):
        found.append((random.choices((1, 2, 3, 4), (2, 1, 6, 1))[0], at))
        hours = random.choice((0.1, 3, 30, 24 * 7, 24 * 60, 24 * 700))
        at += timedelta(hours=hours * random.uniform(0.5, 1.5))
    return found


def _weights(random: Random) -> tuple[float, ...]:
    """Those of py-fsrs, or others near them, as an optimiser would find them."""
    start = default_weights()
    if random.random() < 0.5:
        return start
    low, high = fsrs.scheduler.LOWER_BOUNDS_PARAMETERS, fsrs.scheduler.UPPER_BOUNDS_PARAMETERS
    moved = (weight * random.uniform(0.7, 1.4) for weight in start)
    return tuple(min(max(w, a), b) for w, a, b in zip(moved, low, high, strict=True))


@pytest.mark.promise
@pytest.mark.short
def test_stability_and_difficulty_of_random_histories_are_those_of_py_fsrs() -> None:
    random = Random("histories")
    for _ in range(HISTORIES):
        weights = _weights(random)
        scheduler = fsrs.Scheduler(
            parameters=weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        step, card, memory = step_of(weights), fsrs.Card(card_id=1), None
        last = None
        for rating, at in _history(random):
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
            memory = step(memory, (at - last).days if last else 0, rating)
            last = at
            assert memory == (card.stability, card.difficulty)


@pytest.mark.promise
@pytest.mark.short
def test_what_the_store_schedules_by_is_py_fsrs_too() -> None:
    random = Random("scheduled")
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for number in range(HISTORIES):
        card, state = fsrs.Card(card_id=1), None
        for rating, at in _history(random):
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), at)
            state = review(
                state, Rating(rating), at, guessed=False, missed=False, fuzz_key=f"me/{number}"
            )
            assert (state.stability, state.difficulty) == (card.stability, card.difficulty)


def _due(seed: int) -> list[datetime]:
    """The due dates of a history, easy days and all."""
    state: CardState | None = None
    found = []
    for rating, at in _history(Random(seed)):
        state = review(
            state, Rating(rating), at, guessed=rating == 2, missed=rating == 1, fuzz_key="me/x",
            day=at.date(),
        )  # fmt: skip
        found.append(state.due)
    return found


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"])
def test_due_dates_are_the_same_in_every_time_zone(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [_due(seed) for seed in range(40)]
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert datetime.now().astimezone().utcoffset() == datetime.now(ZoneInfo(zone)).utcoffset()
        assert [_due(seed) for seed in range(40)] == before
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_remembered_is_pinned_for_ever() -> None:
    step = step_of(default_weights())
    memory: Memory | None = None
    for days, rating in ((0, 3), (3, 3), (12, 1), (0, 3), (1, 4)):
        memory = step(memory, days, rating)
    assert memory == pytest.approx((5.5285625429043925, 6.489845540207452), rel=1e-12)
