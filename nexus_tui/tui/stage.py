"""A stage: brief, requirements and output on one screen; saving runs the check."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import ContentSwitcher

from nexus_tui.text import clean
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.reading import Page
from nexus_tui.tui.stage_board import Board
from nexus_tui.tui.stage_lines import file_lines, ladder_lines, ladder_parts, where_lines
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.solving import Solving, StageView


class StageScreen(PlaceScreen):
    """Solve one stage. What is written elsewhere is seen, and every save runs the check."""

    PLACE: ClassVar[str] = "challenges"
    ABOUT: ClassVar[str] = (
        "Change the files of the stage in your editor. Each save runs the checks in a copy of "
        "them, behind guard rails; what is not met says what was observed and what expected."
    )
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "run", "Run the checks", show=False),
        Binding("e", "edit", "Open the editor", show=False),
        Binding("h", "hint", "The hints, then one more", show=False),
        Binding("b", "brief", "Brief", show=False),
        Binding("o", "output", "All output", show=False),
        Binding("d", "solution", "Solution and difference", show=False),
        Binding("n", "next", "Next stage", show=False),
        Binding("p", "predict", "Answer a question on code like this", show=False),
        Binding("c", "cancel", "Stop the check", show=False),
        Binding("R", "reset", "Begin anew, keeping a copy", show=False),
        Binding("y", "allow", "Allow the server that was found", show=False),
        Binding("space", "page_on", "Page on", show=False),
        Binding("escape,backspace", "back", "Back", show=False),
    ]

    def __init__(self, solving: Solving, views: Sequence[StageView]) -> None:
        super().__init__()
        self._solving, self._views = solving, views
        self._reading = ""
        """What stands in the page; empty while the board is shown."""
        self._asked = False
        """Was the question on the code opened above?"""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="column")
        yield ContentSwitcher(Board(self._solving), Page(id="page"), initial="board")

    @property
    def subject(self) -> str:
        return self._solving.view.stage.title

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="ladder")
        yield Lines(id="rails")
        yield Lines(id="files")

    @property
    def board(self) -> Board:
        return self.query_one(Board)

    # ------------------------------------------------------------ opening

    def opened(self) -> None:
        self.board.recall()
        self._open()
        if self._solving.row is None and not self.board.note:
            self.action_brief()
        else:
            self._show_board()

    def _open(self) -> None:
        """Make the workspace and watch it."""
        from nexus_tui.labs.challenges.runs import WorkspaceError

        try:
            folder = self._solving.open()
        except WorkspaceError as error:
            self._say(str(error))
        else:
            self.board.watch_workspace(folder)

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        view = self._solving.view
        stage, of = view.stage, len(self._views)
        rails = self._solving.rails_in_short
        rails = rails.partition(":")[0] if self.narrow else rails
        where: list[Line] = []
        if self._reading == "brief":
            opens = self._solving.files.lab.opens
            where = [Line(), *where_lines(self._solving.folder_shown, opens)]
        self.query_one("#head", Lines).show(
            line(
                Part(stage.title, "bold"),
                right=[Part(f"stage {view.number} of {of} · {stage.minutes} min", "muted")],
            ),
            line(
                Part(f"{view.challenge.model.title}  ", "muted"),
                *ladder_parts(self._views, view.key),
                right=[Part(rails, "muted")],
            ),
            *where,
            Line(),
        )
        self.board.counts = self._standing != "tomorrow"
        self.board.show()
        self._show_aside()

    @property
    def _standing(self) -> str:
        return next(v.standing for v in self._views if v.key == self._solving.view.key)

    def _show_aside(self) -> None:
        solving = self._solving
        self.query_one("#ladder", Lines).show(*ladder_lines(self._views, solving.view.key))
        self.query_one("#files", Lines).show(*file_lines(solving.file_list()))
        rails = line(Part(solving.rails, "muted"))
        self.query_one("#rails", Lines).show(line(Part("Guard rails", "bold")), Line(), rails)

    def hints(self) -> Sequence[Hint]:
        edit, brief = Hint("e", "editor", "e"), Hint("b", "brief", "b")
        run, solution = Hint("r", "run", "r"), Hint("d", "solution", "d")
        on = [Hint("n", "next stage", "n")] if self._standing == "passed" and self._later else []
        if self._reading:
            back, more = Hint("esc", "to the checks", "escape", stays=True), self._hint_hint()
            if self._reading == "hints" and self._solving.may_see_solution:
                more = solution
            return (*on, run, edit, more, back)
        if self.board.running:
            return (Hint("c", "stop", "c"), edit, self._hint_hint(), brief, BACK)
        verdict = self.board.verdict
        if verdict is not None and verdict.status == "passed":
            predict = [Hint("p", "question on it", "p")] if self._solving.asks else []
            return (*on, solution, *predict, edit, BACK)
        if self._solving.found_server is not None:
            return (Hint("y", "allow it", "y"), brief, BACK)
        if on:
            return (run, *on, edit, brief, solution, BACK)
        rest = [edit, self._hint_hint(), brief]
        if self.board.output.strip():
            rest.append(Hint("o", "output", "o"))
        if self._solving.may_see_solution:
            rest.append(solution)
        return (run, *rest, BACK)

    @property
    def _later(self) -> StageView | None:
        """The next stage of the challenge that can be solved."""
        number = self._solving.view.number
        return next((v for v in self._views if v.number > number and v.files), None)

    def _hint_hint(self) -> Hint:
        shown, total = len(self._solving.hints), len(self._solving.files.hints)
        return Hint("h", f"hint {shown + 1} of {total}" if shown < total else "hints", "h")

    # ------------------------------------------------------------ checking

    def action_run(self) -> None:
        self._show_board()
        self.board.run_check()

    def action_cancel(self) -> None:
        self.board.cancel()

    @on(Board.Changed)
    def _changed(self, event: Board.Changed) -> None:
        if self._reading and event.verdict is None and self.board.running:
            self._show_board()
        if event.verdict is not None and event.verdict.status in {"passed", "failed"}:
            self._reread_ladder()
            self.nexus.reread()
        self.refresh_view()

    def _reread_ladder(self) -> None:
        from nexus_tui.study.solving import ladder

        assert self.desk is not None
        self._views = ladder(self.desk, self._solving.view.challenge)

    # ------------------------------------------------------------ page and board

    def _show_board(self) -> None:
        self._reading = ""
        self.query_one(ContentSwitcher).current = "board"
        self.board.query_one(Rows).focus()
        self.refresh_view()

    def _read(self, what: str, text: str) -> None:
        self._reading, self.board.note = what, ()
        self.query_one(ContentSwitcher).current = "page"
        self.query_one(Page).focus()
        self.query_one(Page).read(clean(text))
        self.refresh_view()

    def _say(self, sentence: str, mark: str = "✗ ") -> None:
        self.board.note = (Part(mark, "bad-bold"), Part(clean(sentence)))
        self._show_board()
        self.board.show_meaning()

    def action_page_on(self) -> None:
        if self._reading:
            self.query_one(Page).page_on()
        else:
            step = max(1, self.board.size.height - 2)
            self.board.scroll_relative(y=step, animate=False)

    async def action_back(self) -> None:
        """From a page to the checks, from these to where one came from."""
        if self._reading:
            self._show_board()
        else:
            await self.nexus.action_back()

    def action_brief(self) -> None:
        self._read("brief", self._solving.files.brief)

    def action_output(self) -> None:
        output = _fenceable(self.board.output)
        self._read("output", f"```text\n{output}\n```" if output else self.board.no_output)

    # ------------------------------------------------------------ help

    def action_hint(self) -> None:
        """The hints so far, the newest first; with the first, and on their page, one more."""
        if self._reading == "hints" or not self._solving.hints:
            self.keep(self._solving.next_hint)
        texts, total = self._solving.hints, len(self._solving.files.hints)
        parts = [f"**Hint {n} of {total}**\n\n{text}" for n, text in enumerate(texts, 1)]
        if len(texts) == total:
            parts.append("*That was the last. `d` opens the solution.*")
        self._read("hints", "\n\n".join(parts[::-1]))

    def action_solution(self) -> None:
        if not self._solving.may_see_solution:
            self._say("The solution opens after a pass, or after the last hint.", "")
        elif self._standing in {"passed", "tomorrow"}:
            self._show_solution()
        else:
            question = "Read the solution now? Solving the stage then counts only from tomorrow."
            self._confirm(question, self._show_solution)

    def _show_solution(self) -> None:
        found: list[str] = []
        self.keep(lambda: found.extend(self._solving.solution()))
        diff = "\n".join(found) or "Your files are those of the solution."
        self._reread_ladder()
        self._read("solution", f"```diff\n{_fenceable(diff)}\n```\n\n{self._solving.files.debrief}")

    def action_reset(self) -> None:
        question = "Begin this stage anew? What you wrote is kept beside it."
        self._confirm(question, self._reset)

    def _reset(self) -> None:
        from nexus_tui.labs.challenges.runs import WorkspaceError

        self.board.stop_watching()
        try:
            kept = self._solving.reset()
        except WorkspaceError as error:
            self._say(str(error))
            return
        self.board.clear()
        self._open()
        self._say(f"Begun anew. Your work until now: {kept}" if kept else "Begun anew.", mark="")

    def _confirm(self, question: str, act: Callable[[], None]) -> None:
        from nexus_tui.tui.ask import ConfirmScreen

        self.nexus.push_screen(ConfirmScreen(question), lambda yes: act() if yes else None)

    # ------------------------------------------------------------ going on

    @on(Rows.Chosen, "#checks")
    def _open_requirement(self, event: Rows.Chosen) -> None:
        """Open the editor where the failure points to."""
        self._edit(self.board.place_of(event.row.id))

    def action_edit(self) -> None:
        self._edit(self.board.place_of())

    def _edit(self, place: tuple[str, int] | None) -> None:
        from nexus_tui.tui.editor import edit

        folder = self._solving.folder
        path, number = folder / self._solving.files.lab.opens, None
        if place is not None and place[0] in dict(self._solving.file_list()):
            path, number = folder / place[0], place[1]
        if (why := edit(self.nexus, path, number)) is not None:
            self._say(why)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is there to be allowed, answered or stopped."""
        if not super().check_action(action, parameters):
            return False
        match action:
            case "allow":
                return self._solving.found_server is not None
            case "predict":
                return self._solving.prediction is not None
            case "cancel":
                return self.board.running
        return True

    def action_allow(self) -> None:
        """Let stages use the server that answers on this machine, from now on."""
        from nexus_tui.settings import SettingsError

        if self._solving.found_server is None:
            return
        try:
            self._solving.allow_found()
        except SettingsError as error:
            self._say(str(error))
        else:
            self.action_run()

    @on(Lines.Clicked, "#ladder")
    def _stage_clicked(self, event: Lines.Clicked) -> None:
        if 2 <= event.number < len(self._views) + 2:
            # A screen that waited here for its own end would wait for ever.
            self.app.call_later(self._go_to, self._views[event.number - 2].key)

    async def _go_to(self, stage: str) -> None:
        """Open another stage in the place of this one."""
        from nexus_tui.tui import opening

        if stage != self._solving.view.key:
            await self.app.pop_screen()
            await opening.open_stage(self.nexus, stage)

    async def action_next(self) -> None:
        """The next stage that can be solved."""
        later = [v for v in self._views if v.number > self._solving.view.number and v.files]
        if later:
            await self._go_to(later[0].key)
        else:
            self._say("That was the last stage here. The challenge's solution tells the rest.", "")

    async def action_predict(self) -> None:
        """Ask the question on this code."""
        if (prediction := self._solving.prediction) is not None:
            from nexus_tui.tui import opening

            self._asked = True
            await opening.ask_one(self.nexus, prediction)

    def on_screen_resume(self) -> None:
        """The time of a question counts as its own, not as work on the stage."""
        if self._asked:
            self._asked = False
            self._solving.go_on()


def _fenceable(text: str) -> str:
    """What a program printed must not end the fence it is shown in."""
    return clean(text).replace("```", "'''").rstrip("\n")
