"""One widget in an app with the themes of Nexus and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from nexus_tui.tui import themes
from nexus_tui.tui.widgets.lines import Palette
from nexus_tui.tui.widgets.scrollbar import use_thin_bars

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.widget import Widget

DARK = themes.THEMES[0]
COLOURS = Palette(DARK.variables, ascii_only=False)
PLAIN = Palette(DARK.variables, ascii_only=True)


class Bare(App[None]):
    """Shows `widgets`; in `pressed` stand the keys that came to the app."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        use_thin_bars(ascii_only=False)
        self._widgets = widgets
        self.pressed: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return DARK.variables

    def compose(self) -> ComposeResult:
        yield from self._widgets

    def simulate_key(self, key: str) -> None:
        self.pressed.append(key)

    @property
    def text(self) -> list[str]:
        """The screen, row by row."""
        return [strip.text.rstrip() for strip in self.screen._compositor.render_strips()]
