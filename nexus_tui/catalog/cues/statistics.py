"""Is a blind solver better, or worse, than chance? Exact statistics of one solver on a bank.

For item i with k options and choice probabilities p: S = Σ p(key); by chance, with the key equally
likely at each place, its mean is Σ 1/k and its variance Σ (mean of p² − 1/k²).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nexus_tui.catalog.cues.solvers import SOLVERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nexus_tui.catalog.cues.features import Item

ALPHA = 0.01
MARGIN = 0.05
"""The advantage over chance, as a share of the questions, that is let pass."""
NORMAL_FROM = 40
REDRAWS = 10_000
EQUIVALENCE_FROM = 900
_ONE_SIDED = 1.645


@dataclass(frozen=True)
class Outcome:
    """A solver on a group of questions. `advantage` is a share of them; `p` is two-sided."""

    solver: str
    items: int
    right: float
    chance: float
    sigma: float
    p: float
    significant: bool = False
    """By Holm's method over all solvers of the group."""

    @property
    def advantage(self) -> float:
        """Share of the questions answered right beyond, or below, chance."""
        return (self.right - self.chance) / self.items

    @property
    def fails(self) -> bool:
        """Significant and large; in a big bank also: not shown to be small."""
        if self.significant and abs(self.advantage) > MARGIN:
            return True
        if self.items < EQUIVALENCE_FROM:
            return False
        return abs(self.advantage) + _ONE_SIDED * self.sigma / self.items > MARGIN


def outcomes(items: Sequence[Item]) -> list[Outcome]:
    """Every solver on these questions, with Holm's correction over them."""
    found = {
        name: _outcome(name, [solve(item) for item in items], items)
        for name, solve in SOLVERS.items()
    }
    significant = holm({name: outcome.p for name, outcome in found.items()})
    return [replace(o, significant=name in significant) for name, o in found.items()]


def _outcome(name: str, chosen: list[list[float]], items: Sequence[Item]) -> Outcome:
    right = sum(p[item.key] for p, item in zip(chosen, items, strict=True))
    chance = sum(1 / len(p) for p in chosen)
    variance = sum(sum(x * x for x in p) / len(p) - 1 / len(p) ** 2 for p in chosen)
    sigma = math.sqrt(max(0.0, variance))
    if sigma < 1e-9:
        p_value = 1.0
    elif len(items) >= NORMAL_FROM:
        p_value = math.erfc(abs(right - chance) / sigma / math.sqrt(2))
    else:
        p_value = _redrawn(chosen, right - chance)
    return Outcome(name, len(items), right, chance, sigma, p_value)


def _redrawn(chosen: list[list[float]], difference: float) -> float:
    """Share of draws, keys put anywhere, that are at least as far from chance."""
    import numpy as np

    random = np.random.default_rng(4)
    total = np.zeros(REDRAWS)
    for p in chosen:
        total += np.asarray(p)[random.integers(0, len(p), REDRAWS)] - 1 / len(p)
    return float((1 + (abs(total) >= abs(difference) - 1e-9).sum()) / (1 + REDRAWS))


def holm(p_values: Mapping[str, float]) -> set[str]:
    """The names whose p stays significant at `ALPHA` with Holm's step-down correction."""
    found: set[str] = set()
    ordered = sorted(p_values, key=lambda name: p_values[name])
    for place, name in enumerate(ordered):
        if p_values[name] > ALPHA / (len(ordered) - place):
            break
        found.add(name)
    return found
