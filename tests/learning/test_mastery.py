"""Mastery: right on three days, a week apart, on two questions; and how it fades."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from nexus_tui.learning.mastery import (
    ObjectiveHistory,
    Standing,
    credited_by_mastery,
    is_leech,
    is_mastered,
    objective_standing,
    topic_standing,
)

FIRST = date(2026, 3, 1)
ENOUGH = ObjectiveHistory(
    asked=3,
    right=3,
    sure_wrong=0,
    right_days=3,
    first_right=FIRST,
    last_right=FIRST + timedelta(days=7),
    right_questions=2,
)
NONE = ObjectiveHistory(0, 0, 0, 0, None, None, 0)
NOT, STARTED, DUE, MASTERED = (
    Standing.NOT_STARTED,
    Standing.STARTED,
    Standing.DUE,
    Standing.MASTERED,
)


def test_three_days_a_week_and_two_questions_are_just_enough() -> None:
    assert is_mastered(ENOUGH)


@pytest.mark.parametrize(
    "history",
    [
        replace(ENOUGH, right_days=2),
        replace(ENOUGH, last_right=FIRST + timedelta(days=6)),
        replace(ENOUGH, right_questions=1),
        replace(ENOUGH, first_right=None, last_right=None),
        replace(ENOUGH, first_right=None),
        NONE,
    ],
)
def test_one_thing_less_is_not_enough(history: ObjectiveHistory) -> None:
    assert not is_mastered(history)


def test_wrong_answers_never_lower_it() -> None:
    assert is_mastered(replace(ENOUGH, asked=50, sure_wrong=20))


@pytest.mark.parametrize(
    ("history", "due", "expected"),
    [
        (None, False, NOT),
        (None, True, NOT),
        (NONE, False, NOT),
        (NONE, True, NOT),
        (replace(NONE, asked=1), False, STARTED),
        (replace(NONE, asked=1), True, DUE),
        (ENOUGH, False, MASTERED),
        (ENOUGH, True, DUE),
    ],
)
def test_an_objective_stands_where_its_history_says(
    history: ObjectiveHistory | None, due: bool, expected: Standing
) -> None:
    assert objective_standing(history, due=due) is expected


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        ([], NOT),
        ([NOT, NOT], NOT),
        ([NOT, STARTED], STARTED),
        ([NOT, MASTERED], STARTED),
        ([STARTED, MASTERED], STARTED),
        ([MASTERED, MASTERED], MASTERED),
        ([MASTERED, DUE], DUE),
        ([NOT, DUE], DUE),
    ],
)
def test_a_topic_stands_by_all_its_objectives(
    objectives: list[Standing], expected: Standing
) -> None:
    assert topic_standing(objectives) is expected


def test_a_topic_with_stages_is_mastered_only_when_they_are_passed() -> None:
    assert topic_standing([MASTERED], stages_passed=False) is STARTED
    assert topic_standing([MASTERED], stages_passed=True) is MASTERED


def test_a_topic_is_mastered_only_where_every_objective_is() -> None:
    for objectives in product(Standing, repeat=3):
        mastered = topic_standing(objectives) is MASTERED
        assert mastered == (set(objectives) == {MASTERED})
        assert (topic_standing(objectives) is NOT) == (set(objectives) == {NOT})


# ---------------------------------------------------------------- credit and leeches


@pytest.mark.parametrize("due", [False, True])
def test_credit_starts_an_objective_and_never_masters_it(due: bool) -> None:
    for history in (None, NONE):
        found = objective_standing(history, due=due, credited=True)
        assert found is (DUE if due else STARTED)


def test_credit_adds_nothing_to_what_was_answered() -> None:
    assert objective_standing(ENOUGH, due=False, credited=True) is MASTERED
    short = replace(ENOUGH, right_days=2)
    assert objective_standing(short, due=False, credited=True) is STARTED


def test_credit_flows_from_what_is_mastered_to_all_it_requires() -> None:
    requires = {"c": ("b",), "b": ("a",), "d": ("a", "b"), "e": ()}
    assert credited_by_mastery({"c"}, requires) == {"a", "b"}
    assert credited_by_mastery({"d", "e"}, requires) == {"a", "b"}
    assert credited_by_mastery(set(), requires) == frozenset()


def test_credit_stops_in_a_circle_of_requirements() -> None:
    assert credited_by_mastery({"a"}, {"a": ("b",), "b": ("a",)}) == {"a", "b"}


@pytest.mark.parametrize(
    ("lapses", "missed", "right", "leech"),
    [
        (5, FIRST, None, False),
        (6, FIRST, None, True),
        (6, FIRST, FIRST + timedelta(days=6), True),
        (6, FIRST, FIRST + timedelta(days=7), False),
        (9, FIRST + timedelta(days=7), FIRST, True),
    ],
)
def test_a_leech_is_missed_six_times_and_ends_a_week_after_its_last_miss(
    lapses: int, missed: date, right: date | None, leech: bool
) -> None:
    history = replace(ENOUGH, lapses=lapses, last_missed=missed, last_right=right)
    assert is_leech(history) is leech
    assert not is_leech(None)
