"""One checklist, or all at once: what failed, what is unknown, what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.text import clean_line
from nexus_tui.tui import checking
from nexus_tui.tui.ask import AskScreen
from nexus_tui.tui.checklist_lines import (
    GROUPS,
    audited,
    day_of,
    do_lines,
    evidence_lines,
    item_row,
    project_head,
    score_line,
    why_lines,
)
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.study.holding import ItemState, ListState, ProjectState, Status

_FIRST = ("high", "medium", "low")
"""The order of items that stand alike."""


class ChecklistScreen(PlaceScreen):
    """The items of one list: tick, with a note, what an audit does not see."""

    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "Failed and unknown come first. Tick what is true of the project, with a note of how you "
        "know; an audit that sees it fail has the last word."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "Tick with a note, or take the tick back", show=False),
        Binding("n", "note", "Write another note", show=False),
        Binding("x", "leave_out", "Not applicable, with a reason; or applicable again", show=False),
        Binding("a", "audit", "Audit the project", show=False),
        Binding("f", "findings", "What audits found", show=False),
        Binding("L", "lesson", "The lesson behind it", show=False),
        Binding("S", "stage", "The stage that trains it", show=False),
        Binding("r", "review", "Questions on its topic", show=False),
        Binding("R", "run", "Begin a new run", show=False),
        Binding("o", "older", "Earlier runs, one by one", show=False),
        Binding("p", "project", "Choose or add a project", show=False),
    ]

    def __init__(self, key: str, item: str | None = None) -> None:
        """`key` of a checklist, or empty for the items of all; the cursor goes to `item`."""
        super().__init__()
        self._key = key
        self._item = item
        self._state: ProjectState | None = None
        self._shown: tuple[ListState, ...] = ()
        self._sorted: tuple[object, dict[str, Status]] = (None, {})
        """For which state the items were sorted, and by which status each: until that changes an
        item stays where it is, whatever is said of it."""
        self._earlier: str | None = None
        """The fact of the earlier run that is shown, empty for the time before the first; None
        is the run that goes on."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="items")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    # ------------------------------------------------------------ showing

    @property
    def step(self) -> str:
        return f"checklist:{self._key}"

    @property
    def subject(self) -> str:
        return self._shown[0].view.model.title if self._shown and self._key else "All items"

    def show(self) -> None:
        if self.desk is None:
            return
        from nexus_tui.study import holding

        before, self._state = self._state, holding.state(self.desk)
        state = self._state
        self._shown = tuple(each for each in state.lists if self._key in {"", each.view.key})
        if not self._shown:
            return
        if before is None or _name(before) != _name(state) or self._earlier not in self._runs():
            self._earlier = None  # a run belongs to its project
        if self._earlier is not None:
            view = self._shown[0].view
            self._shown = (holding.of_run(self.desk, _name(state), view, self._earlier),)
        items = [item for each in self._shown for item in each.items]
        title = self._shown[0].view.model.title if self._key else "All items"
        self.query_one("#head", Lines).show(
            project_head(state, title, self._looked(state)),
            score_line(holding.Holding(items)),
            *self._run_lines(),
            *self.not_saved,
        )
        rows = self._rows(items, self._sort(state, items), holding.ORDER)
        wanted, self._item = self._item, None
        if wanted is not None and "/" not in wanted:
            wanted = f"{self._key}/{wanted}"
        self.query_one(Rows).show(rows, wanted)
        self._describe()

    def _sort(self, state: ProjectState, items: list[ItemState]) -> dict[str, Status]:
        """By which status each item stands where it stands."""
        now = (_name(state), state.audits[:1], self._earlier, self._shown[0].runs[:1])
        if self._sorted[0] != now:
            self._sorted = now, {item.key: item.status for item in items}
        return self._sorted[1]

    def _rows(
        self, items: list[ItemState], place: dict[str, Status], order: Sequence[Status]
    ) -> list[Row]:
        groups = {each.view.key: GROUPS[each.view.model.group] for each in self._shown}
        rows: list[Row] = []
        for status in order:
            own = [item for item in items if place[item.key] == status]
            own.sort(key=lambda item: _FIRST.index(item.item.severity))
            rows += spaced(
                [
                    item_row(
                        item,
                        item.item.severity if self._key else groups[item.key.rpartition("/")[0]],
                    )
                    for item in own
                ]
            )
        return rows

    def _looked(self, state: ProjectState) -> str:
        """Which audit has a say in the run that is shown; empty: the last of the project."""
        audits = self._shown[0].audits
        if not self._key or audits == state.audits:
            return ""
        never = "not audited in this run" if self._earlier is None else "not audited then"
        return audited(audits) if audits else never

    def _run_lines(self) -> list[Line]:
        shown = self._shown[0]
        if not self._key or not shown.view.model.recurring:
            return []
        if self._earlier is not None:
            name = shown.run.name if shown.run else "before the first run"
            day = f", begun {day_of(shown.run.day)}" if shown.run else ""
            return [line(Part(f"Earlier run: {name}{day}. It stays as it was.", "muted"))]
        if shown.run is None:
            return [line(Part("This list comes again: R begins a run, for each release.", "muted"))]
        about = f"Run {shown.run.name}, begun {day_of(shown.run.day)}"
        return [line(Part(f"{about} · o shows earlier runs", "muted"))]

    def _runs(self) -> list[str | None]:
        """The runs in the order in which `o` shows them, the one that goes on first."""
        return [None, *(run.fact for run in self._shown[0].runs[1:]), ""]

    def _older(self) -> str | None:
        """The run that `o` shows next; after the first of all, the one that goes on."""
        runs = self._runs()
        return runs[(runs.index(self._earlier) + 1) % len(runs)]

    @on(Rows.Moved)
    def _describe(self) -> None:
        item = self._current()
        lines: list[Line] = []
        if item is not None:
            lines = [line(Part(item.item.text, "bold")), Line(), *why_lines(item.item), Line()]
            lines += [*evidence_lines(item), Line(), *do_lines(item.item), Line()]
            lesson = checking.lesson_line(self, item.item.topic)
            lines += [line(Part("Read", "bold")), lesson]
            if item.item.stage:
                stage = checking.stage_line(self, item.item.stage)
                lines += [Line(), line(Part("Do it", "bold")), stage]
        self.query_one("#about", Lines).show(*lines)
        self.refresh_hints()

    def _current(self) -> ItemState | None:
        row = self.query_one(Rows).row
        items = (item for each in self._shown for item in each.items)
        return next((item for item in items if row is not None and item.key == row.id), None)

    def hints(self) -> Sequence[Hint]:
        if self._earlier is not None:
            older = "current run" if self._older() is None else "next earlier run"
            return (Hint("o", older, "o"), BACK)
        again = "audit again" if self._state and self._state.audits else "audit"
        item = self._current()
        said = item.tick.status if item is not None and item.tick is not None else "open"
        return (
            Hint("space", "untick" if said == "done" else "tick", "space"),
            Hint("enter", "why and how", "enter"),
            Hint("x", "applicable" if said == "not applicable" else "not applicable", "x"),
            Hint("a", again, "a"),
            Hint("n", "note", "n"),
            Hint("L", "lesson", "L"),
            BACK,
        )

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        from nexus_tui.tui.checklist_item import ItemScreen

        self.app.push_screen(ItemScreen(event.row.id))

    # ------------------------------------------------------------ ticking

    def action_tick(self) -> None:
        item = self._tickable()
        if item is None:
            return
        if item.tick is not None and item.tick.done:
            self._keep(item.key, "open", "")
        else:
            how = "how do you know?"
            if item.status == "failed":
                how += " It stays failed: what an audit saw outweighs a tick."
            self._ask(item, how, "a note, or nothing", "done", empty=True)

    def action_note(self) -> None:
        item = self._tickable()
        if item is not None:
            status = item.tick.status if item.tick else "open"
            self._ask(item, "what is to be noted?", "a note", status, empty=False)

    def action_leave_out(self) -> None:
        item = self._tickable()
        if item is None:
            return
        if item.tick is not None and item.tick.status == "not applicable":
            self._keep(item.key, "open", "")
        else:
            why = "why does it not apply?"
            self._ask(item, why, "a reason; it stays in sight", "not applicable", empty=False)

    def _tickable(self) -> ItemState | None:
        """The item under the cursor; without a project, one is asked for first."""
        item, state = self._current(), self._state
        if item is None or state is None:
            return None
        if state.project is None:
            self.action_project()
            return None
        return item

    def _ask(
        self, item: ItemState, question: str, hint: str, status: TickStatus, *, empty: bool
    ) -> None:
        def answered(note: str | None) -> None:
            if note is not None:
                self._keep(item.key, status, clean_line(note))

        ask = AskScreen(f"{item.item.text}: {question}", hint, empty=empty)
        self.app.push_screen(ask, answered)

    def _keep(self, key: str, status: TickStatus, note: str) -> None:
        from nexus_tui.progress import projects

        desk, state = self.desk, self._state
        assert desk is not None and state is not None and state.project is not None
        name = state.project.name
        self.keep(lambda: projects.tick(desk.store, name, key, status, note).result())

    # ------------------------------------------------------------ runs

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a list that comes again has runs, and an earlier one stays as it was ticked; only
        some items have a stage."""
        there = super().check_action(action, parameters)
        if there and action in {"tick", "note", "leave_out"}:
            return self._earlier is None
        if not there or action not in {"run", "older", "stage"}:
            return there
        if action == "stage":
            item = self._current()
            return item is not None and item.item.stage is not None
        runs = bool(self._key and self._shown and self._shown[0].view.model.recurring)
        return runs and (action == "run" or bool(self._shown[0].runs))

    def action_run(self) -> None:
        """Begin a run through a list that comes again."""
        desk, state = self.desk, self._state
        if desk is None or state is None:
            return
        if state.project is None:
            self.action_project()
            return
        project = state.project.name

        def named(name: str | None) -> None:
            from nexus_tui.progress import projects

            if name:
                self._earlier = None
                begin = projects.begin_run
                self.keep(lambda: begin(desk.store, project, self._key, clean_line(name)).result())

        ask = AskScreen("Which release or change is this run for?", "a name, such as 1.4")
        self.app.push_screen(ask, named)

    def action_older(self) -> None:
        """Show the run before; after the first of all, the one that goes on."""
        self._earlier = self._older()
        self.refresh_view()

    # ------------------------------------------------------------ going on

    def action_lesson(self) -> None:
        if (item := self._current()) is not None:
            checking.read_lesson(self, item.item.topic)

    async def action_stage(self) -> None:
        item = self._current()
        if item is not None and item.item.stage is not None:
            await checking.do_stage(self, item.item.stage)

    async def action_review(self) -> None:
        if (item := self._current()) is not None:
            await checking.review_topic(self, item.item.topic)

    def action_audit(self) -> None:
        checking.open_audit(self.nexus)

    def action_findings(self) -> None:
        checking.open_findings(self.nexus)

    def action_project(self) -> None:
        checking.open_projects(self.nexus)


def _name(state: ProjectState) -> str:
    """The name of the project, empty where there is none yet."""
    return state.project.name if state.project else ""
