"""Notes and bookmarks: what was said last of a topic or a heading holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.progress.payloads import BookmarkPayload, NotePayload
from nexus_tui.progress.statements import keeping

if TYPE_CHECKING:
    from nexus_tui.progress.cards import FactRow

KEEP_NOTE = keeping("note", "learner", "topic")
KEEP_BOOKMARK = keeping("bookmark", "learner", "topic", "heading")


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
