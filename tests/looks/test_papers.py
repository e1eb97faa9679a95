"""Exams and placements at 80x24 and wide: choosing, taking, the result, the review."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

SIZES = {"80x24": SMALL, "120x40": LARGE}
EXAM: dict[str, tuple[str, ...]] = {
    "exam chosen": ("5", "x", "G", "enter", "plus"),
    "exam question": ("5", "x", "enter"),
    "exam flagged": ("5", "x", "enter", "ctrl+f"),
    "exam sheet": ("5", "x", "enter", "tab", "ctrl+f", "ctrl+o"),
    "exam result": ("5", "x", "enter", "ctrl+o", "home", "enter", "y"),
    "exam review": ("5", "x", "enter", "ctrl+o", "home", "enter", "y", "enter", "tab"),
    "earlier exams": ("5", "x", "enter", "ctrl+o", "home", "enter", "y", "escape", "G"),
    "exam gone on with": ("5", "x", "enter", "ctrl+o", "escape", "escape", "escape"),
}
PLACEMENT: dict[str, tuple[str, ...]] = {
    "first day": (),
    "find my level": ("j", "j", "enter"),
    "placement question": ("j", "j", "enter", "enter"),
    "placement concluded": ("j", "j", "enter", "enter", *["tab"] * 8),
}


@pytest.fixture(autouse=True)
def same_draw(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An exam draws its questions by the nanosecond it is begun at, a placement by the learner."""
    monkeypatch.setattr("nexus_tui.study.exams.time.time_ns", lambda: 4)
    with scenes.one_learner():
        yield


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", EXAM)
async def test_an_exam_looks_as_it_did(
    path: str, size: str, tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, SIZES[size]) as pilot:
        await press(pilot, *EXAM[path])

        assert shown(pilot) == dump


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PLACEMENT)
async def test_a_placement_looks_as_it_did(
    path: str, size: str, tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock, SIZES[size]) as pilot:
        await press(pilot, *PLACEMENT[path])

        assert shown(pilot) == dump


@pytest.mark.parametrize("path", EXAM)
async def test_an_exam_in_plain_characters_has_no_others(path: str, tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path, ascii_only=True)
    async with running(settings, clock) as pilot:
        await press(pilot, *EXAM[path])

        assert shown(pilot).isascii()
