"""The kinds that are matched, pointed at, typed as an output and estimated."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from nexus_tui.learning.grading import Verdict, explain, explanations, grade, right_answer
from nexus_tui.learning.quantities import Quantity, conversion, quantity
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Response, Typed
from tests.builders import choice, estimate, faulty, match, output, question

KINDS = [match(), output(), faulty(), estimate()]


def graded(parts: dict[str, Any], response: Response) -> tuple[str, float]:
    found = grade(question(parts), response)
    return found.verdict.value, found.score


def told(parts: dict[str, Any], response: Response) -> str | None:
    return " ".join(reason.why for reason in explain(question(parts), response).tempting) or None


@pytest.mark.parametrize("parts", KINDS)
def test_a_response_of_another_kind_is_refused(parts: dict[str, Any]) -> None:
    for response in (Chosen(("a",)), Arranged((("a", 0),))):
        with pytest.raises(TypeError, match=f"no response to a {parts['kind']} question"):
            grade(question(parts), response)


@pytest.mark.parametrize("parts", KINDS)
def test_every_kind_says_what_is_right_and_why(parts: dict[str, Any]) -> None:
    asked = question(parts)
    assert right_answer(asked)
    first, *others = explanations(asked)
    assert first.word == "right"
    assert first.why == " ".join(parts["why"].split())
    assert others
    assert all(answer.word != "right" and answer.why for answer in others)


# ---------------------------------------------------------------- match


def made(*pairs: str) -> Matched:
    """`"12"` matches the left side 1 with the right side 2, `"1x"` with the decoy."""
    return Matched(tuple((f"p{p[0]}", "x1" if p[1] == "x" else f"p{p[1]}") for p in pairs))


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        (("11", "22", "33", "44"), ("right", 1.0)),
        (("44", "22", "33", "11"), ("right", 1.0)),
        (("11", "22", "33"), ("partial", 0.75)),
        (("11", "22", "33", "4x"), ("partial", 0.5)),
        (("11",), ("partial", 0.25)),
        (("11", "22", "34", "43"), ("wrong", 0.0)),
        (("11", "23", "32"), ("wrong", 0.0)),
        (("12", "21"), ("wrong", 0.0)),
        ((), ("wrong", 0.0)),
    ],
)
def test_a_match_scores_right_pairs_less_wrong_ones(
    pairs: tuple[str, ...], expected: tuple[str, float]
) -> None:
    assert graded(match(pairs=4), made(*pairs)) == expected


@pytest.mark.parametrize("pairs", [4, 5, 6])
def test_guessing_a_match_gains_nothing_to_speak_of(pairs: int) -> None:
    parts = match(pairs=pairs)
    ids = [f"p{n}" for n in range(1, pairs + 1)]
    asked = question(parts)
    scores = [
        grade(asked, Matched(tuple(zip(ids, sides, strict=True)))).score
        for sides in permutations([*ids, "x1"], pairs)
    ]
    assert sum(scores) / len(scores) < 0.05


def test_a_side_given_twice_or_unknown_is_never_full_marks() -> None:
    twice = Matched((("p1", "p1"), ("p2", "p2"), ("p3", "p3"), ("p3", "p1")))
    assert graded(match(), twice)[0] != "right"
    unknown = Matched((("p1", "p1"), ("p2", "p2"), ("p3", "p3"), ("q", "p1")))
    assert graded(match(), unknown)[0] != "right"


def test_a_wrong_pair_and_a_decoy_say_why_they_tempt() -> None:
    assert told(match(), made("12")) == "The second is another."
    assert told(match(), made("11", "2x")) == "Decoy 1 has no pair."
    assert told(match(), made("12", "2x")) == "The second is another. Decoy 1 has no pair."
    assert told(match(), made("21")) is None


def test_a_foreseen_pair_with_a_decoy_is_told_once() -> None:
    parts = match(wrong=[{"left": "p1", "right": "x1", "why": "Not that."}])
    assert told(parts, made("1x")) == "Not that."


# ---------------------------------------------------------------- line


@pytest.mark.parametrize(
    ("lines", "verdict"), [((2,), "right"), ((4,), "wrong"), ((2, 4), "wrong"), ((), "wrong")]
)
def test_one_faulty_line_is_pointed_at(lines: tuple[int, ...], verdict: str) -> None:
    assert graded(faulty(), Pointed(lines))[0] == verdict


def test_any_of_the_faulty_lines_will_do_where_one_is_asked() -> None:
    parts = faulty(faulty=[1, 2])
    assert graded(parts, Pointed((1,))) == graded(parts, Pointed((2,))) == ("right", 1.0)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((1, 2), ("right", 1.0)),
        ((2, 1), ("right", 1.0)),
        ((1,), ("partial", 0.5)),
        ((1, 2, 4), ("partial", 0.5)),
        ((1, 4), ("wrong", 0.0)),
        ((1, 2, 4, 5), ("wrong", 0.0)),
    ],
)
def test_all_faulty_lines_are_asked_and_ticking_all_gains_nothing(
    lines: tuple[int, ...], expected: tuple[str, float]
) -> None:
    assert graded(faulty(faulty=[1, 2], several=True), Pointed(lines)) == expected


def test_a_sound_line_says_why_it_tempts() -> None:
    assert told(faulty(), Pointed((4,))) == "Four is sound."
    assert told(faulty(), Pointed((1,))) is None
    assert right_answer(question(faulty())) == "2  two()"


# ---------------------------------------------------------------- output


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("a 2\nb 3", "right"),
        ("a 2  \nb 3\n\n\n", "right"),
        ("a 2\nb 3 \n \n", "right"),
        (" a 2\nb 3", "near"),
        ("A 2\nB 3", "near"),
        ("a2\nb3", "near"),
        ("a 2 b 3", "near"),
        ("'a' 2\n'b' 3", "near"),
        ("a 2\nb 4", "wrong"),
        ("a 2", "wrong"),
        ("", "wrong"),
    ],
)
def test_an_output_is_compared_line_by_line(typed: str, verdict: str) -> None:
    assert graded(output(), Typed(typed)) == (verdict, 1.0 if verdict == "right" else 0.0)


def test_blank_lines_inside_an_output_count() -> None:
    parts = output(prints="a\n\nb\n", wrong=[])
    assert graded(parts, Typed("a\n\nb"))[0] == "right"
    assert graded(parts, Typed("\na\nb"))[0] == "near"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("a 1\nb 2", "The list was the first."),
        ("a 1\nb 2\nc", "The list was the first."),
        ("a 2\nb 4", None),
        ("nothing of the kind", None),
    ],
)
def test_the_nearest_wrong_output_says_why(typed: str, why: str | None) -> None:
    assert told(output(), Typed(typed)) == why


# ---------------------------------------------------------------- estimate


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("1000", "right"),
        ("about 1,000 ms", "right"),
        ("500", "right"),
        ("2000", "right"),
        ("499", "near"),
        ("2001", "near"),
        ("250", "near"),
        ("4000", "near"),
        ("249", "wrong"),
        ("4001", "wrong"),
        ("1 s", "right"),
        ("1000000 us", "right"),
        ("1k", "right"),
        ("1e3", "right"),
        ("10^3", "right"),
        ("1 x 10^3 ms", "right"),
        ("8 s", "wrong"),
        ("1000 apples", "near"),
        ("9 apples", "wrong"),
        ("0", "wrong"),
        ("-1000", "wrong"),
        ("many", "wrong"),
        ("500 or 600", "wrong"),
        ("99999^99", "wrong"),
    ],
)
def test_an_estimate_is_right_by_its_size(typed: str, verdict: str) -> None:
    assert graded(estimate(), Typed(typed))[0] == verdict


def test_an_estimate_without_a_unit_takes_any_word() -> None:
    assert graded(estimate(unit=None, value=36, wrong=[]), Typed("36 queries"))[0] == "right"
    assert graded(estimate(unit=None, value=2_000_000, wrong=[]), Typed("2 million rows")) == (
        "right",
        1.0,
    )


def test_the_nearest_wrong_estimate_says_why() -> None:
    assert told(estimate(), Typed("2")) == "That is one of them."
    assert told(estimate(), Typed("3")) == "That is one of them."
    assert told(estimate(), Typed("5")) is None
    assert told(estimate(), Typed("what")) is None


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ({}, "about 1,000 ms; 500 to 2,000 is right"),
        ({"value": 0.125, "unit": "s", "wrong": []}, "about 0.125 s; 0.0625 to 0.25 is right"),
        ({"value": 36, "unit": None, "factor": 1.5, "wrong": []}, "about 36; 24 to 54 is right"),
    ],
)
def test_the_key_of_an_estimate_says_its_range(key: dict[str, Any], expected: str) -> None:
    assert right_answer(question(estimate(**key))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("36", Quantity(36, "")),
        ("~ 1.5 MB", Quantity(1.5, "mb")),
        ("2 million queries", Quantity(2e6, "queries")),
        ("10k", Quantity(10_000, "")),
        ("5 m", Quantity(5, "m")),
        (".5 s", Quantity(0.5, "s")),
        ("3 × 10^-2", Quantity(0.03, "")),
        ("2e6 rows", Quantity(2e6, "rows")),
        ("", None),
        ("5 or 6", None),
        ("x5", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, expected: Quantity | None) -> None:
    assert quantity(text) == expected


@pytest.mark.parametrize(
    ("unit", "into", "scale"),
    [
        ("s", "ms", 1_000),
        ("minutes", "s", 60),
        ("m", "s", 60),
        ("m", "rows", 1e6),
        ("gib", "mib", 1_024),
        ("mb", "bytes", 1e6),
        ("s", "mb", None),
        ("apples", "s", None),
    ],
)
def test_units_of_time_and_of_bytes_are_converted(
    unit: str, into: str, scale: float | None
) -> None:
    found = conversion(unit, into)
    assert found == (pytest.approx(scale) if scale else None)


def test_only_full_marks_are_right() -> None:
    for parts, response in (
        (match(), made("11", "22", "33")),
        (faulty(), Pointed((2,))),
        (output(), Typed("a 2\nb 3")),
        (estimate(), Typed("1000")),
        (choice(), Chosen(("right",))),
    ):
        found = grade(question(parts), response)
        assert (found.verdict is Verdict.RIGHT) and found.score == 1.0
