"""A column of prose one pages through."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from nexus_tui.tui.widgets.prose import Prose

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Page(VerticalScroll):
    """Holds one section at a time: Textual makes a widget of every block."""

    DEFAULT_CSS = """
    Page { height: 1fr; padding: 0 1 0 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Down", show=False),
        Binding("k", "scroll_up", "Up", show=False),
        Binding("g", "scroll_home", "Top", show=False),
        Binding("G", "scroll_end", "End", show=False),
    ]

    def compose(self) -> ComposeResult:
        yield Prose(id="prose")

    async def read(self, text: str) -> None:
        """Show `text` from its beginning."""
        await self.query_one(Prose).update(text)
        self.scroll_home(animate=False)

    @property
    def at_end(self) -> bool:
        """Nothing more to scroll to."""
        return self.scroll_offset.y >= self.max_scroll_y

    def page_on(self) -> bool:
        """One screen on; False when there was none."""
        if self.at_end:
            return False
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)
        return True
