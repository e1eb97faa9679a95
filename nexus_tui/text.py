"""Text: the one function through which untrusted text enters, a number with its noun, a time."""

from __future__ import annotations

import re

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c"
    r"\ud800-\udfff]"
)
_TAB_STOP = 4
_HOUR = 60
"""Minutes from which on a time is said in hours."""


def clean(text: str) -> str:
    """Return `text` without characters that steer a terminal.

    Removed: C0 except newline, DEL, C1, Unicode line separators and bidirectional
    overrides (they reorder what is read), and halves of surrogate pairs (they cannot be
    written). Tabs become spaces to the next multiple of four columns, because widgets
    measure a tab as one cell. `\\r\\n` and a lone `\\r` become `\\n`.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).expandtabs(_TAB_STOP)


def clean_line(text: str) -> str:
    """`clean`, then folded to one line."""
    return " ".join(clean(text).split())


def unticked(text: str) -> str:
    """One line of content without the back-ticks around code: it is shown in one style."""
    return clean(text).replace("`", "").strip()


def counted(number: int, what: str) -> str:
    """`1 question`, `2 questions`, `1,200 questions`."""
    return f"1 {what}" if number == 1 else f"{number:,} {what}s"


def hours(minutes: int) -> str:
    """Minutes as hours, rounded to the half: `6 h`, `1.5 h`; less than one as `20 min`."""
    if minutes < _HOUR:
        return f"{minutes} min"
    return f"{max(1, round(minutes / 30)) / 2:g} h"
