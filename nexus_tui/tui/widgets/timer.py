"""The time that is left: always as wide, so that nothing moves when it ticks."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import palette

_LAST = 60
"""Seconds from which on it is strong."""


class Timer(Widget):
    """Minutes and seconds at the right end; only its own cells are drawn anew."""

    DEFAULT_CSS = "Timer { width: 13; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0

    def show(self, seconds: int) -> None:
        """Show `seconds` as what is left."""
        if seconds != self._seconds:
            self._seconds = seconds
            self.refresh()

    def render_line(self, y: int) -> Strip:
        token = "muted" if self._seconds > _LAST else "bold"
        text = f"{self._seconds // 60}:{self._seconds % 60:02} left"
        width = self.content_size.width
        strip = Strip([Segment(text.rjust(width), palette(self.app).style(token))])
        return strip.adjust_cell_length(width).apply_style(self.rich_style)
