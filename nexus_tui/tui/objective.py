"""One objective: why it is due or not, and what the learner may decide of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from nexus_tui.progress import decisions
from nexus_tui.progress.store import StoreError
from nexus_tui.study.why import why
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from nexus_tui.study.why import Why
    from nexus_tui.tui.app import NexusApp

_ABOUT = "Why an objective is due, in plain words."
_DECIDE = (
    "Suspend it until you take that back, or put it off until tomorrow; nothing you answered is "
    "lost."
)


class ObjectiveScreen(Modal[None]):
    """Opened over any screen; from a question it only tells, its keys are the question's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q,y,enter", "dismiss", "Back", show=False),
        Binding("z", "suspend", "Suspend, or ask again", show=False),
        Binding("b", "bury", "Not before tomorrow", show=False),
        Binding("d", "drill", "Drill it now", show=False),
        Binding("l", "lesson", "The lesson", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, objective: str, *, asking: bool = False) -> None:
        super().__init__()
        self._objective = objective
        self._asking = asking
        self.ABOUT = _ABOUT if asking else f"{_ABOUT} {_DECIDE}"
        self._why: Why | None = None
        self._failed = ""

    @property
    def nexus(self) -> NexusApp:
        from nexus_tui.tui.app import NexusApp

        assert isinstance(self.app, NexusApp)
        return self.app

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Lines(id="why", classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        nexus = self.nexus
        assert nexus.desk is not None
        try:
            self._why = why(nexus.desk, nexus.desk.overview(), self._objective)
        except StoreError as error:
            self._why, self._failed = None, str(error)
        self.query_one("#why", Lines).show(*self._lines())
        self.query_one(Hints).show(self._hints())

    def _lines(self) -> list[Line]:
        if self._why is None:
            return [line(Part(self._failed or "Content no longer has this objective.", "bold"))]
        state = self._why.objective
        lines = [
            line(Part(state.text, "bold"), right=[Part(state.words, "muted")]),
            line(Part(self._why.topic_title, "muted")),
            Line(),
        ]
        for sentence in self._why.sentences:
            lines += [line(sentence), Line()]
        if self._failed:
            lines.append(line(Part("✗ not saved: ", "bad-bold"), Part(self._failed)))
        return lines

    def _hints(self) -> tuple[Hint, ...]:
        if self._asking or self._why is None:
            return (BACK,)
        state = self._why.objective
        lesson = Hint("l", "lesson", "l")
        if state.held:
            return (Hint("z", "ask it again", "z"), lesson, BACK)
        return (
            Hint("z", "suspend", "z"),
            Hint("b", "not before tomorrow", "b"),
            Hint("d", "drill", "d"),
            lesson,
            BACK,
        )

    # ------------------------------------------------------------ actions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """From a question it only tells; what is kept back is put off already."""
        only_tells = self._asking or self._why is None
        held = self._why is not None and self._why.objective.held
        if (only_tells and action in {"suspend", "bury", "drill", "lesson"}) or (
            held and action == "bury"
        ):
            return False
        return super().check_action(action, parameters)

    def action_suspend(self) -> None:
        """Suspend; what is kept back already is asked again."""
        desk = self.nexus.desk
        if self._asking or self._why is None or desk is None:
            return
        self._failed = ""
        try:
            if self._why.objective.held:
                facts = decisions.held(desk.store)[self._objective].facts
                decisions.take_back(desk.store, facts).result()
            else:
                decisions.suspend(desk.store, self._objective).result()
        except StoreError as error:
            self._failed = str(error)
        self._changed()

    def action_bury(self) -> None:
        desk = self.nexus.desk
        if self._asking or self._why is None or desk is None or self._why.objective.held:
            return
        self._failed = ""
        try:
            decisions.bury(desk.store, self._objective).result()
        except StoreError as error:
            self._failed = str(error)
        self._changed()

    def _changed(self) -> None:
        failed = self._failed
        self._show()
        self._failed = failed
        self.nexus.reread()

    async def action_drill(self) -> None:
        if not self._asking and self._why is not None:
            self.dismiss()
            await opening.start_session(self.nexus, "drill", self._objective)

    def action_lesson(self) -> None:
        if not self._asking and self._why is not None:
            topic = self._why.topic
            self.dismiss()
            opening.open_topic(self.nexus, topic)

    def action_scroll(self, step: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=step, animate=False)
