"""Paths: from the library to the next step, the lesson and the closing exam."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.builders import path_file
from tests.flows.driving import at, at_once, heading, press, row, says, type_in
from tests.histories import Clock
from tests.looks import scenes
from tests.running import running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings

EXAM = {"questions": 5, "minutes": 5, "weights": {"indexing": 100}}


@pytest.fixture
def with_path(tmp_path: Path) -> Settings:
    pack = tmp_path / "pack"
    shutil.copytree(scenes.PACK, pack)
    (pack / "paths").mkdir()
    path = path_file("databases", steps=None, track="databases", exam=EXAM)
    (pack / "paths/databases.yaml").write_text(path)
    return settings_for(tmp_path, pack)


async def test_a_path_is_reached_from_the_library_and_leads_to_its_next_step(
    with_path: Settings,
) -> None:
    async with running(with_path, Clock()) as pilot:
        await press(pilot, "7", "g", "enter")
        assert "Paths › Databases" in heading(pilot)
        assert says(pilot, "next step")
        first = row(pilot).id
        assert first.startswith("next:topic:")
        await press(pilot, "n")
        assert at(pilot) == "topic"
        await press(pilot, "escape")
        assert row(pilot).id == first


async def test_topics_lead_to_the_paths_and_a_path_to_its_closing_exam(
    with_path: Settings,
) -> None:
    async with running(with_path, Clock()) as pilot:
        await press(pilot, "2", "P")
        assert at(pilot) == "paths"
        await press(pilot, "enter", "e")
        assert at(pilot) == "exam"
        assert "Closing exam: Databases" in shown(pilot)
        await press(pilot, "enter")
        assert at(pilot) == "exampaper"


async def test_of_two_keys_that_come_at_once_one_opens_the_path(with_path: Settings) -> None:
    async with running(with_path, Clock()) as pilot:
        await press(pilot, "7", "g")
        await at_once(pilot, "enter", "enter")
        assert "Paths › Databases" in heading(pilot)
        assert len(pilot.app.screen_stack) == 2


async def test_the_palette_opens_a_path(with_path: Settings) -> None:
    async with running(with_path, Clock()) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "path: databases")
        await press(pilot, "enter")
        assert "Paths › Databases" in heading(pilot)


async def test_content_without_paths_says_so(tmp_path: Path) -> None:
    async with running(settings_for(tmp_path, scenes.PACK), Clock()) as pilot:
        await press(pilot, "2")
        assert not says(pilot, "paths")
        await press(pilot, "P")
        assert "This content has no paths." in shown(pilot)
