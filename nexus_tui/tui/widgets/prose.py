"""Markdown as Nexus shows it: calm, in the tokens, links only to the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.token import Token
from textual.highlight import HighlightTheme, highlight
from textual.message import Message
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownFence

from nexus_tui.catalog.links import SCHEME

if TYPE_CHECKING:
    from textual.content import Content


class CodeColours(HighlightTheme):
    """Keywords accent, strings their own token, names of definitions bold, the rest text."""

    STYLES = {
        Token.Comment: "$nx-muted italic",
        Token.Keyword: "$nx-accent",
        Token.Operator.Word: "$nx-accent",
        Token.Literal.String: "$nx-string",
        Token.Literal.String.Single: "$nx-string",
        Token.Literal.String.Double: "$nx-string",
        Token.Literal.String.Doc: "$nx-string",
        Token.Name.Class: "$nx-strong bold",
        Token.Name.Function: "$nx-strong bold",
        Token.Name.Function.Magic: "$nx-strong bold",
        Token.Generic.Strong: "bold",
        Token.Generic.Emph: "italic",
    }


class Fence(MarkdownFence):
    """A code block in the colours of the house."""

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        if language in {"", "text", "output"}:
            from textual.content import Content

            return Content(code.rstrip("\n"))
        return highlight(code, language=language, theme=CodeColours).stylize_before("$nx-text")


class Prose(Markdown):
    """A piece of a lesson, a stem or an explanation. Give it cleaned text."""

    BULLETS = ["• ", "– ", "· ", "• ", "– "]
    BLOCKS = Markdown.BLOCKS | {
        "fence": Fence,
        "code_block": Fence,
    }

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None):
        super().__init__(text or None, id=id, classes=classes, open_links=False)

    class TopicChosen(Message):
        """A link to the topic `key` was chosen."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    class Opened(Message):
        """The web page `address` was opened in the browser."""

        def __init__(self, address: str) -> None:
            super().__init__()
            self.address = address

    def on_markdown_link_clicked(self, event: Markdown.LinkClicked) -> None:
        """Open a topic here, the web in the browser; anything else a text may name is ignored."""
        event.stop()
        event.prevent_default()
        self.follow(event.href)

    def follow(self, address: str) -> None:
        """Go where a link leads."""
        if address.startswith(SCHEME):
            self.post_message(self.TopicChosen(address.removeprefix(SCHEME)))
        if address.startswith(("https://", "http://")):
            self.app.open_url(address)
            self.post_message(self.Opened(address))
