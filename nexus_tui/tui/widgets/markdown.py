"""Markdown laid out in rows, in the tokens of the theme.

One widget draws a whole page of them. Textual's own makes a widget of every block and of every
cell of a table, and lays all of them out again whenever the page scrolls by a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from nexus_tui.tui.widgets.code import coloured
from nexus_tui.tui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nexus_tui.tui.widgets.lines import Palette

_BULLETS = "•–·"
"""Of a list, of one in it, and so on."""
_GAP = 2
"""Cells between two columns of a table, and on both sides of code."""
_TAB = 4
_NARROW = 24
"""Cells to which a column of a table can be narrowed though it has a longer word."""
_LEAST = 8
"""Cells that text keeps, however deep it stands."""
ADDRESS = "address"
"""What the style of a link knows of it."""
Row = list[Segment]


class Code(NamedTuple):
    """A code block: its text, its first row, and the row behind its last."""

    text: str
    first: int
    end: int


@dataclass(frozen=True)
class Layout:
    """A text as rows, all of one width, and where its code stands."""

    rows: list[Strip]
    codes: list[Code]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("gfm-like")


def parse(text: str) -> SyntaxTreeNode:
    """The blocks of a Markdown text."""
    return SyntaxTreeNode(_parser().parse(text))


def lay_out(
    tree: SyntaxTreeNode, width: int, colours: Palette, *, airy: bool, breaks: bool = False
) -> Layout:
    """Lay a text out in `width` cells.

    With `airy`, code has an empty row above and below; with `breaks`, a line ends where it was
    ended.
    """
    page = _Page(width, colours, airy=airy, breaks=breaks)
    page.blocks(tree.children, 0)
    rows = [Strip(row).simplify().adjust_cell_length(width) for row in page.rows]
    return Layout(rows, page.codes)


class _Page:
    """The rows so far; blocks are put below them, from the column `left`."""

    def __init__(self, width: int, colours: Palette, *, airy: bool, breaks: bool) -> None:
        self.rows: list[Row] = []
        self.codes: list[Code] = []
        self._width = width
        self._colours = colours
        self._airy = airy
        self._breaks = breaks

    def blocks(self, nodes: Iterable[SyntaxTreeNode], left: int) -> None:
        for node in nodes:
            self._block(node, left)

    def _block(self, node: SyntaxTreeNode, left: int) -> None:
        match node.type:
            case "heading":
                top = node.tag in {"h1", "h2"}
                self._text(node, left, self._style("bold" if top else "text-bold"), gap=top)
            case "paragraph":
                self._text(node, left, self._style("text"), gap=not node.hidden)
            case "bullet_list" | "ordered_list":
                self._list(node, left)
            case "blockquote":
                self.blocks(node.children, self._inset(left, _GAP))
            case "fence" | "code_block":
                self._code(node.content.rstrip(), node.info.partition(" ")[0], left)
            case "table":
                self._table(node, left)
            case "hr":
                self._put([Segment("─" * (self._width - left), self._style("rule"))], left)
                self._put([], 0)
            case _:  # HTML is no part of the house's Markdown: it is shown as it is written
                for text in node.content.rstrip("\n").split("\n"):
                    self._put([Segment(text, self._style("muted"))], left)
                self._put([], 0)

    def _inset(self, left: int, cells: int) -> int:
        """The column of what stands `cells` further in, as far as there is room."""
        return max(left, min(left + cells, self._width - _LEAST))

    def _put(self, row: Row, left: int) -> None:
        self.rows.append([Segment(" " * left), *row] if left else row)

    def _style(self, token: str) -> Style:
        return self._colours.style(token)

    # ------------------------------------------------------------ text

    def _text(self, node: SyntaxTreeNode, left: int, style: Style, *, gap: bool) -> None:
        for line in self._lines(node, style):
            for row in wrap(line, self._width - left, self._width - left, 0):
                self._put(row, left)
        if gap:
            self._put([], 0)

    def _lines(self, block: SyntaxTreeNode, style: Style) -> list[Row]:
        """The text of a block in the lines it must have."""
        lines: list[Row] = [[]]
        for node in block.children:  # one of type `inline`, or none
            self._inline(node, style, lines)
        return lines

    def _inline(self, node: SyntaxTreeNode, style: Style, lines: list[Row]) -> None:
        match node.type:
            case "softbreak" if not self._breaks:
                lines[-1].append(Segment(" ", style))
                return
            case "softbreak" | "hardbreak":
                lines.append([])
                return
            case "code_inline":
                style += self._style("strong")
            case "strong":
                style += Style(bold=True)
            case "em":
                style += Style(italic=True)
            case "s":
                style += Style(strike=True)
            case "link" | "image":
                address = str(node.attrs.get("href") or node.attrs.get("src") or "")
                style += self._style("accent") + Style(underline=True, meta={ADDRESS: address})
        if node.children:
            for child in node.children:
                self._inline(child, style, lines)
        elif text := node.content.replace("\n", " "):
            lines[-1].append(Segment(text, style))

    # ------------------------------------------------------------ lists

    def _list(self, node: SyntaxTreeNode, left: int) -> None:
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + (above.type == "bullet_list"), above.parent
        if node.type == "bullet_list":
            marks = [f"{_BULLETS[depth % len(_BULLETS)]} "] * len(node.children)
        else:
            start = int(node.attrs.get("start", 1))
            numbers = [f" {number}. " for number in range(start, start + len(node.children))]
            marks = [number.rjust(len(numbers[-1])) for number in numbers]
        for mark, item in zip(marks, node.children, strict=True):
            begun, inner = len(self.rows), self._inset(left, cell_len(mark))
            self.blocks(item.children, inner)
            self._no_gap(begun)
            if len(self.rows) == begun:
                self._put([], inner)
            if inner:  # the mark takes the place of the blanks before the first row
                first = (" " * left + mark)[:inner]
                self.rows[begun][:1] = [Segment(first, self._style("muted"))]
        if node.parent is None or node.parent.type != "list_item":
            self._put([], 0)

    def _no_gap(self, begun: int) -> None:
        """Take the gap away behind what was put since the row `begun`."""
        if len(self.rows) > begun and not self.rows[-1]:
            self.rows.pop()

    # ------------------------------------------------------------ code

    def _code(self, code: str, language: str, left: int) -> None:
        behind = self._colours.behind("raised")
        width = max(1, self._width - left)
        room = max(1, width - 2 * _GAP)
        first = len(self.rows)
        rows: list[Row] = []
        for parts in coloured(code.expandtabs(_TAB), language):
            text = "".join(part.text for part in parts)
            # What does not fit goes on below, further in than its line begins: none is cut.
            indent = len(text) - len(text.lstrip()) + _GAP
            line = [Segment(part.text, self._style(part.token)) for part in parts]
            rows += wrap(line, room, room, indent)
        for row in [[], *rows, []] if self._airy else rows:
            strip = Strip([Segment(" " * _GAP), *row]).adjust_cell_length(width)
            self._put(list(strip.apply_style(behind)), left)
        self.codes.append(Code(code, first, len(self.rows)))
        self._put([], 0)

    # ------------------------------------------------------------ tables

    def _table(self, node: SyntaxTreeNode, left: int) -> None:
        head, *body = [row.children for part in node.children for row in part.children]
        titles = [self._lines(cell, self._style("muted")) for cell in head]
        lines = [[self._lines(cell, self._style("text")) for cell in row] for row in body]
        room = max(len(head), self._width - left - _GAP * (len(head) - 1))
        widths = _widths([titles, *lines], room)
        self._cells(titles, widths, left)
        rule = self._style("rule")
        self._put(_joined([[Segment("─" * width, rule)] for width in widths]), left)
        for row in lines:
            self._cells(row, widths, left)
        self._put([], 0)

    def _cells(self, cells: Sequence[list[Row]], widths: Sequence[int], left: int) -> None:
        """One row of a table, in as many rows as its highest cell has."""
        wrapped = [
            [row for line in cell for row in wrap(line, width, width, 0)]
            for cell, width in zip(cells, widths, strict=True)
        ]
        for number in range(max(map(len, wrapped))):
            pieces = []
            for rows, width in zip(wrapped, widths, strict=True):
                piece = Strip(rows[number] if number < len(rows) else [])
                pieces.append(list(piece.adjust_cell_length(width)))
            self._put(_joined(pieces), left)


def _joined(pieces: Iterable[Row]) -> Row:
    """Columns beside each other."""
    row: Row = []
    for piece in pieces:
        row += [*([Segment(" " * _GAP)] if row else []), *piece]
    return row


def _widths(rows: Sequence[Sequence[list[Row]]], room: int) -> list[int]:
    """The cells of each column: what its text asks for; the widest give until all fit.

    No column gets narrower than its longest word as long as another one can give.
    """
    columns = list(zip(*rows, strict=True))
    texts = [
        ["".join(segment.text for segment in line) for cell in column for line in cell]
        for column in columns
    ]
    widths = [max(1, *map(cell_len, lines)) for lines in texts]
    least = [
        min(_NARROW, max(1, *(cell_len(word) for line in lines for word in line.split(" "))))
        for lines in texts
    ]
    while sum(widths) > room:
        giving = [n for n in range(len(widths)) if widths[n] > least[n]] or range(len(widths))
        widths[max(giving, key=widths.__getitem__)] -= 1
    return widths
