"""Checklists: the best practices, held against one named project."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.progress import projects
from nexus_tui.text import clean, clean_line
from nexus_tui.tui import opening
from nexus_tui.tui.ask import AskScreen
from nexus_tui.tui.place import BACK, SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import ChecklistView
    from nexus_tui.catalog.models import ChecklistItem
    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.progress.projects import TickRow

GROUPS = {
    "code-quality": "Code quality",
    "security": "Security",
    "performance": "Performance",
    "deployment": "Deployment",
    "beyond-programme": "Beyond the programme",
}


class ChecklistsScreen(PlaceScreen):
    """The sixteen practices by group, with what holds of the project."""

    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "The best practices, held against a project of yours. Ticks are kept for each project."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "project", "Name or change the project", show=False),
        Binding("P", "next_project", "Next project", show=False),
    ]

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="list")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Checklists", "bold"), right=[self.waiting]))
            return
        project = self.desk.project
        lists = self.desk.catalog.checklists()
        ticks = projects.ticks(self.desk.store, project) if project else {}
        total = sum(len(c.model.items) for c in lists)
        held = sum(_held(c, ticks) for c in lists)
        figure = f"{held} of {total} items hold" if held else f"{total} items"
        name = project or "No project yet"
        reason = (
            "Ticked by you; an audit of its files comes with a later version."
            if project
            else "p names the project you hold these against; ticks are kept for each project."
        )
        head.show(
            line(Part(name, "bold"), right=[Part(figure, "muted")]),
            line(Part(reason, "muted")),
            *self.not_saved,
        )
        rows: list[Row] = []
        for group, title in GROUPS.items():
            own = [c for c in lists if c.model.group == group]
            if own:
                rows.append(Row(f"group:{group}", (line(Part(title, "bold")),), fixed=True))
            rows += [_checklist_row(c, ticks) for c in own]
            if own:
                rows[-1] = Row(rows[-1].id, rows[-1].lines, after=1)
        self.query_one(Rows).show(rows)
        self._describe()

    @on(Rows.Moved)
    def _describe(self) -> None:
        found = self._selected()
        lines: list[Line] = []
        if found is not None:
            model = found.model
            lines = [line(Part(model.title, "bold")), Line(), line(clean(model.summary)), Line()]
            lines += [line(Part("•  ", "muted"), Part(i.text), indent=3) for i in model.items]
            if model.bullet:
                lines += [Line(), line(Part(f"Programme: {model.bullet}", "muted"))]
        self.query_one("#about", Lines).show(*lines)

    def _selected(self) -> ChecklistView | None:
        row = self.query_one(Rows).row
        if self.desk is None or row is None:
            return None
        return next((c for c in self.desk.catalog.checklists() if c.key == row.id), None)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "open", "enter"),
            Hint("↑ ↓", "choose", "down"),
            Hint("p", "project", "p"),
            Hint("P", "next project", "P"),
            SEARCH,
        )

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        if self.desk is not None:
            self.app.push_screen(ChecklistScreen(event.row.id))

    def action_project(self) -> None:
        name_project(self)

    def action_next_project(self) -> None:
        if self.desk is not None:
            self.keep(self.desk.next_project)


class ChecklistScreen(PlaceScreen):
    """The items of one practice: tick, with a note, what holds."""

    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "The items of one practice. Tick what is true of the project, with a note of how "
        "you know; what is not ticked is unknown, not failed."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick with a note, or take the tick back", show=False),
        Binding("L", "lesson", "The lesson behind it", show=False),
        Binding("p", "project", "Name or change the project", show=False),
    ]

    def __init__(self, key: str, item: str | None = None) -> None:
        super().__init__()
        self._key = key
        self._item = item
        self._open: set[str] = set()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="items")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    def _checklist(self) -> ChecklistView | None:
        lists = self.desk.catalog.checklists() if self.desk else ()
        return next((c for c in lists if c.key == self._key), None)

    def show(self) -> None:
        checklist, desk = self._checklist(), self.desk
        if checklist is None or desk is None:
            return
        ticks = projects.ticks(desk.store, desk.project) if desk.project else {}
        held, total = _held(checklist, ticks), len(checklist.model.items)
        crumb = (
            Part(f"{desk.project or 'No project yet'} › ", "muted"),
            Part(checklist.model.title, "bold"),
        )
        self.query_one("#head", Lines).show(
            line(*crumb, right=[Part(f"{held} of {total} hold", "muted")]),
            line(Part(clean(checklist.model.summary), "muted")),
            *self.not_saved,
        )
        rows = [
            self._item_row(checklist.key, item, ticks.get(f"{checklist.key}/{item.id}"))
            for item in checklist.model.items
        ]
        wanted, self._item = self._item, None
        self.query_one(Rows).show(rows, wanted)
        self._describe()

    def _item_row(self, key: str, item: ChecklistItem, tick: TickRow | None) -> Row:
        done = tick is not None and tick.done
        mark = Part("• by you   ", "ok") if done else Part("? unknown  ", "muted")
        lines = [
            line(mark, Part(item.text, "title"), right=[Part(item.severity, "muted")], indent=11)
        ]
        if done and tick is not None:
            note = f"{tick.day.day} {tick.day:%b}" + (f": {tick.note}" if tick.note else "")
            lines.append(line(Part(" " * 11), Part(note, "muted"), indent=11))
        if item.id in self._open and not self.wide:
            lines += [Line(), *_item_lines(item), Line()]
        return Row(item.id, tuple(lines))

    @on(Rows.Moved)
    def _describe(self) -> None:
        item = self._current()
        title = [line(Part(item.text, "bold")), Line()] if item else []
        self.query_one("#about", Lines).show(*title, *(_item_lines(item) if item else ()))

    def _current(self) -> ChecklistItem | None:
        checklist, row = self._checklist(), self.query_one(Rows).row
        if checklist is None or row is None:
            return None
        return next((i for i in checklist.model.items if i.id == row.id), None)

    def hints(self) -> Sequence[Hint]:
        why = () if self.wide else (Hint("enter", "why and how", "enter"),)
        return (
            Hint("space", "tick", "space"),
            *why,
            Hint("L", "lesson", "L"),
            Hint("p", "project", "p"),
            BACK,
        )

    @on(Rows.Chosen)
    def _unfold(self, event: Rows.Chosen) -> None:
        self._open ^= {event.row.id}
        self.refresh_view()

    def action_tick(self) -> None:
        item, desk = self._current(), self.desk
        if item is None or desk is None:
            return
        if desk.project is None:
            name_project(self)
            return
        key = f"{self._key}/{item.id}"
        tick = projects.ticks(desk.store, desk.project).get(key)
        if tick is not None and tick.done:
            self._keep(key, done=False, note="")
            return

        def ticked(note: str | None) -> None:
            if note is not None:
                self._keep(key, done=True, note=note)

        ask = AskScreen(f"{item.text}: how do you know?", "a note, or nothing", empty=True)
        self.app.push_screen(ask, ticked)

    def _keep(self, key: str, *, done: bool, note: str) -> None:
        desk = self.desk
        assert desk is not None and desk.project is not None
        project = desk.project
        status: TickStatus = "done" if done else "open"
        self.keep(
            lambda: projects.tick(desk.store, project, key, status, clean_line(note)).result()
        )

    def action_lesson(self) -> None:
        item = self._current()
        if item is None or self.desk is None:
            return
        found = [row.key for row in self.desk.catalog.topics() if row.id == item.topic]
        if found:
            opening.open_topic(self.nexus, found[0])

    def action_project(self) -> None:
        name_project(self)


def name_project(screen: PlaceScreen) -> None:
    """Ask for the name of a project; ticks are kept for each."""

    def named(name: str | None) -> None:
        desk = screen.desk
        if name and desk is not None:
            screen.keep(lambda: desk.choose_project(clean_line(name)))

    screen.app.push_screen(AskScreen("Which project?", "a name, such as shop-api"), named)


def _held(checklist: ChecklistView, ticks: Mapping[str, TickRow]) -> int:
    keys = [f"{checklist.key}/{item.id}" for item in checklist.model.items]
    return sum(1 for key in keys if key in ticks and ticks[key].done)


def _checklist_row(checklist: ChecklistView, ticks: Mapping[str, TickRow]) -> Row:
    held, total = _held(checklist, ticks), len(checklist.model.items)
    figure = f"{held} of {total} hold" if held else f"{total} items"
    head = line(Part("  "), Part(checklist.model.title, "title"), right=[Part(figure, "figure")])
    return Row(checklist.key, (head,))


def _item_lines(item: ChecklistItem) -> list[Line]:
    """Why, what to do, how to tell: the same text beside the list or below the item."""
    lines = [line(clean(item.why)), Line(), line(Part("Do", "bold"))]
    lines += [line(Part(text.replace("`", ""))) for text in clean(item.how).strip().split("\n")]
    lines += [Line(), line(Part("Verify", "bold")), line(clean_line(item.verify))]
    if item.expect:
        lines.append(line(Part(f"expect: {clean_line(item.expect)}", "muted")))
    return lines
