"""Opens the app with settled paths; trouble is one sentence and exit code 2."""

from __future__ import annotations

import sys

from nexus_tui import settings


def open_app(
    *, db: str | None = None, content: str | None = None, learner: str | None = None
) -> int:
    """Open the app and return its exit code."""
    try:
        chosen = settings.load(db=db, content=content, learner=learner)
    except settings.SettingsError as error:
        print(f"nexus-tui: {error}", file=sys.stderr)
        return 2
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(
            "nexus-tui: the app needs a terminal. In a pipe use a command: "
            "nexus-tui --help lists them.",
            file=sys.stderr,
        )
        return 2
    from nexus_tui.tui.app import NexusApp

    app = NexusApp(chosen)
    app.run()
    return app.return_code or 0
