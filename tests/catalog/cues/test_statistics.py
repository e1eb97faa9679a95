"""The bar must catch a bank with a cue, and let a fair one pass."""

from __future__ import annotations

import random
from itertools import product

import pytest

from nexus_tui.catalog.cues import ensemble, others, solvers, statistics
from nexus_tui.catalog.cues.features import NAMES, Item

PERMUTATIONS = 100
"""The fewest by which a p below .01 can be had."""


def bank(count: int, *, cue: str | None = None, share: float = 1.0, seed: int = 0) -> list[Item]:
    """Questions of four options with random features; in `share` of them the key has most `cue`."""
    draw = random.Random(f"{count}/{cue}/{seed}")
    items = []
    for n in range(count):
        rows = [tuple(draw.random() for _ in NAMES) for _ in range(4)]
        key = draw.randrange(4)
        if cue is not None and draw.random() < share:
            values = [row[NAMES.index(cue)] for row in rows]
            key = values.index(max(values))
        keys = tuple(o == key for o in range(4))
        items.append(Item(f"topic-{n % 10}", "track", f"q{n}", keys, tuple(rows), fixed=False))
    return items


@pytest.mark.parametrize("count", [30, 200])
@pytest.mark.parametrize(("cue", "solver"), [("length", "longest"), ("overlap", "stem overlap")])
def test_a_bank_whose_key_shows_a_cue_fails(count: int, cue: str, solver: str) -> None:
    failed = {o.solver for o in statistics.outcomes(bank(count, cue=cue)) if o.fails}
    assert solver in failed


def test_a_bank_whose_key_is_never_the_longest_fails_too() -> None:
    items = []
    for item in bank(200):
        lengths = [row[0] for row in item.features]
        shortest = lengths.index(min(lengths))
        keys = tuple(n == shortest for n in range(4))
        items.append(Item(item.topic, "track", item.id, keys, item.features, fixed=False))
    failed = {o.solver: o.advantage for o in statistics.outcomes(items) if o.fails}
    assert failed["longest"] < 0 < failed["shortest"]


@pytest.mark.parametrize(("count", "seed"), list(product([30, 200, 600], range(3))))
def test_a_fair_bank_passes(count: int, seed: int) -> None:
    assert [o.solver for o in statistics.outcomes(bank(count, seed=seed)) if o.fails] == []


def test_chance_and_variance_are_those_of_the_formula() -> None:
    rows = tuple((float(n),) * len(NAMES) for n in range(4))
    items = [
        Item("t", "t", "a", (False, False, False, True), rows, fixed=False),
        Item("t", "t", "b", (True, False, False), rows[:3], fixed=False),
    ]
    longest = next(o for o in statistics.outcomes(items) if o.solver == "longest")
    assert longest.right == 1
    assert longest.chance == pytest.approx(1 / 4 + 1 / 3)
    assert longest.sigma**2 == pytest.approx(1 / 4 - 1 / 16 + 1 / 3 - 1 / 9)


def test_a_tie_splits_the_vote() -> None:
    rows = ((1.0,) * len(NAMES), (1.0,) * len(NAMES), (0.0,) * len(NAMES))
    item = Item("t", "t", "a", (True, False, False), rows, fixed=False)
    assert solvers.SOLVERS["longest"](item) == [0.5, 0.5, 0.0]
    assert solvers.SOLVERS["avoid the longest"](item) == [0.0, 0.0, 1.0]


def test_the_place_of_the_key_counts_only_where_places_are_fixed() -> None:
    rows = ((0.0,) * len(NAMES),) * 3
    free = Item("t", "t", "a", (True, False, False), rows, fixed=False)
    fixed = Item("t", "t", "a", (True, False, False), rows, fixed=True)
    assert solvers.SOLVERS["place 1"](free) == pytest.approx([1 / 3] * 3)
    assert solvers.SOLVERS["place 1"](fixed) == [1.0, 0.0, 0.0]


def test_holm_stops_at_the_first_that_is_not_significant() -> None:
    assert statistics.holm({"a": 0.001, "b": 0.0049, "c": 0.02}) == {"a", "b"}
    assert statistics.holm({"a": 0.004, "b": 0.0049, "c": 0.5}) == set()


def test_a_large_bank_must_be_shown_to_be_fair() -> None:
    outcome = statistics.Outcome("longest", 1000, 290, 250, 13.7, 0.5)
    assert outcome.fails
    assert not statistics.Outcome("longest", 800, 232, 200, 12.0, 0.5).fails


def test_cues_that_only_help_together_are_found() -> None:
    weak = bank(300, cue="length", share=0.35) + bank(300, cue="overlap", share=0.35)
    assert (found := ensemble.ensemble(weak, PERMUTATIONS)) is not None
    assert found.fails and found.accuracy > found.chance


def test_the_ensemble_learns_nothing_from_a_fair_bank() -> None:
    assert (found := ensemble.ensemble(bank(300), PERMUTATIONS)) is not None
    assert not found.fails
    assert found.chance == pytest.approx(0.25)


def test_where_all_options_look_alike_the_ensemble_is_right_by_chance_only() -> None:
    rows = ((0.0,) * len(NAMES),) * 4
    first = (True, False, False, False)
    alike = [Item(f"t{n % 10}", "t", str(n), first, rows, fixed=False) for n in range(200)]
    assert (found := ensemble.ensemble(alike, 5)) is not None
    assert found.accuracy == pytest.approx(0.25)


def test_too_few_questions_teach_the_ensemble_nothing() -> None:
    assert ensemble.ensemble(bank(ensemble.FROM - 1)) is None


def test_an_area_says_how_well_a_feature_tells_right_from_wrong() -> None:
    items = []
    for n, item in enumerate(bank(60)):
        lengths = [row[0] for row in item.features]
        keys = tuple(length in sorted(lengths)[2:] for length in lengths)
        items.append(Item("t", "t", f"q{n}", keys, item.features, fixed=False))
    found = {area.feature: area for area in others.areas(items)}
    assert found["length"].area == 1.0 and found["length"].fails
    assert not found["overlap"].fails


def test_the_commonest_short_answer_counts_each_question_once() -> None:
    text, share = others.commonest([["200", " 200"], ["200"], ["409"], ["yes"]])
    assert (text, share) == ("200", 0.5)
