"""The yardstick: a plain Textual app with a tree, a piece of Markdown and a footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.widgets import Footer, Markdown, Tree

if TYPE_CHECKING:
    from textual.binding import BindingType

_TEXT = "# Baseline\n\nA paragraph of text, and a list:\n\n- one\n- two\n- three\n"


class Baseline(App[None]):
    """Shows forty leaves and a short text."""

    CSS = "Tree { width: 30; }"
    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        tree: Tree[None] = Tree("baseline")
        tree.root.expand()
        for number in range(40):
            tree.root.add_leaf(f"leaf {number}")
        with Horizontal():
            yield tree
            yield Markdown(_TEXT)
        yield Footer()


if __name__ == "__main__":
    Baseline().run()
