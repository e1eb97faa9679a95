"""When an objective is asked again: FSRS as py-fsrs computes it, due dates of our own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.rating import Rating
from nexus_tui.learning.scheduling import (
    DEFAULT,
    GUESS_DAYS,
    CardState,
    Preset,
    credited,
    fuzzed,
    off_easy_days,
    retrievability,
    review,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Answer(NamedTuple):
    """An answer after some time; a negative one is a clock that was set back."""

    rating: Rating
    after: timedelta
    guessed: bool = False


def answers(*, back: bool = True) -> st.SearchStrategy[list[Answer]]:
    gaps = st.timedeltas(timedelta(days=-400 if back else 0), timedelta(days=400))
    gaps |= st.timedeltas(timedelta(), timedelta(hours=30))
    guesses = st.builds(Answer, st.sampled_from([Rating.AGAIN, Rating.HARD]), gaps, st.just(True))
    return st.lists(
        st.builds(Answer, st.sampled_from(Rating), gaps) | guesses, min_size=1, max_size=12
    )


presets = st.builds(
    Preset,
    retention=st.sampled_from([0.8, 0.9, 0.97]),
    maximum_days=st.sampled_from([3, 30, 36_500]),
)


def times(history: list[Answer]) -> list[datetime]:
    """The instants of the answers as the clock showed them."""
    found, at = [], START
    for answer in history:
        at += answer.after
        found.append(at)
    return found


def play(history: list[Answer], preset: Preset = DEFAULT, key: str = "me/x") -> list[CardState]:
    """The card after each answer."""
    states: list[CardState] = []
    for answer, at in zip(history, times(history), strict=True):
        before = states[-1] if states else None
        states.append(
            review(
                before,
                answer.rating,
                at,
                guessed=answer.guessed,
                missed=False,
                fuzz_key=key,
                preset=preset,
            )
        )
    return states


# ---------------------------------------------------------------- time


@given(answers(), presets)
def test_nothing_is_scheduled_into_the_past_even_when_the_clock_is_set_back(
    history: list[Answer], preset: Preset
) -> None:
    last = None
    for state, at in zip(play(history, preset), times(history), strict=True):
        assert state.due >= at + timedelta(days=1)
        assert state.due >= state.last + timedelta(days=1)
        assert state.last >= at
        assert last is None or state.last >= last
        last = state.last


def test_a_clock_set_back_counts_as_no_time_passed() -> None:
    first = review(None, Rating.GOOD, START, guessed=False, missed=False, fuzz_key="k")
    back = review(
        first, Rating.GOOD, START - timedelta(days=90), guessed=False, missed=False, fuzz_key="k"
    )
    still = review(first, Rating.GOOD, START, guessed=False, missed=False, fuzz_key="k")
    assert back == still


@given(answers(), presets)
def test_no_interval_is_longer_than_the_longest(history: list[Answer], preset: Preset) -> None:
    for state in play(history, preset):
        assert state.due - state.last <= timedelta(days=preset.maximum_days)


# ---------------------------------------------------------------- replay


@given(answers(), presets)
def test_replay_in_order_gives_the_same_state(history: list[Answer], preset: Preset) -> None:
    assert play(history, preset) == play(history, preset)


@given(answers(back=False), st.integers(0, 11))
def test_a_replay_can_go_on_from_any_kept_state(history: list[Answer], cut: int) -> None:
    states = play(history)
    cut = min(cut, len(history) - 1)
    state = states[cut]
    for answer, at in list(zip(history, times(history), strict=True))[cut + 1 :]:
        state = review(
            state, answer.rating, at, guessed=answer.guessed, missed=False, fuzz_key="me/x"
        )
    assert state == states[-1]


def test_the_due_date_is_pinned_for_ever() -> None:
    history = [Answer(Rating.GOOD, timedelta()), Answer(Rating.GOOD, timedelta(days=3))]
    assert [(state.due - START).days for state in play(history, key="someone/nexus/x")] == [2, 15]


# ---------------------------------------------------------------- py-fsrs


@given(answers(back=False), presets)
def test_stability_and_difficulty_are_those_of_py_fsrs(
    history: list[Answer], preset: Preset
) -> None:
    scheduler = fsrs.Scheduler(
        desired_retention=preset.retention,
        learning_steps=[],
        relearning_steps=[],
        maximum_interval=preset.maximum_days,
        enable_fuzzing=False,
    )
    card = fsrs.Card(card_id=1)
    for answer, at, state in zip(history, times(history), play(history, preset), strict=True):
        card, _ = scheduler.review_card(card, fsrs.Rating(answer.rating), at)
        assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
        assert state.last == card.last_review
        later = at + timedelta(days=17)
        expected = scheduler.get_card_retrievability(card, later)
        assert retrievability(state, later, preset) == pytest.approx(expected, rel=1e-12)


@given(answers(back=False), presets)
def test_only_the_due_date_is_moved_and_only_a_little(
    history: list[Answer], preset: Preset
) -> None:
    scheduler = fsrs.Scheduler(
        desired_retention=preset.retention,
        learning_steps=[],
        relearning_steps=[],
        maximum_interval=preset.maximum_days,
        enable_fuzzing=False,
    )
    card = fsrs.Card(card_id=1)
    for answer, at, state in zip(history, times(history), play(history, preset), strict=True):
        card, _ = scheduler.review_card(card, fsrs.Rating(answer.rating), at)
        days, ours = (card.due - at).days, (state.due - at).days
        if answer.guessed:
            assert ours <= GUESS_DAYS
        else:
            assert abs(ours - days) <= 1.5 + 0.15 * 4.5 + 0.1 * 13 + 0.05 * max(0, days - 20)


def test_weights_of_the_preset_are_used() -> None:
    weights = list(fsrs.Scheduler().parameters)
    weights[2] = 50.0
    preset = Preset(weights=tuple(weights))
    state = review(
        None, Rating.GOOD, START, guessed=False, missed=False, fuzz_key="k", preset=preset
    )
    assert state.stability == 50.0
    weights[20] = 0.5
    other = Preset(weights=tuple(weights))
    later = START + timedelta(days=50)
    assert retrievability(state, later, preset) == pytest.approx(0.9)
    far = START + timedelta(days=500)
    assert retrievability(state, far, other) < retrievability(state, far, preset)


def test_retrievability_falls_with_time_and_is_whole_at_the_start() -> None:
    state = review(None, Rating.GOOD, START, guessed=False, missed=False, fuzz_key="k")
    course = [retrievability(state, START + timedelta(days=days)) for days in range(100)]
    assert course[0] == 1.0
    assert course == sorted(course, reverse=True)
    assert 0 < course[-1] < 0.9
    assert retrievability(state, START - timedelta(days=5)) == 1.0
    assert course[1] < retrievability(state, START + timedelta(hours=18)) < 1.0


# ---------------------------------------------------------------- guesses and lapses


@given(answers(back=False), presets, st.timedeltas(timedelta(), timedelta(days=900)))
def test_a_right_guess_is_due_within_three_days_and_is_no_lapse(
    history: list[Answer], preset: Preset, gap: timedelta
) -> None:
    before = play(history, preset)[-1]
    at = before.last + gap
    after = review(
        before, Rating.HARD, at, guessed=True, missed=False, fuzz_key="me/x", preset=preset
    )
    assert timedelta(days=1) <= after.due - at <= timedelta(days=3)
    assert after.lapses == before.lapses
    plain = review(
        before, Rating.HARD, at, guessed=False, missed=False, fuzz_key="me/x", preset=preset
    )
    assert (after.stability, after.difficulty) == (plain.stability, plain.difficulty)
    assert after.due <= plain.due


@given(answers(back=False))
def test_repetitions_are_counted_and_lapses_are_misses_after_the_first(
    history: list[Answer],
) -> None:
    states = play(history)
    assert [state.repetitions for state in states] == list(range(1, len(history) + 1))
    misses = [answer.rating is Rating.AGAIN for answer in history]
    assert states[-1].lapses == sum(misses[1:])


# ---------------------------------------------------------------- fuzz


@given(st.integers(1, 40_000), st.text(max_size=20), st.sampled_from([1, 7, 36_500]))
def test_fuzz_is_the_same_for_one_key_and_stays_in_bounds(
    days: int, key: str, maximum: int
) -> None:
    found = fuzzed(days, key, maximum)
    assert found == fuzzed(days, key, maximum)
    assert 1 <= found <= maximum
    if days < 3:
        assert found == min(days, maximum)


def test_what_was_learned_together_does_not_fall_due_together() -> None:
    due = {fuzzed(30, f"me/objective-{n}/1", 36_500) for n in range(200)}
    assert len(due) >= 5
    assert min(due) >= 26
    assert max(due) <= 34


def test_what_was_missed_is_due_the_next_day_however_stable_it_was() -> None:
    stable = CardState(60.0, 5.0, START, START - timedelta(days=60), 6, 0)

    after = review(stable, Rating.AGAIN, START, guessed=False, missed=True, fuzz_key="k")

    assert after.due == START + timedelta(days=1)


def test_right_after_a_miss_on_the_same_day_is_due_the_next_day_too() -> None:
    stable = CardState(60.0, 5.0, START, START - timedelta(days=60), 6, 0)

    after = review(stable, Rating.GOOD, START, guessed=False, missed=True, fuzz_key="k")

    assert after.due == START + timedelta(days=1)
    assert after.lapses == 0


# ---------------------------------------------------------------- easy days and credit

WEEKEND = frozenset({5, 6})


@given(answers(back=False), st.integers(0, 6))
def test_nothing_falls_on_an_easy_day_where_the_fuzz_leaves_another(
    history: list[Answer], offset: int
) -> None:
    """Days are counted from that of the answer, so no time zone plays a part."""
    day = START.date() + timedelta(days=offset)
    state: CardState | None = None
    for answer in history:
        usual = review(
            state, answer.rating, START, guessed=False, missed=False, fuzz_key="me/x", day=day
        )
        state = review(
            state,
            answer.rating,
            START,
            guessed=False,
            missed=False,
            fuzz_key="me/x",
            preset=Preset(easy_days=WEEKEND),
            day=day,
        )
        days = (state.due - START).days
        assert (state.stability, state.difficulty) == (usual.stability, usual.difficulty)
        if days >= 3:
            assert (day + timedelta(days=days)).weekday() not in WEEKEND


def test_without_a_free_day_in_reach_the_interval_stays() -> None:
    six = Preset(easy_days=frozenset(range(6)))
    assert off_easy_days(3, 3, START.date(), six) == 3  # Sunday + 3 is a Wednesday
    assert off_easy_days(7, 7, START.date(), six) == 7


def test_what_was_missed_or_guessed_comes_back_in_time_on_an_easy_day_too() -> None:
    every = Preset(easy_days=frozenset(range(1, 7)))
    missed = review(
        None, Rating.GOOD, START, guessed=False, missed=True, fuzz_key="k", preset=every,
        day=START.date(),
    )  # fmt: skip
    assert (missed.due - START).days == 1


def test_credit_is_scheduled_like_a_first_easy_and_is_no_repetition() -> None:
    state = credited(START, fuzz_key="me/x")
    easy = review(None, Rating.EASY, START, guessed=False, missed=False, fuzz_key="me/x")
    assert (state.stability, state.difficulty) == (easy.stability, easy.difficulty)
    assert state.repetitions == 0
    assert 5 <= (state.due - START).days <= 12


def test_a_credit_that_proves_wrong_is_no_lapse() -> None:
    state = credited(START, fuzz_key="me/x")
    wrong = review(state, Rating.AGAIN, state.due, guessed=False, missed=True, fuzz_key="me/x")
    again = review(wrong, Rating.AGAIN, wrong.due, guessed=False, missed=True, fuzz_key="me/x")
    assert (wrong.lapses, again.lapses) == (0, 1)
