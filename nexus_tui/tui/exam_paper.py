"""An exam being taken: one question, the time left, and no word on how it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from nexus_tui.progress.store import StoreError
from nexus_tui.tui.paper import PaperScreen
from nexus_tui.tui.place import BACK
from nexus_tui.tui.widgets.answers import LEAVE, Answer
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.timer import Timer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.learning.responses import Response
    from nexus_tui.study.exams import Examination, How

_AGAIN = "q again quits"


class ExamPaperScreen(PaperScreen):
    """`enter` keeps an answer and goes on; every other way to move keeps nothing."""

    NAME: ClassVar[str] = "Exam"
    ABOUT: ClassVar[str] = (
        "An exam. Only enter saves an answer, and it is on disk before the next question comes; "
        "answer again as often as you like, the last answer counts. What is open at the end is "
        "wrong. Leaving does not stop the time."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Keep the answer, then the next open question", show=False),
        Binding("tab", "move(1)", "Next question", show=False, priority=True),
        Binding("shift+tab", "move(-1)", "Question before", show=False, priority=True),
        Binding("f", "flag", "Flag it, to come back", show=False),
        Binding("ctrl+f", "flag", "Flag it while typing", show=False, priority=True),
        Binding("o", "sheet", "All questions, and hand in", show=False),
        Binding("ctrl+o", "sheet", "All questions, while typing", show=False, priority=True),
        Binding("q", "quit", "Quit", show=False),
    ]

    def __init__(self, examination: Examination) -> None:
        super().__init__()
        self._exam = examination
        self._stood: Response | None = None
        """What the open question holds where nothing more is entered: as opened, or as kept."""
        self._over = False

    @property
    def _drafts(self) -> dict[str, Response]:
        """Question → what was entered and not kept; also for when the exam is gone on with."""
        assert self.desk is not None
        return self.desk.drafts.setdefault(self._exam.id, {})

    def beside_head(self) -> Iterable[Widget]:
        yield Timer()

    def opened(self) -> None:
        self.set_interval(1, self.tick)
        self.open_question()

    # ------------------------------------------------------------ the question

    @work(exclusive=True, group="ask")
    async def _open(self) -> None:
        """Put the open question on the page, with what was entered before."""
        self._asked = self._exam.asked()
        question = self._exam.sheet.current.question
        draft = self._drafts.get(question)
        await self.put(self._asked, draft or self._exam.earlier())
        answer = self.answer
        untouched = answer.response() if answer is not None else None
        self._stood = untouched if draft is None else self._exam.earlier()
        self.refresh_view()

    def show(self) -> None:
        sheet = self._exam.sheet
        self.progress(len(sheet.answered) / len(sheet.items))
        parts = [Part(f"Question {sheet.position + 1} of {len(sheet.items)}", "bold")]
        question = sheet.current.question
        if question in self._drafts:
            parts.append(Part(" · entered, enter saves it", "muted"))
        elif question in sheet.answered:
            parts.append(Part(" · answered", "muted"))
        if question in sheet.flagged:
            parts.append(Part(" · flagged", "strong"))
        if self.note:
            parts.append(Part(f" · {self.note}", "strong"))
        self.query_one("#head", Lines).show(line(*parts))
        self.query_one(Timer).show(self._exam.seconds_left())

    def hints(self) -> Sequence[Hint]:
        typing = self.typing
        flag = Hint("ctrl+f", "flag", "ctrl+f") if typing else Hint("f", "flag", "f")
        sheet = Hint("ctrl+o", "all", "ctrl+o") if typing else Hint("o", "all", "o")
        after, before = Hint("tab", "next", "tab"), Hint("shift+tab", "before", "shift+tab")
        back = LEAVE if typing else BACK
        return (*self.keeping(), after, sheet, flag, back, *self.besides(), before)

    # ------------------------------------------------------------ answering

    @on(Answer.Confirmed)
    @on(Input.Submitted)
    def action_confirm(self) -> None:
        if self._busy or not self._ready:
            return
        if self._over:
            self._end("time up")
        elif self._asked is None:
            self.action_move(1)
        elif not self.action_type_on():
            self._busy = True
            self._keep()

    @work(group="keep")
    async def _keep(self) -> None:
        """Keep the answer, wait until it is on disk, then go on."""
        answer = self.answer
        try:
            if answer is None:
                return
            response = self.taken(answer)
            if response is None:
                return
            if not self._exam.seconds_left():
                return  # the next tick ends it
            answer.hold()
            try:
                write = self._exam.answer(response)
            except StoreError as error:
                answer.release()
                self.say_not_saved(str(error), "Your answer is still here. enter tries again.")
                return
            fact = await self.kept(write, "Your answer is still here. enter tries again.")
            if fact is None:
                answer.release()
                return
        finally:
            self._busy = False
        self._exam.answered(fact)
        self._stood = response
        self._drafts.pop(self._exam.sheet.current.question, None)
        place = self._exam.sheet.next_open()
        if place is None:
            self.refresh_view()
            answer.release()
            self.action_sheet()
        else:
            self._exam.go(place)
            self.open_question()

    def _leave(self) -> None:
        """Remember what was entered and not kept, and only that."""
        answer = self.answer
        if answer is None:
            return
        question, response = self._exam.sheet.current.question, answer.response()
        if response is None or response == self._stood:
            self._drafts.pop(question, None)
        else:
            self._drafts[question] = response

    async def action_quit(self) -> None:
        """Quit; where something was entered and not kept, only when that is wanted twice."""
        if not self._busy and not self._over:
            self._leave()
        await self.quit_or_ask(dict(self._drafts) or None, _AGAIN)

    def on_screen_suspend(self) -> None:
        if not self._busy and not self._over:
            self._leave()

    def action_move(self, step: int) -> None:
        if not self._busy and not self._over:
            self._leave()
            self._exam.go(self._exam.sheet.position + step)
            self.open_question()

    def action_flag(self) -> None:
        if self._over:
            return
        try:
            self._exam.flag()
        except StoreError as error:
            self.say_not_saved(str(error), "It is not flagged.")
            return
        self.note = ""
        self.refresh_view()

    def action_sheet(self) -> None:
        """All questions at a glance; from there the exam is handed in."""
        from nexus_tui.tui.exam_sheet import SheetScreen

        if not self._busy and not self._over:
            self._leave()
            self.app.push_screen(SheetScreen(self._exam, set(self._drafts)), self._from_sheet)

    def _from_sheet(self, place: int | None) -> None:
        if place is None or self._over:
            return
        if place < 0:
            self._end("handed in")
        else:
            self._exam.go(place)
            self.open_question()

    # ------------------------------------------------------------ time, and the end

    def tick(self) -> None:
        """Once a second: the time left, and the end when there is none."""
        left = self._exam.seconds_left()
        self.query_one(Timer).show(left)
        if not left and not self._over and not self._busy:
            self._end("time up")

    @work(group="end")
    async def _end(self, how: How) -> None:
        """End the exam and show what came of it."""
        from nexus_tui.tui.exam_result import ExamResultScreen

        self._over = True
        while self.app.screen is not self and self in self.app.screen_stack:
            await self.app.pop_screen()  # what was opened over the question
        try:
            ended = self._exam.end(how)
        except StoreError as error:
            self._over = how == "time up"
            rest = "What you answered is kept; enter tries again."
            self.say_not_saved(str(error), rest if self._over else "The exam goes on.")
            return
        self.nexus.reread()
        self.app.switch_screen(ExamResultScreen(ended))
