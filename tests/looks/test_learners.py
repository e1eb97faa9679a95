"""The screen of learners, and Today where there are several, as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import learners
from nexus_tui.progress.store import Store
from nexus_tui.tui import opening
from tests.looks import scenes
from tests.running import LARGE, SMALL, nexus, press, running, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from nexus_tui.settings import Settings
    from tests.histories import Clock


def _three(folder: Path) -> tuple[Settings, Clock]:
    """One with a history, one with none, one put aside."""
    settings, clock = scenes.after_a_week(folder)
    store = Store.open(settings.database.path, clock=clock)
    learners.rename(store, store.learner, "Anna [b]")
    learners.add(store, "Ben")
    learners.archive(store, learners.add(store, "Zoë"), away=True)
    store.close()
    return settings, clock


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_learners(size: tuple[int, int], tmp_path: Path, dump: SnapshotAssertion) -> None:
    async with running(*_three(tmp_path), size) as pilot:
        today = shown(pilot)
        opening.open_learners(nexus(pilot))
        await settled(pilot)

        assert f"{today}\n{'=' * size[0]}\n{shown(pilot)}" == dump


async def test_the_question_before_a_learner_is_deleted(
    tmp_path: Path, dump: SnapshotAssertion
) -> None:
    async with running(*_three(tmp_path)) as pilot:
        opening.open_learners(nexus(pilot))
        await settled(pilot)
        await press(pilot, "j", "d")

        assert shown(pilot) == dump
