"""A short film of the app as one animated SVG, made of the frames that the app itself draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style
    from textual.pilot import Pilot

_WIDE, _HIGH, _BASE, _EDGE = 8.4, 19, 14, 12
"""Of a cell, of the line its letters stand on, and of the margin, in pixels."""


class Frame(NamedTuple):
    """One screen: its rows as SVG, how long it stays, and what was done to come to it."""

    rows: tuple[str, ...]
    seconds: float
    said: str


@dataclass
class Film:
    """Collects frames; a row that stands in several of them is written once."""

    columns: int
    page: str
    muted: str
    frames: list[Frame] = field(default_factory=list)
    _classes: dict[str, str] = field(default_factory=dict)

    def take(self, pilot: Pilot[None], seconds: float, said: str) -> None:
        """Add what is on the screen now."""
        strips = pilot.app.screen._compositor.render_strips()
        rows = tuple(self._row([(s.text, s.style) for s in strip if s.style]) for strip in strips)
        self.frames.append(Frame(rows, seconds, said))

    def _row(self, runs: Sequence[tuple[str, Style]]) -> str:
        parts, x = [], 0
        for text, style in runs:
            width = cell_len(text)
            ground = style.bgcolor.get_truecolor().hex if style.bgcolor else self.page
            at, long = f"{x * _WIDE:.1f}", f"{width * _WIDE:.1f}"
            if ground != self.page:
                fill = self._class(f"fill:{ground}")
                parts.append(f'<rect class="{fill}" x="{at}" width="{long}" height="{_HIGH}"/>')
            shown = text.rstrip()
            if shown:
                lead = len(shown) - len(shown.lstrip())
                at = f"{(x + lead) * _WIDE:.1f}"
                long = f"{cell_len(shown.lstrip()) * _WIDE:.1f}"
                parts.append(
                    f'<text class="{self._class(_letters(style))}" x="{at}" y="{_BASE}" '
                    f'textLength="{long}">{escape(shown.lstrip())}</text>'
                )
            x += width
        return "".join(parts)

    def _class(self, css: str) -> str:
        return self._classes.setdefault(css, f"c{len(self._classes)}")

    def svg(self, title: str) -> str:
        """The whole film; who wants no motion sees its first frame."""
        width = self.columns * _WIDE + 2 * _EDGE
        height = (len(self.frames[0].rows) + 2) * _HIGH + 2 * _EDGE
        names: dict[str, str] = {}
        screens = [self._screen(frame, n * height, names) for n, frame in enumerate(self.frames)]
        film = "\n".join(screens)
        rows = "\n".join(f'<g id="{name}">{row}</g>' for row, name in names.items())
        styles = "\n".join(f".{name}{{{css}}}" for css, name in self._classes.items())
        total = sum(frame.seconds for frame in self.frames)
        moves, passed = [], 0.0
        for number, frame in enumerate(self.frames):
            at = f"{100 * passed / total:.2f}%"
            moves.append(f"{at}{{transform:translateY(-{number * height}px)}}")
            passed += frame.seconds
        return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height}" \
viewBox="0 0 {width:.0f} {height}" role="img">
<title>{escape(title)}</title>
<desc>{escape("; ".join(frame.said for frame in self.frames))}</desc>
<style>
text{{font:14px Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre}}
.said{{fill:{self.muted}}}
#film{{animation:film {total:g}s step-end infinite}}
@keyframes film{{{"".join(moves)}}}
@media (prefers-reduced-motion:reduce){{#film{{animation:none}}}}
{styles}
</style>
<defs>
{rows}
</defs>
<rect width="100%" height="100%" rx="6" fill="{self.page}"/>
<g id="film">
{film}
</g>
</svg>
"""

    def _screen(self, frame: Frame, top: int, names: dict[str, str]) -> str:
        used = []
        for number, row in enumerate(frame.rows):
            if row:
                name = names.setdefault(row, f"r{len(names)}")
                used.append(f'<use href="#{name}" x="{_EDGE}" y="{top + _EDGE + number * _HIGH}"/>')
        x, y = _EDGE + 3 * _WIDE, top + _EDGE + (len(frame.rows) + 1) * _HIGH + _BASE
        said = f'<text class="said" x="{x:.1f}" y="{y}">{escape(frame.said)}</text>'
        return "".join((*used, said))


def _letters(style: Style) -> str:
    colour = style.color.get_truecolor().hex if style.color else "#888888"
    css = f"fill:{colour}"
    css += ";font-weight:bold" if style.bold else ""
    css += ";font-style:italic" if style.italic else ""
    css += ";text-decoration:underline" if style.underline else ""
    return css
