"""An exam draws fairly and repeatably, counts its time, and says what its result is worth."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_tui.learning.exam import (
    Candidate,
    Item,
    Sheet,
    allot,
    draw,
    seconds_left,
    shares,
    wilson,
)

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)


def candidate(track: str, number: int, questions: int) -> Candidate:
    topic = f"p/{track}-{number % 2}"
    key = f"{topic}/o{number}"
    return Candidate(key, topic, track, tuple(f"{key}-{n}" for n in range(questions)))


candidates = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1, max_size=12
).map(lambda found: [candidate(track, n, q) for n, (track, q) in enumerate(found)])


# ---------------------------------------------------------------- what it asks


@EXAMPLES
@given(candidates, st.integers(1, 30), st.text(max_size=4))
def test_an_exam_asks_as_many_as_there_are_and_none_twice(
    found: list[Candidate], count: int, seed: str
) -> None:
    items = draw(found, count, seed)
    assert len(items) == min(count, sum(len(c.questions) for c in found))
    assert len({item.question for item in items}) == len(items)


@EXAMPLES
@given(candidates, st.integers(1, 30), st.text(max_size=4))
def test_an_exam_is_the_same_for_the_same_seed(
    found: list[Candidate], count: int, seed: str
) -> None:
    assert draw(found, count, seed) == draw(found, count, seed)


def test_another_seed_shuffles_otherwise() -> None:
    found = [candidate("a", n, 3) for n in range(8)]
    assert len({draw(found, 8, str(seed)) for seed in range(5)}) == 5


@EXAMPLES
@given(candidates, st.integers(1, 30))
def test_no_objective_is_asked_again_before_all_of_its_track_were_asked(
    found: list[Candidate], count: int
) -> None:
    items = draw(found, count, "s")
    asked = Counter(item.objective for item in items)
    for track in "abc":
        own = [c for c in found if c.group == track and c.questions]
        for one in own:
            for other in own:
                assert asked[one.objective] <= max(asked[other.objective], 0) + 1 or (
                    asked[other.objective] == len(other.questions)
                )


@EXAMPLES
@given(candidates, st.integers(1, 30))
def test_neighbours_are_of_different_objectives_where_that_is_possible(
    found: list[Candidate], count: int
) -> None:
    items = draw(found, count, "s")
    most = max(Counter(item.objective for item in items).values(), default=0)
    if most <= (len(items) + 1) // 2:
        assert all(a.objective != b.objective for a, b in pairwise(items))


@pytest.mark.parametrize(
    ("count", "parts", "room", "found"),
    [
        (20, {"a": 1, "b": 1}, {"a": 50, "b": 50}, {"a": 10, "b": 10}),
        (20, {"a": 3, "b": 1}, {"a": 50, "b": 50}, {"a": 15, "b": 5}),
        (10, {"a": 1, "b": 1, "c": 1}, {"a": 9, "b": 9, "c": 9}, {"a": 4, "b": 3, "c": 3}),
        (20, {"a": 1, "b": 1}, {"a": 4, "b": 50}, {"a": 4, "b": 16}),
        (20, {"a": 1, "b": 0}, {"a": 4, "b": 50}, {"a": 4, "b": 0}),
        (1, {"a": 1, "b": 5}, {"a": 4, "b": 5}, {"a": 0, "b": 1}),
        (5, {}, {}, {}),
    ],
)
def test_questions_are_shared_out_by_parts_and_what_has_no_room_goes_to_others(
    count: int, parts: dict[str, int], room: dict[str, int], found: dict[str, int]
) -> None:
    assert allot(count, parts, room) == found


tracks = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=6
)


@EXAMPLES
@given(tracks, st.integers(0, 100))
def test_every_question_is_allotted_and_no_track_gets_more_than_it_has(
    found: dict[str, tuple[int, int]], count: int
) -> None:
    parts = {track: part for track, (part, _) in found.items()}
    room = {track: free for track, (_, free) in found.items()}
    allotted = allot(count, parts, room)
    able = sum(room[t] for t, part in parts.items() if part)
    assert sum(allotted.values()) == min(count, able)
    assert all(0 <= allotted[t] <= room[t] for t in parts)
    assert all(not allotted[t] for t, part in parts.items() if not part)


# ---------------------------------------------------------------- taking it


SHEET = Sheet(tuple(Item(f"q{n}", f"o{n}", "t") for n in range(4)))


def test_one_moves_freely_and_round_the_ends() -> None:
    assert SHEET.went(-1).position == 3
    assert SHEET.went(4).position == 0
    assert SHEET.went(2).current.question == "q2"


def test_the_next_open_question_is_found_also_behind_and_none_when_all_are_answered() -> None:
    sheet = SHEET.went(3).answer()
    assert (sheet.next_open(), sheet.unanswered) == (0, 3)
    for place in range(4):
        sheet = sheet.went(place).answer()
    assert (sheet.next_open(), sheet.unanswered) == (None, 0)


def test_a_flag_is_set_and_taken_away() -> None:
    assert SHEET.flag().flagged == {"q0"}
    assert SHEET.flag().flag().flagged == frozenset()


@pytest.mark.parametrize(
    ("minutes_gone", "left"), [(0, 1200), (5, 900), (19.99, 1), (20, 0), (300, 0), (-60, 1200)]
)
def test_the_time_left_is_by_the_wall_clock_and_never_more_than_the_whole(
    minutes_gone: float, left: int
) -> None:
    assert seconds_left(NOW, 20, NOW + timedelta(minutes=minutes_gone)) == left


# ---------------------------------------------------------------- what it is worth


@EXAMPLES
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(found: tuple[int, int]) -> None:
    right, asked = found
    low, high = wilson(right, asked)
    assert 0 <= low <= right / asked <= high <= 1
    assert low < high


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (20, 20, 0.8389, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_the_interval_is_that_of_wilson(right: int, asked: int, low: float, high: float) -> None:
    assert wilson(right, asked) == pytest.approx((low, high), abs=5e-5)


def test_nothing_asked_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_results_are_summed_by_objective_in_order() -> None:
    found = shares([("b", True), ("a", False), ("b", False)])
    assert [(share.key, share.right, share.asked) for share in found] == [("b", 1, 2), ("a", 0, 1)]
