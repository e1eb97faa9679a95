"""The keys that lead from Today, after a week on the small pack, to each screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.flows.driving import at, press
from tests.running import nexus

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

WAYS: dict[str, tuple[str, ...]] = {
    "today": (),
    "topics": ("2", "g", "j"),
    "lesson": ("2", "g", "j", "j", "enter"),
    "quiz": ("2", "g", "j", "j", "enter", "Q"),
    "challenges": ("3",),
    "challenge": ("3", "enter"),
    "stage": ("3", "enter", "tab", "enter"),
    "checklists": ("4",),
    "checklist": ("4", "enter"),
    "note": ("4", "enter", "j", "space"),
    "review": ("5",),
    "question": ("5", "enter"),
    "exam": ("5", "x"),
    "placement": ("5", "f"),
    "progress": ("6",),
    "settings": ("6", "comma"),
    "setting": ("6", "comma", "down", "down", "down", "enter"),
    "due": ("6", "y"),
    "objective": ("6", "y", "enter"),
    "library": ("7",),
    "document": ("7", "enter"),
    "search": ("slash", "p", "l"),
    "help": ("question_mark",),
    "palette": ("ctrl+p",),
    "tour": ("question_mark", "t"),
    "news": ("W",),
}
WHERE = {"lesson": "topic", "quiz": "question", "note": "ask"}
"""The screen that a way leads to, where it has another name."""
LEAVING = 12
"""So many times `esc` leaves the deepest screen."""


async def walk(pilot: Pilot[None], *but: str) -> AsyncIterator[str]:
    """Go to each screen but those named, and leave it again before the next."""
    for name, way in WAYS.items():
        if name not in but:
            await press(pilot, "1", *way)
            assert at(pilot) == WHERE.get(name, name)
            yield name
            await leave(pilot, [name])


async def leave(pilot: Pilot[None], done: list[str]) -> None:
    """Press `esc` until one is at the first page of a place."""
    for _ in range(LEAVING):
        if at(pilot) in nexus(pilot).MODES:
            return
        await press(pilot, "escape")
    raise AssertionError(f"{at(pilot)} cannot be left after {done[-15:]}")
