"""Screens of reviewing: what is due and why, a topic's decisions, settings, the next 30 days."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from syrupy.assertion import SnapshotAssertion

SIZES = {"80x24": SMALL, "120x40": LARGE}
PATHS: dict[str, tuple[str, ...]] = {
    "what is due": ("6", "y"),
    "why one is due": ("6", "y", "enter"),
    "suspended": ("6", "y", "enter", "z"),
    "nothing is due": ("6", "y", "enter", "b", "escape"),
    "known topic": ("2", "j", "j", "enter", "K"),
    "topic begun anew": ("2", "j", "j", "enter", "R"),
    "settings": ("6", "comma"),
    "a setting": ("6", "comma", *["down"] * 3, "enter"),
    "a setting refused": ("6", "comma", *["down"] * 3, "enter", "9", "enter"),
    "next days": ("6", "tab"),
    "next days as text": ("6", "tab", "t"),
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """One whose path is always as long: Settings says paths, in as many rows as they need."""
    with tempfile.TemporaryDirectory(prefix="nexus-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PATHS)
async def test_a_screen_of_reviewing_looks_as_it_did(
    path: str, size: str, folder: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.after_a_week(folder)
    async with running(settings, clock, SIZES[size]) as pilot:
        await press(pilot, *PATHS[path])

        assert shown(pilot) == dump


@pytest.mark.parametrize("path", PATHS)
async def test_a_screen_of_reviewing_in_plain_characters_has_no_others(
    path: str, tmp_path: Path
) -> None:
    settings, clock = scenes.after_a_week(tmp_path, ascii_only=True)
    async with running(settings, clock) as pilot:
        await press(pilot, *PATHS[path])

        assert shown(pilot).isascii()


async def test_a_confident_error_looks_as_it_did(tmp_path: Path, dump: SnapshotAssertion) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2", "s", "enter")
        before = shown(pilot)
        await press(pilot, "down")

        assert f"{before}\n{'=' * 80}\n{shown(pilot)}" == dump


async def test_why_a_question_is_asked_looks_as_it_did(
    tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "y")

        assert shown(pilot) == dump
