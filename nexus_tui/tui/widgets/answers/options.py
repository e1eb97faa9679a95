"""Choose one option, or tick several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from nexus_tui.catalog.models import ChoiceQuestion, ChoicesQuestion
from nexus_tui.learning.responses import Chosen, Response
from nexus_tui.text import unticked
from nexus_tui.tui.widgets.answers.base import Answer, box, ring
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import GUTTER, Row

if TYPE_CHECKING:
    from nexus_tui.learning.showing import Showing


class Options(Answer):
    """One or several options, in the order shown."""

    def __init__(
        self, question: ChoiceQuestion | ChoicesQuestion, showing: Showing, *, spacious: bool
    ) -> None:
        super().__init__(id="answer")
        self.question = question
        by_id = {option.id: option for option in question.options}
        self.options = [by_id[key] for key in showing.ids]
        self.several = isinstance(question, ChoicesQuestion)
        self.ticked: set[str] = set()
        """What was chosen, of several what is ticked."""
        self.spacious = spacious

    def on_mount(self) -> None:
        self._show()

    def on_resize(self) -> None:
        self._show()  # a word may have its room now, or none any more

    def _show(self) -> None:
        self.show(
            [
                Row(
                    option.id,
                    (self._line(number, option.id),),
                    after=1 if self.spacious else 0,
                )
                for number, option in enumerate(self.options, 1)
            ]
        )

    def _line(self, number: int, key: str) -> Line:
        option = self.options[number - 1]
        text = unticked(option.text)
        right = [self._verdict(key)] if self.graded else []
        ticked = key in self.ticked
        mark = box(ticked=ticked) if self.several else ring(chosen=ticked)
        head = [Part(f"{number}  ", "figure"), Part(mark, "accent" if ticked else "muted")]
        indent = sum(len(part.text) for part in head)
        if ticked and not self.graded:
            right = [Part(self._word(indent + cell_len(text)), "accent")]
        token = "title"
        if self.graded:
            token = "bold" if option.correct else ("text" if ticked else "muted")
        right = [part for part in right if part.text]
        return line(*head, Part(text, token), right=right, indent=indent)

    def _word(self, used: int) -> str:
        """Beside the mark, where there is room: nothing wraps anew while the cursor passes."""
        if self.several:
            return "ticked"
        room = self.size.width - GUTTER - self.MARGIN - used - 2
        return "chosen" if len("chosen") <= room else ""

    def _verdict(self, key: str) -> Part:
        correct = next(o.correct for o in self.options if o.id == key)
        chosen = key in self.ticked
        if correct and chosen:
            return Part("✓ your answer, right", "ok")
        if correct:
            return Part("✓ right, not ticked" if self.several else "✓ right answer", "ok")
        return Part("✗ your answer, wrong", "bad-bold") if chosen else Part("")

    def response(self) -> Response | None:
        chosen = tuple(o.id for o in self.options if o.id in self.ticked)
        return Chosen(chosen) if chosen else None

    def _choose(self) -> None:
        if not self.several and self.row is not None:
            self.ticked = {self.row.id}
            self._show()
        super()._choose()

    def most(self) -> int:
        return len(self.options)

    def action_digit(self, number: int) -> None:
        if number <= len(self.options) and not self.closed:
            self.cursor = number - 1
            self.action_mark()

    def action_mark(self) -> None:
        if self.closed or self.row is None:
            return
        if self.several:
            self.ticked ^= {self.row.id}
            self._show()
        self._choose()

    def clicked(self, number: int) -> None:
        self.action_digit(number + 1)
