"""Point at the faulty line of a piece of code, or tick all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.responses import Pointed, Response
from nexus_tui.tui.widgets.answers.base import Answer
from nexus_tui.tui.widgets.code import coloured
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from nexus_tui.catalog.models import LineQuestion

_ROOM = Part(" " * len("✗ is sound"))
"""Kept free for the verdict, so that nothing wraps anew when it comes."""


class Pointing(Answer):
    """The code with its line numbers; blank lines are stepped over."""

    def __init__(self, question: LineQuestion) -> None:
        super().__init__(id="answer")
        self.key = question.line
        self.code = coloured("\n".join(self.key.lines), self.key.language)
        self.ticked: set[int] = set()

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
        right = self._verdict(number) if self.graded else _ROOM
        if not self.graded and number in self.ticked:
            right = Part("• ticked", "accent")
        indent = 8 + len(text) - len(text.lstrip())
        parts = self.code[number - 1]
        return line(Part(f"{number:>2}  ", "figure"), *parts, right=[right], indent=indent)

    def _verdict(self, number: int) -> Part:
        faulty, chosen = number in self.key.faulty, number in self.ticked
        if faulty and chosen:
            return Part("✓ right", "ok")
        if faulty:
            missed = self.key.several
            return Part("✗ missed", "bad-bold") if missed else Part("✓ faulty", "ok")
        return Part("✗ is sound", "bad-bold") if chosen else _ROOM

    def response(self) -> Response | None:
        if self.key.several:
            return Pointed(tuple(sorted(self.ticked))) if self.ticked else None
        return Pointed((int(self.row.id),)) if self.row is not None else None

    def settle(self) -> None:
        """Show the verdicts; the cursor stays on what was chosen."""
        if not self.key.several and self.row is not None:
            self.ticked = {int(self.row.id)}
        super().settle()

    def action_digit(self, number: int) -> None:
        """Go to the line `number`; where several are asked, tick it."""
        if self.closed or number > len(self.key.lines) or not self.key.lines[number - 1].strip():
            return
        self.cursor = number - 1
        self.action_mark()

    def action_mark(self) -> None:
        if self.key.several and not self.closed and self.row is not None:
            self.ticked ^= {int(self.row.id)}
            self._show()

    def clicked(self, number: int) -> None:
        self.action_digit(number + 1)
