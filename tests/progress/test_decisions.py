"""What learners decide: kept, taken back, and what follows from it for their cards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.learning import scheduling
from nexus_tui.learning.rating import Rating
from nexus_tui.learning.scheduling import Preset
from nexus_tui.progress import decisions
from nexus_tui.progress.preset import PresetPayload
from tests.histories import MORNING, Clock, answer, kept, one, opened, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.progress.store import Store

TOPIC = "nexus/indexing"
OBJECTIVE = f"{TOPIC}/design-an-index"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    store = opened(path, clock)
    yield store
    store.close()


def cards(path: Path) -> list[dict[str, Any]]:
    return kept(path)["card"]


def rebuilt(store: Store) -> bool:
    """Is what was kept what a replay makes?"""
    before = store.digest()
    store.rebuild()
    return store.digest() == before


# ---------------------------------------------------------------- suspended and buried


def test_a_suspended_objective_is_held_until_that_is_taken_back(store: Store, clock: Clock) -> None:
    fact = decisions.suspend(store, OBJECTIVE).result()
    clock.move(days=400)
    assert decisions.held(store)[OBJECTIVE].on(store.day_of(clock.now))
    decisions.take_back(store, [fact]).result()
    assert decisions.held(store) == {}
    assert rebuilt(store)


def test_a_buried_objective_is_held_until_the_next_day_begins(store: Store, clock: Clock) -> None:
    decisions.bury(store, OBJECTIVE).result()
    held = decisions.held(store)[OBJECTIVE]
    assert held.until == date(2026, 3, 3)
    clock.move(hours=18.5)  # half past three at night
    assert held.on(store.day_of(clock.now))
    clock.move(hours=1)
    assert not held.on(store.day_of(clock.now))
    assert rebuilt(store)


def test_taking_back_twice_leaves_one_undo(store: Store, path: Path) -> None:
    fact = decisions.suspend(store, OBJECTIVE).result()
    for _ in range(2):
        decisions.take_back(store, [fact, "no such fact"]).result()
    assert one(path, "SELECT count(*) FROM fact WHERE kind = 'undo'") == 1


def test_what_one_learner_suspends_another_is_asked(store: Store, path: Path) -> None:
    fact = decisions.suspend(store, OBJECTIVE).result()
    other = opened(path, learner="ben")
    assert decisions.held(other) == {}
    decisions.take_back(other, [fact]).result()
    other.close()
    assert OBJECTIVE in decisions.held(store)


def test_a_decision_holds_under_the_id_of_today(path: Path) -> None:
    store = opened(path)
    decisions.suspend(store, OBJECTIVE).result()
    store.close()
    store = opened(path, moved={TOPIC: "nexus/indexes"})
    assert list(decisions.held(store)) == ["nexus/indexes/design-an-index"]
    store.close()


# ---------------------------------------------------------------- known and begun anew


def test_credit_makes_a_card_that_was_never_asked(store: Store, path: Path) -> None:
    decisions.credit(store, TOPIC, [OBJECTIVE]).result()
    [card] = cards(path)
    assert (card["asked"], card["repetitions"], card["right_days"]) == (0, 0, 0)
    assert card["due"] > card["last"]
    assert store.history()[OBJECTIVE].asked == 0
    assert rebuilt(store)


def test_credit_leaves_what_was_answered_alone(store: Store, path: Path) -> None:
    answer(store)
    before = cards(path)
    decisions.credit(store, TOPIC, [OBJECTIVE]).result()
    assert cards(path) == before


def test_credit_taken_back_is_as_if_it_had_never_been(store: Store, path: Path) -> None:
    fact = decisions.credit(store, TOPIC, [OBJECTIVE]).result()
    answer(store)
    decisions.take_back(store, [fact]).result()
    with_credit = cards(path)
    other = opened(None)
    answer(other)
    assert other.cards()[OBJECTIVE].stability == with_credit[0]["stability"]
    other.close()
    assert decisions.last_topic_mark(store, TOPIC) is None
    assert rebuilt(store)


def test_a_reset_keeps_the_answers_and_begins_the_objective_anew(
    store: Store, path: Path, clock: Clock
) -> None:
    for _ in range(3):
        answer(store)
        clock.move(days=4)
    decisions.suspend(store, OBJECTIVE).result()
    decisions.reset(store, TOPIC, [OBJECTIVE]).result()
    assert cards(path) == []
    assert decisions.held(store) == {}
    assert one(path, "SELECT count(*) FROM answer") == 3
    assert [day.answers for day in store.days()] == [1, 1, 1]
    answer(store)
    [card] = cards(path)
    assert (card["asked"], card["right_days"], card["right_questions"]) == (1, 1, 1)
    assert card["first_right"] == store.day_of(clock.now).isoformat()
    assert rebuilt(store)


def test_a_reset_taken_back_brings_everything_back(store: Store, path: Path, clock: Clock) -> None:
    answer(store)
    clock.move(days=3)
    answer(store, right=False)
    before = cards(path)
    fact = decisions.reset(store, TOPIC, [OBJECTIVE]).result()
    assert decisions.last_topic_mark(store, TOPIC) == ("reset", fact)
    decisions.take_back(store, [fact]).result()
    assert cards(path) == before
    assert rebuilt(store)


def test_an_answer_from_before_a_reset_can_be_taken_back_after_it(store: Store, path: Path) -> None:
    answer(store)
    decisions.reset(store, TOPIC, [OBJECTIVE]).result()
    store.undo().result()
    assert cards(path) == []
    assert rebuilt(store)


def test_a_reset_reaches_what_was_answered_under_an_older_id(path: Path) -> None:
    store = opened(path)
    answer(store)
    store.close()
    store = opened(path, moved={TOPIC: "nexus/indexes"})
    new = "nexus/indexes/design-an-index"
    assert new in store.cards()
    decisions.reset(store, "nexus/indexes", [new]).result()
    assert store.cards() == {}
    answer(store, "nexus/indexes/which-index")
    assert store.history()[new].asked == 1
    store.close()


# ---------------------------------------------------------------- presets


def test_each_answer_is_scheduled_by_the_preset_of_its_time(store: Store, clock: Clock) -> None:
    first = answer(store).card
    clock.move(days=9)
    decisions.set_preset(store, PresetPayload(retention=0.97)).result()
    second = answer(store).card
    key = f"{store.learner}/{OBJECTIVE}"

    def review(retention: float) -> scheduling.CardState:
        return scheduling.review(
            first,
            Rating.GOOD,
            second.last,
            guessed=False,
            missed=False,
            fuzz_key=key,
            preset=Preset(retention=retention),
        )

    assert second.due == review(0.97).due < review(0.90).due
    clock.move(days=1)
    decisions.set_preset(store, PresetPayload(retention=0.80)).result()
    assert store.cards()[OBJECTIVE] == second
    assert rebuilt(store)


def test_an_answer_taken_back_leaves_the_presets_of_the_others(store: Store, clock: Clock) -> None:
    answer(store)
    clock.move(days=9)
    decisions.set_preset(store, PresetPayload(retention=0.97)).result()
    kept_card = answer(store).card
    decisions.set_preset(store, PresetPayload(retention=0.80)).result()
    clock.move(days=9)
    answer(store)
    store.undo().result()
    assert store.cards()[OBJECTIVE] == kept_card
    assert rebuilt(store)


def test_easy_days_are_those_of_the_learners_calendar(store: Store, clock: Clock) -> None:
    decisions.set_preset(store, PresetPayload(easy_days=(5, 6))).result()
    for number in range(40):
        card = answer(store, f"nexus/t{number}/q").card
        day = store.day_of(card.due)
        assert (day - store.day_of(MORNING)).days < 3 or day.weekday() < 5


def test_the_preset_in_force_is_the_last_one(store: Store) -> None:
    assert decisions.preset(store) is None
    for limit in (5, 9):
        decisions.set_preset(store, PresetPayload(due_limit=limit)).result()
    found = decisions.preset(store)
    assert found is not None
    assert found.due_limit == 9


def test_the_day_begins_when_the_learner_says(store: Store, clock: Clock, path: Path) -> None:
    clock.now = MORNING.replace(hour=2)
    answer(store)
    store.day_starts = 0
    clock.move(minutes=1)
    answer(store)
    assert rows(path, "SELECT day FROM fact ORDER BY at") == [("2026-03-01",), ("2026-03-02",)]
    assert rebuilt(store)


# ---------------------------------------------------------------- confident errors


def test_a_confident_error_stands_until_a_later_day(store: Store, clock: Clock) -> None:
    from nexus_tui.learning.rating import Certainty

    answer(store, right=False, certainty=Certainty.SURE)
    answer(store)
    assert store.history()[OBJECTIVE].confident_error == date(2026, 3, 2)
    clock.move(days=1)
    answer(store)
    assert store.history()[OBJECTIVE].confident_error is None


def test_the_last_answer_says_how_it_went(store: Store) -> None:
    assert decisions.last_answer(store, OBJECTIVE) is None
    answer(store)
    answer(store, right=False)
    last = decisions.last_answer(store, OBJECTIVE)
    assert last is not None
    assert (last.right, last.certainty, last.day) == (False, "unmarked", date(2026, 3, 2))
