"""Type the answer: a word, an amount, or all that a piece of code prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from nexus_tui.catalog.keys import printed
from nexus_tui.learning.responses import Response, Typed
from nexus_tui.text import clean, clean_line
from nexus_tui.tui.widgets.answers.base import Answer
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.writing import Writing

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

_LONGEST = 4_000
"""Characters of an output that are read."""


def show_typed(field: Widget, event: events.Key) -> None:
    """A question opens at its beginning: what is typed brings its field into sight."""
    if event.is_printable:
        field.scroll_visible(animate=False)


class Typing(Field):
    """A typed answer; letters are text here, esc leaves the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave the field", show=False),
    ]

    def __init__(self, placeholder: str = "your answer") -> None:
        super().__init__(
            id="answer", placeholder=placeholder, max_length=200, select_on_focus=False
        )
        self.graded = False

    def on_key(self, event: events.Key) -> None:
        show_typed(self, event)

    def response(self) -> Response | None:
        text = clean_line(self.value)
        return Typed(text) if text else None

    def hold(self) -> None:
        """Stand still while the answer is being saved."""
        self.disabled = True

    def release(self) -> None:
        """Go on: it could not be saved."""
        self.disabled = False
        self.focus()

    def settle(self) -> None:
        """The answer stands as it was typed."""
        self.graded = True
        self.disabled = True

    def action_leave(self) -> None:
        self.screen.set_focus(None)


class Area(Writing):
    """Several lines: enter confirms, down on the last line begins another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Confirm", show=False, priority=True),
        Binding("ctrl+j,shift+enter", "new_line", "Begin a new line", show=False),
        Binding("escape", "leave", "Leave the field", show=False),
    ]

    def on_key(self, event: events.Key) -> None:
        show_typed(self, event)

    def action_confirm(self) -> None:
        self.post_message(Answer.Confirmed())

    def action_new_line(self) -> None:
        self.insert("\n")

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down; below the last line, where it is not blank, a new one begins."""
        row, _ = self.cursor_location
        if row == self.document.line_count - 1 and self.document.get_line(row).strip():
            self.move_cursor(self.document.end)
            self.insert("\n")
        else:
            super().action_cursor_down(select)

    def action_leave(self) -> None:
        self.screen.set_focus(None)


class Printing(Vertical):
    """What the code prints, line by line; its verdicts take the place of the field."""

    DEFAULT_CSS = """
    Printing { height: auto; }
    Printing Area { height: auto; min-height: 1; max-height: 8; border: none; padding: 0; }
    Printing .-closed { display: none; }
    """

    def __init__(self, prints: str) -> None:
        super().__init__(id="answer")
        self._key = printed(prints)
        self.graded = False

    def compose(self) -> ComposeResult:
        yield Area(
            placeholder="what it prints", compact=True, highlight_cursor_line=False, soft_wrap=True
        )
        yield Lines(classes="-closed")

    @property
    def area(self) -> Area:
        """The field."""
        return self.query_one(Area)

    def focus(self, scroll_visible: bool = True) -> Self:
        """The field is what takes keys."""
        self.area.focus(scroll_visible)
        return self

    def response(self) -> Response | None:
        text = clean(self.area.text)[:_LONGEST]
        return Typed(text) if text.strip() else None

    def hold(self) -> None:
        """Stand still while the answer is being saved."""
        self.area.disabled = True

    def release(self) -> None:
        """Go on: it could not be saved."""
        self.area.disabled = False
        self.area.focus()

    def settle(self) -> None:
        """Each line with its verdict, where it was typed."""
        self.graded = True
        lines = self.query_one(Lines)
        lines.show(*(self._line(n, text) for n, text in enumerate(printed(self.area.text))))
        self.area.add_class("-closed")
        lines.remove_class("-closed")

    def _line(self, number: int, text: str) -> Line:
        right = number < len(self._key) and text == self._key[number]
        verdict = Part("✓ right", "ok") if right else Part("✗ wrong", "bad-bold")
        return line(Part(clean(text), "strong"), right=[verdict])
