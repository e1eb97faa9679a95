"""Opens the app with settled paths; trouble is one sentence and exit code 2."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from nexus_tui import settings

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
    from nexus_tui.tui.terminal import TerminalApp


def open_app(
    *,
    db: str | None = None,
    content: str | None = None,
    learner: str | None = None,
    mouse: bool = True,
) -> int:
    """Open the app and return its exit code."""
    try:
        chosen = settings.load(db=db, content=content, learner=learner)
    except settings.SettingsError as error:
        print(f"nexus-tui: {error}", file=sys.stderr)
        return 2
    if not _at_a_terminal():
        return 2
    # What is imported stays: looking through it for garbage, again and again, was a fifth of the
    # time until the due figures. The app turns it on again once they are shown.
    gc.disable()
    from nexus_tui.tui.app import NexusApp

    return _run(NexusApp(chosen), mouse=mouse and chosen.mouse)


def open_preview(chosen: Settings, file: Path) -> int:
    """Show a file of a topic and return the exit code. Raises CommandError for another file."""
    from nexus_tui.cli.errors import CommandError

    file = file.resolve()
    pack = next((folder for folder in file.parents if (folder / "pack.yaml").is_file()), None)
    if not file.is_file():
        raise CommandError(f"{file} is not there.")
    if pack is None or file.parent.parent.parent != pack / "topics":
        raise CommandError(f"{file} is no file of a topic of a content pack.")
    if not _at_a_terminal():
        return 2
    from nexus_tui.tui.preview import TABS, PreviewApp

    if file.name not in TABS:
        raise CommandError(f"{file.name} is not shown: choose one of {', '.join(TABS)}.")
    return _run(PreviewApp(chosen, pack, file), mouse=chosen.mouse)


def _run(app: TerminalApp, *, mouse: bool) -> int:
    from nexus_tui.tui.terminal import run

    code = run(app, mouse=mouse)
    if app.broken is None:
        return code
    from nexus_tui.cli.broken import tell

    return tell(app.broken)


def _at_a_terminal() -> bool:
    if sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty():
        return True
    print(
        "nexus-tui: the app needs a terminal. In a pipe use a command: "
        "nexus-tui --help lists them.",
        file=sys.stderr,
    )
    return False
