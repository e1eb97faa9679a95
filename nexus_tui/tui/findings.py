"""What audits found in a project: where, why it matters, how to mend it, what teaches it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.audit.verdict import WEIGHTS
from nexus_tui.text import clean, clean_line, counted
from nexus_tui.tui import checking
from nexus_tui.tui.ask import AskScreen
from nexus_tui.tui.checklist_lines import audited, day_of, finding_row
from nexus_tui.tui.place import BACK, LONG, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, inline, line
from nexus_tui.tui.widgets.rows import Row, Rows, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.audit.verdict import Check
    from nexus_tui.progress.payloads import FindingPayload
    from nexus_tui.progress.projects import FindingRow, Project
    from nexus_tui.study.holding import ProjectState
    from nexus_tui.tui.app import NexusApp

_GROUPS = (
    ("new", "New"),
    ("still there", "Still there"),
    ("not looked at", "Not looked at again"),
    ("accepted", "Accepted, with a reason"),
    ("mended", "Mended"),
)


class FindingsScreen(PlaceScreen):
    """Enter opens the editor at the place."""

    PLACE: ClassVar[str] = "checklists"
    ABOUT: ClassVar[str] = (
        "What the last audit found, and what became of what was found before. A finding is "
        "accepted only with a reason, which stays here."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "why", "Why it matters, and how to mend it", show=False),
        Binding("s", "suppress", "Accept with a reason; or no longer", show=False),
        Binding("L", "lesson", "The lesson behind it", show=False),
        Binding("S", "stage", "The stage that trains it", show=False),
        Binding("r", "review", "Questions on its topic", show=False),
        Binding("a", "audit", "Audit the project", show=False),
        Binding("escape,backspace", "back", "Back", show=False),
    ]

    def __init__(self, project: str, check: str = "") -> None:
        """Begins at the first finding of `check`."""
        super().__init__()
        self._project = project
        self._check_first = check
        self._state: ProjectState | None = None
        self._open: set[str] = set()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="findings")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    @property
    def step(self) -> str:
        return "findings:"

    @property
    def subject(self) -> str:
        return f"Findings in {self._project}"

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        if self.desk is None:
            return
        from nexus_tui.study import holding

        self._state = state = holding.state(self.desk, self._project)
        if state.project is None:
            return
        head = [
            line(
                Part(f"{state.project.name} › ", "muted"),
                Part("Findings", "bold"),
                right=[Part(audited(state.audits), "muted")],
            ),
            line(_figures(state)),
        ]
        self.query_one("#head", Lines).show(*head, *self.not_saved)
        rows = self._rows(state)
        self.query_one(Rows).show(rows, self._begin_at(state, rows))
        self._describe()

    def _rows(self, state: ProjectState) -> list[Row]:
        groups: dict[str, list[FindingRow]] = {}
        for row in sorted(state.findings, key=_gravity):
            groups.setdefault(_group(row), []).append(row)
        rows: list[Row] = []
        for name, title in _GROUPS:
            own = groups.get(name, [])
            if own:
                rows.append(heading(f":{name}", title, _how_many(own)))
                rows += spaced([self._row(row) for row in own])
        if not rows:
            rows = [Row(":none", tuple(_nothing(state)), fixed=True)]
        return rows

    def _row(self, row: FindingRow) -> Row:
        unfolded = row.found.key in self._open and not self.wide
        return finding_row(row, _check(row), self._more(row) if unfolded else ())

    def _begin_at(self, state: ProjectState, rows: Sequence[Row]) -> str | None:
        """Once, the first finding of the check it was opened for."""
        own = {row.found.key for row in state.findings if row.found.check == self._check_first}
        self._check_first = ""
        return next((row.id for row in rows if row.id in own), None)

    def _more(self, row: FindingRow) -> list[str]:
        """Why it matters, how to mend it, what teaches it: what the aside says on a wide screen."""
        check = _check(row)
        if check is None:
            return []
        lesson = f"Read: {checking.topic_title(self, check.topic)}"
        stage = f" · Do: {checking.stage_title(self, check.stage)}" if check.stage else ""
        return [check.why, f"Mend: {check.mend}", lesson + stage]

    @on(Rows.Moved)
    def _describe(self) -> None:
        row = self._current()
        lines: list[Line] = []
        if row is not None:
            check = _check(row)
            lines = [line(Part(check.holds if check else row.found.check, "bold")), Line()]
            if check is not None:
                lines += [line(*inline(clean(check.why))), Line(), line(Part("Mend", "bold"))]
                lines += [line(*inline(clean(check.mend))), Line(), line(Part("Read", "bold"))]
                lines += [checking.lesson_line(self, check.topic)]
                if check.stage:
                    stage = checking.stage_line(self, check.stage)
                    lines += [Line(), line(Part("Do", "bold")), stage]
            rule = f" {row.found.rule}" if row.found.rule else ""
            since = f"since {day_of(row.since)}"
            lines += [Line(), line(Part(f"{row.found.check}{rule} · {since}", "muted"))]
        self.query_one("#about", Lines).show(*lines)
        self.refresh_hints()

    def _current(self) -> FindingRow | None:
        row = self.query_one(Rows).row
        found = self._state.findings if self._state else ()
        return next((f for f in found if row is not None and f.found.key == row.id), None)

    def hints(self) -> Sequence[Hint]:
        row = self._current()
        accept = "accept no more" if row is not None and row.suppressed else "accept"
        if row is None:
            return (Hint("a", "audit", "a"), BACK)
        why = () if self.wide else (Hint("w", "why, mend", "w"),)
        return (
            Hint("enter", "edit", "enter"),
            *why,
            Hint("s", accept, "s"),
            Hint("L", "lesson", "L"),
            Hint("r", "review", "r"),
            *((Hint("S", "stage", "S"),) if self._stage() else ()),
            BACK,
        )

    # ------------------------------------------------------------ acting

    @on(Rows.Chosen)
    def _edit(self) -> None:
        row, state = self._current(), self._state
        if row is not None and state is not None and state.project is not None:
            said = open_in_editor(self.nexus, state.project, row.found)
            self.refresh_view()
            if said:
                self.notify(clean(said), severity="warning", timeout=LONG, markup=False)

    def action_why(self) -> None:
        if (row := self._current()) is not None:
            self._open ^= {row.found.key}
            self.refresh_view()

    async def action_back(self) -> None:
        """From what was unfolded to the list, from this to where one came from."""
        if self._open and not self.wide:
            self._open.clear()
            self.refresh_view()
        else:
            await self.nexus.action_back()

    def action_suppress(self) -> None:
        row = self._current()
        if row is None or row.state == "mended":
            return
        if row.suppressed is not None:
            self._keep(row.found.key, "")
            return

        def answered(reason: str | None) -> None:
            if reason:
                self._keep(row.found.key, clean_line(reason))

        ask = AskScreen("Why is it left as it is?", "a reason; it stays in sight", verb="accept")
        self.app.push_screen(ask, answered)

    def _keep(self, key: str, reason: str) -> None:
        from nexus_tui.progress import projects

        desk, beside = self.desk, self.query_one(Rows).beside
        assert desk is not None
        self.keep(lambda: projects.suppress(desk.store, self._project, key, reason).result())
        if self._state is not None and not self.not_saved:
            # It went to another group; what was to be looked at next is still here.
            self.query_one(Rows).show(self._rows(self._state), beside)

    def action_lesson(self) -> None:
        if (check := self._check()) is not None:
            checking.read_lesson(self, check.topic)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        there = super().check_action(action, parameters)
        if there and action == "why":
            return not self.wide
        return False if there and action == "stage" and self._stage() is None else there

    async def action_stage(self) -> None:
        if (stage := self._stage()) is not None:
            await checking.do_stage(self, stage)

    async def action_review(self) -> None:
        if (check := self._check()) is not None:
            await checking.review_topic(self, check.topic)

    def action_audit(self) -> None:
        checking.open_audit(self.nexus)

    def _check(self) -> Check | None:
        row = self._current()
        return _check(row) if row is not None else None

    def _stage(self) -> str | None:
        """The stage that trains what the finding under the cursor is about, if there is one."""
        check = self._check()
        return check.stage if check is not None else None


def open_in_editor(app: NexusApp, project: Project, found: FindingPayload) -> str | None:
    """Open the place of a finding; why that was not possible, or None."""
    from nexus_tui.study.auditing import new_place_of, place_of
    from nexus_tui.tui.editor import edit

    if not found.path:
        return "This finding is about the project as a whole: there is no one file to open."
    file = place_of(project.folder, found.path)
    if file is None and not found.line:
        file = new_place_of(project.folder, found.path)  # to make it is to mend it
    if file is None:
        return f"There is no {found.path} in {project.folder or 'a folder that is named'}."
    elsewhere = f"Open {file} in an editor of yours: the next audit sees what you mend."
    return edit(app, file, found.line or None, elsewhere=elsewhere)


def _check(row: FindingRow) -> Check | None:
    from nexus_tui.audit.registry import CHECKS

    return CHECKS.get(row.found.check)


def _gravity(row: FindingRow) -> int:
    """The gravest first."""
    check = _check(row)
    return -WEIGHTS[check.severity] if check else 0


def _group(row: FindingRow) -> str:
    from nexus_tui.study.holding import reason

    return "accepted" if row.state != "mended" and reason(row) is not None else row.state


def _how_many(rows: Sequence[FindingRow]) -> str:
    """How many findings, and at how many places where several are in one line."""
    from nexus_tui.study.holding import places

    found = places(rows)
    return f"{len(rows)} at {counted(found, 'place')}" if found < len(rows) else str(found)


def _figures(state: ProjectState) -> Part:
    from nexus_tui.study.holding import places

    said = [
        (places(row for row in state.findings if _group(row) == name), title.lower().split(",")[0])
        for name, title in _GROUPS
    ]
    return Part(" · ".join(f"{count} {title}" for count, title in said if count), "text")


def _nothing(state: ProjectState) -> list[Line]:
    if not state.audits:
        return [
            line(Part("Nothing was audited yet.", "bold")),
            line(Part("a looks at the files of the project and says where they fail.", "muted")),
        ]
    return [
        line(Part("The last audit found nothing.", "bold")),
        line(Part("What it could not look at stands as unknown in the checklists.", "muted")),
    ]
