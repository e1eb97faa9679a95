"""The text of a page, to be copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

_ABOVE, _BELOW = 2, 1
"""The rows of the places, and of the hints."""


def text_of(screen: Screen[Any]) -> str:
    """The Markdown of the section that is read, whole; elsewhere what is seen."""
    from nexus_tui.tui.widgets.prose import Prose

    for page in screen.query("Page"):
        prose = next(iter(page.query(Prose)), None)
        if prose is not None and prose.source and page.region.area:
            return prose.source.strip()
    rows = [strip.text.rstrip() for strip in screen._compositor.render_strips()]
    seen = rows[_ABOVE : len(rows) - _BELOW]
    indents = [len(row) - len(row.lstrip()) for row in seen if row]
    return "\n".join(row[min(indents, default=0) :] for row in seen).strip("\n")
