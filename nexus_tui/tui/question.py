"""A session: one question, nothing else; feedback below, and nothing above it moves."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input

from nexus_tui.catalog.models import ChoiceQuestion, ChoicesQuestion, OrderQuestion
from nexus_tui.learning import grading
from nexus_tui.learning.grading import Verdict
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress.store import StoreError
from nexus_tui.text import clean
from nexus_tui.tui import opening
from nexus_tui.tui.place import PlaceScreen
from nexus_tui.tui.widgets.answers import Answer, Arrange, Options, Typing
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, inline, line, shortened
from nexus_tui.tui.widgets.places import Places
from nexus_tui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.sitting import Asked, Outcome, Sitting

_COLUMN = 84
"""Cells of the one column on a wide screen."""
_SEEN = 4
"""Lines of feedback that must be in sight."""
_TICKS = {Certainty.SURE: "you are sure", Certainty.GUESSED: "a guess"}


class QuestionScreen(PlaceScreen):
    """Asks the questions of a sitting one after the other, then sums up."""

    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = (
        "Answer from memory. Say that you are sure, or that you guess, before you "
        "confirm: a right guess comes back within three days. Each answer is saved when "
        "its verdict is shown."
    )
    ASIDE: ClassVar[bool] = False
    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Confirm, then next", show=False),
        Binding("s", "certainty('sure')", "Mark: I am sure", show=False),
        Binding("g", "certainty('guessed')", "Mark: I guessed", show=False),
        Binding("ctrl+s", "certainty('sure')", "Mark sure while typing", show=False),
        Binding("ctrl+g", "certainty('guessed')", "Mark guessed while typing", show=False),
        Binding("tab", "skip", "Skip; it comes back later", show=False, priority=True),
        Binding("down,j,space", "page(1)", "More of the page", show=False),
        Binding("up,k", "page(-1)", "Back up the page", show=False),
        Binding("e", "explain", "All explanations", show=False),
        Binding("l", "lesson", "The lesson", show=False),
        Binding("u", "undo", "Take the last answer back", show=False),
        Binding("exclamation_mark", "report", "Report the question as wrong", show=False),
        *(Binding(str(n), "nothing", show=False) for n in range(1, 10)),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.add_class("-session")
        self._sitting = sitting
        self._asked: Asked | None = None
        self._outcome: Outcome | None = None
        self._certainty = Certainty.UNMARKED
        self._note = ""
        self._all = False
        self._busy = False

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        with_scroll = VerticalScroll(
            Prose(id="stem", classes="column"),
            VerticalScroll(id="slot"),
            Lines(id="feedback", classes="column"),
            id="page",
            can_focus=False,
        )
        yield with_scroll

    def on_mount(self) -> None:
        super().on_mount()
        self._ask()

    # ------------------------------------------------------------ asking

    @work(exclusive=True, group="ask")
    async def _ask(self) -> None:
        """Put the next question on the page, or the summary."""
        asked = self._sitting.asked()
        self._asked, self._outcome, self._note, self._all = asked, None, "", False
        self._certainty = Certainty.UNMARKED
        slot = self.query_one("#slot", VerticalScroll)
        await slot.remove_children()
        self.query_one("#feedback", Lines).show()
        if asked is None:
            await self.query_one("#stem", Prose).update("")
            self._show_summary()
        else:
            await self.query_one("#stem", Prose).update(clean(asked.question.stem))
            answer = self._answer_widget(asked)
            await slot.mount(answer)
            answer.focus()
        self.query_one("#page", VerticalScroll).scroll_home(animate=False)
        self.refresh_view()

    def _answer_widget(self, asked: Asked) -> Options | Arrange | Typing:
        question = asked.question
        if isinstance(question, ChoiceQuestion | ChoicesQuestion):
            return Options(question, asked.showing, spacious=self.wide)
        if isinstance(question, OrderQuestion):
            return Arrange(question, asked.showing)
        return Typing()

    def show(self) -> None:
        session = self._sitting.session
        number = session.position + (0 if self._outcome else 1)
        self.query_one(Places).progress = session.position / max(1, session.total)
        if self._asked is None:
            return
        count = f"Question {number} of {session.total}"
        left = f"about {session.minutes_left} min left" if session.current else "the last one"
        right = self._note or _TICKS.get(self._certainty) or left
        room = (_COLUMN if self.wide else self.size.width - 5) - len(count) - len(right) - 6
        title = shortened(self._asked.topic_title, room)
        head = (Part(count, "bold"), Part(f" · {title}", "muted"))
        token = "muted" if not self._note and self._certainty is Certainty.UNMARKED else "strong"
        self.query_one("#head", Lines).show(line(*head, right=[Part(right, token)]))

    def hints(self) -> Sequence[Hint]:
        if self._asked is None:
            return (Hint("enter", "done", "enter"),)
        if self._outcome is not None:
            page = self.query_one("#page", VerticalScroll)
            more = (Hint("↓", "more", "down"),) if page.scroll_y < page.max_scroll_y else ()
            return (
                Hint("enter", "next", "enter"),
                *more,
                Hint("e", "all explanations", "e"),
                Hint("l", "lesson", "l"),
                Hint("u", "undo", "u"),
                Hint("!", "report", "exclamation_mark"),
            )
        question = self._asked.question
        skip = Hint("tab", "skip", "tab")
        if isinstance(question, ChoiceQuestion | ChoicesQuestion):
            digits = f"1 to {len(question.options)}"
            several = isinstance(question, ChoicesQuestion)
            return (
                Hint(digits, "tick", "space") if several else Hint(digits, "choose", "down"),
                Hint("enter", "confirm", "enter"),
                Hint("s", "sure", "s"),
                Hint("g", "guessed", "g"),
                skip,
            )
        if isinstance(question, OrderQuestion):
            return (
                Hint("J K", "move the line", "J"),
                *([Hint("h l", "indent", "l")] if any(p.indent for p in question.lines) else []),
                *([Hint("x", "leave out", "x")] if question.decoys else []),
                Hint("enter", "confirm", "enter"),
                Hint("s", "sure", "s"),
                Hint("g", "guessed", "g"),
                skip,
            )
        return (
            Hint("enter", "confirm", "enter"),
            Hint("ctrl+s", "sure", "ctrl+s"),
            Hint("ctrl+g", "guessed", "ctrl+g"),
            skip,
        )

    # ------------------------------------------------------------ answering

    @on(Answer.Confirmed)
    @on(Input.Submitted)
    async def action_confirm(self) -> None:
        if self._asked is None:
            self.dismiss()
        elif self._outcome is not None:
            self._ask()
        elif not self._busy:
            self._busy = True
            self._grade()

    @work(group="grade")
    async def _grade(self) -> None:
        """Grade, wait until it is on disk, and only then say so."""
        answer = self.query_one("#answer")
        assert isinstance(answer, Options | Arrange | Typing)
        try:
            response = answer.response()
            if response is None:
                self._say("choose or type an answer first")
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
        self._sitting.go_on(outcome)
        self._outcome = outcome
        answer.settle()
        self.set_focus(None)
        self._show_feedback()
        self.refresh_view()
        self.nexus.reread()

    def _say(self, note: str) -> None:
        self._note = note
        self.refresh_view()

    def _show_not_saved(self, sentence: str, rest: str) -> None:
        self.query_one("#feedback", Lines).show(
            Line(),
            line(Part("✗ not saved: ", "bad-bold"), Part(sentence)),
            line(rest),
        )

    def _show_feedback(self) -> None:
        outcome, asked = self._outcome, self._asked
        assert outcome is not None and asked is not None
        lines: list[Line] = [Line()] * (2 if self.wide else 1)
        if not isinstance(asked.question, ChoiceQuestion | ChoicesQuestion):
            lines += self._typed_verdict()
        told = outcome.explanation
        said = [*inline(f"{told.lesson} ", "bold", "bold"), *inline(told.rest)]
        if told.tempting and outcome.grade.verdict is not Verdict.RIGHT:
            said += inline(f" {told.tempting}")
        lines.append(line(*said))
        if self._all:
            lines += self._all_explanations()
        again = ""
        if outcome.grade.score < 1:
            later = self._sitting.session.queue[self._sitting.session.position :]
            here = any(planned.question == asked.planned.question for planned in later)
            again = f"asked again {'in this session' if here else 'tomorrow'}"
        lines.append(line(Part(asked.source, "muted"), right=[Part(again, "muted")]))
        feedback = self.query_one("#feedback", Lines)
        feedback.show(*lines)
        self.call_after_refresh(self._reveal_feedback)

    def _reveal_feedback(self) -> None:
        """Leave the question where it stands, unless the feedback would be out of sight."""
        page, feedback = self.query_one("#page", VerticalScroll), self.query_one("#feedback")
        if self._outcome is not None:
            seen = page.scrollable_content_region.height - feedback.virtual_region.y
            if self._all or seen < min(_SEEN, feedback.size.height):
                page.scroll_end(animate=False)
            self.refresh_hints()

    def _typed_verdict(self) -> list[Line]:
        assert self._outcome is not None and self._asked is not None
        verdict = self._outcome.grade.verdict
        words = {
            Verdict.RIGHT: Part("✓ right", "ok"),
            Verdict.NEAR: Part("✗ nearly right", "bad-bold"),
            Verdict.PARTIAL: Part("✗ partly right", "bad-bold"),
            Verdict.WRONG: Part("✗ wrong", "bad-bold"),
        }[verdict]
        lines = [line(words)]
        if verdict is not Verdict.RIGHT and not isinstance(self._asked.question, OrderQuestion):
            key = grading.right_answer(self._asked.question)
            lines.append(line(Part("right answer  ", "muted"), Part(key, "strong")))
        return lines

    def _all_explanations(self) -> list[Line]:
        assert self._asked is not None
        lines = [Line()]
        for text, right, why in grading.explanations(self._asked.question):
            mark = Part("✓ right  ", "ok") if right else Part("✗ wrong  ", "muted")
            lines += [line(mark, Part(text.replace("`", ""), "strong"), indent=9)]
            lines += [line(Part(" " * 9), *inline(why), indent=9)]
        return [*lines, Line()]

    def _show_summary(self) -> None:
        summary = self._sitting.session.summary()
        head = line(Part("Done", "bold"), right=[Part(f"{summary.minutes} min", "muted")])
        self.query_one("#head", Lines).show(head)
        lines = [
            line(f"{summary.right} of {summary.answered} right at the first try."),
            line(
                Part("Each answer is saved, and each objective knows when to come back.", "muted")
            ),
        ]
        if summary.missed:
            lines += [Line(), line(Part("Missed, and due again tomorrow", "bold"))]
            lines += [line(Part(self._objective(key), "text")) for key in summary.missed]
        self.query_one("#feedback", Lines).show(*lines)

    def _objective(self, key: str) -> str:
        topic = self.overview.topics.get(key.rsplit("/", 1)[0]) if self.overview else None
        found = [o.text for o in topic.objectives if o.key == key] if topic else []
        return found[0] if found else key

    # ------------------------------------------------------------ other keys

    def action_page(self, step: int) -> None:
        """Move the page where question and feedback are longer than the screen."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=step * max(1, page.size.height // 2), animate=False)
        self.call_after_refresh(self.refresh_hints)

    def action_nothing(self) -> None:
        """Digits never leave an open question."""

    def action_certainty(self, name: str) -> None:
        if self._outcome is None and self._asked is not None and not self._busy:
            wanted = Certainty(name)
            self._certainty = Certainty.UNMARKED if self._certainty is wanted else wanted
            self._note = ""
            self.refresh_view()

    def action_skip(self) -> None:
        if self._outcome is None and self._asked is not None and not self._busy:
            self._sitting.skip()
            self._ask()

    def action_explain(self) -> None:
        if self._outcome is not None:
            self._all = not self._all
            self._show_feedback()

    def action_lesson(self) -> None:
        if self._asked is not None and self._outcome is not None:
            opening.open_topic(self.nexus, self._asked.planned.topic)

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
            self._ask()
        else:
            self._say("nothing to undo")

    @work(group="report")
    async def action_report(self) -> None:
        if self._outcome is not None:
            try:
                await asyncio.shield(asyncio.wrap_future(self._sitting.report()))
            except StoreError as error:
                self._show_not_saved(str(error), "The report was not kept.")
                return
            self._say("reported, thank you")
