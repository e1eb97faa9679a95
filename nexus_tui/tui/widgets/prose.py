"""Markdown as Nexus shows it: calm, in the tokens, links only to topics and to the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.catalog.links import SCHEME
from nexus_tui.tui import browser
from nexus_tui.tui.widgets import markdown
from nexus_tui.tui.widgets.lines import palette

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from textual import events
    from textual.geometry import Size
    from textual.selection import Selection

    from nexus_tui.tui.widgets.markdown import Code, Layout


class Prose(Widget):
    """A piece of a lesson, a stem or an explanation. Give it cleaned text."""

    DEFAULT_CSS = "Prose { height: auto; width: 1fr; }"

    class TopicChosen(Message):
        """A link to the topic `key` was chosen."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Opened(Message):
        """A link to the web was followed; `said` is what came of it, in a few words."""

        def __init__(self, said: str) -> None:
            super().__init__()
            self.said = said

    def __init__(
        self, *, breaks: bool = False, id: str | None = None, classes: str | None = None
    ) -> None:
        """With `breaks`, lines end where they were ended: so does one who writes a note mean it."""
        super().__init__(id=id, classes=classes)
        self._breaks = breaks
        self.source = ""
        """The Markdown that is shown."""
        self._tree: SyntaxTreeNode | None = None
        self._laid_out: tuple[object, Layout] | None = None

    def show(self, text: str) -> None:
        """Show another text."""
        if text != self.source:
            self.source = text
            self._tree = self._laid_out = None
            if self.text_selection is not None:
                self.screen.clear_selection()
            self.refresh(layout=True)

    def _layout(self, width: int) -> Layout:
        colours, airy = palette(self.app), self.screen.has_class("-wide")
        key = (width, colours, airy)
        if self._laid_out is None or self._laid_out[0] != key:
            if self._tree is None:
                self._tree = markdown.parse(self.source)
            rows = markdown.lay_out(self._tree, width, colours, airy=airy, breaks=self._breaks)
            self._laid_out = (key, rows)
        return self._laid_out[1]

    @property
    def codes(self) -> list[Code]:
        """The code blocks, with the rows they stand in."""
        return self._layout(self.content_size.width).codes

    # ------------------------------------------------------------ drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._layout(width).rows)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def render_line(self, y: int) -> Strip:
        width = self.content_size.width
        rows = self._layout(width).rows
        if y >= len(rows):
            return Strip.blank(width, self.rich_style)
        strip = rows[y]
        span = self.text_selection.get_span(y) if self.text_selection is not None else None
        if span is not None:
            start, end = span[0], width if span[1] == -1 else span[1]
            marked = self.screen.get_visual_style("screen--selection").rich_style
            chosen = Strip(Segment.apply_style(strip.crop(start, end), post_style=marked))
            strip = Strip.join([strip.crop(0, start), chosen, strip.crop(end)])
        return strip.apply_style(self.rich_style).apply_offsets(0, y)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        rows = self._layout(self.content_size.width).rows
        return selection.extract("\n".join(row.text.rstrip() for row in rows)), "\n"

    # ------------------------------------------------------------ links

    def on_click(self, event: events.Click) -> None:
        """Open the link that was clicked on."""
        address = event.style.meta.get(markdown.ADDRESS)
        if address:
            event.stop()
            self.follow(address)

    def follow(self, address: str) -> None:
        """Open a topic here, the web in the browser; anything else a text may name is ignored."""
        if address.startswith(SCHEME):
            self.post_message(self.TopicChosen(address.removeprefix(SCHEME)))
        if address.startswith(("https://", "http://")):
            self.post_message(self.Opened(browser.follow(self.app, address)))
