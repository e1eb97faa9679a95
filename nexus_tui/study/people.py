"""Who sits at the desk: changing to another learner, and what a learner leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.progress import learners
from nexus_tui.progress.errors import StoreError
from nexus_tui.study import care, choosing

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.study.desk import Desk


def change_to(desk: Desk, learner: str) -> None:
    """Go on with the history of another learner, under the settings in force here.

    Raises a StoreError where it cannot be kept; then nothing changed.
    """
    learners.choose(desk.store, learner)
    choosing.adopt(desk.store, desk.choices)


def remove(desk: Desk, learner: str) -> tuple[int, Path | None]:
    """Delete a learner after a backup: how many facts that were, and where they still are."""
    if desk.settings is None or desk.failure is not None:
        raise StoreError("The history cannot be written now, so nobody can be deleted.")
    return care.remove_learner(desk.store, desk.settings, learner)
