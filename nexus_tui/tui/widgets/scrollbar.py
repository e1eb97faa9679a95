"""A scroll bar that is a thin line in the margin, and nothing where it does not stand."""

from __future__ import annotations

from math import ceil
from typing import ClassVar

from rich.color import Color
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender

_DEFAULT = Color.default()


class ThinBar(ScrollBarRender):
    """Draws the thumb as a line; the actions behind each cell are Textual's own."""

    THUMB: ClassVar[str] = "│"

    @classmethod
    def render_bar(
        cls,
        size: int = 25,
        virtual_size: float = 50,
        window_size: float = 20,
        position: float = 0,
        thickness: int = 1,
        vertical: bool = True,
        back_color: Color = _DEFAULT,
        bar_color: Color = _DEFAULT,
    ) -> Segments:
        if not vertical:
            return super().render_bar(
                size, virtual_size, window_size, position, thickness, False, back_color, bar_color
            )
        first, last = _thumb(size, virtual_size, window_size, position)
        segments = []
        for cell in range(size):
            held = first <= cell < last
            action = "grab" if held else ("scroll_up" if cell < first else "scroll_down")
            style = Style(color=bar_color, bgcolor=back_color, meta={"@mouse.down": action})
            segments.append(Segment((cls.THUMB if held else " ").ljust(thickness), style))
        return Segments(segments, new_lines=True)


def _thumb(size: int, whole: float, window: float, position: float) -> tuple[int, int]:
    """The first cell of the thumb, and the one behind its last."""
    if not size or not window or whole <= window:
        return 0, 0
    length = max(1, ceil(size * window / whole))
    first = round((size - length) * position / (whole - window))
    return first, first + length


def use_thin_bars(*, ascii_only: bool) -> None:
    """Draw every scroll bar of this process so."""
    ThinBar.THUMB = "|" if ascii_only else "│"
    ScrollBar.renderer = ThinBar
