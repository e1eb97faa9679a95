"""The history opened with care: read where it cannot be written, backed up, looked over."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nexus_tui.command import command
from nexus_tui.progress import backup, files, filesystem, learners, unsaved
from nexus_tui.progress.errors import NewerDatabase, StoreError, damaged, explain
from nexus_tui.progress.store import Store
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from nexus_tui.settings import Settings


@dataclass(frozen=True)
class Opened:
    """A store, and what the learner should know of how it was opened."""

    store: Store
    failure: str | None
    """Why answers cannot be kept in the history, and what happens to them; None: they are."""
    notices: tuple[str, ...] = ()


def backups_of(settings: Settings) -> Path:
    """The folder of the backups of the history in use."""
    return backup.folder_of(settings.data.path, settings.database.path)


def open_history(
    settings: Settings,
    clock: Callable[[], datetime],
    moved: Mapping[str, str],
    begin: Callable[[Store], object],
) -> Opened:
    """Open the history; where that fails, what can be read of it, in memory.

    `begin` is what is written first; where that fails, answers would fail too.

    What was answered in memory is kept aside when the store is closed, see `keep`,, and put in
    here once the history can be written again.
    """
    path, folder = settings.database.path, backups_of(settings)
    options: dict[str, Any] = {"learner": settings.learner, "moved": moved, "clock": clock}
    missing = not path.exists()
    store: Store | None = None
    try:
        if path.parent == settings.data.path:
            path.parent.mkdir(parents=True, exist_ok=True)
        store = Store.open(path, backups=folder, **options)
        begin(store)
        added = unsaved.put_in(store, folder)
    except (OSError, StoreError) as error:
        if store is not None:
            store.close()
        opened = _in_memory(explain(error, path), path, folder, options)
        begin(opened.store)
        return opened
    notices = []
    if added:
        notices.append(
            f"{counted(added, 'fact')} that could not be kept before: in the history now."
        )
    kept = [made for made in backup.backups(folder) if made.facts] if missing else []
    if kept:
        notices.append(
            f"There was no history at {path}, so a new one was begun. A backup of "
            f"{kept[0].at:%Y-%m-%d} holds {kept[0].facts} facts: {command()} restore brings it "
            "back."
        )
    return Opened(store, None, tuple(notices))


def _in_memory(error: StoreError, path: Path, folder: Path, options: Mapping[str, Any]) -> Opened:
    """The history as far as it can be read, or an empty one."""
    store = None
    if path.is_file() and not isinstance(error, NewerDatabase):
        try:
            store = Store.open(None, copy_of=path, **options)
        except StoreError:
            store = None
    read = store is not None
    store = store or Store.open(None, **options)
    able = "You can go on reading" if read else "You can look around"
    if _writable(folder):
        after = "what you answer is kept aside and put in once the history can be written"
    else:
        after = "what you answer is lost when you quit"
    return Opened(store, f"{error} {able}; {after}.")


def _writable(folder: Path) -> bool:
    there = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    room = filesystem.room(there)
    return filesystem.writable(there) and (room is None or room > 100_000)


def keep(store: Store, settings: Settings) -> None:
    """What a store has only in memory is kept aside, before it is closed."""
    try:
        if store.path is None:
            unsaved.keep_aside(store, backups_of(settings))
    except (OSError, StoreError):
        pass  # said when it was opened: there is no place to keep it


def remove_learner(store: Store, settings: Settings, learner: str) -> tuple[int, Path | None]:
    """Delete a learner after a backup: how many facts that were, and where they still are.

    Raises a StoreError, and deletes nothing, where the backup cannot be made.
    """
    kept = None
    if store.path is not None:
        kept = backup.make(store.path, backups_of(settings), "delete", now=store.now()).path
    return learners.remove(store, learner), kept


def look_after(store: Store, settings: Settings) -> tuple[str, ...]:
    """Check every page and make the backup that is due; what the learner should know of it.

    For a thread: it takes about a second for a million facts. The app goes on meanwhile.
    """
    from nexus_tui.progress import health

    path, folder = store.path, backups_of(settings)
    if path is None:
        return ()
    said: list[str] = []
    try:
        if files.what_is_wrong(path) is not None:
            return (str(damaged(path)),)
        if backup.is_due(path, folder):
            backup.make(path, folder, "start", now=store.now())
        said += filter(None, [health.clock_behind(path, store.now())])
    except (OSError, sqlite3.Error, StoreError) as error:
        said.append(str(explain(error, path)))
    name = filesystem.remote(path)
    if name is not None:
        said.append(f"{path} lies on a network file system ({name}): open it on one computer.")
    return tuple(said)
