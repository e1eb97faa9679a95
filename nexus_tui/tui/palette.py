"""Textual's palette, made steady: see `steady`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import command
from textual.strip import Strip
from textual.widgets import Input

from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import SteadyScreen
from nexus_tui.tui.widgets.field import still
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import palette

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult


class _CommandList(command.CommandList):
    """A list that shows its cursor as all lists do, and stands a click on what it has not any
    more."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if place >= len(self._lines) or self._lines[place] != (self.highlighted, 0):
            return strip
        colours = palette(self.app)
        ground = Style(bgcolor=self.rich_style.bgcolor, meta={"option": self.highlighted})
        cursor = Segment(colours.text("›"), colours.style("accent") + ground)
        return Strip.join([strip.crop(0, 1), Strip([cursor]), strip.crop(2)])

    async def _on_click(self, event: events.Click) -> None:
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked >= self.option_count:
            event.prevent_default()


command.CommandList = _CommandList  # type: ignore[misc]


class Palette(command.CommandPalette, SteadyScreen[None]):
    """Textual's palette, which may be opened again while the last one closes.

    It has no id, and what cannot be done to a list that is not drawn yet is not done. Its own
    keys stand in the last row, where those of the screen below would lie.
    """

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Hints()

    def on_mount(self) -> None:
        still(self.query_one(Input))
        self.query_one(Hints).show(
            (
                Hint("enter", "run", "enter"),
                Hint("↑ ↓", "choose", "down"),
                BACK,
            )
        )

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
