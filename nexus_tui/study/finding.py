"""Search over all content and the learner's own notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from nexus_tui.catalog.links import titled
from nexus_tui.catalog.markdown import plain
from nexus_tui.catalog.search import Hit, corrected, search
from nexus_tui.progress.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.catalog.catalog import Catalog
    from nexus_tui.progress.history import History, NoteRow

_WORD = re.compile(r"\w+")
LIMIT = 20
"""Hits that are shown, where nothing else is said."""
_NOTES = 3
"""Notes that stand before what content holds."""
_AROUND = 60
"""Characters of a note that are shown before and after what was found."""


class Found(NamedTuple):
    """What was found, best first; `shown_for` are the words meant, where some were mistyped."""

    hits: list[Hit]
    shown_for: str | None
    more: bool
    """Is there more than what was asked for?"""


def find(catalog: Catalog, history: History | None, text: str, limit: int = LIMIT) -> Found:
    """The notes with all the words of `text`, then what content holds of them; never an answer."""
    try:
        notes = history.notes() if history is not None else {}
    except StoreError:  # which Today says
        notes = {}

    def noted(word: str) -> bool:
        begins = _begins(word)
        return any(begins.search(note.text) for note in notes.values())

    meant = corrected(catalog, text, noted)
    found = _in_notes(notes, catalog.titles(), meant) if notes else ()
    hits = [*found, *search(catalog, meant, limit + 1)]
    return Found(hits[:limit], meant if meant != text else None, len(hits) > limit)


def _in_notes(notes: Mapping[str, NoteRow], titles: Mapping[str, str], text: str) -> Iterator[Hit]:
    """Notes in which each word of `text` begins a word, the one written last first."""
    words = [_begins(word) for word in _WORD.findall(text)]
    if not words:
        return
    count = 0
    for topic, note in notes.items():
        text = titled(note.text, topic, titles)
        if topic not in titles or not all(word.search(text) for word in words):
            continue
        shown = " ".join(plain(text).split())
        if count < _NOTES and all(word.search(shown) for word in words):
            count += 1
            yield _note_hit(topic, titles[topic], shown, words)


def _begins(word: str) -> re.Pattern[str]:
    """A word that begins with `word`."""
    return re.compile(rf"\b{re.escape(word)}\w*", re.IGNORECASE)


def _note_hit(topic: str, title: str, text: str, words: list[re.Pattern[str]]) -> Hit:
    places = sorted(match.span() for word in words for match in word.finditer(text))
    first = places[0][0]
    start = text.rfind(" ", 0, max(0, first - _AROUND)) + 1
    end = text.find(" ", first + _AROUND)
    end = len(text) if end < 0 else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    move = len(before) - start
    marks = tuple((a + move, b + move) for a, b in places if start <= a and b <= end)
    return Hit("note", topic, 0, title, "", f"{before}{text[start:end]}{after}", 1.0, marks)
