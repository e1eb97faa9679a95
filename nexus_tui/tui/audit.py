"""An audit of a project: what it may do, how far it is, what it came to."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import on, work
from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from nexus_tui.text import clean, clean_line
from nexus_tui.tui import checking
from nexus_tui.tui.audit_lines import ASK, RUN, choice_rows, result_rows, verdict_row
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.audit.auditing import Progress
    from nexus_tui.audit.verdict import Report, Verdict
    from nexus_tui.progress.projects import Project, Suppressed
    from nexus_tui.study.auditing import Kept

_TICK = 0.2
"""Seconds between two looks at what has come."""

Standing = Literal["looking", "asking", "running", "done", "stopped", "failed"]


class AuditScreen(PlaceScreen):
    """Asks once what the audit may do, then shows every verdict as it comes."""

    NAME: ClassVar[str] = "Audit"
    PLACE: ClassVar[str] = "checklists"
    ASIDE: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "An audit reads the files of your project and changes nothing in them. Before it runs "
        "any of your code it asks, once for each project. What it cannot look at is unknown."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "stop", "Stop the audit", show=False),
        Binding("f", "findings", "What audits found", show=False),
        Binding("a", "again", "Audit again", show=False),
    ]

    def __init__(self, project: str) -> None:
        super().__init__()
        self._of = project
        self._project: Project | None = None
        self._standing: Standing = "looking"
        self._why = ""
        """What went wrong, in one sentence."""
        self._asked: list[Row] = []
        self._began = 0.0
        self._progress: Progress | None = None
        self._verdicts: list[Verdict] = []
        self._accepted: dict[str, Suppressed] = {}
        """Which findings the learner accepts, and why."""
        self._drawn = 0
        """How many verdicts are on the screen."""
        self._report: Report | None = None
        self._kept: Kept | None = None
        self._settled = False
        """Was the result shown? Its cursor begins at the top."""
        self._stop = threading.Event()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="checks")

    def opened(self) -> None:
        self.set_interval(_TICK, self._tick)
        self._begin()

    def on_unmount(self) -> None:
        self._stop.set()

    # ------------------------------------------------------------ beginning

    def _begin(self) -> None:
        from nexus_tui.study import projects

        desk = self.desk
        self._project = projects.named(desk, self._of) if desk is not None else None
        if self._project is None:
            self._fail(f"There is no project {self._of} any more.")
        elif self._project.allowed is None:
            self._standing = "looking"
            self._look()
        else:
            self._run()
        self.refresh_view()

    @work(thread=True, group="audit", exclusive=True, exit_on_error=False)
    def _look(self) -> None:
        """What would be executed, if it may."""
        from nexus_tui.audit.auditing import AuditError
        from nexus_tui.study import auditing

        assert self._project is not None
        try:
            sentences = auditing.would_run(self._project)
        except AuditError as error:
            self.app.call_from_thread(self._fail, str(error))
        else:
            self.app.call_from_thread(self._ask, sentences)

    def _ask(self, sentences: list[str]) -> None:
        self._standing, self._asked = "asking", choice_rows(sentences)
        self.refresh_view()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        if self._standing == "asking":
            self._allow(code=event.row.id in {RUN, f"{RUN}{ASK}"}, choice=event.row.id)
        elif self._found_under_cursor():
            checking.open_findings(self.nexus, event.row.id)
        elif self._standing == "done":
            self.nexus.notify("Only what found something has findings to open.", markup=False)

    def _found_under_cursor(self) -> bool:
        """Is there a row of a result under the cursor, of a check that found something?"""
        row = self.query_one(Rows).row
        found = {v.check for v in self._verdicts if v.state == "failed" or v.findings}
        return self._standing == "done" and row is not None and row.id in found

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_hints()

    def _allow(self, *, code: bool, choice: str) -> None:
        from nexus_tui.study import projects

        desk, network = self.desk, choice.endswith(ASK)
        assert desk is not None
        self.keep(lambda: projects.allow(desk, self._of, code=code, network=network))
        if not self.not_saved:
            self._begin()

    # ------------------------------------------------------------ running

    def _run(self) -> None:
        self._standing, self._began = "running", time.monotonic()
        self._verdicts, self._drawn, self._progress = [], 0, None
        self._report = self._kept = None
        self._settled = False
        self._stop = threading.Event()
        self._audit(self._stop)

    @work(thread=True, group="audit", exclusive=True, exit_on_error=False)
    def _audit(self, stop: threading.Event) -> None:
        from nexus_tui.audit.auditing import AuditError
        from nexus_tui.progress.store import StoreError
        from nexus_tui.study import auditing

        desk, project = self.desk, self._project
        assert desk is not None and project is not None

        def tell(verdict: Verdict, progress: Progress) -> None:
            self._verdicts.append(verdict)
            self._progress = progress

        try:
            report = auditing.run(desk, project, tell, stop)
            kept = auditing.keep_report(desk, self._of, report)
        except AuditError as error:
            self.app.call_from_thread(self._fail, str(error))
        except StoreError as error:
            self.app.call_from_thread(self._fail, f"The audit was not saved: {error}")
        else:
            self.app.call_from_thread(self._ended, report, kept)

    def _ended(self, report: Report, kept: Kept | None) -> None:
        self._report, self._kept = report, kept
        self._standing = "done" if kept is not None else "stopped"
        self.refresh_view()

    def _fail(self, why: str) -> None:
        self._standing, self._why = "failed", why
        self.refresh_view()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.group == "audit":
            self._fail(f"The audit broke off: {event.worker.error}")

    def _tick(self) -> None:
        if self._standing == "running":
            self._show_head()
            if len(self._verdicts) != self._drawn:
                self._show_rows()

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        from nexus_tui.progress import projects
        from nexus_tui.study import auditing

        if self.desk is not None:
            self._accepted = projects.accepted(self.desk.store, self._of)
            if self._standing == "done":
                self._kept = auditing.kept(self.desk, self._of)
        self._show_head()
        self._show_rows()

    def _show_head(self) -> None:
        lines = [
            line(
                Part(f"{self._of} › ", "muted"),
                Part("Audit", "bold"),
                right=[Part(self._figure(), "muted")],
            ),
            *self._about(),
        ]
        self.query_one("#head", Lines).show(*lines, *self.not_saved)

    def _figure(self) -> str:
        if self._standing == "looking":
            return "reading…"
        if self._standing == "running":
            progress = self._progress
            done = f"{progress.done} of {progress.total} checks" if progress else "reading files"
            return f"{done} · {time.monotonic() - self._began:.0f} s"
        if self._report is not None:
            return f"{len(self._report.verdicts)} checks · {self._report.seconds:.0f} s"
        return ""

    def _about(self) -> list[Line]:
        if self._standing == "looking":
            return [line(Part("Looks what it would run.", "muted"))]
        if self._standing == "asking":
            return [line(Part("What may an audit of this project do? This is asked once."))]
        if self._standing == "running":
            running = ", ".join(self._progress.running) if self._progress else ""
            return [line(Part(f"at work: {clean_line(running) or '…'}", "muted"))]
        if self._standing == "stopped":
            return [line(Part("Stopped. Nothing was recorded; a audits again."))]
        if self._standing == "failed":
            why = Part(clean(self._why))
            return [line(Part("✗ not audited  ", "bad-bold"), why, indent=2)]
        return self._summary()

    def _summary(self) -> list[Line]:
        from nexus_tui.study.holding import places

        kept = self._kept
        assert kept is not None
        percent = kept.score.percent
        weights = "by weight: high 5, medium 3, low 1"
        share = f" · {percent} % of what is known holds, {weights}" if percent is not None else ""
        counts = (
            (places(kept.new), "new"),
            (places(kept.mended), "mended"),
            (places(kept.still), "still there"),
            (places(kept.unclear), "not looked at again"),
            (places(kept.suppressed), "accepted"),
        )
        said = " · ".join(f"{count} {word}" for count, word in counts if count) or "no findings"
        return [line(Part(f"{said}{share}"))]

    def _show_rows(self) -> None:
        if self._standing == "asking":
            self.query_one(Rows).show(self._asked)
            return
        from nexus_tui.study.auditing import with_accepted

        verdicts = [with_accepted(verdict, self._accepted) for verdict in list(self._verdicts)]
        self._drawn = len(verdicts)
        table = self.query_one(Rows)
        if self._standing == "running":
            rows = [verdict_row(verdict) for verdict in verdicts]
            follow = table.row is None or (rows and table.cursor >= len(table._rows) - 1)
            table.show(rows, rows[-1].id if rows and follow else None)
        elif self._standing == "done":
            rows = result_rows(verdicts, self._report.notes if self._report else ())
            top = next((row.id for row in rows if not row.fixed), None)
            table.show(rows, None if self._settled else top)
            self._settled = True
        else:
            table.show([])

    def hints(self) -> Sequence[Hint]:
        if self._standing == "asking":
            return (Hint("enter", "choose", "enter"), Hint("↑ ↓", "move", "down"), BACK)
        if self._standing in {"running", "looking"}:
            return (Hint("c", "stop", "c"), BACK)
        if self._standing == "done":
            key = "enter" if self._found_under_cursor() else "f"
            return (Hint(key, "findings", key), Hint("a", "audit again", "a"), BACK)
        return (Hint("a", "audit again", "a"), BACK)

    # ------------------------------------------------------------ acting

    def action_stop(self) -> None:
        self._stop.set()

    def action_again(self) -> None:
        if self._standing in {"done", "stopped", "failed"}:
            self._begin()

    def action_findings(self) -> None:
        if self._standing == "done":
            checking.open_findings(self.nexus)
