"""The kinds of questions: what their models refuse, and which keys are not unique."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.catalog.keys import ambiguity
from nexus_tui.catalog.lint import lint
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.references import tempting
from tests.builders import (
    choice,
    estimate,
    family,
    faulty,
    make_pack,
    match,
    option,
    order,
    output,
    question,
    quiz_file,
    short,
)

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.problems import Problem

ALPHA = "topics/basics/alpha"
NEW = [match(), output(), faulty(), estimate()]


def read(root: Path, *questions: dict[str, Any]) -> list[str]:
    _, found = read_pack(make_pack(root, {f"{ALPHA}/quiz.yaml": quiz_file(*questions)}))
    bank = f"{ALPHA}/quiz.yaml"
    return [problem.message for problem in found if problem.path == bank]


def test_a_bank_of_all_new_kinds_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, *NEW) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (match(pairs=2), "tuple should have at least 3 items"),
        (match(wrong=[{"left": "p9", "right": "p1", "why": "w"}]), "`wrong` names `p9`"),
        (match(wrong=[{"left": "p1", "right": "p9", "why": "w"}]), "`wrong` names `p9`"),
        (match(wrong=[{"left": "x1", "right": "p1", "why": "w"}]), "`wrong` names `x1`"),
        (match(wrong=[{"left": "p1", "right": "p1", "why": "w"}]), "the right pair `p1`"),
        (match(decoys=1) | {"decoys": [{"id": "p1", "text": "t", "why": "w"}]}, "`p1` stands 2"),
        (output(prints=" \n"), "`prints` is blank"),
        (output(code=""), "at least 1 character"),
        (faulty(faulty=[]), "at least 1 item"),
        (faulty(faulty=[6]), "there is no line 6 in `code`"),
        (faulty(faulty=[0]), "there is no line 0 in `code`"),
        (faulty(faulty=[3]), "there is no line 3 in `code`, or it is blank"),
        (faulty(faulty=[2, 2]), "`faulty` names a line twice"),
        (faulty(faulty=[1, 2, 4, 5], wrong=[]), "all lines are faulty"),
        (faulty(several=True), "`several` needs two faulty lines"),
        (faulty(wrong=[{"line": 9, "why": "w"}]), "there is no line 9"),
        (faulty(code="x\n" * 21), "has 21 lines, at most 20"),
        (estimate(value=0), "greater than 0"),
        (estimate(factor=1), "greater than 1"),
        (estimate(wrong=[{"value": -1, "why": "w"}]), "greater than 0"),
        (estimate(wrong=[{"value": 3, "why": "w", "misconception": "no"}]), "`no`"),
        (output(wrong=[{"prints": "x", "why": "w", "misconception": "no"}]), "`no`"),
        (faulty(wrong=[{"line": 1, "why": "w", "misconception": "no"}]), "`no`"),
        (match(wrong=[{"left": "p1", "right": "p2", "why": "w", "misconception": "no"}]), "`no`"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(
    parts: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    [found] = read(tmp_path, choice(id="sound"), parts)
    assert expected in found


@pytest.mark.parametrize("parts", [*NEW, choice(), order(), short(accept=["a"])])
def test_a_sound_question_has_one_key(parts: dict[str, Any]) -> None:
    assert ambiguity(question(parts)) is None


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            choice(
                options=[
                    option("a", correct=True, text="`x`"),
                    option("b", text="x"),
                    option("c"),
                ]
            ),
            "two options read 'x'",
        ),
        (short(accept=["A"], wrong=[{"text": "a", "why": "w"}]), "'a' is accepted and wrong"),
        (
            short(number={"value": 5, "tolerance": 1}, wrong=[{"text": "6", "why": "w"}]),
            "'6' is within the tolerance",
        ),
        (
            order() | {"decoys": [{"id": "x", "text": "line 1", "why": "w"}]},
            "the decoy 'line 1' is a line",
        ),
        (
            match(decoys=0) | {"decoys": [{"id": "x", "text": "right 1", "why": "w"}]},
            "two right sides read 'right 1'",
        ),
        (output(wrong=[{"prints": "a 2  \nb 3\n\n", "why": "w"}]), "is what it prints"),
        (faulty(wrong=[{"line": 2, "why": "w"}]), "line 2 is faulty and wrong"),
        (estimate(wrong=[{"value": 1999, "why": "w"}]), "1999 is within the factor"),
    ],
)
def test_a_key_that_is_not_the_only_one_is_a_finding(
    parts: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    found = ambiguity(question(parts))
    assert found is not None
    assert expected in found
    bank = quiz_file(parts, choice(id="b"), choice(id="c"))
    [problem] = _of_rule("L02", make_pack(tmp_path, {f"{ALPHA}/quiz.yaml": bank}))
    assert problem.severity == "error"
    assert expected in problem.message


def _of_rule(rule: str, root: Path) -> list[Problem]:
    return [problem for problem in lint(root, run_code=True) if problem.rule == rule]


@pytest.mark.parametrize(
    ("parts", "count"), [(match(), 2), (output(), 1), (faulty(), 1), (estimate(), 1)]
)
def test_whatever_tempts_may_carry_a_misconception(parts: dict[str, Any], count: int) -> None:
    found = tempting(question(parts))
    assert len(found) == count
    assert all(part.why for part in found)


def test_a_question_with_variants_covers_like_two(tmp_path: Path) -> None:
    one = {f"{ALPHA}/quiz.yaml": quiz_file(family())}
    [few] = _of_rule("T01", make_pack(tmp_path / "1", one))
    assert "has 2 questions" in few.message
    two = {f"{ALPHA}/quiz.yaml": quiz_file(family(), choice())}
    assert _of_rule("T01", make_pack(tmp_path / "2", two)) == []
