"""A path in pictures: its next step, its topics, its stages and its exam."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.builders import path_file
from tests.histories import Clock
from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, settings_for

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

SIZES = {"80x24": SMALL, "120x40": LARGE}


@pytest.mark.parametrize("size", SIZES)
async def test_a_path_looks_as_it_did(
    size: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    pack = tmp_path / "pack"
    shutil.copytree(scenes.PACK, pack)
    (pack / "paths").mkdir()
    (pack / "paths/databases.yaml").write_text(
        path_file(
            "databases",
            steps=None,
            track="databases",
            audience="You can query one table.",
            summary="Make slow queries fast, and keep data right under concurrent writes.",
            exam={"questions": 5, "minutes": 5, "weights": {"indexing": 100}},
        )
    )
    async with running(settings_for(tmp_path, pack), Clock(), SIZES[size]) as pilot:
        await press(pilot, "7", "g", "enter")

        assert pilot.app.export_screenshot(title="nexus-tui") == picture
