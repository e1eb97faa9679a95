"""The order in which options and lines are shown: uniform, seeded, never solved."""

from __future__ import annotations

from collections import Counter
from itertools import permutations
from typing import Any

import pytest

from nexus_tui.learning.showing import Showing, above, show
from tests.builders import (
    choice,
    choices,
    estimate,
    faulty,
    match,
    option,
    order,
    output,
    question,
    short,
)

SEEDS = 10_000


def options_of(count: int) -> dict[str, Any]:
    rest = [option(f"o{n}") for n in range(1, count)]
    return choice(options=[option("o0", correct=True), *rest])


def chi_square(counts: Counter[tuple[str, ...]], cells: int) -> float:
    expected = sum(counts.values()) / cells
    seen = sum((count - expected) ** 2 / expected for count in counts.values())
    return seen + (cells - len(counts)) * expected


@pytest.mark.parametrize(
    ("parts", "cells", "limit"),
    [
        # The 99.9 % quantiles of chi-square with cells - 1 degrees of freedom.
        (options_of(3), 6, 20.5),
        (options_of(4), 24, 49.7),
        (options_of(5), 120, 173.6),
        (choices(2, 2), 24, 49.7),
        # An order of three lines is never shown solved.
        (order(3, 0), 5, 18.5),
        (order(3, 1), 23, 48.3),
        (match(3, 1), 24, 49.7),
    ],
)
def test_shuffling_is_uniform(parts: dict[str, Any], cells: int, limit: float) -> None:
    asked = question(parts)
    counts = Counter(show(asked, f"seed-{n}").ids for n in range(SEEDS))
    assert len(counts) == cells
    assert chi_square(counts, cells) < limit


@pytest.mark.parametrize(
    "parts", [choice(), choices(4, 4), order(6, 2), match(4, 2), short(accept=["a"])]
)
def test_one_seed_gives_one_order_and_every_id_once(parts: dict[str, Any]) -> None:
    asked = question(parts)
    for seed in ("", "a", "learner/fact/1", "é"):
        found = show(asked, seed)
        assert found == show(asked, seed)
        assert found.seed == seed
        assert sorted(found.ids) == sorted(ids_of(parts))


def ids_of(parts: dict[str, Any]) -> list[str]:
    shown = [*parts.get("options", []), *parts.get("lines", []), *parts.get("match", [])]
    shown += parts.get("decoys", [])
    return [part["id"] for part in shown]


def test_options_that_are_ordered_quantities_keep_their_order() -> None:
    asked = question(choice(order="fixed"))
    assert {show(asked, str(n)).ids for n in range(100)} == {("right", "left", "middle")}


@pytest.mark.parametrize("decoys", [0, 1, 2])
def test_lines_never_stand_already_solved(decoys: int) -> None:
    asked = question(order(3, decoys))
    shown = {show(asked, str(n)).ids for n in range(2_000)}
    assert all(ids[:3] != ("l1", "l2", "l3") for ids in shown)
    if not decoys:
        assert shown == set(permutations(("l1", "l2", "l3"))) - {("l1", "l2", "l3")}


def test_a_typed_answer_shows_nothing_to_order() -> None:
    for parts in (short(accept=["a"]), output(), estimate(), faulty()):
        assert show(question(parts), "s") == Showing("s", ())


def test_the_code_of_an_output_stands_below_the_stem_in_a_fence_it_cannot_leave() -> None:
    assert above(question(choice())) == "Which one is it?"
    shown = above(question(output(code="a = '```'\n", language="python")))
    assert shown == "Which one is it?\n\n````python\na = '```'\n````\n"
