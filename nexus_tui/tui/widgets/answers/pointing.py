"""Point at the faulty line of a piece of code, or tick all that are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from nexus_tui.learning.responses import Pointed, Response
from nexus_tui.tui.widgets.answers.base import Answer, box
from nexus_tui.tui.widgets.code import coloured
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import GUTTER, Row

if TYPE_CHECKING:
    from nexus_tui.catalog.models import LineQuestion

_ROOM = " " * len("✗ your line")
"""Kept free for the verdict, so that nothing wraps anew when it comes."""
_SHORT = {
    "✓ your answer, right": "✓ your line",
    "✓ right, not ticked": "✓ unticked",
    "✓ right answer": "✓ right one",
    "✗ your answer, wrong": "✗ your line",
}
"""What stands beside code that leaves no more than `_ROOM`."""


class Pointing(Answer):
    """The code with its line numbers; blank lines are stepped over."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("0", "digit(0)", "Line 10, 20, …", show=False)]

    def __init__(self, question: LineQuestion) -> None:
        super().__init__(id="answer")
        self.key = question.line
        self.code = coloured("\n".join(self.key.lines), self.key.language)
        self.ticked: set[int] = set()
        """What was chosen, of several what is ticked."""
        self._typed = (0, -1)
        """The number typed so far, and where the cursor stood then."""

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.show(
            [
                Row(str(number), (self._line(number, text),), fixed=not text.strip())
                for number, text in enumerate(self.key.lines, 1)
            ]
        )

    def _line(self, number: int, text: str) -> Line:
        ticked = number in self.ticked
        head = [Part(f"{number:>2}  ", "figure")]
        if self.key.several and text.strip():
            head.append(Part(box(ticked=ticked), "accent" if ticked else "muted"))
        used = sum(len(part.text) for part in head)
        right = Part(_ROOM)
        if self.graded:
            right = self._verdict(number, used + len(text))
        elif ticked:
            word = "ticked" if self.key.several else "• chosen"
            right = Part(word.rjust(len(_ROOM)), "accent")
        parts, indent = self.code[number - 1], used + 4 + len(text) - len(text.lstrip())
        return line(*head, *parts, right=[right], indent=indent)

    def _verdict(self, number: int, used: int) -> Part:
        """The verdict of a line, in fewer words where it is long: nothing wraps anew."""
        faulty, chosen = number in self.key.faulty, number in self.ticked
        if not faulty and not chosen:
            return Part(_ROOM)
        if chosen:
            said = "✓ your answer, right" if faulty else "✗ your answer, wrong"
        else:
            said = "✓ right, not ticked" if self.key.several else "✓ right answer"
        room = self.size.width - GUTTER - self.MARGIN - used - 2
        said = said if len(said) <= room else _SHORT[said]
        return Part(said, "ok" if said[0] == "✓" else "bad-bold")

    def response(self) -> Response | None:
        return Pointed(tuple(sorted(self.ticked))) if self.ticked else None

    def _choose(self) -> None:
        if not self.key.several and self.row is not None:
            self.ticked = {int(self.row.id)}
            self._show()
        super()._choose()

    def action_digit(self, number: int) -> None:
        """Go to the line that is typed; where several are asked, tick it.

        Digits typed one after the other are one number where there is such a line: 1, then 0.
        """
        if self.closed:
            return
        before, place = self._typed
        longer = before * 10 + number
        if before and place == self.cursor and self._is_line(longer):
            if self._is_line(before):
                self.action_mark()  # it was on the way
            number = longer
        if self._is_line(number):
            self._go(number)
        self._typed = (number, self.cursor)

    def _is_line(self, number: int) -> bool:
        return 0 < number <= len(self.key.lines) and bool(self.key.lines[number - 1].strip())

    def _go(self, number: int) -> None:
        self.cursor = number - 1
        self.action_mark()

    def action_mark(self) -> None:
        if self.closed or self.row is None:
            return
        if self.key.several:
            self.ticked ^= {int(self.row.id)}
            self._show()
        self._choose()

    def clicked(self, number: int) -> None:
        if not self.closed and self._is_line(number + 1):
            self._go(number + 1)
