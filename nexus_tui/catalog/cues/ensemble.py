"""All cues together: a conditional logit learnt on some topics and tried on the others.

The utility of an option is linear in its features, standardised within its question; the choice
among the options follows the softmax (McFadden 1974). L2 keeps the weights small.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nexus_tui.catalog.cues.statistics import ALPHA, EQUIVALENCE_FROM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.cues.features import Item

FOLDS = 5
PERMUTATIONS = 500
FROM = 100
"""Fewer questions teach it nothing."""
MARGIN = 0.03
_RIDGE = 4.0
_STEPS = 8
_ALIKE = 1e-9
"""Scores that differ by less are the same."""


@dataclass(frozen=True)
class Ensemble:
    """Share of questions that it answers right on topics it did not learn from."""

    items: int
    accuracy: float
    chance: float
    p: float
    """Share of banks with keys put anywhere that it does as well on."""

    @property
    def fails(self) -> bool:
        """Better than chance; in a big bank also: by more than `MARGIN`."""
        big = self.items >= EQUIVALENCE_FROM and self.accuracy > self.chance + MARGIN
        return self.p < ALPHA or big


def ensemble(items: Sequence[Item], permutations: int = PERMUTATIONS) -> Ensemble | None:
    """Learn and try it; None where there are too few questions or topics."""
    import numpy as np

    topics = sorted({item.topic for item in items})
    if len(items) < FROM or len(topics) < FOLDS:
        return None
    most = max(len(item.keys) for item in items)
    shape = (len(items), most, len(items[0].features[0]))
    x, there = np.zeros(shape), np.zeros(shape[:2], dtype=bool)
    for n, item in enumerate(items):
        raw = np.asarray(item.features)
        spread = raw.std(axis=0)
        x[n, : len(raw)] = (raw - raw.mean(axis=0)) / np.where(spread > 0, spread, 1)
        there[n, : len(raw)] = True
    fold = np.asarray([topics.index(item.topic) % FOLDS for item in items])
    keys = np.asarray([item.key for item in items])
    counts = there.sum(axis=1)
    accuracy = _tried(x, there, fold, keys)
    random = np.random.default_rng(4)
    as_good = sum(
        _tried(x, there, fold, random.integers(0, counts)) >= accuracy for _ in range(permutations)
    )
    chance = float((1 / counts).mean())
    return Ensemble(len(items), accuracy, chance, (1 + as_good) / (1 + permutations))


def _tried(x: Any, there: Any, fold: Any, keys: Any) -> float:
    """Share of right answers, each by weights learnt on the other folds.

    Of options that look alike it takes each as often: the key stands first in most files.
    """
    right = 0.0
    for n in range(FOLDS):
        out = fold == n
        weights = _learnt(x[~out], there[~out], keys[~out])
        scores = x[out] @ weights
        scores[~there[out]] = -1e9
        best = scores >= scores.max(axis=1, keepdims=True) - _ALIKE
        right += float((best[range(len(best)), keys[out]] / best.sum(axis=1)).sum())
    return right / len(keys)


def _learnt(x: Any, there: Any, keys: Any) -> Any:
    """Newton's method on the penalised log-likelihood."""
    import numpy as np

    features = x.shape[2]
    weights = np.zeros(features)
    chosen = x[np.arange(len(keys)), keys].sum(axis=0)
    for _ in range(_STEPS):
        scores = np.where(there, x @ weights, -1e9)
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        mean = np.einsum("no,nof->nf", p, x)
        gradient = chosen - mean.sum(axis=0) - _RIDGE * weights
        weighted = (x * p[:, :, None]).reshape(-1, features)
        hessian = weighted.T @ x.reshape(-1, features) - mean.T @ mean
        step = np.linalg.solve(hessian + _RIDGE * np.eye(features), gradient)
        weights = weights + step
        if abs(step).max() < 1e-4:
            break
    return weights
