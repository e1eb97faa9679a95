"""What a session asks, in which order, and what comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learning.scheduling import CardState, retrievability
from nexus_tui.learning.session import (
    DUE_LIMIT,
    REASK_AFTER,
    SIZE,
    Candidate,
    Planned,
    Session,
    apart,
    choose_question,
    interleave,
    plan,
    time_spent,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def card(days_ago: int = 10, stability: float = 5.0) -> CardState:
    last = NOW - timedelta(days=days_ago)
    return CardState(stability, 5.0, last + timedelta(days=3), last, 1, 0)


def candidate(
    name: str, topic: str = "t", *, days_ago: int | None = None, due: bool = False, count: int = 3
) -> Candidate:
    """An objective with `count` questions; with a card where it was asked `days_ago`."""
    return Candidate(
        name,
        topic,
        tuple(f"{name}/q{n}" for n in range(count)),
        card(days_ago) if days_ago is not None else None,
        due,
    )


def candidates() -> st.SearchStrategy[list[Candidate]]:
    one = st.builds(
        lambda topic, days_ago, due, count: (topic, days_ago, due, count),
        st.sampled_from("abcd"),
        st.none() | st.integers(1, 300),
        st.booleans(),
        st.integers(0, 4),
    )
    return st.lists(one, max_size=30).map(
        lambda parts: [
            candidate(
                f"o{n}", topic, days_ago=days_ago, due=due and days_ago is not None, count=count
            )
            for n, (topic, days_ago, due, count) in enumerate(parts)
        ]
    )


def session(count: int) -> Session:
    planned = [Planned(f"q{n}", f"o{n}", "t", "new") for n in range(count)]
    return Session.begin(planned, mode="learn")


def current(running: Session) -> str:
    assert running.current is not None
    return running.current.question


# ---------------------------------------------------------------- which question


def test_a_question_never_asked_goes_before_the_others() -> None:
    asked = replace(candidate("o"), last_asked={"o/q0": NOW, "o/q2": NOW})
    assert {choose_question(asked, Random(seed)) for seed in range(50)} == {"o/q1"}


def test_every_unseen_question_has_its_turn() -> None:
    found = {choose_question(candidate("o"), Random(seed)) for seed in range(50)}
    assert found == {"o/q0", "o/q1", "o/q2"}


@given(st.integers(2, 6), st.integers(0, 10**6), st.integers(1, 40))
def test_the_same_question_is_never_asked_twice_running_while_another_is_there(
    count: int, seed: int, rounds: int
) -> None:
    asked = candidate("o", count=count)
    random, before = Random(seed), None
    times: dict[str, datetime] = {}
    for number in range(rounds):
        found = choose_question(replace(asked, last_asked=dict(times)), random)
        assert found in asked.questions
        assert found != before
        times[found], before = NOW + timedelta(seconds=number), found


def test_all_questions_come_round_before_one_returns() -> None:
    asked = candidate("o", count=4)
    times: dict[str, datetime] = {}
    order = []
    for number in range(12):
        order.append(choose_question(replace(asked, last_asked=dict(times)), Random(number)))
        times[order[-1]] = NOW + timedelta(seconds=number)
    assert sorted(order[:4]) == sorted(asked.questions)
    assert order[:4] == order[4:8] == order[8:]


def test_an_only_question_returns() -> None:
    asked = replace(candidate("o", count=1), last_asked={"o/q0": NOW})
    assert choose_question(asked, Random(1)) == "o/q0"


def test_a_drill_takes_the_questions_never_asked_then_the_oldest() -> None:
    asked = {"o/q0": NOW, "o/q1": NOW - timedelta(days=1)}
    parts = apart(replace(candidate("o", count=4), last_asked=asked), 3)
    assert [part.questions for part in parts] == [("o/q2",), ("o/q3",), ("o/q1",)]
    assert {part.objective for part in parts} == {"o"}
    assert len(apart(candidate("o", count=2), 3)) == 2


# ---------------------------------------------------------------- the plan


@given(candidates(), st.text(max_size=8))
def test_a_plan_has_no_neighbours_of_one_objective_and_asks_nothing_twice(
    given_candidates: list[Candidate], seed: str
) -> None:
    found = plan(given_candidates, now=NOW, seed=seed)
    assert all(one.objective != two.objective for one, two in pairwise(found))
    assert len({planned.objective for planned in found}) == len(found)
    known = {c.objective: c for c in given_candidates}
    for planned in found:
        of = known[planned.objective]
        assert planned.question in of.questions
        assert planned.topic == of.topic
        assert planned.why == ("due" if of.due else "new" if of.card is None else "practice")


@given(candidates(), st.text(max_size=8))
def test_a_plan_is_the_same_for_the_same_seed(given_candidates: list[Candidate], seed: str) -> None:
    assert plan(given_candidates, now=NOW, seed=seed) == plan(given_candidates, now=NOW, seed=seed)


@given(candidates())
def test_due_comes_first_up_to_its_limit_and_others_fill_up(
    given_candidates: list[Candidate],
) -> None:
    found = plan(given_candidates, now=NOW, seed="s")
    usable = [c for c in given_candidates if c.questions]
    due = min(DUE_LIMIT, sum(c.due for c in usable))
    others = [c for c in usable if not c.due]
    assert [planned.why == "due" for planned in found[:due]] == [True] * due
    assert [p.objective for p in found[due:]] == [c.objective for c in others[: max(0, SIZE - due)]]


def test_what_is_most_forgotten_is_asked_first_and_what_is_left_waits() -> None:
    backlog = [candidate(f"o{n}", f"t{n}", days_ago=n + 1, due=True) for n in range(40)]
    found = plan(backlog, now=NOW, seed="s")
    assert [planned.objective for planned in found] == [f"o{n}" for n in range(39, 24, -1)]
    by_name = {c.objective: c.card for c in backlog}
    course = [retrievability(state, NOW) for p in found if (state := by_name[p.objective])]
    assert course == sorted(course)


def test_size_and_limit_can_be_chosen() -> None:
    due = [candidate(f"d{n}", days_ago=5, due=True) for n in range(5)]
    new = [candidate(f"n{n}") for n in range(5)]
    found = plan(due + new, now=NOW, seed="s", size=4, due_limit=2)
    assert [planned.why for planned in found] == ["due", "due", "new", "new"]


@pytest.mark.parametrize("given_candidates", [[], [candidate("o", count=0)]])
def test_nothing_to_ask_gives_an_empty_plan(given_candidates: list[Candidate]) -> None:
    assert plan(given_candidates, now=NOW, seed="s") == ()


# ---------------------------------------------------------------- interleaving


def topics(found: list[Candidate]) -> str:
    return "".join(c.topic for c in found)


@pytest.mark.parametrize(
    ("given_topics", "confusable", "expected"),
    [
        ("", {}, ""),
        ("aab", {}, "aba"),
        ("aaa", {}, "aaa"),
        ("aabb", {}, "abab"),
        ("abc", {"a": {"c"}}, "acb"),
        ("aabc", {"a": {"c"}}, "acab"),
        ("abc", {"b": {"a"}}, "abc"),
    ],
)
def test_a_topic_is_followed_by_one_it_is_mixed_up_with_else_by_another(
    given_topics: str, confusable: dict[str, set[str]], expected: str
) -> None:
    mixed = [candidate(f"o{n}", topic) for n, topic in enumerate(given_topics)]
    assert topics(interleave(mixed, confusable)) == expected


@given(candidates())
def test_interleaving_loses_nothing_and_repeats_a_topic_only_where_no_other_is_left(
    given_candidates: list[Candidate],
) -> None:
    found = interleave(given_candidates, {})
    assert sorted(c.objective for c in found) == sorted(c.objective for c in given_candidates)
    for place, (one, two) in enumerate(pairwise(found), 1):
        assert one.topic != two.topic or {c.topic for c in found[place:]} == {one.topic}


# ---------------------------------------------------------------- going through it


def test_right_answers_go_straight_through() -> None:
    running = session(3)
    for number in range(3):
        assert (running.total, running.position) == (3, number)
        assert current(running) == f"q{number}"
        running = running.answered(right=True)
    assert running.current is None
    assert running.minutes_left == 0
    assert running.summary().right == 3


def test_a_missed_question_comes_back_after_three_others() -> None:
    running = session(6).answered(right=False)
    asked = []
    while running.current is not None:
        asked.append((current(running), running.current.why))
        running = running.answered(right=True)
    assert [question for question, _ in asked] == ["q1", "q2", "q3", "q0", "q4", "q5"]
    assert [why for question, why in asked if question == "q0"] == ["missed"]


@given(st.integers(1, 12), st.lists(st.sampled_from(["right", "wrong", "skip"]), max_size=80))
def test_a_missed_question_comes_back_only_after_three_others_were_answered(
    count: int, steps: list[str]
) -> None:
    running = session(count)
    answered: list[str] = []
    for step in steps:
        if running.current is None:
            break
        if step == "skip":
            running = running.skip()
            continue
        question = current(running)
        if question in answered:
            last = len(answered) - 1 - answered[::-1].index(question)
            assert len(answered) - last - 1 >= REASK_AFTER
        answered.append(question)
        running = running.answered(right=step == "right")


@given(st.integers(4, 12), st.integers(0, 11))
def test_a_miss_returns_where_three_others_are_left_and_else_only_tomorrow(
    count: int, place: int
) -> None:
    running = session(count)
    place = min(place, count - 1)
    for number in range(place + 1):
        running = running.answered(right=number != place)
    returns = sum(p.why == "missed" for p in running.queue)
    assert returns == (1 if count - place - 1 >= REASK_AFTER else 0)


def test_skipping_does_not_bring_a_missed_question_back_sooner() -> None:
    running = session(4).answered(right=False).skip().skip().skip().skip()
    assert current(running) != "q0"
    seen = []
    while running.current is not None:
        seen.append(current(running))
        running = running.answered(right=True)
    assert sorted(seen[:3]) == ["q1", "q2", "q3"]
    assert seen[3:] == ["q0"]


def test_what_is_suspended_leaves_the_session_and_takes_no_answer_along() -> None:
    running = session(6).answered(right=False).without({"o0", "o2"})
    assert [p.question for p in running.queue] == ["q0", "q1", "q3", "q4", "q5"]
    assert running.results == (("o0", False),)


def test_a_missed_leech_is_left_alone_until_tomorrow() -> None:
    leech = Planned("q0", "o0", "t", "leech")
    running = Session("review", (leech, *session(6).queue[1:])).answered(right=False)
    assert "q0" not in [planned.question for planned in running.queue[1:]]


def test_a_confident_error_comes_first_and_leeches_last_and_few() -> None:
    due = [candidate(f"d{n}", f"t{n}", days_ago=30 - n, due=True) for n in range(4)]
    leeches = [
        replace(candidate(f"l{n}", f"l{n}", days_ago=90, due=True), leech=True) for n in range(4)
    ]
    error = replace(candidate("e", "e", days_ago=1, due=True), confident_error=True)
    found = plan([*leeches, *due, error], now=NOW, seed="s")
    assert [p.objective for p in found[:5]] == ["e", "d0", "d1", "d2", "d3"]
    assert [p.why for p in found[5:]] == ["leech", "leech"]
    assert len(plan([*leeches, *due, error], now=NOW, seed="s", due_limit=3)) == 3


@given(st.integers(1, 12))
def test_a_session_ends_even_when_everything_is_missed(count: int) -> None:
    running = session(count)
    asked: list[str] = []
    while running.current is not None:
        asked.append(current(running))
        running = running.answered(right=False)
    assert {asked.count(question) for question in asked} <= {1, 2, 3}
    assert len(set(asked)) == count
    assert all(one != two for one, two in pairwise(asked))


def test_a_skipped_question_goes_to_the_end_and_leaves_no_result() -> None:
    running = session(3).skip()
    assert [planned.question for planned in running.queue] == ["q1", "q2", "q0"]
    assert (running.position, running.results) == (0, ())
    assert running.answered(right=True).skip().skip().total == 3


def test_a_missed_question_that_has_to_wait_leaves_the_last_one_to_be_answered() -> None:
    running = session(4).answered(right=False).answered(right=True)
    assert not running.is_last
    running = running.answered(right=True)
    assert (current(running), running.total - running.position) == ("q3", 2)
    assert running.is_last


def test_the_summary_counts_each_question_at_its_first_answer() -> None:
    running = session(4).answered(right=False).answered(right=True)
    running = running.answered(right=True).answered(right=True)
    assert current(running) == "q0"
    found = running.answered(right=True).summary()
    assert (found.answered, found.right, found.missed) == (4, 3, ("o0",))


def test_the_summary_of_a_drill_counts_every_question_of_its_one_objective() -> None:
    drill = Session("drill", tuple(Planned(f"q{n}", "o", "t", "practice") for n in range(3)))
    found = drill.answered(right=True).answered(right=False).answered(right=False).summary()
    assert (found.answered, found.right, found.missed) == (3, 1, ("o",))


def test_nothing_answered_is_an_empty_summary() -> None:
    found = session(3).summary()
    assert (found.answered, found.right, found.missed) == (0, 0, ())


# ---------------------------------------------------------------- time


def at(minutes: float, took: float) -> tuple[datetime, timedelta]:
    return NOW + timedelta(minutes=minutes), timedelta(minutes=took)


@pytest.mark.parametrize(
    ("answers", "end", "minutes"),
    [
        ([], 5, 0),
        ([at(1, 1)], 1, 1),
        ([at(1, 1), at(3, 1)], 3, 3),  # a minute of reading what was said of the first
        ([at(1, 1), at(2, 1)], 3, 3),  # and one of the last
        ([at(1, 1), at(600, 1)], 601, 2 + 1 + 2),  # left, and gone on with ten hours later
        ([at(1, 1), at(1, 2)], 1, 3),  # the clock stood still
    ],
)
def test_the_time_spent_is_answering_and_reading_without_what_is_idle(
    answers: list[tuple[datetime, timedelta]], end: float, minutes: float
) -> None:
    assert time_spent(answers, NOW + timedelta(minutes=end)) == timedelta(minutes=minutes)


def test_minutes_are_left_while_anything_is_left() -> None:
    running, left = session(10), []
    while running.current is not None:
        left.append(running.minutes_left)
        running = running.answered(right=True)
    assert left == sorted(left, reverse=True)
    assert min(left) == 1
    assert running.minutes_left == 0


# ---------------------------------------------------------------- kept and resumed


@given(st.integers(0, 6), st.lists(st.sampled_from(["right", "wrong", "skip"]), max_size=10))
def test_a_session_comes_back_from_its_payload_as_it_was(count: int, steps: list[str]) -> None:
    running = session(count)
    for step in steps:
        if running.current is None:
            break
        running = running.skip() if step == "skip" else running.answered(right=step == "right")
    payload = json.loads(json.dumps(running.to_payload()))
    assert Session.from_payload(payload) == running
