"""What the app does for the history on its own, in threads, while keys already work."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview
    from nexus_tui.tui.app import NexusApp


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
    before = app.desk.notices
    app.desk.look_after()
    if app.desk.notices != before and app.is_running:
        app.call_from_thread(app.refresh_place)


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
