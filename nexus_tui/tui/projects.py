"""The learner's projects: which one checklists are held against."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.text import clean
from nexus_tui.tui.checklist_lines import day_of
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.holding import ProjectState

_ADD = ":add"


class ProjectsScreen(PlaceScreen):
    """A list; enter goes on with another project."""

    NAME: ClassVar[str] = "Projects"
    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "Your projects: each has its own ticks, audits and findings. Add one by the folder its "
        "code is in; what it is made with is seen from its files. Putting one aside loses nothing."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "Add a project", show=False),
        Binding("e", "folder", "Name its folder, and look at its files anew", show=False),
        Binding("x", "ask_again", "Ask again what an audit may do", show=False),
        Binding("d,delete", "put_aside", "Put aside", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._states: list[ProjectState] = []
        self._said = ""
        """Why something could not be done."""

    def opened(self) -> None:
        if self.desk is not None and self.desk.project is None:
            self.action_new()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="projects")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    def show(self) -> None:
        if self.desk is None:
            return
        from nexus_tui.progress import projects
        from nexus_tui.study import holding

        found = projects.projects(self.desk.store)
        self._states = [holding.state(self.desk, project.name) for project in found]
        count = f"{len(found)}" if found else ""
        head = [line(Part("Projects", "bold"), right=[Part(count, "muted")])]
        if not found:
            head.append(line(Part("Checklists are held against the code you work on.", "muted")))
        if self._said:
            head.append(line(Part("✗ ", "bad-bold"), Part(clean(self._said))))
        self.query_one("#head", Lines).show(*head, *self.not_saved)
        add = line(Part("Add a project", "title"), right=[Part("n", "figure")])
        about = line(Part("The folder your code is in.", "muted"))
        rows = [_row(state, current=n == 0) for n, state in enumerate(self._states)]
        self.query_one(Rows).show([*rows, Row(_ADD, (add, about))])
        self._describe()

    @on(Rows.Moved)
    def _describe(self) -> None:
        state, lines = self._selected(), list[Line]()
        if state is not None and (project := state.project) is not None:
            lines = [line(Part(project.name, "bold")), Line()]
            lines += [line(Part(project.folder or "no folder named", "muted")), Line()]
            lines += [line(Part("Made with", "bold"))]
            lines += [line(Part(part)) for part in project.stack] or [line(Part("–", "muted"))]
            lines += [Line(), line(Part("An audit may", "bold")), line(Part(_allowed(state)))]
            lines += [Line(), line(Part("Audits", "bold"))]
            for audit in state.audits[:8]:
                share = f"{audit.passed * 100 // audit.known} %" if audit.known else "–"
                said = f"{audit.new} new, {audit.mended} mended"
                lead = Part(f"{day_of(audit.day):<8}", "muted")
                lines.append(line(lead, Part(said), right=[Part(share, "muted")]))
            if not state.audits:
                lines.append(line(Part("none yet", "muted")))
        self.query_one("#about", Lines).show(*lines)
        self.refresh_hints()

    def _selected(self) -> ProjectState | None:
        row = self.query_one(Rows).row
        states = (s for s in self._states if s.project is not None)
        return next((s for s in states if row is not None and s.project.name == row.id), None)  # type: ignore[union-attr]

    def hints(self) -> Sequence[Hint]:
        if not self._states:
            return (Hint("enter", "add", "enter"), BACK)
        if self._selected() is None:
            return (Hint("enter", "add", "enter"), Hint("↑ ↓", "move", "down"), BACK)
        return (
            Hint("enter", "choose", "enter"),
            Hint("n", "add", "n"),
            Hint("e", "folder", "e"),
            Hint("x", "ask again", "x"),
            Hint("d", "put aside", "d"),
            BACK,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What changes a project is for a row that is one."""
        if action in {"folder", "ask_again", "put_aside"} and self._selected() is None:
            return False
        return super().check_action(action, parameters)

    # ------------------------------------------------------------ choosing

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        desk = self.desk
        if event.row.id == _ADD:
            self.action_new()
        elif desk is not None:
            self.keep(lambda: desk.choose_project(event.row.id))
            if not self.not_saved:
                self.app.pop_screen()

    # ------------------------------------------------------------ changing

    def action_new(self) -> None:
        from nexus_tui.tui.folder import FolderScreen

        def typed(text: str | None) -> None:
            if text:
                self._make(text)

        about = "Where its files are not on this computer, give just a name."
        ask = FolderScreen("Which folder is your code in?", about, name_will_do=True)
        self.app.push_screen(ask, typed)

    def action_folder(self) -> None:
        from nexus_tui.tui.folder import FolderScreen

        state = self._selected()
        if state is None or state.project is None:
            return
        project = state.project

        def typed(text: str | None) -> None:
            if text:
                self._make(text, project.name)

        ask = FolderScreen(f"Which folder is {project.name} in?", "", project.folder)
        self.app.push_screen(ask, typed)

    @work(thread=True, group="project", exit_on_error=False)
    def _make(self, text: str, name: str | None = None) -> None:
        """Look at the files and keep the project; in a thread, since a disk may be slow."""
        from nexus_tui.progress.store import StoreError
        from nexus_tui.study import projects

        desk, said = self.desk, ""
        assert desk is not None
        try:
            if name is None:
                projects.begin(desk, text)
            else:
                projects.add(desk, Path(text), name)
        except projects.ProjectError as error:
            said = str(error)
        except StoreError as error:
            said = f"not saved: {error}"
        self.app.call_from_thread(self._made, said, close=name is None and not said)

    def _made(self, said: str, *, close: bool) -> None:
        self._said = said
        if close and self.is_current:
            self.app.pop_screen()
        else:
            self.refresh_view()

    def action_ask_again(self) -> None:
        """Forget what an audit may do: the next one asks."""
        from nexus_tui.study import projects

        state, desk = self._selected(), self.desk
        if state is not None and state.project is not None and desk is not None:
            name = state.project.name
            self.keep(lambda: projects.ask_again(desk, name))
            if not self.not_saved:
                said = f"The next audit of {name} asks what it may do."
                self.nexus.notify(said, markup=False)

    def action_put_aside(self) -> None:
        from nexus_tui.study import projects
        from nexus_tui.tui.ask import ConfirmScreen

        state, desk = self._selected(), self.desk
        if state is None or state.project is None or desk is None:
            return
        name = state.project.name

        def answered(yes: bool | None) -> None:
            if yes:
                self.keep(lambda: projects.put_aside(desk, name))

        question = f"Put {name} aside? Nothing is lost; adding it by this name brings it back."
        self.app.push_screen(ConfirmScreen(question), answered)


def _row(state: ProjectState, *, current: bool) -> Row:
    project, holding = state.project, state.holding
    assert project is not None
    figure = f"{holding.held} of {holding.known} known hold" if holding.known else "nothing known"
    about = " · ".join(project.stack) or "no stack seen"
    lines = [
        line(
            Part(project.name, "title"),
            Part("  in use" if current else "", "muted"),
            right=[Part(figure, "figure")],
        ),
        line(Part(about, "muted")),
        line(Part(project.folder or "no folder named: e names it", "muted")),
    ]
    return Row(project.name, tuple(lines), after=1)


def _allowed(state: ProjectState) -> str:
    allowed = state.project.allowed if state.project else None
    if allowed is None:
        return "read its files; the first audit asks for more"
    more = ["run its code"] * allowed.code + ["ask a service for known flaws"] * allowed.network
    return "read its files" + "".join(f", {each}" for each in more)
