"""What a frame costs inside the app: scrolling the longest lesson, typing in the search.

The work of the thread that draws, from a key to the end of the frame it leads to; waiting for
the next frame (Textual draws sixty a second) is no work and does not count.
"""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from nexus_tui.settings import Place, Settings
from nexus_tui.tui import app as app_module
from nexus_tui.tui import opening
from nexus_tui.tui.app import NexusApp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.pilot import Pilot

ALLOWED = 0.016
"""Seconds."""
SIZE = (120, 40)
WORDS = "select_related prefetch postgres index lock redis timeout "
_LONG = 0.05
"""Seconds after a key in which its frame is drawn."""


def seconds(content: Path, home: Path, count: int = 200) -> tuple[list[float], list[float]]:
    """Seconds of each frame while scrolling, and while typing."""
    return asyncio.run(_measure(content, home, count))


async def _measure(content: Path, home: Path, count: int) -> tuple[list[float], list[float]]:
    def place(name: str) -> Place:
        return Place(home / name, "a benchmark")

    settings = Settings(
        content=Place(content, "a benchmark"),
        packs=place("packs"),
        database=place("frames.db"),
        cache=place("cache"),
        data=place("data"),
        file=place("settings.toml"),
        workspaces=place("nexus"),
    )
    app = _Drawn(settings, lambda: datetime.now(UTC))
    async with app.run_test(size=SIZE) as pilot:
        while app.overview is None:
            await pilot.pause(0.05)
        key, section = longest(app)
        opening.open_topic(app, key, section=section)
        await pilot.pause(2)
        half = [*["down"] * 20, *["up"] * 10]
        scrolled = await app.frames(pilot, (half * (count // 20))[:count])
        await pilot.press("slash")
        await pilot.pause(1)
        letters = (WORDS * (count // len(WORDS) + 1))[:count]
        typed = await app.frames(pilot, letters)
    return scrolled, typed


def longest(app: NexusApp) -> tuple[str, int]:
    """The topic and the section with the most lines."""
    assert app.desk is not None
    found = [
        (section.body.count("\n"), row.key, number)
        for row in app.desk.catalog.topics()
        if (lesson := app.desk.catalog.topic(row.key).lesson) is not None
        for number, section in enumerate(lesson.sections)
    ]
    _, key, number = max(found)
    return key, number


class _Drawn(NexusApp):
    """Notes when a frame was drawn, in the time of the thread that draws."""

    CSS_PATH = str(Path(app_module.__file__).with_name("app.tcss"))
    drawn = 0.0

    def _display(self, *args: object, **named: object) -> None:
        super()._display(*args, **named)  # type: ignore[arg-type]
        self.drawn = time.thread_time()

    async def frames(self, pilot: Pilot[None], keys: Iterable[str]) -> list[float]:
        """Seconds of work from each key to its last frame; keys that draw nothing are left out."""
        assert self._driver is not None
        found = []
        for key in keys:
            name = {" ": "space", "_": "underscore"}.get(key, key)
            begun = time.thread_time()
            self._driver.send_message(events.Key(name, key if len(key) == 1 else None))
            await asyncio.sleep(_LONG)
            if self.drawn > begun:
                found.append(self.drawn - begun)
        return found
