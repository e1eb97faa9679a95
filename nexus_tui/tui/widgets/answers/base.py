"""What the answers that are rows share: digits choose, enter confirms, grading closes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from nexus_tui.learning.responses import Response


class Answer(Rows, inherit_bindings=False):
    """Shared by the answers that are rows: digits choose, enter confirms.

    Of the keys of a list only those that move and `enter`: `g` is a guess here, and `l`
    confirms nothing.
    """

    MARGIN: ClassVar[int] = 1
    DEFAULT_CSS = "Answer { height: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("enter", "choose", "Confirm", show=False),
        *(Binding(str(n), f"digit({n})", f"Choose {n}", show=False) for n in range(1, 10)),
        Binding("space", "mark", "Choose this one", show=False),
    ]

    class Confirmed(Message):
        """The learner wants the answer graded."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.graded = False
        self.closed = False
        """Takes nothing more: it is being saved, or it is graded."""
        self._begun = False
        """Was anything chosen or moved to? Until then the page stays at its beginning."""

    def response(self) -> Response | None:
        """What was entered, None while nothing was."""
        raise NotImplementedError

    def doubt(self) -> str:
        """What was left as it stood, and may not be meant so; "" where nothing was."""
        return ""

    def hold(self) -> None:
        """Stand still while the answer is being saved."""
        self.closed = True

    def release(self) -> None:
        """Go on: it could not be saved."""
        self.closed = False

    def settle(self) -> None:
        """Show the verdicts; keys are the screen's from now on."""
        self.graded = self.closed = True
        self.can_focus = False
        self._show()

    def _show(self) -> None:
        raise NotImplementedError

    def watch_cursor(self, before: int, now: int) -> None:
        # The focus may come before the rows do, whose first the cursor is put on then.
        self._begun = self._begun or (self.has_focus and before >= 0)
        super().watch_cursor(before, now)

    def _reveal(self) -> None:
        if self._begun:
            super()._reveal()

    def _choose(self) -> None:
        """The learner went to a row; until then the cursor only stands there."""
        self._say_moved()

    def follow(self) -> None:
        """The wheel answers nothing: the cursor is the answer."""

    def action_move(self, step: int) -> None:
        """Go to the next line; while the cursor is below the page, move the page."""
        if self.closed:
            return
        below = self._tops[self.cursor] + self._height(self.cursor) - self._in_sight()[1]
        page = next(iter(self._holders()), None)
        if page is None or below <= 0:
            super().action_move(step)
            self._choose()
        else:
            half = max(1, page.size.height // 2)
            page.scroll_relative(y=min(below, half) if step > 0 else -half, animate=False)

    def action_edge(self, end: int) -> None:
        if not self.closed:
            super().action_edge(end)
            self._choose()

    def action_choose(self) -> None:
        self.post_message(self.Confirmed())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A digit that answers nothing is the screen's, which says so."""
        if action == "digit" and parameters > (self.most(),):
            return False
        return super().check_action(action, parameters)

    def most(self) -> int:
        """The highest digit that is an answer."""
        return 9

    def action_digit(self, number: int) -> None:
        """Choose the line `number`, counted from one."""

    def action_mark(self) -> None:
        """What space and a click do."""

    def clicked(self, number: int) -> None:
        """A click moves the cursor there and marks; it never confirms."""
        if not self.closed:
            self.cursor = number


def box(*, ticked: bool) -> str:
    """Before what may be ticked together with others."""
    return f"[{'•' if ticked else ' '}] "


def ring(*, chosen: bool) -> str:
    """Before what is chosen alone: the cursor stands on the first before anything is."""
    return f"({'•' if chosen else ' '}) "


def verdict_token(right: bool) -> str:
    """The token of a verdict."""
    return "ok" if right else "bad-bold"
