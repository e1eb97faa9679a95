"""A pilot goes on when the app is done, however slowly the process is served."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

from textual.app import App
from textual.screen import Screen
from textual.widgets import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual import events


class _Slow(App[None]):
    """Does, step after step, what a key begins."""

    STEPS = 25
    steps = 0

    def on_key(self, event: events.Key) -> None:
        self._step()

    def _step(self) -> None:
        time.sleep(0.02)  # as if the process had no processor: no time of its own passes
        self.steps += 1
        if self.steps < self.STEPS:
            asyncio.get_running_loop().call_soon(self._step)


async def test_a_process_that_gets_no_processor_is_not_taken_for_one_that_is_done() -> None:
    app = _Slow()
    async with app.run_test() as pilot:
        await pilot.press("a")

        assert app.steps == app.STEPS


class _Reading(App[None]):
    """Reads in a thread, as Markdown reads its text, and then shows it in a frame to come."""

    seen = ""

    async def on_key(self, event: events.Key) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, threading.Event().wait, 0.1)
        self.set_timer(1 / 60, self._show)

    def _show(self) -> None:
        self.seen = "text"


async def test_what_is_read_in_a_thread_and_what_a_frame_shows_of_it_is_waited_for() -> None:
    app = _Reading()
    async with app.run_test() as pilot:
        await pilot.press("a")

        assert app.seen == "text"


class _Page(Screen[None]):
    """Says more whenever one comes to it."""

    visits = 0

    def compose(self) -> Iterable[Label]:
        yield Label()

    def on_screen_resume(self) -> None:
        self.visits += 1
        self.query_one(Label).update("\n".join(["more"] * self.visits))


class _Places(App[None]):
    """Draws nothing for a moment when another place is gone to, as Textual has it."""

    MODES = {"here": Screen, "there": _Page}
    DEFAULT_MODE = "here"

    def on_key(self, event: events.Key) -> None:
        self.switch_mode(event.key)


async def test_what_a_place_says_anew_is_laid_out_when_one_has_gone_there() -> None:
    app = _Places()
    async with app.run_test() as pilot:
        await pilot.press("there", "here", "there")
        page = app.screen

        assert isinstance(page, _Page) and page.visits > 1
        assert page.query_one(Label).size.height == page.visits
