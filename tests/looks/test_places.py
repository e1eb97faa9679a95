"""The seven places in pictures: both sizes, both themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.tui.widgets.places import PLACES
from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

NAMES = [place for place, _ in PLACES]
SIZES = {"80x24": SMALL, "120x40": LARGE}
THEMES = ("dark", "light")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", NAMES)
async def test_a_place_looks_as_it_did(
    place: str, size: str, theme: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    settings, clock = scenes.after_a_week(tmp_path, f"nexus-{theme}")
    async with running(settings, clock, SIZES[size]) as pilot:
        await press(pilot, str(NAMES.index(place) + 1))

        assert pilot.app.export_screenshot(title="nexus-tui") == picture


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_day_looks_as_it_did(
    size: str, tmp_path: Path, picture: SnapshotAssertion
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock, SIZES[size]) as pilot:
        assert pilot.app.export_screenshot(title="nexus-tui") == picture


@pytest.mark.parametrize("place", NAMES)
async def test_a_place_in_plain_characters_has_no_others(
    place: str, tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.after_a_week(tmp_path, ascii_only=True)
    async with running(settings, clock) as pilot:
        await press(pilot, str(NAMES.index(place) + 1))
        text = shown(pilot)

    assert text.isascii()
    assert text == dump
