"""A text on a topic that one marks with bookmarks and writes a note on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.progress.errors import StoreError
from nexus_tui.tui.notes import Notes, Pad, too_long
from nexus_tui.tui.place import BACK
from nexus_tui.tui.reading import ReadingScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

_BOTH = "This note was also written in another window: both texts are kept."


class NotedScreen(ReadingScreen):
    """Subclasses have a tab `notes` with `Notes(self.keep_note)` in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b", "bookmark", "Bookmark this section, or take its bookmark off", show=False),
        Binding("w", "write", "Write a note on the topic", show=False),
        Binding("enter", "write_here", "Write, on the notes", show=False),
        Binding("e", "edit", "Write the note in your editor", show=False),
    ]

    def __init__(self, key: str, tab: str) -> None:
        super().__init__()
        self.key = key
        self.tab = tab
        self.note: str | None = None
        """The note as it was read, or written last."""
        self.bookmarks: frozenset[str] = frozenset()
        """Headings of the lesson that are marked."""
        self._learner = ""
        self._write: Future[str] | None = None
        """What was begun to be written last."""

    def go_to_tab(self, tab: str) -> None:
        """Show another tab."""
        raise NotImplementedError

    @property
    def writing(self) -> bool:
        """Is the field of the note open?"""
        return any(notes.writing for notes in self.query(Notes))

    def read_bookmarks(self) -> None:
        """Read which headings are marked; the note of another learner is forgotten."""
        if self.desk is None:
            return
        store = self.desk.store
        if self._learner != store.learner:
            self._learner, self.note = store.learner, None
            self.query_one(Notes).close()
        marked = store.bookmarks()
        self.bookmarks = frozenset(heading for topic, heading in marked if topic == self.key)

    def show_note(self) -> None:
        """Show the note, as it was read or written last."""
        desk, notes = self.desk, self.query_one(Notes)
        assert desk is not None and self.overview is not None
        if self.note is None:
            self.note = desk.store.note(self.key)
        pack = self.key.partition("/")[0]
        topics = [t.row for t in self.overview.topics.values() if t.row.pack == pack]
        notes.show(self.note, pack, {row.id: row.title for row in topics})
        self.query_one(Pad if notes.writing else "#notes Page").focus()

    def note_hints(self, tabs: Hint) -> Sequence[Hint]:
        """The keys on the tab of notes."""
        if self.query_one(Notes).writing:
            return (Hint("esc", "keep and leave", "escape"),)
        return (Hint("enter", "write", "enter"), Hint("e", "editor", "e"), tabs, BACK)

    # ------------------------------------------------------------ bookmarks

    def action_bookmark(self) -> None:
        desk, sections = self.desk, self.sections()
        if desk is None or self.tab != "lesson" or not sections:
            self.say("only a lesson has bookmarks")
            return
        heading = sections[self.section][0]
        on = heading not in self.bookmarks
        self.said = "bookmark kept" if on else "bookmark taken off"
        self.keep(lambda: desk.store.set_bookmark(self.key, heading, on=on).result())
        if self.not_saved:
            self.say("")

    # ------------------------------------------------------------ notes

    def _read_anew(self) -> None:
        """Begin with the note as it is on disk now: another window may have written it."""
        if not self.writing and (self._write is None or self._write.done()):
            self.note = None

    def action_write(self) -> None:
        if self.desk is not None and self.overview is not None:
            self._read_anew()
            self.go_to_tab("notes")
            self.query_one(Notes).write()
            self.refresh_hints()

    def action_write_here(self) -> None:
        if self.tab == "notes":
            self.action_write()

    def action_edit(self) -> None:
        if self.tab != "notes" or self.desk is None:
            return
        self._read_anew()
        self.refresh_view()
        if (why := self.query_one(Notes).edit(self.nexus)) is not None:
            self.not_saved = (line(Part(why, "strong")),)
            self.refresh_view()

    @on(Pad.Left)
    def _left_pad(self) -> None:
        self.query_one(Notes).leave()
        self.refresh_view()

    def on_screen_suspend(self) -> None:
        self.query_one(Notes).flush()

    def keep_note(self, text: str) -> None:
        """Begin to write a note; also when the app closes, which waits for what is begun."""
        if self.desk is not None:
            before, self.note = self.note or "", text
            self._write = write = self.desk.store.write_note(self.key, text, before)
            if self.is_running:
                self._say_kept(write, self.key, before, text)

    @work(group="note")
    async def _say_kept(self, write: Future[str], key: str, before: str, text: str) -> None:
        self.not_saved = ()
        try:
            kept = await asyncio.shield(asyncio.wrap_future(write))
            self.said = "note kept" if kept else "note taken away"
            if kept != text:
                self.notify(_BOTH, markup=False)
                if (self.key, self.note) == (key, text):
                    self.note = kept
                    self.query_one(Notes).take(kept, text)
        except (StoreError, ValueError) as error:
            self.note, self.tab = before, "notes"
            why = too_long(text) or str(error)
            self.not_saved = (line(Part("✗ not saved: ", "bad-bold"), Part(why)),)
            self.query_one(Notes).lost(before, text)
        self.refresh_view()
