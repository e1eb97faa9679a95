"""What the learner notes of a topic: shown as Markdown, written in place or in an editor."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import TextArea

from nexus_tui.catalog.links import linked, titled
from nexus_tui.catalog.markdown import Section, plain, strip_attributes
from nexus_tui.command import command
from nexus_tui.progress.notes import together
from nexus_tui.progress.payloads import NOTE
from nexus_tui.text import clean
from nexus_tui.tui.editor import edit
from nexus_tui.tui.reading import Page
from nexus_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from nexus_tui.tui.app import NexusApp

_REST = 4.0
"""Seconds without a key after which what was written is kept."""
_NONE = """\
**Nothing is noted of this topic yet.**

What you write here is yours: Markdown, with `[[topic-id]]` for a link to a topic. It is searched \
with `/`, listed in the library, and written out by `{} export --format notes`.
"""


def too_long(text: str) -> str | None:
    """Why a note of this length is not kept, or None."""
    if len(text) <= NOTE:
        return None
    return f"a note has at most {NOTE:,} characters, this one has {len(text):,}"


def first_line(text: str, topic: str, titles: Mapping[str, str]) -> str:
    """The first line of the note of a topic with words in it, without its marks."""
    lines = plain(clean(titled(text, topic, titles))).split("\n")
    return next((found for part in lines if (found := part.strip())), "")


class Pad(Writing):
    """Where a note is written; all keys are text but esc, which leaves."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Keep the note and leave the field", show=False, priority=True),
    ]

    class Left(Message):
        """The learner is done with writing."""

    def action_leave(self) -> None:
        self.post_message(self.Left())


class Notes(Vertical):
    """The note of one topic; `keep` takes its text whenever it has changed, also at the end."""

    DEFAULT_CSS = """
    Notes Pad { height: 1fr; border: none; padding: 0 1 0 2; }
    Notes.-writing Page, Notes Pad { display: none; }
    Notes.-writing Pad { display: block; }
    """

    def __init__(self, keep: Callable[[str], None], *, id: str) -> None:
        super().__init__(id=id)
        self._keep = keep
        self.shown = ""
        """The note as Markdown with its links."""
        self._kept = ""
        self._rest: Timer | None = None
        self._pad = Pad(
            soft_wrap=True, tab_behavior="indent", compact=True, highlight_cursor_line=False
        )

    def compose(self) -> ComposeResult:
        yield Page(breaks=True)
        yield self._pad

    @property
    def writing(self) -> bool:
        """Is the field open?"""
        return self.has_class("-writing")

    def show(self, text: str, pack: str, titles: Mapping[str, str]) -> None:
        """Show a note; a field that is open stays as it is."""
        if not self.writing:
            self._kept = text
            text = clean(strip_attributes(text))
            [section] = linked([Section("", text, 1)], pack, titles)
            self.shown = section.body
            self.query_one(Page).read(self.shown or _NONE.format(command()))

    def write(self, text: str | None = None) -> None:
        """Open the field, with what is kept or with `text`, which is not."""
        if text is not None or not self.writing:
            self._pad.text = self._kept if text is None else text
            self._pad.move_cursor(self._pad.document.end)
            self.add_class("-writing")
        self._pad.focus()

    def leave(self) -> None:
        """Close the field and keep what was written in it."""
        self.flush()
        self.close()

    def close(self) -> None:
        """Close the field as it is."""
        self.remove_class("-writing")

    def flush(self) -> None:
        """Keep what was written since the last time."""
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        text = clean(self._pad.text)
        if self.writing and text != self._kept:
            self._kept = text
            self._keep(text)

    def lost(self, kept: str, text: str) -> None:
        """`text` could not be kept; what is kept is still `kept`. The field has it."""
        self._kept = kept
        self.write(text)

    def take(self, kept: str, text: str) -> None:
        """`kept` was kept instead of `text`: what another window wrote stands there, too."""
        self._kept = kept
        if self.writing:
            now = clean(self._pad.text)
            self._pad.text = kept if now == text else together(kept, now)
            self._pad.move_cursor(self._pad.document.end)

    def edit(self, app: NexusApp) -> str | None:
        """Hand the note to the learner's editor; why that was not possible, or None."""
        with tempfile.TemporaryDirectory(prefix="nexus-note-") as folder:
            path = Path(folder) / "note.md"
            path.write_text(self._kept, encoding="utf-8")
            why = edit(app, path, elsewhere="Enter opens a field for it here.")
            text = clean(path.read_text(encoding="utf-8", errors="replace"))
        if text != self._kept:
            self._keep(text)
        return why

    def on_unmount(self) -> None:
        self.flush()

    @on(TextArea.Changed)
    def _changed(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self.flush)
