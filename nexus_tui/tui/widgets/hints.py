"""The last row: which keys do what, here and now. Every pair can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import palette

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

_GAPS = (3, 2)
"""Cells between two pairs, and where not all would fit."""


class Hint(NamedTuple):
    """`keys` as shown, what they do, and the key that a click presses; empty: none."""

    keys: str
    verb: str
    press: str
    stays: bool = False
    """Is it shown where others are dropped?"""


HELP = Hint("?", "help", "question_mark")
CLICKED_HELP = HELP._replace(keys="")
"""In a field `?` is text, and a click is help."""
_NAMES = {"↑": "up", "↓": "down", "←": "left", "→": "right", "+": "plus", "-": "minus"}


class Hints(Widget):
    """Shows what fits, drops from the right end; the way back and `? help` stay."""

    DEFAULT_CSS = "Hints { height: 1; width: 100%; dock: bottom; }"

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[Hint, ...] = ()

    def on_mount(self) -> None:
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        self.refresh()

    def show(self, hints: Sequence[Hint]) -> None:
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def _spans(self) -> list[tuple[int, int, Hint]]:
        width = self.size.width
        left, right = (6, width - 6) if width >= 110 else (3, width - 2)
        help_ = CLICKED_HELP if self._help_is_typed() else HELP
        size = self._width_of(help_)
        placed = [(right - size, right, help_)]
        start = left
        fitting, gap = self._fitting(right - size - left)
        for hint in fitting:
            end = start + self._width_of(hint)
            placed.append((start, end, hint))
            start = end + gap
        return sorted(placed)

    def _fitting(self, room: int) -> tuple[Sequence[Hint], int]:
        """The first that fit in `room` cells, with the one that stays, and the gap between them."""
        shown = list(self._hints)
        while shown:
            taken = sum(self._width_of(hint) for hint in shown)
            for gap in _GAPS:
                if taken + gap * len(shown) <= room:
                    return shown, gap
            del shown[-2 if len(shown) > 2 and shown[-1].stays else -1]
        return (), 0

    def _width_of(self, hint: Hint) -> int:
        return cell_len(palette(self.app).text(hint.keys)) + 1 + cell_len(hint.verb)

    def render_line(self, y: int) -> Strip:
        colours = palette(self.app)
        segments: list[Segment] = []
        at = 0
        for start, end, hint in self._spans():
            segments += [
                Segment(" " * (start - at)),
                Segment(colours.text(hint.keys), colours.style("bold")),
                Segment(" " + hint.verb, colours.style("muted")),
            ]
            at = end
        strip = Strip(segments).adjust_cell_length(self.size.width)
        return strip.apply_style(self.rich_style)

    def _key_at(self, hint: Hint, x: int) -> str:
        """The key that a click on cell `x` of a pair presses; of several keys, the one it hit."""
        keys = hint.keys.split(" ")
        if len(keys) > 1 and all(len(key) == 1 for key in keys):
            end = 0
            for key in keys:
                end += cell_len(palette(self.app).text(key)) + 1
                if x < end - 1:
                    return _NAMES.get(key, key)
        return hint.press

    def _help_is_typed(self) -> bool:
        focused = self.screen.focused
        return focused is not None and focused.check_consume_key(HELP.press, HELP.keys)

    def on_click(self, event: events.Click) -> None:
        for start, end, hint in self._spans():
            if start <= event.x < end:
                if hint == CLICKED_HELP:
                    self.app.call_later(self.app.run_action, "app.help")
                elif key := self._key_at(hint, event.x - start):
                    self.app.simulate_key(key)
