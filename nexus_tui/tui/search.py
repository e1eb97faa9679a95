"""Search over all content, as you type."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input
from textual.worker import get_current_worker

from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line, shortened
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.search import Hit
    from nexus_tui.study.finding import Found

_PAUSE = 0.08
"""Seconds of rest in typing before a search starts."""
_MEANT = 40
"""Cells of the words that were meant, at most."""
_KINDS = {
    "topic": "topic",
    "note": "your note",
    "lesson": "lesson",
    "question": "question",
    "cheatsheet": "cheat sheet",
    "troubleshooting": "troubleshooting",
    "checklist": "checklist",
    "challenge": "challenge",
    "path": "path",
    "document": "guide",
    "programme": "programme",
}


class SearchScreen(PlaceScreen):
    """The field above, what was found below; down goes from one to the other."""

    NAME: ClassVar[str] = "Search"
    ASIDE: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "Looks through lessons, questions, cheat sheets, troubleshooting, guides, checklists, "
        "challenges and your notes while you type. A mistyped word is read as the nearest one."
    )
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Back", show=False, priority=True),
        Binding("down", "into_list", "To the results", show=False),
        Binding("slash", "into_field", "To the words again", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._shown_for: str | None = None
        self._more = False
        self._unasked: str | None = None
        """What was typed before there was anything to search."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Field(placeholder="what are you looking for?", id="words", max_length=120)
        yield Rows(id="found")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Search", "bold"), right=[self.waiting]))
            return
        if self._unasked is not None:
            words, self._unasked = self._unasked, None
            self._search(words)
        found = len(self._hits)
        count = f"the first {found}" if self._more else f"{found} found" if found else ""
        if self._shown_for is not None:
            count = f"shown for: {shortened(self._shown_for, _MEANT)} · {count or 'none found'}"
        head.show(line(Part("Search", "bold"), right=[Part(count, "muted")]))

    def hints(self) -> Sequence[Hint]:
        if not self._hits:
            return (BACK,)
        other = () if self.query_one(Field).has_focus else (Hint("/", "other words", "slash"),)
        return (Hint("enter", "open", "enter"), Hint("↑ ↓", "choose", "down"), *other, BACK)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if self.desk is None:
            self._unasked = event.value
        else:
            self._search(event.value)

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str) -> None:
        from threading import Event

        worker = get_current_worker()
        Event().wait(_PAUSE)
        if worker.is_cancelled or self.desk is None:
            return
        found = self.desk.search(words) if words.strip() else None
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, words, found)

    def _found(self, words: str, found: Found | None) -> None:
        if not self.is_attached:  # one has gone on meanwhile
            return
        hits, self._shown_for, self._more = found or ([], None, False)
        self._hits = hits
        if hits:
            rows = [_hit_row(number, hit) for number, hit in enumerate(hits)]
        elif words.strip():
            text = f"Nothing was found for {words.strip()!r}. Fewer or other words may help."
            rows = [Row("none", (line(text),), fixed=True)]
        else:
            rows = []
        self.query_one(Rows).show(rows, rows[0].id if rows else None)
        self.refresh_view()

    def action_into_list(self) -> None:
        self.query_one(Rows).focus()

    def action_into_field(self) -> None:
        self.query_one(Field).focus()

    def on_descendant_focus(self) -> None:
        self.refresh_hints()

    def action_leave(self) -> None:
        self.dismiss()

    @on(Input.Submitted)
    async def _first(self) -> None:
        if self._hits:
            await self._open_hit(self._hits[0])

    @on(Rows.Chosen)
    async def _chosen(self, event: Rows.Chosen) -> None:
        number = int(event.row.id) if event.row.id.isdigit() else len(self._hits)
        if number < len(self._hits):  # else others were found since it was chosen
            await self._open_hit(self._hits[number])

    async def _open_hit(self, hit: Hit) -> None:
        """Open what was found, above the search, so that back returns to it."""
        if hit.kind in {"topic", "lesson", "cheatsheet", "troubleshooting"}:
            tab = "lesson" if hit.kind == "topic" else hit.kind
            section = hit.section if hit.kind != "topic" else self._beginning(hit.key)
            opening.open_topic(self.nexus, hit.key, tab=tab, section=section)
        elif hit.kind == "note":
            opening.open_topic(self.nexus, hit.key, tab="notes")
        elif hit.kind == "question":
            self._open_question(hit)
        elif hit.kind == "checklist":
            self._open_checklist(hit)
        elif hit.kind == "challenge":
            await opening.open_challenge(self.nexus, hit.key)
        elif hit.kind == "path":
            opening.open_path(self.nexus, hit.key)
        else:
            from nexus_tui.tui.library import DocumentScreen

            self.app.push_screen(DocumentScreen(hit.key, hit.section or 0))

    def _beginning(self, topic: str) -> int | None:
        """Where a topic is opened by its title: where it was left, a finished one at its start."""
        state = self.overview.topics.get(topic) if self.overview else None
        place = state.place if state else None
        return 0 if place is not None and len(place.read) >= place.sections else None

    def _open_question(self, hit: Hit) -> None:
        """Open the quiz of its topic with the cursor on the objective that it asks about."""
        assert self.desk is not None
        topic = hit.key.rsplit("/", 1)[0]
        objective = f"{topic}/{self.desk.catalog.question(hit.key).objective}"
        opening.open_topic(self.nexus, topic, tab="quiz", section=objective)

    def _open_checklist(self, hit: Hit) -> None:
        """Open a checklist with the cursor on the item that was found."""
        from nexus_tui.tui.checklists import ChecklistScreen

        lists = self.desk.catalog.checklists() if self.desk else []
        items = next((c.model.items for c in lists if c.key == hit.key), ())
        item = items[hit.section - 1].id if 0 < hit.section <= len(items) else None
        self.app.push_screen(ChecklistScreen(hit.key, item))


def _hit_row(number: int, hit: Hit) -> Row:
    title = f"{hit.title} › {hit.heading}" if hit.heading else hit.title
    head = line(Part(title, "title"), right=[Part(_KINDS.get(hit.kind, hit.kind), "figure")])
    return Row(str(number), (head, line(*_snippet(hit))), after=1)


def _snippet(hit: Hit) -> list[Part]:
    """The snippet, with the words that were looked for underlined."""
    parts, done = list[Part](), 0
    for start, end in hit.marks:
        if start >= done:
            parts += [
                Part(hit.snippet[done:start], "muted"),
                Part(hit.snippet[start:end], "text-underline"),
            ]
            done = end
    return [*parts, Part(hit.snippet[done:], "muted")]
