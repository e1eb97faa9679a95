"""A session: one question, nothing else; feedback below, and nothing above it moves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input

from nexus_tui.learning import showing
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress.store import StoreError
from nexus_tui.text import clean
from nexus_tui.tui import opening
from nexus_tui.tui.asking import MORE_TYPING, TYPE_ON, AskingScreen
from nexus_tui.tui.feedback import AFTER, REPORTED, TYPED, feedback_lines, summary_lines
from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import is_left
from nexus_tui.tui.widgets.answers import (
    CERTAIN,
    LEAVE,
    SKIP,
    Answer,
    AnswerWidget,
    answer_widget,
    answering,
    besides,
    verdict_lines,
)
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line, shortened
from nexus_tui.tui.widgets.places import Places
from nexus_tui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.sitting import Asked, Outcome, Sitting

_COLUMN = 84
"""Cells of the one column on a wide screen."""
_TITLE = 8
"""Cells without which the title of the topic is left out of the heading."""
_SEEN = 2
"""Lines of feedback that must be in sight below the verdict."""
_NOT_GIVEN = "not given yet: q again quits"
_TICKS = {Certainty.SURE: "you are sure", Certainty.GUESSED: "you guess"}


class QuestionScreen(AskingScreen):
    """Asks the questions of a sitting one after the other, then sums up."""

    NAME: ClassVar[str] = "Questions"
    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = (
        "Answer from memory. Say that you are sure, or that you guess, before you "
        "confirm: a right guess comes back within three days. Each answer is saved when "
        "its verdict is shown."
    )
    ASIDE: ClassVar[bool] = False
    AUTO_FOCUS = ""
    """A question takes the focus as it is put; a field that was left stays left."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Confirm, then next", show=False),
        Binding("s", "certainty('sure')", "Mark: I am sure", show=False),
        Binding("g", "certainty('guessed')", "Mark: I guess", show=False),
        Binding("ctrl+s", "certainty('sure')", "Mark sure while typing", show=False),
        Binding("ctrl+g", "certainty('guessed')", "Mark guess while typing", show=False),
        Binding("tab", "skip", "Skip; it comes back later", show=False, priority=True),
        Binding("e", "explain", "All explanations", show=False),
        Binding("l", "lesson", "The lesson", show=False),
        Binding("u", "undo", "Take back what you did last", show=False),
        Binding("y", "why", "Why it is asked", show=False),
        Binding("b", "hold(False)", "Do not ask it before tomorrow", show=False),
        Binding("z", "hold(True)", "Suspend it until you take that back", show=False),
        Binding("exclamation_mark", "report", "Report the question as wrong", show=False),
        Binding("q", "quit", "Quit", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.add_class("-session")
        self._sitting = sitting
        self._asked: Asked | None = None
        self._outcome: Outcome | None = None
        self._certainty = Certainty.UNMARKED
        self._all = False
        self._wanted = False
        """Is the page to begin with the verdict?"""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        with_scroll = VerticalScroll(
            Prose(id="stem", classes="column"),
            Vertical(id="slot"),
            Lines(id="verdict", classes="column"),
            Lines(id="feedback", classes="column"),
            id="page",
            can_focus=False,
        )
        yield with_scroll

    def opened(self) -> None:
        page = self.query_one("#page")
        self.watch(page, "virtual_size", self._laid_out, init=False)
        self._ask()

    # ------------------------------------------------------------ asking

    def _ask(self, note: str = "") -> None:
        """Put the next question on the page, or the summary; `note` stands in the heading.

        Until it stands there, keys are not for it: the answer on the page is another one's.
        """
        self._busy = True
        self._put(note)

    @work(exclusive=True, group="ask")
    async def _put(self, note: str) -> None:
        asked = self._sitting.asked()
        self._asked, self._outcome, self.note, self._all = asked, None, note, False
        self._certainty, self._refused, self._leaving = Certainty.UNMARKED, "", None
        slot = self.query_one("#slot", Vertical)
        await slot.remove_children()
        for below in ("#verdict", "#feedback"):
            self.query_one(below, Lines).show()
        if asked is None:
            self.query_one("#stem", Prose).show("")
        else:
            self.query_one("#stem", Prose).show(clean(showing.above(asked.question)))
            answer = answer_widget(asked.question, asked.showing, spacious=self.wide)
            await slot.mount(answer)
            answer.focus(scroll_visible=False)
        self._busy = False
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.refresh_view()

    def show(self) -> None:
        session = self._sitting.session
        number = session.position + (0 if self._outcome else 1)
        self.query_one(Places).progress = session.position / max(1, session.total)
        if self._asked is None:
            if session.current is None:  # again, once it is known what the last answer left due
                self._show_summary()
            return
        count = f"Question {number} of {session.total}"
        left = f"about {session.minutes_left} min left" if session.current else "the last one"
        right = self.note or _TICKS.get(self._certainty) or left
        room = (_COLUMN if self.wide else self.size.width - 5) - len(count) - len(right) - 6
        title = shortened(self._asked.topic_title, room)
        head = (Part(count, "bold"), Part(f" · {title}" if room >= _TITLE else "", "muted"))
        token = "muted" if not self.note and self._certainty is Certainty.UNMARKED else "strong"
        self.query_one("#head", Lines).show(line(*head, right=[Part(right, token)]))

    def hints(self) -> Sequence[Hint]:
        if self._asked is None:
            undo = (Hint("u", "undo", "u"),) if self._sitting.held() else ()
            return (Hint("enter", "done", "enter"), *undo)
        if self._outcome is not None:
            return (Hint("enter", "next", "enter"), *self.more(), *AFTER, BACK)
        question, why = self._asked.question, Hint("y", "why asked", "y")
        if self._field is not None:
            return (TYPE_ON, *self.more(), *CERTAIN, SKIP, BACK, why)
        if question.kind in TYPED:
            confirm, *others = answering(question)
            return (confirm, *self.more(MORE_TYPING), *others, LEAVE)
        return (*answering(question), BACK, *besides(question), why)

    # ------------------------------------------------------------ answering

    @on(Answer.Confirmed)
    @on(Input.Submitted)
    async def action_confirm(self) -> None:
        if self._busy:
            return
        if self._asked is None:
            self.dismiss()
        elif self._outcome is not None:
            self._ask()
        elif not self.action_type_on():
            self._busy = True
            self._grade()

    @work(group="grade")
    async def _grade(self) -> None:
        """Grade, wait until it is on disk, and only then say so."""
        answer = self.query_one("#answer")
        assert isinstance(answer, AnswerWidget)
        try:
            response = self.taken(answer)
            if response is None:
                return
            answer.hold()
            outcome = self._sitting.answer(response, self._certainty)
            # Leaving the screen ends this worker, never the writing.
            await asyncio.shield(asyncio.wrap_future(outcome.saved))
        except StoreError as error:
            answer.release()
            again = "Nothing was recorded; your answer is still here. enter tries again."
            self._show_not_saved(str(error), again)
            return
        finally:
            self._busy = False
        total = self._sitting.session.total
        self._sitting.go_on(outcome)
        self._outcome = outcome
        more = self._sitting.session.total > total
        self.note = "one more: this one comes again" if more else ""
        # A confident error is remembered best when it is explained at once, and wholly.
        self._all = outcome.confident_error
        answer.settle()
        self.set_focus(None)
        self._show_feedback()
        self.refresh_view()
        self.nexus.reread()

    def _show_not_saved(self, sentence: str, rest: str) -> None:
        self.query_one("#feedback", Lines).show(
            Line(),
            line(Part("✗ not saved: ", "bad-bold"), Part(sentence)),
            line(rest),
        )

    def _show_feedback(self, *, wanted: bool = False) -> None:
        outcome, asked = self._outcome, self._asked
        assert outcome is not None and asked is not None
        gap = [Line()] * (2 if self.wide else 1)
        verdict = verdict_lines(asked.question, outcome.response, outcome.grade, asked.showing.ids)
        self.query_one("#verdict", Lines).show(*gap, *verdict)
        lines = feedback_lines(asked, outcome, self._sitting.session, whole=self._all)
        self.query_one("#feedback", Lines).show(*lines)
        self._wanted = wanted
        self.call_after_refresh(self._reveal_feedback)

    def _laid_out(self) -> None:
        """What was said below may have its room only now."""
        self.call_after_refresh(self._reveal_feedback)

    def _reveal_feedback(self) -> None:
        """Leave the question where it stands, unless the verdict is out of sight or wanted."""
        if is_left(self):
            return
        page, verdict = self.query_one("#page", VerticalScroll), self.query_one("#verdict")
        if self._outcome is not None:
            top = verdict.virtual_region.y
            below = page.scroll_y + page.scrollable_content_region.height - top
            more = min(_SEEN, self.query_one("#feedback").size.height)
            if self._wanted or below < verdict.size.height + more or top < page.scroll_y:
                # What is longer than the page is shown from its beginning.
                page.scroll_to(y=top, animate=False)
            self.refresh_hints()

    def _show_summary(self) -> None:
        head, lines = summary_lines(self._sitting, self.overview)
        self.query_one("#head", Lines).show(head)
        self.query_one("#feedback", Lines).show(*lines)

    # ------------------------------------------------------------ other keys

    def action_certainty(self, name: str) -> None:
        if self._outcome is None and self._asked is not None and not self._busy:
            wanted = Certainty(name)
            self._certainty = Certainty.UNMARKED if self._certainty is wanted else wanted
            self.note = ""
            self.refresh_view()

    async def action_quit(self) -> None:
        """Quit; where something was entered and not given, only when that is wanted twice."""
        entered = self.entered if self._outcome is None and not self._busy else None
        self._refused = _NOT_GIVEN
        await self.quit_or_ask(entered, _NOT_GIVEN)

    def action_skip(self) -> None:
        if self._outcome is None and self._asked is not None and not self._busy:
            if self._sitting.session.is_last:
                self.say("the last one: answer it, or leave it")
                return
            self._sitting.skip()
            self._ask()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What gives an answer is for an open question, what tells it for one that was answered."""
        done, answered = self._asked is None, self._outcome is not None
        if (
            (done and action in {"why", "hold"})
            or ((done or answered) and action in {"certainty", "skip"})
            or (not answered and action in {"explain", "lesson", "report"})
        ):
            return False
        return super().check_action(action, parameters)

    def action_explain(self) -> None:
        if self._outcome is not None:
            self._all = not self._all
            self._show_feedback(wanted=self._all)

    def action_lesson(self) -> None:
        if self._asked is not None and self._outcome is not None:
            opening.open_topic(self.nexus, self._asked.planned.topic)

    def action_why(self) -> None:
        if self._asked is not None:
            opening.open_objective(self.nexus, self._asked.planned.objective, asking=True)

    def action_hold(self, suspended: bool) -> None:
        """Ask the objective no more; an answer that was given stays."""
        if self._asked is None or self._busy:
            return
        try:
            self._sitting.hold(suspended=suspended)
        except StoreError as error:
            self._show_not_saved(str(error), "It is asked on.")
            return
        self.nexus.reread()
        asked = self._sitting.asked()
        typed = asked is not None and asked.question.kind in TYPED
        undoes = "esc, then u undoes" if typed else "u undoes"
        self._ask(f"{'suspended' if suspended else 'not before tomorrow'}, {undoes}")

    def action_undo(self) -> None:
        if self._busy:
            return
        try:
            undone = self._sitting.undo()
        except StoreError as error:
            self._show_not_saved(str(error), "Nothing was taken back.")
            return
        if undone:
            self.nexus.reread()
            self._ask("taken back, asked again")
        else:
            self.say("nothing to undo")

    @work(group="report")
    async def action_report(self) -> None:
        if self._outcome is not None:
            try:
                await asyncio.shield(asyncio.wrap_future(self._sitting.report()))
            except StoreError as error:
                self._show_not_saved(str(error), "The report was not kept.")
                return
            self.say(REPORTED)
