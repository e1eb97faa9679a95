"""The real app with one thing in it that breaks when `f9` is pressed, or at the start.

`python -m tests.promises.breaker WHAT`, where `WHAT` says where it breaks.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

import nexus_tui.tui.app as module
from nexus_tui.cli import main
from nexus_tui.tui import care
from nexus_tui.tui.app import NexusApp
from nexus_tui.tui.widgets.hints import Hints

if TYPE_CHECKING:
    from nexus_tui.study.desk import Desk

SECRET = "the answer of a learner"


def breaks(*_: Any, **__: Any) -> Any:
    """Fail with a value in the message and in a variable."""
    typed = f"{SECRET} in a variable"
    raise ValueError(f"{SECRET} in {os.environ['HOME']}: {typed}")


class Breaking(NexusApp):
    """Has one key more."""

    BINDINGS = [Binding("f9", "break", "Break", show=False)]
    CSS_PATH = str(Path(module.__file__).with_name("app.tcss"))
    WHAT = "handler"

    def on_mount(self) -> None:
        if self.WHAT == "start":
            breaks()

    def _open(self) -> None:
        if self.WHAT == "opening":
            breaks()
        super()._open()

    def action_break(self) -> None:
        act: dict[str, Any] = {
            "handler": breaks,
            "worker": lambda: self.run_worker(_works()),
            "thread-worker": lambda: self.run_worker(breaks, thread=True),
            "thread": lambda: threading.Thread(target=breaks).start(),
            "timer": lambda: self.set_timer(0.01, breaks),
            "screen": lambda: self.push_screen("no-such-screen"),
            "drawing": self._draw_badly,
            "keys": self._lose_keys,
            "term": lambda: os.kill(os.getpid(), signal.SIGTERM),
            "interrupt": lambda: os.kill(os.getpid(), signal.SIGINT),
        }
        act[self.WHAT]()

    def _draw_badly(self) -> None:
        Hints.render_line = breaks  # type: ignore[method-assign]
        self.screen.query_one(Hints).refresh()

    def _lose_keys(self) -> None:
        """The thread that reads keys ends at the next one."""
        assert self._driver is not None
        self._driver.process_message = breaks  # type: ignore[method-assign]
        self.notify("the next key is the last")


async def _works() -> None:
    breaks()


def looked_after(desk: Desk) -> None:
    """What the app does on its own."""
    breaks()


if __name__ == "__main__":
    Breaking.WHAT = sys.argv.pop()
    module.NexusApp = Breaking  # type: ignore[misc]
    if Breaking.WHAT == "care":
        care.look_after = breaks
    main()
