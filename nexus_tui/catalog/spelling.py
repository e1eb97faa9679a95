"""The word that a mistyped one was meant for, out of those that the content uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]{3,}")
_SHORTEST = 4
"""Letters of a word that is corrected: shorter ones are near to everything."""
_LONG = 8
"""Letters from which on a word may have two mistakes."""
_UNFINISHED = 6
"""Letters from which on a mistyped beginning of a word is known for it."""


class Word(NamedTuple):
    """A word of the content, the set of its letters as bits, and how often it stands there."""

    text: str
    letters: int
    uses: int


def letters(text: str) -> int:
    """The letters of a word as bits; some share one."""
    found = 0
    for character in text:
        found |= 1 << (ord(character) & 31)
    return found


def nearest(word: str, vocabulary: Iterable[Word], *, unfinished: bool = False) -> str | None:
    """The word of `vocabulary` that `word` is nearest to, the commoner of two.

    One mistake is forgiven, in a long word two: a letter left out, put in, mistaken, or two of
    them swapped. With `unfinished`, the word may be the beginning of one. None where nothing is
    near enough, and for what is short or no plain word, such as `http2`.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    allowed = 2 if len(word) >= _LONG else 1
    mine = letters(word)
    begun = unfinished and len(word) >= _UNFINISHED
    best: tuple[bool, int, bool, int, str] | None = None
    for known in vocabulary:
        if (mine & ~known.letters).bit_count() > allowed or len(known.text) < len(word) - allowed:
            continue
        longer = len(known.text) > len(word) + allowed
        if longer and not begun:
            continue
        whole, beginning = distances(word, known.text, allowed)
        if whole > allowed and not (begun and beginning <= allowed):
            continue
        other = known.text[0] != word[0]
        begins = whole > allowed
        found = (begins, beginning if begins else whole, other, -known.uses, known.text)
        best = found if best is None else min(best, found)
    return best[-1] if best else None


def distances(word: str, other: str, most: int) -> tuple[int, int]:
    """The mistakes between two words, and those between `word` and a beginning of `other`.

    Damerau and Levenshtein's, where no part is changed twice; of the beginnings the nearest.
    Beyond `most` only that there are more is said.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for y, letter in enumerate(word, 1):
        last, row, before_last = row, [y], before
        for x, there in enumerate(other, 1):
            cost = min(last[x] + 1, row[x - 1] + 1, last[x - 1] + (letter != there))
            if y > 1 and x > 1 and letter == other[x - 2] and word[y - 2] == there:
                cost = min(cost, before_last[x - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1, most + 1
        before = last
    return row[-1], min(row)
