"""Blind solvers: each gives every option of a question the chance that it chooses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.cues.features import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nexus_tui.catalog.cues.features import Item

    Solver = Callable[[Item], list[float]]

_MOST = {
    "longest": "length",
    "most words": "words",
    "most qualified": "qualified",
    "hedged": "hedged",
    "stem overlap": "overlap",
    "convergence": "convergence",
    "most specific": "specific",
    "odd one out": "form",
    "fits the grammar": "grammar",
    "all of the above": "of the above",
    "unlike wrong ones": "unlike wrong ones",
}
_LEAST = {"shortest": "length", "avoid absolutes": "absolutes"}
FAMILIES = (
    ("longest", "most words"),
    ("shortest",),
    ("most qualified", "hedged"),
    ("stem overlap",),
    ("convergence",),
    ("most specific",),
    ("odd one out", "fits the grammar"),
    ("unlike wrong ones",),
)
"""Solvers of one family look at nearly the same thing: together they count once."""
PLACES = 4


def evenly(chosen: Sequence[bool]) -> list[float]:
    """One vote, split evenly among what was chosen; among all when nothing was."""
    if not any(chosen):
        chosen = [True] * len(chosen)
    return [c / sum(chosen) for c in chosen]


def _most(name: str, sign: int) -> Solver:
    place = NAMES.index(name)

    def solve(item: Item) -> list[float]:
        values = [sign * row[place] for row in item.features]
        return evenly([value == max(values) for value in values])

    return solve


def _not_longest(item: Item) -> list[float]:
    lengths = [row[0] for row in item.features]
    return evenly([length < max(lengths) for length in lengths])


def _place(place: int) -> Solver:
    """The option at one place; only where the places are fixed, else anyone is as good."""

    def solve(item: Item) -> list[float]:
        count = len(item.keys)
        return evenly([item.fixed and n == min(place, count - 1) for n in range(count)])

    return solve


SOLVERS: dict[str, Solver] = {
    **{name: _most(feature, 1) for name, feature in _MOST.items()},
    **{name: _most(feature, -1) for name, feature in _LEAST.items()},
    "avoid the longest": _not_longest,
    **{f"place {place + 1}": _place(place) for place in range(PLACES)},
}


def agreeing(item: Item) -> list[str]:
    """One solver of each family that chooses the key and nothing else."""
    found = []
    for family in FAMILIES:
        sure = [name for name in family if SOLVERS[name](item)[item.key] == 1.0]
        found += sure[:1]
    return found
