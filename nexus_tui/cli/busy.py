"""How far long work is, on one line of the terminal; nothing where nobody looks."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from nexus_tui.cli.asking import is_dumb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def saying(what: str, things: str = "facts") -> Iterator[Callable[[int, int], None]]:
    """Gives a function to tell (done, in all) to; the line is gone afterwards."""
    shown = sys.stderr.isatty() and not is_dumb()

    def say(done: int, total: int) -> None:
        if shown:
            sys.stderr.write(f"\r\x1b[K{what}: {done} of {total} {things}")
            sys.stderr.flush()

    try:
        yield say
    finally:
        if shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
