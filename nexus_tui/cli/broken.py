"""The last thing that a broken program says."""

from __future__ import annotations

import sys
from pathlib import Path

COULD_NOT = 2
"""The exit code."""


def tell(error: BaseException) -> int:
    """Keep a report of what nobody handled, say where it is, and return the exit code."""
    import platformdirs

    from nexus_tui import crash, log

    data = Path(platformdirs.user_data_dir("nexus-tui"))
    report = crash.keep(error, data)
    print(
        f"nexus-tui: Nexus broke ({type(error).__name__} at {crash.place_of(error)}). "
        "Every answer that it confirmed is saved.",
        file=sys.stderr,
    )
    if report is None:
        print("No report could be written; this is it:\n", file=sys.stderr)
        from datetime import UTC, datetime

        print(crash.report(error, datetime.now(UTC)), file=sys.stderr)
    else:
        print(
            f"A report without anything you wrote: {report}\nThe log: {log.path_in(data)}\n"
            "Start it again; if it breaks again, nexus-tui doctor says what is wrong with the "
            "history and the content.",
            file=sys.stderr,
        )
    return COULD_NOT
