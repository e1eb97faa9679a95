"""Library: paths, guides, cheat sheets, troubleshooting, examples and the programme itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, SEARCH, PlaceScreen
from nexus_tui.tui.reading import Page
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import Catalog, DocumentView

_SHELVES = {
    "docs": "Guides",
    "resources": "Resources",
    "programme": "The programme",
    "examples": "Examples",
}


class LibraryScreen(PlaceScreen):
    """Everything to look up, by shelf."""

    PLACE: ClassVar[str] = "library"
    ABOUT: ClassVar[str] = (
        "Paths through the topics, and everything to look up: guides, cheat sheets, "
        "troubleshooting, examples, and the text of the programme."
    )
    ASIDE: ClassVar[bool] = False

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="list")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Library", "bold"), right=[self.waiting]))
            return
        rows = _shelf_rows(self.desk.catalog)
        count = sum(not row.fixed for row in rows)
        rows = [*_path_rows(self.desk.catalog), *rows]
        head.show(line(Part("Library", "bold"), right=[Part(f"{count} documents", "muted")]))
        self.query_one(Rows).show(rows)

    def hints(self) -> Sequence[Hint]:
        return (Hint("enter", "read", "enter"), Hint("↑ ↓", "choose", "down"), SEARCH)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        kind, _, key = event.row.id.partition(":")
        if kind == "document":
            self.app.push_screen(DocumentScreen(key))
        elif kind == "path":
            opening.open_path(self.nexus, key)
        else:
            opening.open_topic(self.nexus, key, tab=kind)


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
        figure = "1 topic" if len(path.topics) == 1 else f"{len(path.topics)} topics"
        title = Part(path.model.title, "title")
        words = line(Part("  "), title, right=[Part(figure, "muted")], indent=2)
        found.append(Row(f"path:{path.key}", (words,)))
    return _shelf("Paths", found)


def _shelf(title: str, rows: list[Row]) -> list[Row]:
    if not rows:
        return []
    rows[-1] = Row(rows[-1].id, rows[-1].lines, after=1)
    head = line(Part(title, "bold"), right=[Part(str(len(rows)), "muted")])
    return [Row(f"shelf:{title}", (head,), fixed=True), *rows]


def _document_row(document: DocumentView) -> Row:
    folder = document.path.split("/")[-2]
    return Row(
        f"document:{document.key}",
        (line(Part("  "), Part(document.title, "title"), right=[Part(folder, "muted")], indent=2),),
    )


class DocumentScreen(PlaceScreen):
    """A document of the library, section by section."""

    PLACE: ClassVar[str] = "library"
    ABOUT: ClassVar[str] = "A document, one section a page."
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_on", "Page on, then the next section", show=False),
        Binding("n", "section(1)", "Next section", show=False),
        Binding("p", "section(-1)", "Previous section", show=False),
    ]

    def __init__(self, key: str, section: int = 0) -> None:
        super().__init__()
        self.add_class("-lesson")
        self._key = key
        self._section = section
        self._shown: int | None = None
        self._document: DocumentView | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Page(id="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="contents")

    def show(self) -> None:
        if self.desk is None:
            return
        if self._document is None:
            self._document = self.desk.catalog.document(self._key)
        document = self._document
        self.set_class(document.kind == "examples", "-example")
        sections = document.sections
        self._section = min(self._section, max(0, len(sections) - 1))
        figure = f"section {self._section + 1} of {len(sections)}" if len(sections) > 1 else ""
        crumb = (Part("Library › ", "muted"), Part(document.title, "bold"))
        self.query_one("#head", Lines).show(line(*crumb, right=[Part(figure, "muted")]))
        if self._shown != self._section and sections:
            self._shown = self._section
            part = sections[self._section]
            self._read(f"## {part.heading}\n\n{part.body}" if part.heading else part.body)
        lines = [line(Part("Contents", "bold")), Line()]
        for number, part in enumerate(sections):
            token = "bold" if number == self._section else "text"
            lines.append(line(Part(part.heading or document.title, token), indent=2))
        self.query_one("#contents", Lines).show(*lines)

    @work(exclusive=True, group="page")
    async def _read(self, text: str) -> None:
        await self.query_one(Page).read(text)

    def hints(self) -> Sequence[Hint]:
        return (Hint("space", "page", "space"), Hint("n p", "section", "n"), SEARCH, BACK)

    def action_section(self, step: int) -> None:
        count = len(self._document.sections) if self._document else 0
        if 0 <= self._section + step < count:
            self._section += step
            self.refresh_view()

    def action_page_on(self) -> None:
        if not self.query_one(Page).page_on():
            self.action_section(1)
