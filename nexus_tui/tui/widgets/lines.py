"""Lines of text with a left and a right end, drawn in the tokens of the theme.

Nearly all of Nexus is such lines: what it is on the left, its figure on the right.
Text is never parsed as markup here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.text import clean
from nexus_tui.tui.widgets.wrapping import fitting, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import App
    from textual.geometry import Size

_ASCII = str.maketrans(
    {
        "›": ">",
        "✓": "+",
        "✗": "x",
        "•": "*",
        "●": "#",
        "◐": "~",
        "◔": "!",
        "○": "o",
        "▸": "+",
        "▾": "-",
        "━": "=",
        "─": "-",
        "│": "|",
        "├": "|",
        "└": "`",
        "┌": ",",
        "·": "-",
        "…": "...",
        "↑": "up",
        "↓": "down",
        "←": "<-",
        "→": "->",
        "–": "-",
        "⠒": ".",
        "⠶": ":",
        "⠿": "*",
        "⣿": "#",
        **dict(zip("▁▂▃▄▅▆▇█", "_.-:=+*#", strict=True)),
    }
)
_ONE_CELL = {glyph: plain for glyph, plain in _ASCII.items() if len(plain) == 1} | {
    ord(glyph): plain
    for glyphs, plain in {
        "…": ".",
        "↑▲": "^",
        "↓▼": "v",
        "→►▶": ">",
        "←◄◀": "<",
        "┐┘┤┬┴┼": "+",
        "▎▌▊▐": "|",
        "▔−": "-",
        "▒": "#",
        "×": "x",
        "÷": "/",
        "“”": '"',
        "‘’": "'",
    }.items()
    for glyph in glyphs
}
"""What is drawn in the place of a glyph where the width of a line is settled already."""


class Part(NamedTuple):
    """A run of text in one token.

    Tokens are those of the theme, `bold` and `bad-bold` for weight, and three that
    depend on whether the row is selected: `title`, `verb`, `figure`.
    """

    text: str
    token: str = "text"


@dataclass(frozen=True)
class Line:
    """Parts from the left, parts at the right end; the left wraps, the right never does."""

    left: tuple[Part, ...] = ()
    right: tuple[Part, ...] = ()
    indent: int = 0
    """Column at which wrapped lines go on."""
    opens: str = ""
    """What a click on it opens, as `opening.open_step` takes it; empty: nothing."""


def line(*left: Part | str, right: Sequence[Part] = (), indent: int = 0, opens: str = "") -> Line:
    """A `Line` from parts; a bare string is a part in the token `text`."""
    parts = tuple(part if isinstance(part, Part) else Part(part) for part in left)
    return Line(parts, tuple(right), indent, opens)


RULE = Line((Part("─", "rule-fill"),))
"""A rule over the whole width."""


def inline(text: str, token: str = "text", code: str = "strong") -> list[Part]:
    """Prose of content as parts: what stands between back-ticks is `code`, without them."""
    pieces = text.split("`")
    return [Part(piece, code if n % 2 else token) for n, piece in enumerate(pieces) if piece]


def shortened(text: str, cells: int) -> str:
    """`text` cut at its end, with an ellipsis, where it is wider than `cells`.

    The room is left that the ellipsis takes in plain characters.
    """
    if cell_len(text) <= cells:
        return text
    return text[: fitting(text, max(1, cells - len(_ASCII[ord("…")])))].rstrip() + "…"


def _plain(text: str) -> str:
    """Text in one row: without what steers a terminal, its own blanks kept."""
    return clean(text).replace("\n", " ")


def to_ascii(text: str) -> str:
    """`text` with plain characters for the glyphs of the house."""
    return text.translate(_ASCII)


def one_cell(text: str) -> str:
    """`text` with plain characters for glyphs and for what diagrams are drawn with."""
    return text.translate(_ONE_CELL)


class Palette:
    """Rich styles for the tokens of the current theme."""

    def __init__(self, variables: dict[str, str], *, ascii_only: bool) -> None:
        self.variables = variables
        self.ascii_only = ascii_only
        self._styles: dict[tuple[str, bool], Style] = {}

    def style(self, token: str, *, selected: bool = False) -> Style:
        key = (token, selected)
        if key not in self._styles:
            self._styles[key] = self._make(token, selected)
        return self._styles[key]

    def _make(self, token: str, selected: bool) -> Style:
        token = {
            "title": "bold" if selected else "text",
            "title-muted": "bold" if selected else "muted",
            "verb": "accent-bold" if selected else "muted",
            "figure": "strong" if selected else "muted",
            "rule-fill": "rule",
        }.get(token, token)
        colour, _, weight = token.partition("-")
        colour = "strong" if colour in {"bold", "underline"} else colour
        bold = weight == "bold" or token in {"bold", "underline"}
        if colour == "strong" and self.variables["nx-strong"] == self.variables["nx-text"]:
            bold = True  # the terminal's own colours: nothing but weight tells it
        return Style(
            color=Color.parse(self.variables[f"nx-{colour}"]).rich_color,
            bold=bold or None,
            italic=weight == "italic" or None,
            underline="underline" in {token, weight} or None,
        )

    def behind(self, token: str) -> Style:
        """The style of a background."""
        return Style(bgcolor=Color.parse(self.variables[f"nx-{token}"]).rich_color)

    def text(self, text: str) -> str:
        text = text if text.isprintable() else _plain(text)
        return to_ascii(text) if self.ascii_only else text


def palette(app: App[Any]) -> Palette:
    """The palette of the app's theme, made once a theme.

    By its variables, not by its name: these follow a moment after the name has changed.
    """
    kept: Palette | None = getattr(app, "_nexus_palette", None)
    plain = bool(getattr(app, "ascii_only", False))
    if kept is None or kept.ascii_only != plain or kept.variables is not app.theme_variables:
        kept = Palette(app.theme_variables, ascii_only=plain)
        app._nexus_palette = kept  # type: ignore[attr-defined]
    return kept


def draw(spec: Line, width: int, colours: Palette, *, selected: bool = False) -> list[Strip]:
    """Lay `spec` out in `width` cells: one strip, or more where the left end wraps."""
    if spec is RULE:
        glyph = colours.text("─")
        return [Strip([Segment(glyph * width, colours.style("rule"))], width)]
    right = [_segment(part, colours, selected) for part in spec.right]
    right_width = sum(segment.cell_length for segment in right)
    left = [_segment(part, colours, selected) for part in spec.left]
    if right_width and right_width + 2 > width - 8:
        # No room beside the left end: the right one follows it on rows of its own.
        rows = [*wrap(left, width, width, spec.indent), *wrap(right, width, width, 0)]
        right = []
    else:
        room = width - (right_width + 2 if right_width else 0)
        rows = wrap(left, room, width, spec.indent)
    strips = []
    for number, row in enumerate(rows):
        used = sum(segment.cell_length for segment in row)
        if number == 0 and right:
            gap = max(1, width - used - right_width)
            row += [Segment(" " * gap), *right]
        strips.append(Strip(row).simplify().adjust_cell_length(width))
    return strips


def _segment(part: Part, colours: Palette, selected: bool) -> Segment:
    return Segment(colours.text(part.text), colours.style(part.token, selected=selected))


class Lines(Widget):
    """A block of lines that shows; what a click on one means is the screen's."""

    class Clicked(Message):
        """The line `number` was clicked, at its cell `x`."""

        def __init__(self, lines: Lines, number: int, x: int) -> None:
            super().__init__()
            self.lines, self.number, self.x = lines, number, x

        @property
        def control(self) -> Lines:
            return self.lines

        @property
        def opens(self) -> str:
            """What the line opens."""
            return self.lines._lines[self.number].opens

    DEFAULT_CSS = "Lines { height: auto; width: 1fr; }"

    def __init__(self, *lines: Line, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Line, ...] = lines
        self._drawn: tuple[object, list[Strip]] | None = None
        self._numbers: list[int] = []
        """The line of each row that is drawn."""

    def show(self, *lines: Line) -> None:
        """Show other lines."""
        self._lines = lines
        self._drawn = None
        self.set_class(not lines, "-empty")
        self.refresh(layout=True)

    def _strips(self, width: int) -> list[Strip]:
        colours = palette(self.app)
        key = (width, colours)
        if self._drawn is None or self._drawn[0] != key:
            drawn = [draw(spec, width, colours) for spec in self._lines]
            self._numbers = [n for n, strips in enumerate(drawn) for _ in strips]
            self._drawn = (key, [strip for strips in drawn for strip in strips])
        return self._drawn[1]

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self._numbers):
            self.post_message(self.Clicked(self, self._numbers[place.y], place.x))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._strips(width))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return container.width

    def render_line(self, y: int) -> Strip:
        strips = self._strips(self.content_size.width)
        if y >= len(strips):
            return Strip.blank(self.content_size.width, self.rich_style)
        return strips[y].apply_style(self.rich_style)
