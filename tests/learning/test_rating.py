"""From a grade to a rating: the map of the design, cell by cell."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from nexus_tui.learning.grading import Grade, Verdict
from nexus_tui.learning.rating import Certainty, Rating, expected_milliseconds, rate, recognition
from tests.builders import (
    choice,
    choices,
    estimate,
    faulty,
    match,
    order,
    output,
    question,
    short,
)

RIGHT = Grade(Verdict.RIGHT, 1.0)
FAST, NORMAL, SLOW = 4_999, 10_000, 20_001
EXPECTED = 10_000
RECOGNISED = [choice(), choices(), match(), faulty()]
RECALLED = [short(accept=["a"]), order(), output(), estimate()]
EVERY_KIND = [*RECOGNISED, *RECALLED]


@pytest.mark.parametrize(
    "grade",
    [
        Grade(Verdict.WRONG, 0.0),
        Grade(Verdict.NEAR, 0.0),
        Grade(Verdict.PARTIAL, 0.5),
        Grade(Verdict.PARTIAL, 0.99),
    ],
)
@pytest.mark.parametrize("certainty", list(Certainty))
@pytest.mark.parametrize("milliseconds", [0, FAST, NORMAL, SLOW])
@pytest.mark.parametrize(("first", "recognition"), list(product([True, False], repeat=2)))
def test_less_than_full_marks_is_again_whatever_else(
    grade: Grade, certainty: Certainty, milliseconds: int, first: bool, recognition: bool
) -> None:
    found = rate(
        grade, certainty, milliseconds, EXPECTED, first_sight=first, recognition=recognition
    )
    assert found is Rating.AGAIN


@pytest.mark.parametrize(
    ("certainty", "milliseconds", "expected"),
    [
        (Certainty.GUESSED, FAST, Rating.HARD),
        (Certainty.GUESSED, NORMAL, Rating.HARD),
        (Certainty.GUESSED, SLOW, Rating.HARD),
        (Certainty.UNMARKED, FAST, Rating.GOOD),
        (Certainty.UNMARKED, NORMAL, Rating.GOOD),
        (Certainty.UNMARKED, SLOW - 1, Rating.GOOD),
        (Certainty.UNMARKED, SLOW, Rating.HARD),
        (Certainty.SURE, FAST, Rating.EASY),
        (Certainty.SURE, FAST + 1, Rating.GOOD),
        (Certainty.SURE, NORMAL, Rating.GOOD),
        (Certainty.SURE, SLOW, Rating.HARD),
    ],
)
@pytest.mark.parametrize(("first", "recognition"), list(product([True, False], repeat=2)))
def test_a_right_answer_is_rated_by_certainty_and_time(
    certainty: Certainty, milliseconds: int, expected: Rating, first: bool, recognition: bool
) -> None:
    if expected is Rating.EASY and (first or recognition):
        expected = Rating.GOOD
    found = rate(
        RIGHT, certainty, milliseconds, EXPECTED, first_sight=first, recognition=recognition
    )
    assert found is expected


def test_the_ratings_are_the_numbers_of_fsrs() -> None:
    import fsrs

    assert {r.name.title(): int(r) for r in Rating} == {r.name: int(r) for r in fsrs.Rating}


@pytest.mark.parametrize("parts", EVERY_KIND)
def test_a_longer_question_may_take_longer(parts: dict[str, Any]) -> None:
    longer = parts | {"stem": parts["stem"] + " word" * 240}
    grows = expected_milliseconds(question(longer)) - expected_milliseconds(question(parts))
    assert grows == 60_000
    assert expected_milliseconds(question(parts)) > 5_000


def test_all_that_is_read_counts() -> None:
    few, many = (
        expected_milliseconds(question(choices(2, 1))),
        expected_milliseconds(question(choices(4, 4))),
    )
    assert many > few
    assert expected_milliseconds(question(order(3, 2))) > expected_milliseconds(
        question(order(3, 0))
    )
    longer = "x = 1 + 1\n" * 10
    assert expected_milliseconds(question(output(code=longer))) > expected_milliseconds(
        question(output())
    )
    assert expected_milliseconds(question(faulty(code=faulty()["line"]["code"] + longer))) > (
        expected_milliseconds(question(faulty()))
    )
    assert expected_milliseconds(question(match(6, 3))) > expected_milliseconds(question(match()))


def test_what_stands_on_the_screen_is_recognised_and_what_does_not_is_recalled() -> None:
    assert all(recognition(question(parts)) for parts in RECOGNISED)
    assert not any(recognition(question(parts)) for parts in RECALLED)
