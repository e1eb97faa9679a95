"""The revision of a question: changed by what decides the answer, and by nothing else."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nexus_tui.catalog.revision import revision
from nexus_tui.catalog.variants import draw
from tests.builders import (
    DRAW,
    choice,
    choices,
    estimate,
    family,
    faulty,
    in_a_bank,
    match,
    option,
    order,
    output,
    question,
    short,
)


def of(parts: dict[str, Any]) -> str:
    return revision(question(parts))


OPTIONS = choice()["options"]
NUMBER = {"value": 5, "tolerance": 1, "unit": "ms"}


def test_a_revision_is_twelve_hex_digits_and_always_the_same() -> None:
    assert re.fullmatch("[0-9a-f]{12}", of(choice()))
    assert of(choice()) == of(choice()) == "f66aa4f48fbe"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (choice(), choice(id="other")),
        (choice(), choice(bloom="evaluate")),
        (choice(), choice(as_of="Python 3.11")),
        (choice(), choice(verify="assert True")),
        (choice(), choice(lint_ok={"L1": "so"})),
        (choice(), choice(options=[{**o, "why": "Said better."} for o in OPTIONS])),
        (choice(), choice(options=[OPTIONS[1], OPTIONS[2], OPTIONS[0]])),
        (choice(), choice(order="fixed")),
        (short(accept=["a", "b"]), short(accept=["b", "a"])),
        (short(accept=["a"]), short(accept=["a"], near=[{"text": "n", "why": "w"}])),
        (short(accept=["a"]), short(accept=["a"], wrong=[{"text": "n", "why": "w"}])),
        (short(accept=["a"]), short(accept=["a"]) | {"why": "Because."}),
        (order(), order(why="Because.")),
        (match(), match(why="Because.")),
        (match(), match(wrong=[])),
        (match(), match(match=list(reversed(match()["match"])))),
        (output(), output(wrong=[])),
        (output(), output(language="text")),
        (faulty(), faulty(wrong=[])),
        (estimate(), estimate(wrong=[])),
    ],
)
def test_mending_what_does_not_decide_the_answer_keeps_the_revision(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert question(before) != question(after)
    assert of(before) == of(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (choice(), choice(stem="Which one is it not?")),
        (choice(), choice(options=[*OPTIONS[:2], option("third")])),
        (choice(), choice(options=[*OPTIONS[:2], {**OPTIONS[2], "text": "Else"}])),
        (choice(), choice(options=[*OPTIONS, option("fourth")])),
        (
            choice(),
            choice(options=[option("right"), option("left", correct=True), option("middle")]),
        ),
        (choices(2, 2), choices(3, 1)),
        (short(accept=["a"]), short(accept=["a", "b"])),
        (short(number=NUMBER), short(number={**NUMBER, "value": 6})),
        (short(number=NUMBER), short(number={**NUMBER, "tolerance": 2})),
        (short(number=NUMBER), short(number={**NUMBER, "unit": "s"})),
        (short(number=NUMBER), short(accept=["5 ms"])),
        (order(), order(lines=4)),
        (order(), order(decoys=0)),
        (order(), order() | {"lines": list(reversed(order()["lines"]))}),
        (order(), order() | {"lines": [{**line, "indent": 1} for line in order()["lines"]]}),
        (match(), match(4)),
        (match(), match(decoys=2)),
        (output(), output(code="went()")),
        (output(), output(prints="a 2\nb 4\n")),
        (faulty(), faulty(faulty=[1])),
        (faulty(), faulty(code="one()\ntwo()\n\nfour()\n")),
        (faulty(faulty=[1, 2]), faulty(faulty=[1, 2], several=True)),
        (estimate(), estimate(value=2000)),
        (estimate(), estimate(factor=3)),
        (estimate(), estimate(unit="s")),
    ],
)
def test_changing_what_decides_the_answer_changes_the_revision(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert of(before) != of(after)


def test_all_variants_of_a_question_have_its_revision() -> None:
    base = in_a_bank(family())
    assert {revision(draw(base, str(seed))) for seed in range(5)} == {revision(base)}


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        (family(code=DRAW.replace("99", "98")), False),
        (family(base={"books": 4, "queries": 5}), False),
        (family(stem="How many for {{books}} books?"), False),
        (family(why="Because of {{books}}."), True),
        (family(id="other", bloom="evaluate"), True),
    ],
)
def test_the_code_of_variants_and_what_it_fills_decide(changed: dict[str, Any], same: bool) -> None:
    assert (revision(in_a_bank(changed)) == revision(in_a_bank(family()))) is same
