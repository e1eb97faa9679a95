"""All questions of an exam at a glance: answered, open, flagged; and handing it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical

from nexus_tui.text import counted
from nexus_tui.tui.ask import ConfirmScreen
from nexus_tui.tui.place import BACK, NARROW
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows
from nexus_tui.tui.widgets.timer import Timer

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from nexus_tui.study.exams import Examination

HAND_IN = -1


class SheetScreen(Modal[int]):
    """Dismissed with the place of a question, or with `HAND_IN`."""

    ABOUT: ClassVar[str] = (
        "All questions of the exam. Open one to answer it, or hand the exam in: then it ends, and "
        "what is open counts as wrong."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,o,ctrl+o,backspace", "cancel", "Back to the question", show=False),
    ]

    def __init__(self, examination: Examination, drafts: set[str]) -> None:
        super().__init__()
        self._exam = examination
        self._drafts = drafts

    def compose(self) -> ComposeResult:
        with Vertical(id="ask", classes="-sheet"):
            with Horizontal(id="top"):
                yield Lines(id="head", classes="column")
                yield Timer()
            yield Rows(id="sheet")
        yield Hints()

    def on_mount(self) -> None:
        sheet = self._exam.sheet
        words = self._answered()
        flagged = f", {len(sheet.flagged)} flagged" if sheet.flagged else ""
        title = "Questions" if self.app.size.width < NARROW else "All questions"
        head = line(Part(title, "bold"), Part(f" · {words}{flagged}", "muted"))
        self.query_one("#head", Lines).show(head)
        rows = self.query_one(Rows)
        rows.show(self._rows(), str(sheet.position) if sheet.unanswered else "hand in")
        rows.focus()
        self.query_one(Hints).show(
            (
                Hint("enter", "open", "enter"),
                Hint("↑ ↓", "move", "down"),
                Hint("g", "to hand in", "g"),
                BACK,
            )
        )
        self.tick()
        self.set_interval(1, self.tick)

    def tick(self) -> None:
        """The time left; the screen below ends the exam."""
        self.query_one(Timer).show(self._exam.seconds_left())

    def _answered(self) -> str:
        """How many are answered, in words."""
        sheet = self._exam.sheet
        return f"{len(sheet.items) - sheet.unanswered} of {len(sheet.items)} answered"

    def _lost(self) -> list[str]:
        """What handing in now would lose."""
        sheet = self._exam.sheet
        found = []
        if left := sheet.unanswered:
            questions = f"{counted(left, 'question')} {'is' if left == 1 else 'are'}"
            found.append(f"{questions} not answered and would count as wrong.")
        if self._drafts:
            found.append(f"{len(self._drafts)} entered and not saved: open it, enter saves it.")
        return found

    def _rows(self) -> list[Row]:
        sheet, reason = self._exam.sheet, " ".join(self._lost()) or "All are answered."
        found = [
            Row(
                "hand in",
                (line(Part("Hand in", "title")), line(Part(reason, "muted"))),
                after=1,
            )
        ]
        for place, item in enumerate(sheet.items):
            state = "answered" if item.question in sheet.answered else "open"
            state = "entered, not saved" if item.question in self._drafts else state
            token = "muted" if state == "answered" else "text"
            flag = [Part("flagged   ", "strong")] if item.question in sheet.flagged else []
            head = line(Part(f"Question {place + 1}", "title"), right=[*flag, Part(state, token)])
            found.append(Row(str(place), (head,)))
        return found

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        if event.row.id != "hand in":
            self.dismiss(int(event.row.id))
        else:  # also where all is answered: the cursor stands here then, and enter comes easily
            question = " ".join((f"{self._answered()}.", *self._lost(), "Hand it in?"))
            self.app.push_screen(ConfirmScreen(question), self._hand_in)

    def _hand_in(self, sure: bool | None) -> None:
        if sure:
            self.dismiss(HAND_IN)

    def action_cancel(self) -> None:
        self.dismiss(None)
