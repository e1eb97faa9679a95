"""The app under a pilot: settings of its own, a clock that stands, and when it is ready."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import WorkerCancelled, WorkerFailed

from nexus_tui.settings import Place, Settings
from nexus_tui.tui.app import NexusApp
from tests.histories import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

ROOT = Path(__file__).resolve().parent.parent
CONTENT = ROOT / "content"
SMALL, LARGE = (80, 24), (120, 40)


def settings_for(
    folder: Path, content: Path = CONTENT, *, theme: str = "nexus-dark", ascii_only: bool = False
) -> Settings:
    """Settings that keep everything in `folder`."""

    def place(name: str) -> Place:
        return Place(folder / name, "a test")

    return Settings(
        content=Place(content, "a test"),
        packs=place("packs"),
        database=place("progress.db"),
        cache=place("cache"),
        data=place("data"),
        file=place("settings.toml"),
        workspaces=place("nexus"),
        theme=theme,
        ascii=ascii_only,
    )


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Pilot[None]]:
    """The app, ready: the catalog and the history are read."""
    app = NexusApp(settings, clock or Clock())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no worker runs and everything is drawn.

    What watches a workspace goes on as long as its screen.
    """
    await pilot.pause()
    while working := [w for w in pilot.app.workers if not w.is_finished and w.group != "watch"]:
        # Another took its place, or the app says itself what failed (or ends with it).
        with suppress(WorkerCancelled, WorkerFailed):
            await working[0].wait()
        await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, each handled and drawn before the next."""
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def nexus(pilot: Pilot[None]) -> NexusApp:
    """The app, typed."""
    assert isinstance(pilot.app, NexusApp)
    return pilot.app


def shown(pilot: Pilot[None]) -> str:
    """The screen as text, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
