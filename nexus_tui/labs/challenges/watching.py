"""Saving runs the check: changes of a workspace, debounced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.labs.challenges.runs import list_files

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator
    from pathlib import Path

_DEBOUNCE = 200
"""Milliseconds without a further change: an editor that saves writes several times."""


def changes(folder: Path, stop: threading.Event | None = None) -> Iterator[None]:
    """Once after each time that a file of the workspace was changed, until `stop` is set.

    Files that a check leaves out do not count, nor does what an editor keeps beside a file. A file
    that is gone is a change.
    """
    from watchfiles import watch

    known = _stamps(folder)
    # `stop` is looked at between two waits, so a wait is short.
    for _ in watch(
        folder,
        debounce=_DEBOUNCE,
        step=50,
        stop_event=stop,
        rust_timeout=500,
        raise_interrupt=True,
        ignore_permission_denied=True,
    ):
        now = _stamps(folder)
        if now != known:
            known = now
            yield


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    found = {}
    for path in list_files(folder):
        if path.name.startswith(".") or path.name.endswith(("~", ".swp", ".swx", ".tmp")):
            continue
        try:
            said = path.stat()
        except OSError:
            continue
        found[path] = (said.st_mtime_ns, said.st_size)
    return found
