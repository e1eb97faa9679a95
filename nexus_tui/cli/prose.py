"""Markdown as a shell shows it: words without marks, code as it is."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap

from nexus_tui.cli.asking import is_dumb
from nexus_tui.text import clean, clean_line

_DRAWN = {
    box: "-" if chr(box) in "─━═╌┄" else "|" if chr(box) in "│┃║" else "+"
    for box in range(0x2500, 0x2580)
}
"""Lines of boxes as any terminal has them."""
_CODE = re.compile(r"`([^`]++)`")
_WIDEST = 88
"""Columns of a line that is read with ease."""
_KEPT = re.compile("\0(\\d+)\0")


def prose(markdown: str) -> str:
    """Markdown without its marks: code is indented, and a terminal gets lines that fit it."""
    if is_dumb():
        return spoken(markdown)
    inside, lines = False, list[str]()
    for row in clean(markdown).split("\n"):
        if row.lstrip().startswith("```"):
            inside = not inside
        elif inside:
            lines.append(f"    {row}")
        else:
            item = "- " if row.startswith("- ") else ""
            lines.append(fitted(item + _words(row), under="  " if item else ""))
    return "\n".join(lines).strip("\n")


def spoken(markdown: str) -> str:
    """Markdown in words: marks are left out, and code is said to be code."""
    lines: list[str] = []
    inside = False
    for row in clean(markdown).split("\n"):
        if row.lstrip().startswith("```"):
            inside = not inside
            lines.append("Code:" if inside else "End of code.")
        else:
            lines.append(row if inside else fitted(_words(row)))
    return "\n".join(lines).strip("\n").translate(_DRAWN)


def brief(markdown: str, check: str) -> str:
    """The brief of a stage where `check` runs the checks, and not the key `r` of the app."""
    return markdown.replace("`r`", check)


def _words(row: str) -> str:
    """A line of Markdown without marks; what stands between back-ticks is kept as it is."""
    from nexus_tui.catalog.markdown import plain

    code = _CODE.findall(row)
    numbers = iter(range(len(code)))
    bare = plain(_CODE.sub(lambda _: f"\0{next(numbers)}\0", row))
    return _KEPT.sub(lambda found: code[int(found[1])], bare)


def paragraph(text: str, under: str = "") -> str:
    """Markdown of one paragraph as `fitted` words."""
    return fitted(_words(clean_line(text)), under)


def fitted(text: str, under: str = "") -> str:
    """A line in as many as the terminal asks for, broken between words; a pipe asks for none."""
    if not sys.stdout.isatty():
        return text
    width = min(_WIDEST, shutil.get_terminal_size().columns)
    rows = textwrap.wrap(
        text, width, subsequent_indent=under, break_on_hyphens=False, break_long_words=False
    )
    return "\n".join(rows)
