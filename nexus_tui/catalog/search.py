"""Full-text search over all content; what a learner types is never query syntax."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from nexus_tui.catalog.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from nexus_tui.catalog.catalog import Catalog

_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*|[^\W_]+")
_ASIDE = """
    a am an and are as at be but by can could did do does for from had has have how i if in is it
    its me my of on or our should that the their there these this those to was we were what when
    where which who why will with would you your
"""
_STOP = frozenset(_ASIDE.split())
"""Words of a question that say nothing of what is looked for, left out where others are there."""
_RANK = {"topic": 2.0, "lesson": 1.3, "programme": 0.4, "question": 0.5}
"""How much a hit of a kind counts: the topic first, the programme's own text last."""
_NAMED = 1.5
"""How much more counts what has all the words in its name."""
_BEGINNING = 3
"""Letters of a word from which on it may be the beginning of one in a name."""

_OF_ONE = 2
_CORRECTED = 12
"""Words of a search that are corrected; who pastes a page has not mistyped it."""
_ENDS = (".", "!", "?", ":", ";", ",", "…")
_BEGIN, _END = "\x02", "\x03"
"""Around what was found, in a snippet as the index gives it."""


class Hit(NamedTuple):
    """Something found. `section` is the index of the section that `heading` names.

    In a checklist it is the number of an item, from 1 on. `marks` are the (first, last + 1)
    characters of the snippet that were looked for.
    """

    kind: str
    key: str
    section: int
    title: str
    heading: str
    snippet: str
    score: float
    marks: tuple[tuple[int, int], ...] = ()


def search(catalog: Catalog, text: str, limit: int = 20) -> list[Hit]:
    """The best hits for `text`: first those with all its words, then those with any.

    The last word may be unfinished. Questions are found by their stem only.
    """
    words = [word for word in _WORD.findall(text.lower()) if word not in _STOP]
    if not words:
        words = _WORD.findall(text.lower())
    if not words:
        return []
    hits = _find(catalog, words, " ", limit)
    if len(words) > 1 and len(hits) < limit:
        known = {(hit.kind, hit.key, hit.section) for hit in hits}
        more = _find(catalog, words, " OR ", limit)
        hits += [hit for hit in more if (hit.kind, hit.key, hit.section) not in known]
    return hits[:limit]


def corrected(catalog: Catalog, text: str, known: Callable[[str], bool] | None = None) -> str:
    """`text` with each word that is nowhere, nor `known`, replaced by the one it is nearest to.

    The last word may be unfinished. What is near to nothing stays as it is.
    """
    found = list(_WORD.finditer(text.lower()))
    if len(found) > _CORRECTED or len(text.lower()) != len(text):
        return text
    for number, match in reversed(list(enumerate(found, 1))):
        word, last = match[0], number == len(found)
        if _is_found(catalog, word) or (known is not None and known(word)):
            continue
        meant = nearest(word, catalog.vocabulary(), unfinished=last)
        if meant is not None:
            text = text[: match.start()] + meant + text[match.end() :]
    return text


def _is_found(catalog: Catalog, word: str) -> bool:
    """Is a word, or one that begins with it, anywhere?"""
    sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
    return bool(catalog.query(sql, (f'"{word}"*',)))


def _terms(words: list[str]) -> list[str]:
    """Quoted, so that `c++`, `print()` or `x-y` are words and no syntax."""
    return [*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*']


def _find(catalog: Catalog, words: list[str], joint: str, limit: int) -> list[Hit]:
    rows = catalog.query(
        "SELECT kind, key, section, title, heading,"
        " snippet(words, 5, char(2), char(3), '…', 18), rank FROM words WHERE words MATCH ?"
        # By its own rank, FTS5 makes snippets only of what is within the limit.
        " AND rank MATCH 'bm25(0, 0, 0, 8, 5, 1, 2)' ORDER BY rank LIMIT ?",
        (joint.join(_terms(words)), 4 * limit),
    )
    hits = [
        Hit(
            kind,
            key,
            section,
            title,
            heading,
            *_marked(_in_one_line(snippet), -score * _RANK.get(kind, 1.0)),
        )
        for kind, key, section, title, heading, snippet, score in rows
    ]
    begins = [re.compile(_beginning(word)) for word in words]
    hits = [
        hit._replace(score=hit.score * (_NAMED if _is_named(hit, begins) else 1)) for hit in hits
    ]
    return _varied(sorted(hits, key=lambda hit: -hit.score))[:limit]


def _beginning(word: str) -> str:
    end = "" if len(word) >= _BEGINNING else r"\b"
    return rf"\b{re.escape(word)}{end}"


def _is_named(hit: Hit, begins: list[re.Pattern[str]]) -> bool:
    """Is its heading, or at its first page its title, named by all the words?"""
    name = hit.heading.lower() if hit.section else f"{hit.title} {hit.heading}".lower()
    return hit.kind != "question" and all(word.search(name) for word in begins)


def _in_one_line(snippet: str) -> str:
    """The lines of a snippet, told apart where no sign at the end of one does it."""
    text = ""
    for row in snippet.split("\n"):
        words = " ".join(row.split())
        if words:
            between = "" if not text else " " if text.endswith(_ENDS) else " · "
            text += between + words
    return text


def _marked(snippet: str, score: float) -> tuple[str, float, tuple[tuple[int, int], ...]]:
    """A snippet without the signs around what was found, and where that stands in it."""
    text, marks = "", list[tuple[int, int]]()
    for piece in snippet.split(_BEGIN):
        hit, sign, rest = piece.partition(_END)
        if sign:
            marks.append((len(text), len(text) + len(hit)))
        text += hit + rest
    return text, score, tuple(marks)


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
