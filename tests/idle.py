"""When an app under a pilot is done: nothing in its loop is left to run.

Textual's own way is to watch the time that the process uses, and takes a process that waits for a
processor for one that is done; it also asks every widget, which took half of the time of a key.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

SOON = 0.06
"""Seconds; a timer that is due within them is waited for, so that what is drawn next is drawn.

Textual draws nothing for 0.05 s after it went to another mode.
"""
FRAMES = 60
"""So many timers in a row are waited for; what goes on after them moves by itself."""
_in_threads = set[asyncio.Future[Any]]()
"""What a widget reads in a thread, such as Markdown its text."""


async def until_idle() -> None:
    """Wait until nothing is ready to run or due soon. For workers wait by their group."""
    loop: Any = asyncio.get_running_loop()
    for _ in range(FRAMES):
        await _nothing_ready(loop)
        due = min((h.when() for h in loop._scheduled if not h.cancelled()), default=None)
        if due is None or due - loop.time() > SOON:
            return
        await asyncio.sleep(due - loop.time())


async def _nothing_ready(loop: Any) -> None:
    """Go round until two rounds found nothing: the second sees what the first woke."""
    rounds = 0
    while rounds < 2:
        if mine := [future for future in _in_threads if future.get_loop() is loop]:
            await asyncio.wait(mine)
        await asyncio.sleep(0)
        rounds = 0 if loop._ready or mine else rounds + 1


def wait_exactly(patch: pytest.MonkeyPatch) -> None:
    """Let pilots wait by the loop: not by the clock, and not widget by widget."""

    async def idle(*_: object, **__: object) -> None:
        await until_idle()

    for place in ("app.wait_for_idle", "pilot.wait_for_idle", "pilot.Pilot._wait_for_screen"):
        patch.setattr(f"textual.{place}", idle)

    own = asyncio.BaseEventLoop.run_in_executor

    def run_in_executor(
        loop: asyncio.BaseEventLoop, executor: Any, work: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        future = own(loop, executor, work, *args)
        if not getattr(work, "__qualname__", "").startswith("Worker."):
            _in_threads.add(future)
            future.add_done_callback(_in_threads.discard)
        return future

    patch.setattr(asyncio.BaseEventLoop, "run_in_executor", run_in_executor)
