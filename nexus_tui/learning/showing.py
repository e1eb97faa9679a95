"""The order in which options and lines are shown: uniform, seeded, kept in the fact."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question


@dataclass(frozen=True)
class Showing:
    """Ids in the order shown, and the seed that made it; no ids for a typed answer."""

    seed: str
    ids: tuple[str, ...]


def show(question: Question, seed: str) -> Showing:
    """Shuffle the options of `question` by `seed`.

    Options that are ordered quantities (`order: fixed`) keep their order. The lines of an
    `order` question never stand already solved.
    """
    random = Random(f"showing/{seed}")
    if question.kind == "choice" or question.kind == "choices":
        ids = [option.id for option in question.options]
        if question.order != "fixed":
            random.shuffle(ids)
        return Showing(seed, tuple(ids))
    if question.kind == "order":
        solved = [part.id for part in question.lines]
        ids = [*solved, *(part.id for part in question.decoys)]
        random.shuffle(ids)
        while ids[: len(solved)] == solved:
            random.shuffle(ids)
        return Showing(seed, tuple(ids))
    return Showing(seed, ())
