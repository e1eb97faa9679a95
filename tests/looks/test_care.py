"""Today when the history is not well: what is wrong first and whole, then what is possible."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress.errors import damaged
from tests.looks import scenes
from tests.running import LARGE, SMALL, nexus, running, settled, shown

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_a_failure_looks_as_it_did(
    size: tuple[int, int], tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock, size) as pilot:
        nexus(pilot).failure = str(damaged(Path("/home/anna/.local/share/nexus-tui/progress.db")))
        nexus(pilot).refresh_place()
        await settled(pilot)

        assert shown(pilot) == dump
