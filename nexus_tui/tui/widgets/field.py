"""A line one types into: what is typed or pasted is text, never what steers a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from nexus_tui.text import clean

if TYPE_CHECKING:
    from textual.widgets import TextArea


def still(field: Input | TextArea) -> None:
    """Let the cursor of `field` stand where nothing is to move."""
    field.cursor_blink = field.cursor_blink and field.app.animation_level != "none"


class Field(Input):
    """An `Input` that holds cleaned text only; its cursor stands where nothing is to move."""

    def on_mount(self) -> None:
        still(self)

    def validate_value(self, value: str) -> str:
        return clean(value).replace("\n", " ")
