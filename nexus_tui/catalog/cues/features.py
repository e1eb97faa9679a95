"""What somebody who knows nothing of the subject sees of the options of a question."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import words
from nexus_tui.catalog.rules.wording import ABSOLUTE, HEDGES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nexus_tui.catalog.models import Option

_CLAUSE = re.compile(r"\b(because|when|if|which|that|so|unless|while|but)\b|[,;:]")
_SPECIFIC = re.compile(r"\d|\b[A-Z]{2,}\b")
_OF_ABOVE = re.compile(r"\b(all|none|both) of (the above|these|them)\b", re.IGNORECASE)
_VERB = re.compile(r"(ed|ing|s)$")

NAMES = (
    "length",
    "words",
    "qualified",
    "hedged",
    "absolutes",
    "overlap",
    "convergence",
    "specific",
    "form",
    "grammar",
    "of the above",
    "unlike wrong ones",
)
"""The features of an option; more of it makes a blind reader choose it, save of `absolutes`."""


@dataclass(frozen=True)
class Item:
    """A question with options as a blind reader has it."""

    topic: str
    track: str
    id: str
    keys: tuple[bool, ...]
    features: tuple[tuple[float, ...], ...]
    """For each option, one figure for each of `NAMES`."""
    fixed: bool

    @property
    def key(self) -> int:
        """The place of the (first) right option."""
        return self.keys.index(True)


@dataclass
class Reader:
    """Reads the questions of one topic in their order, and remembers what was wrong there."""

    wrong: list[frozenset[str]] = field(default_factory=list)

    def read(self, stem: str, options: Sequence[Option]) -> tuple[tuple[float, ...], ...]:
        """The features of `options`; afterwards their wrong ones count as seen."""
        texts = [option.text for option in options]
        asked, contents = words.content(stem), [words.content(text) for text in texts]
        columns: list[Iterable[float]] = [
            [words.length(text) for text in texts],
            [len(words.tokens(text)) for text in texts],
            _count(texts, lambda text: len(_CLAUSE.findall(text)) + len(HEDGES.findall(text))),
            _count(texts, lambda text: len(HEDGES.findall(text))),
            _count(texts, lambda text: len(ABSOLUTE.findall(text))),
            [len(asked & content) for content in contents],
            [_shared(n, contents) for n in range(len(texts))],
            _count(texts, lambda text: len(_SPECIFIC.findall(text)) + text.count("`") / 2),
            _rare([_form(text) for text in texts]),
            _common([_beginning(text) for text in texts]),
            [float(bool(_OF_ABOVE.search(text))) for text in texts],
            [-max((words.jaccard(c, w) for w in self.wrong), default=0.0) for c in contents],
        ]
        self.wrong += [c for c, o in zip(contents, options, strict=True) if not o.correct]
        return tuple(zip(*map(tuple, columns), strict=True))


def _count(texts: Sequence[str], count: Callable[[str], float]) -> list[float]:
    return [float(count(text)) for text in texts]


def _shared(place: int, contents: Sequence[frozenset[str]]) -> float:
    """How much an option has in common with the others, summed over them."""
    return sum(words.jaccard(contents[place], c) for n, c in enumerate(contents) if n != place)


def _form(text: str) -> str:
    """The outer form: code or prose, first letter, full stop, a list of things or not."""
    read = words.read(text)
    capital = text[:1].isupper()
    return f"{read.code_only}/{bool(read.spans)}/{capital}/{text.endswith('.')}/{',' in text}"


def _beginning(text: str) -> str:
    """A stand-in for the part of speech of the first word: its ending, or that it is code."""
    first = words.tokens(text)[:1]
    if not first or first[0][0] == "`":
        return "code"
    ending = _VERB.search(first[0])
    return ending[0] if ending else ("common" if first[0] in words.COMMON else "word")


def _rare(forms: Sequence[str]) -> list[float]:
    counts = Counter(forms)
    return [-float(counts[form]) for form in forms]


def _common(forms: Sequence[str]) -> list[float]:
    counts = Counter(forms)
    return [float(counts[form]) for form in forms]
