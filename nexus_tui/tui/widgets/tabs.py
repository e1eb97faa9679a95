"""A row of tabs: names, the active one underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import palette

if TYPE_CHECKING:
    from textual import events

_GAP, _NARROW = 3, 1


class TabRow(Widget):
    """Names side by side; a click says which one, the screen decides."""

    DEFAULT_CSS = "TabRow { height: 1; width: 1fr; margin: 0 0 1 0; padding: 0 2; }"

    active: reactive[int] = reactive(0)

    class Clicked(Message):
        """The tab number `index` was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *names: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self.names = names

    @property
    def _gap(self) -> int:
        """Cells between two names: fewer where else the last would be cut."""
        whole = sum(map(len, self.names)) + _GAP * (len(self.names) - 1)
        return _GAP if whole <= self.content_size.width else _NARROW

    def render_line(self, y: int) -> Strip:
        colours = palette(self.app)
        segments: list[Segment] = []
        for number, name in enumerate(self.names):
            token = "underline" if number == self.active else "muted"
            segments += [Segment(name, colours.style(token)), Segment(" " * self._gap)]
        width = self.content_size.width
        return Strip(segments).adjust_cell_length(width).apply_style(self.rich_style)

    def on_click(self, event: events.Click) -> None:
        start = 2
        for number, name in enumerate(self.names):
            if start <= event.x < start + len(name):
                self.post_message(self.Clicked(number))
            start += len(name) + self._gap
