"""Cues of the kinds with more than one right option, or with none to choose from."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.catalog.cues.features import NAMES
from nexus_tui.catalog.cues.statistics import holm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.cues.features import Item

BAND = 0.05
"""How far from ½ the area under the curve of a cue may lie."""
SHORT_FROM = 100
SAME = 0.02


@dataclass(frozen=True)
class Area:
    """How well one feature tells right options from wrong ones, 0 to 1; ½ is not at all."""

    feature: str
    area: float
    fails: bool


def areas(items: Sequence[Item]) -> list[Area]:
    """For each feature the share of (right, wrong) pairs in one question that it orders rightly.

    It fails when it lies outside the band and that is no chance (Holm over the features).
    """
    found, p_values = {}, {}
    for place, name in enumerate(NAMES):
        wins, pairs, variance = 0.0, 0, 0.0
        for item in items:
            values = [row[place] for row in item.features]
            right = [v for v, key in zip(values, item.keys, strict=True) if key]
            wrong = [v for v, key in zip(values, item.keys, strict=True) if not key]
            wins += sum((r > w) + (r == w) / 2 for r in right for w in wrong)
            pairs += len(right) * len(wrong)
            # Mann and Whitney 1947: the variance of the number of wins, without ties.
            variance += len(right) * len(wrong) * (len(values) + 1) / 12
        area = wins / pairs if pairs else 0.5
        found[name] = area
        z = abs(wins - pairs / 2) / math.sqrt(variance) if variance else 0.0
        p_values[name] = math.erfc(z / math.sqrt(2))
    certain = holm(p_values)
    return [Area(n, a, n in certain and abs(a - 0.5) > BAND) for n, a in found.items()]


def commonest(accepted: Sequence[Sequence[str]]) -> tuple[str, float]:
    """The string that is accepted by most short questions, and by which share of them."""
    counts = Counter(text for texts in accepted for text in {t.strip().lower() for t in texts})
    if not counts:
        return "", 0.0
    text, count = counts.most_common(1)[0]
    return text, count / len(accepted)
