"""Styled text broken into rows, at spaces where it can be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LEAST = 8
"""Cells that a row keeps beside its indent."""
_WORD = re.compile(r"^ +|[^ ]+ *(?:· +)?")
"""A word with the spaces that follow it, and a dot between things: no row begins with that.
Leading spaces are a word of their own."""


def wrap(segments: Sequence[Segment], first: int, others: int, indent: int) -> list[list[Segment]]:
    """Break at spaces: the first row has `first` cells, the `others` theirs.

    A word longer than its row is cut, after a slash or a hyphen where it has one, never dropped.
    """
    text = "".join(segment.text for segment in segments)
    first, others = max(1, first), max(1, others)
    if cell_len(text) <= first:
        return [list(segments)]
    indent = min(indent, max(0, others - _LEAST))
    rows: list[list[Segment]] = [[]]
    breaks = [*_breaks(text, first, others, indent), len(text)]
    place = 0
    for segment in segments:
        left = segment.text
        while place + len(left) > (end := breaks[len(rows) - 1]):
            if place < end:
                rows[-1].append(Segment(left[: end - place], segment.style))
            rows.append([Segment(" " * indent)] if indent else [])
            place, left = end, left[end - place :]
        rows[-1].append(Segment(left, segment.style))
        place += len(left)
    return rows


def _breaks(text: str, first: int, others: int, indent: int) -> Iterator[int]:
    """Where each row but the first begins in `text`."""
    used, width = 0, first
    for word in _WORD.finditer(text):
        place, left = word.start(), word[0]
        if used > indent and used + cell_len(left.rstrip()) > width:
            yield place
            used, width = indent, others
        while used + cell_len(left.rstrip()) > width:
            head = _head(left, width - used)
            place, left = place + head, left[head:]
            yield place
            used, width = indent, others
        used += cell_len(left)


def fitting(word: str, cells: int) -> int:
    """How many characters of `word` stand in `cells`; at least one."""
    place = 1
    while place < len(word) and cell_len(word[: place + 1]) <= cells:
        place += 1
    return place


def _head(word: str, cells: int) -> int:
    """`fitting`, but a path is cut between its names and a compound between its words."""
    head = word[: fitting(word, cells)]
    return head.rfind("/", 1) + 1 or head.rfind("-", 1) + 1 or len(head)
