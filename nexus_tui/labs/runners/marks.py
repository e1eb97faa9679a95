"""Between what one part prints and what the next one prints stands a mark."""

from __future__ import annotations

import os
import sys

SEPARATOR = "\x1e"


def line(mark: str) -> str:
    """What is printed after a part."""
    return f"{SEPARATOR}{mark}\n"


def end_part(mark: str) -> None:
    """Print the mark, past whatever the part made of `sys.stdout`."""
    for stream in (sys.stdout, sys.__stdout__):
        if stream is not None and not stream.closed:
            stream.flush()
    os.write(1, line(mark).encode())
