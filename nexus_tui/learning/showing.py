"""What is shown: the order of options, lines and right sides, seeded and kept in the fact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question


@dataclass(frozen=True)
class Showing:
    """Ids in the order shown, and the seed that made it.

    The right sides of a `match`; no ids for a typed answer and for lines of code.
    """

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
    if question.kind == "match":
        ids = [pair.id for pair in question.match]
        ids += [part.id for part in question.decoys]
        random.shuffle(ids)
        return Showing(seed, tuple(ids))
    return Showing(seed, ())


def above(question: Question) -> str:
    """The Markdown that stands above the answer: the stem, and the code whose output is asked.

    Where several may be right, it says so.
    """
    if question.kind == "choices":
        return f"{question.stem.rstrip()}\n\n*Several may be right.*\n"
    if question.kind == "line" and question.line.several:
        return f"{question.stem.rstrip()}\n\n*Several lines are asked for.*\n"
    if question.kind != "output":
        return question.stem
    code = question.output.code.rstrip("\n")
    longest = max((len(run) for run in re.findall("`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{question.stem.rstrip()}\n\n{fence}{question.output.language}\n{code}\n{fence}\n"
