"""Full-text search over all content; what a learner types is never query syntax."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nexus_tui.catalog.catalog import Catalog

_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*|[^\W_]+")
_STOP = {"a", "an", "and", "for", "in", "is", "of", "on", "or", "the", "to", "with"}
_RANK = {"topic": 2.0, "lesson": 1.3, "programme": 0.4, "question": 0.7}
"""How much a hit of a kind counts: the topic first, the programme's own text last."""


_OF_ONE = 2


class Hit(NamedTuple):
    """Something found. `section` is the index of the section that `heading` names."""

    kind: str
    key: str
    section: int
    title: str
    heading: str
    snippet: str
    score: float


def search(catalog: Catalog, text: str, limit: int = 20) -> list[Hit]:
    """The best hits for `text`: first those with all its words, then those with any.

    The last word may be unfinished. Questions are found by their stem only.
    """
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    if not words:
        words = _WORD.findall(text.lower())
    if not words:
        return []
    hits = _find(catalog, " ".join(_terms(words)), limit)
    if len(words) > 1 and len(hits) < limit:
        known = {(hit.kind, hit.key, hit.section) for hit in hits}
        more = _find(catalog, " OR ".join(_terms(words)), limit)
        hits += [hit for hit in more if (hit.kind, hit.key, hit.section) not in known]
    return hits[:limit]


def _terms(words: list[str]) -> list[str]:
    """Quoted, so that `c++`, `print()` or `x-y` are words and no syntax."""
    return [*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*']


def _find(catalog: Catalog, match: str, limit: int) -> list[Hit]:
    rows = catalog.query(
        "SELECT kind, key, section, title, heading,"
        " snippet(words, 5, '', '', '…', 18), bm25(words, 0, 0, 0, 8, 5, 1, 2) AS score"
        " FROM words WHERE words MATCH ? ORDER BY score LIMIT ?",
        (match, 4 * limit),
    )
    hits = [
        Hit(
            kind,
            key,
            section,
            title,
            heading,
            " ".join(snippet.split()),
            -score * _RANK.get(kind, 1.0),
        )
        for kind, key, section, title, heading, snippet, score in rows
    ]
    return _varied(sorted(hits, key=lambda hit: -hit.score))[:limit]


def _varied(hits: list[Hit]) -> list[Hit]:
    """At most two hits of one topic before those of others: one long lesson hides nothing."""
    seen: Counter[str] = Counter()
    first: list[Hit] = []
    more: list[Hit] = []
    for hit in hits:
        topic = hit.key.rpartition("/")[0] if hit.kind == "question" else hit.key
        seen[topic] += 1
        (first if seen[topic] <= _OF_ONE else more).append(hit)
    return first + more
