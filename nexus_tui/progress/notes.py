"""Notes and bookmarks: what was said last of a topic or a heading holds."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from nexus_tui.progress.payloads import BookmarkPayload, NotePayload
from nexus_tui.progress.statements import keeping

if TYPE_CHECKING:
    from nexus_tui.progress.cards import FactRow

_FENCES = ("```", "~~~")
KEEP_NOTE = keeping("note", "learner", "topic")
KEEP_BOOKMARK = keeping("bookmark", "learner", "topic", "heading")


def together(there: str, text: str) -> str:
    """Two texts of one note that were written apart: what is there, then what `text` has more.

    A text that contains the other is both; lines with which both begin stand once, unless they
    open a fence.
    """
    if _contains(text, there):
        return text
    if _contains(there, text):
        return there
    lines = text.split("\n")
    pairs = zip(there.split("\n"), lines, strict=False)
    shared = [line for line, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
    if sum(line.lstrip().startswith(_FENCES) for line in shared) % 2:
        shared = []
    more = "\n".join(lines[len(shared) :]).lstrip("\n")
    return f"{there.rstrip()}\n\n{more}"


def _contains(text: str, other: str) -> bool:
    """Does `other` stand in `text`, in whole lines?"""
    return not other.strip() or f"\n{other.strip()}\n" in f"\n{text.strip()}\n"


def note_row(fact: FactRow) -> FactRow:
    """The note of a topic as it is now."""
    payload = NotePayload.model_validate_json(fact["payload"])
    return {
        "learner": fact["learner"],
        "topic": fact["subject"],
        "text": payload.text,
        "at": fact["at"],
    }


def bookmark_row(fact: FactRow) -> FactRow:
    """A heading, marked or no longer."""
    payload = BookmarkPayload.model_validate_json(fact["payload"])
    return {
        "learner": fact["learner"],
        "topic": fact["subject"],
        "heading": payload.heading,
        "on": payload.on,
        "at": fact["at"],
    }
