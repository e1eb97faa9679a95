"""The command `nexus-tui`. Without arguments it opens the app and imports no more than that;
on a dumb terminal it is a dialogue in lines."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run, and leave with 0 (done), 1 (what was checked failed) or 2 (could not be done)."""
    try:
        code = _run()
    except Exception as error:
        from nexus_tui.cli.broken import tell

        code = tell(error)
    sys.exit(code)


def _run() -> int:
    if sys.argv[1:] or os.environ.get("TERM") == "dumb":
        from nexus_tui.cli.commands import run

        return run()
    from nexus_tui.cli.opening import open_app

    return open_app()
