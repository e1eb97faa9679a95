"""Questions that are matched, typed, pointed at and estimated, before and after the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from tests.looks import scenes
from tests.running import press, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

QUESTIONS = {
    "match": ("which-serves", "design-one"),
    "output": ("what-prints", "predict-use"),
    "line": ("faulty-line", "design-one"),
    "estimate": ("how-long", "predict-use"),
    "variant": ("many-queries", "predict-use"),
}
ANSWERS: dict[str, tuple[str, ...]] = {
    "match": ("1", "2", "3", "enter"),
    "output": (*"a 2", "down", *"b 2", "enter"),
    "line": ("4", "enter"),
    "estimate": (*"2 s", "enter"),
    "variant": (*"20", "enter"),
}


@pytest.mark.parametrize("kind", QUESTIONS)
async def test_a_question_before_and_after_its_answer(
    kind: str, tmp_path: Path, dump: SnapshotAssertion
) -> None:
    settings, clock = scenes.session_of(tmp_path, *QUESTIONS[kind])
    trust(scenes.PACK, settings.data.path)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        before = shown(pilot)
        await press(pilot, *ANSWERS[kind])
        after = shown(pilot)

    assert f"{before}\n{'=' * 80}\n{after}" == dump
