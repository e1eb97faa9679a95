"""The place Checklists: every list, held against the project in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.text import clean, counted
from nexus_tui.tui import checking
from nexus_tui.tui.checklist_lines import GROUPS, list_row, mark_of, project_head, score_line
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.holding import ListState, ProjectState

_ADD, _FINDINGS, _ALL = ":add", ":findings", ":all"


class ChecklistsScreen(PlaceScreen):
    """The lists by group, with what holds of the project."""

    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "The best practices, held against a project of yours. An audit looks at its files, you "
        "tick what files do not show; what neither says is unknown, and is not counted."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "audit", "Audit the project", show=False),
        Binding("f", "findings", "What audits found", show=False),
        Binding("p", "project", "Choose or add a project", show=False),
        Binding("P", "next_project", "Next project", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._state: ProjectState | None = None
        self._several = False
        """Is there another project to go on to?"""

    def opened(self) -> None:
        self._warm_up()

    @work(thread=True, group="warm", exit_on_error=False)
    def _warm_up(self) -> None:
        """Import what the findings need before they are opened; it takes too long for a key."""
        import nexus_tui.audit.registry  # noqa: F401

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
        from nexus_tui.progress import projects
        from nexus_tui.study import holding

        self._several = len(projects.projects(self.desk.store)) > 1
        self._state = state = holding.state(self.desk)
        if state.project is None:
            reason = "Ticks, audits and findings are kept for each project of yours."
            head.show(project_head(state), line(Part(reason, "muted")), *self.not_saved)
        else:
            head.show(project_head(state), score_line(state.holding), *self.not_saved)
        self.query_one(Rows).show([*_entries(state), *_groups(state, narrow=self.narrow)])
        self._describe()

    @on(Rows.Moved)
    def _describe(self) -> None:
        found = self._selected()
        lines: list[Line] = []
        if found is not None:
            model = found.view.model
            lines = [line(Part(model.title, "bold")), Line(), line(clean(model.summary)), Line()]
            for item in found.items:
                mark = mark_of(item)[0]
                lines.append(line(mark, Part(item.item.text), indent=2))
            served = "beyond the programme" if model.programme == "extra" else model.bullet or ""
            lines += [Line(), line(Part(f"Programme: {served}", "muted"))]
        self.query_one("#about", Lines).show(*lines)

    def _selected(self) -> ListState | None:
        row = self.query_one(Rows).row
        lists = self._state.lists if self._state else ()
        return next((each for each in lists if row is not None and each.view.key == row.id), None)

    def hints(self) -> Sequence[Hint]:
        state = self._state
        if state is None or state.project is None:
            return (Hint("enter", "open", "enter"), Hint("p", "add a project", "p"), SEARCH)
        again = "audit again" if state.audits else "audit"
        return (
            Hint("enter", "open", "enter"),
            Hint("a", again, "a"),
            Hint("f", "findings", "f"),
            Hint("p", "project", "p"),
            *((Hint("P", "next project", "P"),) if self._several else ()),
            SEARCH,
        )

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        from nexus_tui.tui.checklists import ChecklistScreen

        if event.row.id == _ADD:
            self.action_project()
        elif event.row.id == _FINDINGS:
            self.action_findings()
        else:
            self.app.push_screen(ChecklistScreen("" if event.row.id == _ALL else event.row.id))

    def action_project(self) -> None:
        checking.open_projects(self.nexus)

    def action_audit(self) -> None:
        checking.open_audit(self.nexus)

    def action_findings(self) -> None:
        checking.open_findings(self.nexus)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next_project" and not self._several:
            return False
        return super().check_action(action, parameters)

    def action_next_project(self) -> None:
        if self.desk is not None:
            self.keep(self.desk.next_project)


def _entries(state: ProjectState) -> list[Row]:
    """What stands above the lists: a first project, or all of it at once."""
    if state.project is None:
        text = line(Part("  "), Part("Add a project", "title"), right=[Part("p", "figure")])
        about = line(Part("  "), Part("Name the folder your code is in.", "muted"))
        return [Row(_ADD, (text, about), after=1)]
    rows = []
    if state.findings:
        figure = f"{state.open_findings} to mend"
        text = line(Part("  "), Part("Findings", "title"), right=[Part(figure, "figure")])
        rows.append(Row(_FINDINGS, (text,)))
    count = sum(len(each.items) for each in state.lists)
    text = line(
        Part("  "), Part("All items", "title"), right=[Part(counted(count, "item"), "figure")]
    )  # fmt: skip
    return [*rows, Row(_ALL, (text,), after=1)]


def _groups(state: ProjectState, *, narrow: bool) -> list[Row]:
    rows: list[Row] = []
    for group, title in GROUPS.items():
        own = [each for each in state.lists if each.view.model.group == group]
        if own:
            rows.append(heading(f"group:{group}", title))
            rows += spaced([list_row(each, narrow=narrow) for each in own])
    return rows
