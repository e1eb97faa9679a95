"""A stage: brief, requirements and output on one screen; saving runs the check."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import ContentSwitcher

from nexus_tui.text import clean
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.reading import Page
from nexus_tui.tui.stage_board import (
    GLYPHS,
    figure,
    ladder_parts,
    meaning,
    output_lines,
    place_in,
    requirement_row,
)
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, inline, line
from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from textual.widget import Widget

    from nexus_tui.labs.challenges.verdict import Decided, Event, Verdict
    from nexus_tui.study.solving import Solving, StageView

_TICK = 0.1
"""Seconds between two looks at the clock while a check runs."""
_LINES = 8
"""Of output below the checks; all of it is one key away."""


class StageScreen(PlaceScreen):
    """Solve one stage. What is written elsewhere is seen, and every save runs the check."""

    PLACE: ClassVar[str] = "challenges"
    ABOUT: ClassVar[str] = (
        "Change the files of the stage in your editor. Each save runs the checks in a copy of "
        "them, behind guard rails; what is not met says what was observed and what expected."
    )
    AUTO_FOCUS = "#checks"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "run", "Run the checks", show=False),
        Binding("e", "edit", "Open the editor", show=False),
        Binding("h", "hint", "One more hint", show=False),
        Binding("b", "brief", "Brief", show=False),
        Binding("o", "output", "All output", show=False),
        Binding("d", "solution", "Solution and difference", show=False),
        Binding("n", "next", "Next stage", show=False),
        Binding("p", "predict", "A question on this code", show=False),
        Binding("c", "cancel", "Stop the check", show=False),
        Binding("R", "reset", "Begin anew", show=False),
        Binding("y", "allow", "Allow the server that was found", show=False),
        Binding("space", "page_on", "Page on", show=False),
        Binding("escape,backspace", "back", "Back", show=False),
    ]

    def __init__(self, solving: Solving, views: Sequence[StageView]) -> None:
        super().__init__()
        self._solving, self._views = solving, views
        self._decided: dict[str, Decided] = {}
        self._verdict: Verdict | None = None
        self._output = ""
        self._trouble = ""
        """Why something asked for could not be done."""
        self._began: float | None = None
        self._again = False
        self._given = False
        self._untouched = True
        self._reading = "brief"
        """What stands in the page; empty while the board is shown."""
        self._stop = threading.Event()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="column")
        with_board = VerticalScroll(
            Lines(id="about", classes="column"),
            Lines(id="checks-head", classes="column"),
            Rows(id="checks"),
            Lines(id="meaning", classes="column"),
            Lines(id="output", classes="column"),
            id="board",
        )
        yield ContentSwitcher(with_board, Page(id="page"), initial="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="ladder")
        yield Lines(id="files")
        yield Lines(id="hints-used")
        yield Lines(id="rails")

    # ------------------------------------------------------------ opening

    def on_mount(self) -> None:
        super().on_mount()
        self._open()
        if self._solving.row is not None:
            self._reading = ""
        self._turn()
        self.set_interval(_TICK, self._tick)

    def _open(self) -> None:
        """Make the workspace and watch it."""
        from nexus_tui.labs.challenges.runs import WorkspaceError

        try:
            folder = self._solving.open()
        except WorkspaceError as error:
            self._trouble = str(error)
            return
        self._watch(folder)

    def on_unmount(self) -> None:
        self._stop.set()
        self._solving.cancel()

    @work(thread=True, group="watch", exclusive=True, exit_on_error=False)
    def _watch(self, folder: Path) -> None:
        from nexus_tui.labs.challenges.watching import changes

        for _ in changes(folder, self._stop):
            if self._stop.is_set():
                return
            self.app.call_from_thread(self.action_run)

    # ------------------------------------------------------------ checking

    def action_run(self) -> None:
        """Run the checks; one that runs is stopped, and the newest files are checked."""
        self._trouble = ""
        if self._began is not None:
            self._again = True
            self._solving.cancel()
            return
        self._began, self._verdict, self._output = time.monotonic(), None, ""
        self._decided.clear()
        self._untouched = not self._solving.touched
        self._show_board()
        self._check()

    @work(thread=True, group="check", exit_on_error=False)
    def _check(self) -> None:
        from nexus_tui.labs.challenges.runs import WorkspaceError
        from nexus_tui.progress.errors import StoreError

        call = self.app.call_from_thread
        try:
            for event in self._solving.check():
                call(self._took, event)
        except (StoreError, WorkspaceError) as error:
            call(self._not_kept, str(error))

    def _took(self, event: Event) -> None:
        from nexus_tui.labs.challenges.verdict import Decided, Printed

        if isinstance(event, Printed):
            self._output += event.text
        elif isinstance(event, Decided):
            self._decided[event.id] = event
        else:
            self._end(event)
        self.refresh_view()

    def _end(self, verdict: Verdict) -> None:
        self._began, self._verdict = None, verdict
        if self._again:
            self._again = False
            self.action_run()
        elif verdict.status in {"passed", "failed"}:
            self._given = self._untouched
            self._reread_ladder()
            self.nexus.reread()

    def _not_kept(self, why: str) -> None:
        self._began = None
        self._trouble = why
        self.refresh_view()

    def _tick(self) -> None:
        if self._began is not None and not self._reading:
            self._show_checks_head()

    def action_cancel(self) -> None:
        if self._began is not None:
            self._again = False
            self._solving.cancel()

    def _reread_ladder(self) -> None:
        from nexus_tui.study.solving import ladder

        if self.desk is not None:
            self._views = ladder(self.desk, self._solving.view.challenge)

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        view = self._solving.view
        stage, of = view.stage, len(self._views)
        self.query_one("#head", Lines).show(
            line(
                Part(stage.title, "bold"),
                right=[Part(f"stage {view.number} of {of} · {stage.minutes} min", "muted")],
            ),
            line(
                Part(f"{view.challenge.model.title}  ", "muted"),
                *ladder_parts(self._views, view.key),
                right=[Part(self._solving.rails_in_short, "muted")],
            ),
            Line(),
        )
        if not self._reading:
            self._show_checks()
        self._show_aside()

    def _show_checks(self) -> None:
        about = [line(*inline(clean(self._solving.view.stage.summary))), Line()]
        self.query_one("#about", Lines).show(*about)
        self._show_checks_head()
        self.query_one("#checks", Rows).show(
            [
                requirement_row(self._decided.get(r.id), r.text, r.id, given=self._given)
                for r in self._solving.files.lab.requirements
            ]
        )
        self.query_one("#meaning", Lines).show(*self._meaning())
        output = output_lines(self._output, _LINES)
        self.query_one("#output", Lines).show(*([Line(), *output] if output else []))

    def _show_checks_head(self) -> None:
        seconds = time.monotonic() - self._began if self._began is not None else None
        decided = list(self._decided.values())
        right = figure(decided, self._verdict, seconds)
        self.query_one("#checks-head", Lines).show(line(Part("Checks", "bold"), right=[right]))

    def _meaning(self) -> list[Line]:
        lines: list[Line] = []
        if self._trouble:
            lines += [Line(), line(Part("✗ ", "bad-bold"), Part(clean(self._trouble)), indent=2)]
        if self._verdict is not None:
            nearest = self._solving.nearest_mutant() if self._verdict.status == "passed" else None
            said = meaning(
                self._verdict,
                self._solving.mutant,
                nearest,
                tomorrow=self._standing == "tomorrow",
            )
            lines += [Line(), *said] if said else []
        return lines

    @property
    def _standing(self) -> str:
        mine = [v.standing for v in self._views if v.key == self._solving.view.key]
        return mine[0] if mine else "new"

    def _show_aside(self) -> None:
        self.query_one("#ladder", Lines).show(*self._ladder_lines())
        self.query_one("#files", Lines).show(*self._file_lines())
        total, shown = len(self._solving.files.hints), len(self._solving.hints)
        head = line(Part("Hints", "bold"), right=[Part(f"{shown} of {total} shown", "muted")])
        self.query_one("#hints-used", Lines).show(head)
        rails = line(Part(self._solving.rails, "muted"))
        self.query_one("#rails", Lines).show(line(Part("Guard rails", "bold")), Line(), rails)

    def _ladder_lines(self) -> list[Line]:
        lines = [line(Part("Stages", "bold")), Line()]
        for view in self._views:
            here = view.key == self._solving.view.key
            right = view.standing if view.standing == "passed" else f"{view.stage.minutes} min"
            mark = Part(f"{GLYPHS[view.standing]} ", "accent" if here else "muted")
            title = Part(f"{view.number} {view.stage.title}", "bold" if here else "text")
            lines.append(line(mark, title, right=[Part(right, "muted")], indent=4))
        return lines

    def _file_lines(self) -> list[Line]:
        lines = [line(Part("Files", "bold")), Line()]
        for name, changed in self._solving.file_list():
            token = "text" if changed else "muted"
            word = "changed" if changed else "as given"
            lines.append(line(Part(name, token), right=[Part(word, "muted")]))
        return [*lines, Line(), line(Part(str(self._solving.folder), "muted"))]

    def hints(self) -> Sequence[Hint]:
        if self._reading:
            back = Hint("esc", "checks", "escape")
            return (Hint("r", "run", "r"), Hint("e", "editor", "e"), *self._hint_hint(), back)
        first = Hint("r", "run", "r")
        if self._began is not None:
            first = Hint("c", "stop", "c")
        elif self._verdict is not None and self._verdict.status == "passed":
            more = [Hint("n", "next stage", "n"), Hint("d", "solution", "d")]
            if self._solving.prediction:
                more.append(Hint("p", "predict", "p"))
            return (*more, Hint("e", "editor", "e"), BACK)
        elif self._solving.found_server is not None:
            return (Hint("y", "allow it", "y"), Hint("b", "brief", "b"), BACK)
        rest = [Hint("e", "editor", "e"), *self._hint_hint(), Hint("b", "brief", "b")]
        if self._output.strip():
            rest.append(Hint("o", "output", "o"))
        if self._solving.may_see_solution:
            rest.append(Hint("d", "solution", "d"))
        return (first, *rest, BACK)

    def _hint_hint(self) -> list[Hint]:
        shown, total = len(self._solving.hints), len(self._solving.files.hints)
        verb = f"hint {shown + 1} of {total}" if shown < total else "hints"
        return [Hint("h", verb, "h")]

    # ------------------------------------------------------------ page and board

    def _turn(self) -> None:
        """Show the page or the board, whichever is wanted."""
        if self._reading == "brief":
            self._read("brief", self._solving.files.brief)
        else:
            self._show_board()

    def _show_board(self) -> None:
        self._reading = ""
        self.query_one(ContentSwitcher).current = "board"
        self.query_one("#checks", Rows).focus()
        self.refresh_view()

    def _read(self, what: str, text: str) -> None:
        self._reading = what
        self.query_one(ContentSwitcher).current = "page"
        self.query_one(Page).focus()
        self._fill(clean(text))
        self.refresh_view()

    @work(exclusive=True, group="page")
    async def _fill(self, text: str) -> None:
        await self.query_one(Page).read(text)

    def action_page_on(self) -> None:
        if self._reading:
            self.query_one(Page).page_on()
        else:
            board = self.query_one("#board")
            board.scroll_relative(y=max(1, board.size.height - 2), animate=False)

    async def action_back(self) -> None:
        if self._reading:
            self._show_board()
        else:
            await self.nexus.action_back()

    def action_brief(self) -> None:
        self._read("brief", self._solving.files.brief)

    def action_output(self) -> None:
        self._read("output", f"```text\n{_fenceable(self._output) or 'Nothing was printed.'}\n```")

    # ------------------------------------------------------------ help

    def action_hint(self) -> None:
        """One more hint; on the page of hints again, the next."""
        if self._reading == "hints" or not self._solving.hints:
            self.keep(self._solving.next_hint)
        texts = self._solving.hints
        total = len(self._solving.files.hints)
        parts = [f"**Hint {n} of {total}**\n\n{text}" for n, text in enumerate(texts, 1)]
        if len(texts) == total:
            parts.append("*That was the last. `d` opens the solution.*")
        self._read("hints", "\n\n".join(parts))

    def action_solution(self) -> None:
        if not self._solving.may_see_solution:
            self._say("The solution opens after a pass, or after the last hint.")
            return
        if self._standing in {"passed", "tomorrow"}:
            self._show_solution()
            return
        from nexus_tui.tui.ask import ConfirmScreen

        self.nexus.push_screen(
            ConfirmScreen("Read the solution now? The stage then counts from tomorrow on."),
            lambda yes: self._show_solution() if yes else None,
        )

    def _show_solution(self) -> None:
        found: list[str] = []
        self.keep(lambda: found.extend(self._solving.solution()))
        diff = "\n".join(found) or "Your files are those of the solution."
        self._reread_ladder()
        self._read("solution", f"```diff\n{_fenceable(diff)}\n```\n\n{self._solving.files.debrief}")

    def action_reset(self) -> None:
        from nexus_tui.tui.ask import ConfirmScreen

        self.nexus.push_screen(
            ConfirmScreen("Begin this stage anew? What you wrote is kept beside it."),
            lambda yes: self._reset() if yes else None,
        )

    def _reset(self) -> None:
        from nexus_tui.labs.challenges.runs import WorkspaceError

        try:
            kept = self._solving.reset()
        except WorkspaceError as error:
            self._say(str(error))
            return
        self._decided.clear()
        self._verdict = None
        self._say(f"Begun anew. Your work until now: {kept}" if kept else "Begun anew.")
        self._watch(self._solving.folder)

    def _say(self, sentence: str) -> None:
        self._trouble = sentence
        self._show_board()

    # ------------------------------------------------------------ going on

    @on(Rows.Chosen, "#checks")
    def _open_requirement(self, event: Rows.Chosen) -> None:
        """Open the editor where the failed requirement points to."""
        decided = self._decided.get(event.row.id)
        self._edit(*(place_in(decided.observed) or (None, None)) if decided else (None, None))

    def action_edit(self) -> None:
        failed = [d for d in self._decided.values() if d.status == "failed"]
        self._edit(*(place_in(failed[0].observed) or (None, None)) if failed else (None, None))

    def _edit(self, name: str | None, number: int | None) -> None:
        from nexus_tui.tui.editor import edit

        folder = self._solving.folder
        path = folder / (name or self._solving.files.lab.opens)
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            path = folder / self._solving.files.lab.opens
        if (why := edit(self.nexus, path, number)) is not None:
            self._say(why)

    def action_allow(self) -> None:
        """Let stages use the server that answers on this machine, from now on."""
        self._trouble = ""
        self._try(self._solving.allow_found)
        self.action_run()

    def _try(self, act: Callable[[], object]) -> None:
        from nexus_tui.settings import SettingsError

        try:
            act()
        except SettingsError as error:
            self._trouble = str(error)

    async def action_next(self) -> None:
        """The next stage that can be solved."""
        from nexus_tui.tui import opening

        later = [v for v in self._views if v.number > self._solving.view.number and v.files]
        if later:
            await self.app.pop_screen()
            await opening.open_stage(self.nexus, later[0].key)
        else:
            self._say("That was the last stage of this challenge. Its solution tells the rest.")

    async def action_predict(self) -> None:
        """Ask the question on this code."""
        if (prediction := self._solving.prediction) is not None:
            from nexus_tui.tui import opening

            await opening.ask_one(self.nexus, prediction)


def _fenceable(text: str) -> str:
    """What a program printed must not end the fence it is shown in."""
    return clean(text).replace("```", "'''").rstrip("\n")
