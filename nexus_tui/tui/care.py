"""What the app does for the history on its own, in threads, while keys already work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui import __version__, log
from nexus_tui.command import command

if TYPE_CHECKING:
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview
    from nexus_tui.tui.app import NexusApp


def note_start(settings: Settings) -> None:
    """Say in the log which version was started, where."""
    import platform

    log.write(
        settings.data.path,
        f"started: {__version__}, python {platform.python_version()}, {platform.platform()}",
    )


def broke(settings: Settings, error: Exception) -> str:
    """Keep a report of what broke beside the learner's way, and say so in one sentence."""
    from nexus_tui import crash

    report = crash.keep(error, settings.data.path)
    where = f"a report: {report}" if report else f"the log: {log.path_in(settings.data.path)}"
    return (
        f"The history could not be looked over ({type(error).__name__}); {where}. "
        f"Nothing is lost, and {command()} doctor looks again."
    )


def read_overview(desk: Desk) -> tuple[Overview | None, str | None]:
    """The overview, or why it cannot be read: a damaged page may be met only here."""
    from nexus_tui.progress.store import StoreError

    try:
        return desk.overview(), None
    except StoreError as error:
        return None, str(error)


def look_after(app: NexusApp) -> None:
    """Check the history and make the backup that is due; Today says what was found."""
    if app.desk is None:
        return
    # Nearly every screen opened from Today needs the models of content: by then they are there.
    import nexus_tui.catalog.models  # noqa: F401

    before = app.desk.notices
    app.desk.look_after()
    _tell_news(app.desk, app.settings)
    if app.desk.notices != before and app.is_running:
        app.call_from_thread(app.refresh_place)


def _tell_news(desk: Desk, settings: Settings) -> None:
    """Say once what an upgrade of the content changed under the history."""
    from nexus_tui.progress.store import StoreError
    from nexus_tui.study import news

    try:
        found = news.look(desk, settings.data.path)
    except StoreError:
        return  # Today says why the history cannot be read
    if found:
        desk.notes = (*desk.notes, news.sentence(found))


def put_back(app: NexusApp) -> None:
    """Write a history that was removed while it was open to its place again."""
    from nexus_tui.progress.store import StoreError

    assert app.desk is not None
    try:
        app.desk.store.put_back()
    except StoreError as error:
        app.notify(str(error), severity="error", markup=False)
    else:
        app.notify(f"The history is at {app.desk.store.path} again.", markup=False)
        app.reread()
