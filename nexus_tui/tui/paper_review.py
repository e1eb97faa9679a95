"""The pass of review after an exam or a placement: each question with what is right and why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from nexus_tui.catalog.revision import revision
from nexus_tui.learning.grading import Verdict
from nexus_tui.progress.store import StoreError
from nexus_tui.tui import opening
from nexus_tui.tui.feedback import REPORTED, all_explanations, reasons
from nexus_tui.tui.paper import PaperScreen
from nexus_tui.tui.place import BACK
from nexus_tui.tui.widgets.answers import Options, right_lines, verdict_lines
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.study.exam_report import Reviewed

_COLUMN = 84
"""Cells of the one column on a wide screen."""


class PaperReviewScreen(PaperScreen):
    """Read only: one question after the other, as it was answered."""

    NAME: ClassVar[str] = "Questions again"
    ABOUT: ClassVar[str] = (
        "Every question as you answered it, with what is right and why. Nothing you do here is "
        "graded."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next question, or back at the end", show=False),
        Binding("tab", "move(1)", "Next question", show=False, priority=True),
        Binding("shift+tab", "move(-1)", "Question before", show=False, priority=True),
        Binding("e", "explain", "All explanations", show=False),
        Binding("l", "lesson", "The lesson", show=False),
        Binding("exclamation_mark", "report", "Report the question as wrong", show=False),
    ]

    def __init__(self, found: Sequence[Reviewed], place: int = 0) -> None:
        super().__init__()
        self._found = found
        self._place = place
        self._all = False

    @property
    def _one(self) -> Reviewed:
        return self._found[self._place]

    def opened(self) -> None:
        self.open_question()

    @work(exclusive=True, group="ask")
    async def _open(self) -> None:
        one, self._all = self._one, False
        await self.put(one.asked, one.response, take=False)
        answer = self.answer
        if answer is not None:
            if one.response is not None:
                answer.settle()
            elif isinstance(answer, Options):
                # Nothing was chosen, so the right ones alone are marked.
                answer.ticked = set()
                answer.graded = answer.closed = True
                answer._show()
                answer.cursor = -1
            else:
                answer.display = False
            answer.can_focus = False
        self._show_feedback()
        self.refresh_view()

    def show(self) -> None:
        self.progress((self._place + 1) / len(self._found))
        count = f"Question {self._place + 1} of {len(self._found)}"
        verdict = Part(*self._verdict())
        title = self._one.asked.topic_title if self._one.asked else ""
        room = min(_COLUMN, self.size.width - 5) - len(count) - len(verdict.text) - 6
        topic = f" · {shortened(title, room)}" if title else ""
        self.query_one("#head", Lines).show(
            line(Part(count, "bold"), Part(topic, "muted"), right=[verdict])
        )

    def _verdict(self) -> tuple[str, str]:
        if self.note:
            return self.note, "strong"
        grade = self._one.grade
        if grade is None:
            return "✗ not answered", "bad-bold"
        return ("✓ right", "ok") if grade.verdict is Verdict.RIGHT else ("✗ wrong", "bad-bold")

    def hints(self) -> Sequence[Hint]:
        last = self._place + 1 == len(self._found)
        return (
            Hint("enter", "done" if last else "next", "enter"),
            Hint("shift+tab", "before", "shift+tab"),
            Hint("e", "all explanations", "e"),
            Hint("l", "lesson", "l"),
            Hint("!", "report", "exclamation_mark"),
            BACK,
        )

    def _show_feedback(self) -> None:
        one = self._one
        told = one.explanation
        if one.asked is None or told is None:
            return
        question = one.asked.question
        lines: list[Line] = [Line()]
        if one.grade is not None and one.response is not None:
            lines += verdict_lines(question, one.response, one.grade, one.asked.showing.ids)
        elif not isinstance(self.answer, Options):
            lines += right_lines(question)
        if self._all:
            lines += all_explanations(question, one.response)
        else:
            lines += reasons(told, tempting=one.grade is not None and one.grade.score < 1)
        lines.append(line(Part(one.asked.source, "muted")))
        self.query_one("#feedback", Lines).show(*lines)

    # ------------------------------------------------------------ keys

    def action_next(self) -> None:
        if self._place + 1 == len(self._found):
            self.dismiss()
        else:
            self.action_move(1)

    def action_move(self, step: int) -> None:
        self._place = (self._place + step) % len(self._found)
        self.open_question()

    def action_explain(self) -> None:
        self._all = not self._all
        self._show_feedback()

    def action_lesson(self) -> None:
        opening.open_topic(self.nexus, self._one.item.topic)

    @work(group="report")
    async def action_report(self) -> None:
        one = self._one
        if one.asked is None or self.desk is None:
            return
        write = self.desk.store.report(one.item.question, "", revision(one.asked.question))
        try:
            await asyncio.shield(asyncio.wrap_future(write))
        except StoreError as error:
            self.say_not_saved(str(error), "The report was not kept.")
            return
        self.say(REPORTED)
