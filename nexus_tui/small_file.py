"""Small files beside the history, such as where one was: useful, and no loss when damaged."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def read(file: Path) -> dict[str, Any]:
    """What was written last; nothing where the file is missing or damaged."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def write(file: Path, kept: dict[str, Any]) -> None:
    """Put `kept` in the place of what was there, in one step; where that fails, it stays."""
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(kept), encoding="utf-8")
        fresh.replace(file)
