"""Is everything that a screen has to say really drawn?"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from textual.screen import Screen
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import RULE, Line, Lines, draw, palette
from nexus_tui.tui.widgets.rows import GUTTER, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.tui.widgets.lines import Palette


def lost(screen: Screen[Any]) -> list[str]:
    """What is cut, dropped or out of reach on `screen`, each in one sentence."""
    colours = palette(screen.app)
    return [
        problem
        for widget in screen.query(Widget)
        if isinstance(widget, Rows | Lines) and widget.display and _in_use(widget)
        for problem in chain(_cut(widget, colours), _out_of_reach(widget))
    ]


def _in_use(widget: Widget) -> bool:
    return all(isinstance(w, Widget) and w.display for w in widget.ancestors_with_self[:-2])


def _cut(widget: Rows | Lines, colours: Palette) -> Iterator[str]:
    if isinstance(widget, Rows):
        specs = [spec for row in widget._rows for spec in row.lines]
        width = widget.size.width - GUTTER - 2
    else:
        specs, width = list(widget._lines), widget.content_size.width
    for spec in specs:
        if spec is not RULE and not whole(spec, width, colours):
            text = [strip.text for strip in draw(spec, width, colours)]
            yield f"{widget!r}: {spec.left} {spec.right} is drawn as {text}"


def whole(spec: Line, width: int, colours: Palette) -> bool:
    """Are both ends of the line drawn in full in `width` cells, the right one on the first row?"""
    strips = draw(spec, width, colours)
    left, right = (
        "".join("".join(colours.text(p.text) for p in parts).split())
        for parts in (spec.left, spec.right)
    )
    first, *others = ("".join(strip.text.split()) for strip in strips)
    fits = all(strip.cell_length == width for strip in strips)
    return (
        fits
        and first.endswith(right)
        and first[: len(first) - len(right)] + "".join(others) == left
    )


def _out_of_reach(widget: Rows | Lines) -> Iterator[str]:
    """Beyond the edge of what does not scroll."""
    if isinstance(widget, Rows) and widget._rows and not widget.size.height:
        yield f"{widget!r} has no height"
    holder = widget.parent
    while isinstance(holder, Widget) and not isinstance(holder, Screen):
        if holder.styles.overflow_y in {"auto", "scroll"}:
            return
        beyond = widget.region.bottom - holder.content_region.bottom
        if beyond > 0:
            yield f"{widget!r} goes {beyond} rows beyond {holder!r}"
            return
        holder = holder.parent
