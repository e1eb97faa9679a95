"""Where TEXTUAL_ANIMATIONS is `none`, nothing moves that was not asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, TextArea

from tests.flows.driving import settled
from tests.looks import scenes
from tests.running import running

if TYPE_CHECKING:
    from pathlib import Path

WAYS = {
    "topics": ("2", "g", "pagedown", "end", "m", "escape", "P", "enter", "end"),
    "lesson": ("2", "g", "j", "j", "enter", "pagedown", "G", "g", "space", "tab", "tab", "t"),
    "note": ("2", "g", "j", "j", "enter", "w", "a", "enter"),
    "library": ("7", "n", "end", "enter", "pagedown"),
    "search": ("slash", "p", "l", "a", "n", "down", "enter"),
    "palette": ("ctrl+p", "l", "down", "pagedown"),
    "settings": ("comma", "end", "enter", "1"),
    "help": ("question_mark", "pagedown", "t", "enter", "enter"),
    "progress": ("6", "tab", "tab", "tab", "t"),
    "review": ("5", "enter", "1", "enter"),
    "others": ("3", "enter", "end", "4", "p", "a"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_animates_and_no_cursor_blinks(
    way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.TEXTUAL_ANIMATIONS", "none")
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, (60, 20)) as pilot:
        animator = pilot.app.animator
        for key in WAYS[way]:
            await pilot.press(key)
            assert not animator._animations and not animator._scheduled
            await settled(pilot)
            assert not animator._animations and not animator._scheduled
            for field in pilot.app.screen.query("Input, TextArea"):
                assert isinstance(field, Input | TextArea) and not field.cursor_blink
