"""A line one types into: what is typed or pasted is text, never what steers a terminal."""

from __future__ import annotations

from textual.widgets import Input

from nexus_tui.text import clean


class Field(Input):
    """An `Input` that holds cleaned text only; its cursor stands where nothing is to move."""

    def on_mount(self) -> None:
        self.cursor_blink = self.cursor_blink and self.app.animation_level != "none"

    def validate_value(self, value: str) -> str:
        return clean(value).replace("\n", " ")
