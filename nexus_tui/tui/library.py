"""Library: paths, guides, cheat sheets, troubleshooting, examples and the programme itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.text import counted, unticked
from nexus_tui.tui import opening
from nexus_tui.tui.library_lines import entry_lines
from nexus_tui.tui.notes import first_line
from nexus_tui.tui.place import BACK, SEARCH, PlaceScreen
from nexus_tui.tui.reading import Page, ReadingScreen, Sections
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line, shortened
from nexus_tui.tui.widgets.rows import Row, Rows, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import Catalog, DocumentView
    from nexus_tui.progress.history import NoteRow
    from nexus_tui.study.desk import Desk

_SHELVES = {
    "docs": "Guides",
    "resources": "Resources",
    "programme": "The programme",
    "examples": "Examples",
}


_FIGURE = 32
"""Cells of what stands beside a bookmark or a note, at most."""


class LibraryScreen(PlaceScreen):
    """Everything to look up, by shelf."""

    PLACE: ClassVar[str] = "library"
    ABOUT: ClassVar[str] = (
        "Your bookmarks and notes, paths through the topics, and everything to look up: guides, "
        "cheat sheets, troubleshooting, examples, and the text of the programme: the course "
        "in backend engineering that the topics follow."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "shelf(1)", "Next shelf", show=False),
        Binding("p", "shelf(-1)", "Shelf before", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._notes: Mapping[str, NoteRow] = {}

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="list")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Library", "bold"), right=[self.waiting]))
            return
        rows = _shelf_rows(self.desk.catalog)
        count = sum(not row.fixed for row in rows)
        self._notes = self.desk.store.notes()
        rows = [*_own_rows(self.desk, self._notes), *_path_rows(self.desk.catalog), *rows]
        head.show(line(Part("Library", "bold"), right=[Part(counted(count, "document"), "muted")]))
        self.query_one(Rows).show(rows)
        self._describe()

    @on(Rows.Moved)
    def _describe(self) -> None:
        row = self.query_one(Rows).row
        if self.wide and self.desk is not None and row is not None:
            lines = entry_lines(self.desk.catalog, self._notes, row.id)
            self.query_one("#about", Lines).show(*lines)

    def hints(self) -> Sequence[Hint]:
        move, shelf = Hint("↑ ↓", "choose", "down"), Hint("n p", "shelf", "n")
        return (Hint("enter", "read", "enter"), move, shelf, SEARCH)

    def action_shelf(self, step: int) -> None:
        self.query_one(Rows).jump(step)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        kind, _, key = event.row.id.partition(":")
        if kind == "document":
            self.app.push_screen(DocumentScreen(key))
        elif kind == "path":
            opening.open_path(self.nexus, key)
        elif kind == "bookmark":
            topic, _, heading = key.partition("#")
            opening.open_topic(self.nexus, topic, section=heading)
        else:
            opening.open_topic(self.nexus, key, tab=kind)


def _own_rows(desk: Desk, notes: Mapping[str, NoteRow]) -> list[Row]:
    """What the learner marked and noted."""
    titles = desk.catalog.titles()
    marked = [
        _own_row(f"bookmark:{topic}#{heading}", unticked(heading), titles[topic])
        for topic, heading in desk.store.bookmarks()
        if topic in titles
    ]
    noted = [
        _own_row(f"notes:{topic}", titles[topic], first_line(note.text, topic, titles))
        for topic, note in notes.items()
        if topic in titles
    ]
    return [*_shelf("Bookmarks", marked), *_shelf("Notes", noted)]


def _own_row(id: str, title: str, figure: str) -> Row:
    right = [Part(shortened(figure, _FIGURE), "muted")]
    return Row(id, (line(Part("  "), Part(title, "title"), right=right, indent=2),))


def _shelf_rows(catalog: Catalog) -> list[Row]:
    rows: list[Row] = []
    for kind, title in _SHELVES.items():
        own = [d for d in catalog.documents() if d.kind == kind]
        rows += _shelf(title, [_document_row(d) for d in own])
    topics = [t for t in catalog.topics() if t.has_lesson]
    for tab, title in (("cheatsheet", "Cheat sheets"), ("troubleshooting", "Troubleshooting")):
        found = [t for t in topics if getattr(t, f"has_{tab}", True)]
        rows += _shelf(
            title,
            [Row(f"{tab}:{t.key}", (line(Part("  "), Part(t.title, "title")),)) for t in found],
        )
    return rows


def _path_rows(catalog: Catalog) -> list[Row]:
    """The paths; each says for whom it is where one opens it."""
    found = []
    for path in catalog.paths():
        figure = counted(len(path.topics), "topic")
        title = Part(path.model.title, "title")
        words = line(Part("  "), title, right=[Part(figure, "muted")], indent=2)
        found.append(Row(f"path:{path.key}", (words,)))
    return _shelf("Paths", found)


def _shelf(title: str, rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    return [heading(f"shelf:{title}", title, str(len(rows))), *spaced(rows)]


def _document_row(document: DocumentView) -> Row:
    folder = document.path.split("/")[-2]
    return Row(
        f"document:{document.key}",
        (line(Part("  "), Part(document.title, "title"), right=[Part(folder, "muted")], indent=2),),
    )


class DocumentScreen(ReadingScreen):
    """A document of the library, section by section."""

    PLACE: ClassVar[str] = "library"
    PART: ClassVar[str] = "page"
    """Many count their sections themselves, without the beginning."""
    ABOUT: ClassVar[str] = "A document, one section a page. An example says where its files are."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "copy_folder", "Copy the path of the example's files", show=False),
    ]

    def __init__(self, key: str, section: int = 0) -> None:
        super().__init__(section)
        self._key = key
        self._shown: int | None = None
        self._document: DocumentView | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Page(id="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="contents")

    def sections(self) -> Sections:
        parts = self._document.sections if self._document else ()
        return [(part.heading, part.body) for part in parts]

    def show(self) -> None:
        if self.desk is None:
            return
        if self._document is None:
            self._document = self.desk.catalog.document(self._key)
        sections = self.sections()
        self.section = min(self.section, max(0, len(sections) - 1))
        crumb = (Part("Library › ", "muted"), Part(self._document.title, "bold"))
        where = [line(Part(f"Files: {folder}", "muted"))] if (folder := self._folder) else []
        self.query_one("#head", Lines).show(self.heading_of(*crumb), *where)
        if self._shown != self.section and sections:
            self._shown = self.section
            self.read(self.text())
        lines = [line(Part("Contents", "bold")), Line()]
        for number, (title, _) in enumerate(sections):
            token = "bold" if number == self.section else "text"
            lines.append(line(Part(title or self._document.title, token), indent=2))
        self.query_one("#contents", Lines).show(*lines)

    @on(Lines.Clicked, "#contents")
    def _section_clicked(self, event: Lines.Clicked) -> None:
        self.go_to(event.number - 2)

    @property
    def _folder(self) -> str:
        """Where the files of an example are; "" for any other document."""
        if self.desk is None or self._document is None or self._document.kind != "examples":
            return ""
        root = self.desk.catalog.root(self._key.partition("/")[0])
        return str((root / self._document.path).parent)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "copy_folder" and not self._folder:
            return False
        return super().check_action(action, parameters)

    def action_copy_folder(self) -> None:
        self.app.copy_to_clipboard(self._folder)
        self.say("copied the path")

    @property
    def step(self) -> str:
        return f"document:{self._key}:{self.section}"

    @property
    def subject(self) -> str:
        return self._document.title if self._document else ""

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("space", "page", "space"),
            Hint("n p", "section", "n"),
            Hint("t", "contents", "t"),
            *((Hint("f", "copy path", "f"),) if self._folder else ()),
            SEARCH,
            BACK,
            *self.taking(),
        )
