"""The seven places and the rule below them, which is also the progress of a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import palette

if TYPE_CHECKING:
    from textual import events

PLACES = (
    ("today", "Today"),
    ("topics", "Topics"),
    ("challenges", "Challenges"),
    ("checklists", "Checklists"),
    ("review", "Review"),
    ("progress", "Progress"),
    ("library", "Library"),
)
_WIDE = 110
_NAMED, _ROWS = 80, 24
"""From here on nothing is left out."""


class Places(Widget):
    """Two rows: `1 Today … 7 Library`, and a rule that is heavy under the current one."""

    DEFAULT_CSS = "Places { height: 2; width: 100%; dock: top; }"

    progress: reactive[float | None] = reactive(None)
    """Share of a session that is done; None outside a session.

    In one the places are closed: their digits, which answer there, are not named.
    """

    def __init__(self, current: str) -> None:
        super().__init__()
        self.current = current

    def _spans(self) -> list[tuple[int, int, str, str]]:
        """(start, end, digit, name) of each place in cells."""
        width = self.size.width
        start, gap = (4, 4) if width >= _WIDE else (1, 2)
        spans = []
        for number, (place, name) in enumerate(PLACES, 1):
            shown = name if width >= _NAMED or place == self.current else ""
            end = start + 1 + (1 + len(shown) if shown else 0)
            spans.append((start, end, str(number), shown))
            start = end + gap
        return spans

    def render_line(self, y: int) -> Strip:
        return (self._names() if y == 0 else self._rule()).apply_style(self.rich_style)

    def _names(self) -> Strip:
        colours = palette(self.app)
        muted, bold = colours.style("muted"), colours.style("bold")
        in_session = self.progress is not None
        segments: list[Segment] = []
        at = 0
        for (place, _), (start, end, digit, name) in zip(PLACES, self._spans(), strict=True):
            here = place == self.current and not in_session
            segments.append(Segment(" " * (start - at)))
            segments.append(Segment(" " if in_session else digit, muted))
            if name:
                segments.append(Segment(" " + name, bold if here else muted))
            at = end
        if advice := self._advice(at):
            segments.append(Segment(advice.rjust(self.size.width - at - 1), muted))
        if self.size.width >= _WIDE:
            segments.append(Segment("Nexus".rjust(self.size.width - 4 - at - 1), muted))
        return Strip(segments).adjust_cell_length(self.size.width)

    def _advice(self, used: int) -> str:
        """A kind word where the window is small, if there is room for one."""
        width, height = self.app.size
        if width >= _NAMED and height >= _ROWS:
            return ""
        room = self.size.width - used - 3
        words = (f"{width}x{height}: roomier from {_NAMED}x{_ROWS}", f"best from {_NAMED}x{_ROWS}")
        return next((text for text in words if len(text) <= room), "")

    def _rule(self) -> Strip:
        colours = palette(self.app)
        width = self.size.width
        left = 4 if width >= _WIDE else 1
        right = width - (5 if width >= _WIDE else 1)
        if self.progress is not None:
            heavy_from, heavy_to = left, left + round((right - left) * self.progress)
        else:
            index = [place for place, _ in PLACES].index(self.current)
            heavy_from, heavy_to = self._spans()[index][:2]
        heavy_to = min(heavy_to, right)
        return Strip(
            [
                Segment(" " * left),
                Segment(colours.text("─") * (heavy_from - left), colours.style("rule")),
                Segment(colours.text("━") * (heavy_to - heavy_from), colours.style("accent")),
                Segment(colours.text("─") * (right - heavy_to), colours.style("rule")),
            ]
        ).adjust_cell_length(width)

    def on_click(self, event: events.Click) -> None:
        for number, (start, end, _, _) in enumerate(self._spans()):
            if start - 1 <= event.x <= end:
                self.chosen(PLACES[number][0])

    def chosen(self, place: str) -> None:
        """What a click on a place does."""
        action = f"app.go('{place}')" if self.progress is None else "screen.stay"
        self.app.call_later(self.app.run_action, action)
