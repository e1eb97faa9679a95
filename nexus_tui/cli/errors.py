"""What a command cannot do, said in one sentence; and the desk it works at."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.progress.store import Store
    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk


class CommandError(Exception):
    """The command could not be done (exit code 2); the message says why and what to do."""


@contextmanager
def desk_of(settings: Settings) -> Iterator[Desk]:
    """The desk, closed afterwards. Raises CommandError where it cannot be opened or read.

    A command that could not keep what is answered, or would show a history that is not the
    learner's, is not done at all.
    """
    from nexus_tui.progress.errors import StoreError
    from nexus_tui.study.desk import Desk, DeskError

    try:
        desk = Desk.open(settings)
    except DeskError as error:
        raise CommandError(str(error)) from error
    try:
        if desk.failure is not None:
            raise CommandError(desk.failure)
        yield desk
    except StoreError as error:
        raise CommandError(str(error)) from error
    finally:
        desk.close()


@contextmanager
def store_of(settings: Settings) -> Iterator[Store]:
    """The history alone, of whoever was chosen last, closed afterwards; no content is read.

    Raises CommandError where it cannot be opened or read.
    """
    from nexus_tui.progress.backup import folder_of
    from nexus_tui.progress.errors import StoreError
    from nexus_tui.progress.store import Store

    path = settings.database.path
    try:
        store = Store.open(path, backups=folder_of(settings.data.path, path))
    except StoreError as error:
        raise CommandError(str(error)) from error
    try:
        yield store
    except StoreError as error:
        raise CommandError(str(error)) from error
    finally:
        store.close()


def topic_key(desk: Desk, name: str) -> str:
    """The key of the topic called `name` (its id, with or without the pack).

    Raises CommandError that names the nearest ids.
    """
    import difflib

    rows = desk.catalog.topics()
    found = [row.key for row in rows if name in {row.id, row.key}]
    if found:
        return found[0]
    near = difflib.get_close_matches(name, [row.id for row in rows], n=3, cutoff=0.5)
    hint = f" Did you mean {' or '.join(near)}?" if near else " nexus-tui search finds topics."
    raise CommandError(f"There is no topic {name!r}.{hint}")
