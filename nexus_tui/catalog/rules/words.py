"""Texts as the rules measure them: without markup, code apart from prose, words as stems."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FENCE = re.compile(
    r"^ {0,3}(?P<mark>`{3,}+|~{3,}+)(?P<info>[^`\n]*+)\n(?P<code>.*?)^ {0,3}(?P=mark)[ \t]*$\n?",
    re.MULTILINE | re.DOTALL,
)
# Each part ends at the next mark, so that no text makes this go back and forth.
_SPAN = re.compile(r"(?<!`)(?:`(?P<code>[^`]++)`|``(?P<more>(?:[^`]|`(?!`))++)``)(?!`)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(
    r"\*\*|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|(?<!\w)__?(?=\w)|(?<=\w)__?(?!\w)"
)
CODE = "\ufffc"
"""Stands in prose for a piece of code."""
_TOKEN = re.compile(rf"{CODE}|\d[\d.,:]*\d|\d|[^\W\d_][\w'’-]*")
_JOINING = frozenset({"and", "or", "then", "plus"})
_IDENTIFIER = re.compile(r"[A-Za-z]{2,}|\d+")

_COMMON = (
    "a about above after again against all also am an and any are as at be because been "
    "before being below between both but by can could did do does doing down during each few "
    "for from further had has have having he her here his how i if in into is it its just may "
    "me might more most must my no nor not now of off on once one only or other our out over "
    "own same she should so some such than that the their them then there these they this "
    "those through to too two under until up us very was we were what when where which while "
    "who whom why will with without would you your "
)
COMMON = frozenset(_COMMON.split())
"""Words that say nothing of the subject."""


@dataclass(frozen=True)
class Read:
    """A Markdown text taken apart."""

    prose: str
    """Without markup and fences; each piece of code in a line is `CODE`."""
    spans: tuple[str, ...]
    """The pieces of code that stand in lines of prose."""
    fences: tuple[tuple[str, str], ...]
    """Language and code of each fence."""

    @property
    def shown(self) -> str:
        """What the learner sees, in one line without marks: its length is that of the text."""
        spans = iter(self.spans)
        text = re.sub(CODE, lambda _: next(spans), self.prose)
        return " ".join(" ".join([text, *(code for _, code in self.fences)]).split())

    @property
    def code_only(self) -> bool:
        """Is there code, and no word of prose but those that join it?"""
        said = {word for word in _TOKEN.findall(self.prose.lower()) if word != CODE}
        return bool(self.spans or self.fences) and said <= _JOINING


@lru_cache(maxsize=65_536)
def read(text: str) -> Read:
    """Take a Markdown text apart."""
    text = text.replace(CODE, " ")
    fences = tuple(
        (found["info"].strip().partition(" ")[0], found["code"].rstrip("\n"))
        for found in _FENCE.finditer(text)
    )
    rest = _FENCE.sub("\n", text)
    spans = tuple(
        " ".join((found["code"] or found["more"]).split()) for found in _SPAN.finditer(rest)
    )
    prose = _EMPHASIS.sub("", _LINK.sub(r"\1", _SPAN.sub(CODE, rest)))
    return Read(prose.strip(), spans, fences)


def length(text: str) -> int:
    """Characters that the learner sees."""
    return len(read(text).shown)


@lru_cache(maxsize=65_536)
def tokens(text: str) -> tuple[str, ...]:
    """Words of prose in lower case, numbers, and each piece of code as one token."""
    found = read(text)
    spans = iter(found.spans)
    words = [
        f"`{next(spans)}`" if word == CODE else word.lower().replace("’", "'")
        for word in _TOKEN.findall(found.prose)
    ]
    return (*words, *(f"`{code}`" for _, code in found.fences))


@lru_cache(maxsize=65_536)
def parts(text: str) -> tuple[str, ...]:
    """As `tokens`, but code falls into its names and numbers."""
    found: list[str] = []
    for token in tokens(text):
        found += _IDENTIFIER.findall(token.lower()) if token[0] == "`" else [token]
    return tuple(found)


def spoken(text: str) -> list[str]:
    """The words of prose alone, in lower case."""
    return [token for token in tokens(text) if token[0].isalpha()]


def content(text: str) -> frozenset[str]:
    """Stems of the words of prose that say something of the subject."""
    return frozenset(stem(word) for word in spoken(text) if word not in COMMON and len(word) > 2)


_ENDINGS = ("ations", "ation", "ings", "ing", "ions", "ion", "ers", "edly", "ed", "ies", "es")


@lru_cache(maxsize=16_384)
def stem(word: str) -> str:
    """A word without its ending, so that `index`, `indexes` and `indexing` are one."""
    word = word.partition("'")[0]
    for ending in (*_ENDINGS, "er", "ly", "e", "y", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word.removesuffix(ending)
            break
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word


def jaccard(one: Iterable[str], other: Iterable[str]) -> float:
    """The share of tokens that two texts have in common, 0 to 1."""
    left, right = set(one), set(other)
    return len(left & right) / len(left | right) if left or right else 0.0


class Vector(NamedTuple):
    """How often each token stands in a text, and the length of that as a vector."""

    counts: Mapping[str, int]
    norm: float


@lru_cache(maxsize=65_536)
def vector(text: str) -> Vector:
    """The plain counts of the `parts` of a text."""
    counts = Counter(parts(text))
    return Vector(counts, math.sqrt(sum(count * count for count in counts.values())))


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are, 0 to 1."""
    few, many = sorted((one.counts, other.counts), key=len)
    product = sum([few[token] * many[token] for token in few.keys() & many.keys()])
    return product / (one.norm * other.norm) if product else 0.0


def sentences(text: str) -> list[str]:
    """The sentences of the prose, each in one line, with the code that stands in them."""
    found = read(text)
    spans = iter(found.spans)
    whole = re.split(r"(?<=[.?!])[)\"'”]*\s+|\n\s*\n", found.prose)
    joined = [re.sub(CODE, lambda _: f"`{next(spans)}`", " ".join(s.split())) for s in whole]
    return [sentence for sentence in joined if sentence]
