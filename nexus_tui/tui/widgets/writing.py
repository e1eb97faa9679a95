"""Several lines one writes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.strip import Strip
from textual.widgets import TextArea

from nexus_tui.tui.widgets.field import still

if TYPE_CHECKING:
    from textual.geometry import Region


class Writing(TextArea):
    """A `TextArea` that is empty where it is drawn before it has its styles.

    Textual 8.2.8 raises KeyError then, which ends the app: a resize may come in between. Its
    cursor stands where nothing is to move.
    """

    def on_mount(self) -> None:
        still(self)

    def render_lines(self, crop: Region) -> list[Strip]:
        if "text-area--gutter" not in self._component_styles:
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)
