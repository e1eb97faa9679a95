"""Find the right side of each left side: digits choose, the cursor goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from nexus_tui.learning.responses import Matched, Response
from nexus_tui.text import unticked
from nexus_tui.tui.widgets.answers.base import Answer
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row, spaced

if TYPE_CHECKING:
    from textual import events

    from nexus_tui.catalog.models import MatchQuestion
    from nexus_tui.learning.showing import Showing

_ROOM = Part(" " * len("✗ 9 is right"))
"""Kept free for the verdict, so that nothing wraps anew when it comes."""
_SIDE = "right/"


class Matching(Answer):
    """Left sides with what they were given; below them the right sides to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "turn(1)", "Next right side", show=False),
        Binding("left,h", "turn(-1)", "Right side before", show=False),
        Binding("x,backspace,delete", "clear", "Take the right side away", show=False),
    ]

    def __init__(self, question: MatchQuestion, showing: Showing) -> None:
        super().__init__(id="answer")
        self.lefts = {pair.id: unticked(pair.left) for pair in question.match}
        texts = {pair.id: pair.right for pair in question.match}
        texts |= {decoy.id: decoy.text for decoy in question.decoys}
        self.rights = {key: unticked(texts[key]) for key in showing.ids}
        self.made: dict[str, str] = {}
        """Left id → right id; no right side stands twice."""

    def on_mount(self) -> None:
        self._show()

    def _show(self, cursor: str | None = None) -> None:
        column = max(cell_len(text) for text in self.lefts.values()) + 3
        rows = spaced([Row(key, (self._pair(key, column),)) for key in self.lefts])
        rows += [
            Row(_SIDE + key, (self._side(number, key),), fixed=True)
            for number, key in enumerate(self.rights, 1)
        ]
        self.show(rows, cursor)

    def _pair(self, key: str, column: int) -> Line:
        left, given = self.lefts[key], self.made.get(key)
        text = Part(self.rights[given], "strong") if given else Part("–", "muted")
        blank = " " * (column - cell_len(left))
        verdict = self._verdict(key) if self.graded else _ROOM
        return line(Part(left + blank, "title"), text, right=[verdict], indent=column)

    def _verdict(self, key: str) -> Part:
        if self.made.get(key) == key:
            return Part("✓ right", "ok")
        return Part(f"✗ {list(self.rights).index(key) + 1} is right", "bad-bold")

    def _side(self, number: int, key: str) -> Line:
        used = key in self.made.values()
        right = [Part("• matched", "muted")] if used else []
        if self.graded:
            right = [] if key in self.lefts else [Part("belongs to none", "muted")]
        text = Part(self.rights[key], "muted" if used or self.graded else "text")
        return line(Part(f"{number}  ", "muted"), text, right=right, indent=3)

    def response(self) -> Response | None:
        pairs = tuple((left, self.made[left]) for left in self.lefts if left in self.made)
        return Matched(pairs) if pairs else None

    def doubt(self) -> str:
        left_open = len(self.lefts) - len(self.made)
        return f"{left_open} not matched" if left_open else ""

    # ------------------------------------------------------------ keys and mouse

    def _give(self, right: str) -> None:
        """Match the left side under the cursor; whichever had it before has none."""
        assert self.row is not None
        left = self.row.id
        self.made = {key: side for key, side in self.made.items() if side != right}
        self.made[left] = right

    def most(self) -> int:
        return len(self.rights)

    def action_digit(self, number: int) -> None:
        """Give the right side `number`, and go on to the next left side without one."""
        if self.closed or self.row is None or number > len(self.rights):
            return
        self._give(list(self.rights)[number - 1])
        lefts = list(self.lefts)
        place = lefts.index(self.row.id)
        later = [*lefts[place + 1 :], *lefts[:place]]
        self._show(next((key for key in later if key not in self.made), self.row.id))

    def action_turn(self, step: int) -> None:
        """Give the next right side, or the one before."""
        if self.closed or self.row is None:
            return
        sides = list(self.rights)
        given = self.made.get(self.row.id)
        place = sides.index(given) + step if given else (0 if step > 0 else -1)
        self._give(sides[place % len(sides)])
        self._show()

    def action_clear(self) -> None:
        """Take the right side away again."""
        if not self.closed and self.row is not None:
            self.made.pop(self.row.id, None)
            self._show()

    def on_click(self, event: events.Click) -> None:
        """A click on a right side gives that one; on a left side it goes there, as in any list."""
        row = self.row_at(event.y)
        if row is not None and row.id.startswith(_SIDE) and not self.closed:
            self.action_digit(list(self.rights).index(row.id.removeprefix(_SIDE)) + 1)
