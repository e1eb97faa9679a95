"""What an app owes the terminal: a title that says where one is, and the terminal back.

However it ends, by `q`, by a signal or because it broke, the terminal is as it was before.
"""

from __future__ import annotations

import codecs
import errno
import os
import signal
import sys
import termios
import threading
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.css.query import NoMatches
from textual.drivers._writer_thread import WriterThread
from textual.filter import LineFilter
from textual.worker import WorkerFailed, get_current_worker

from nexus_tui.text import clean_line
from nexus_tui.tui.steady import is_left
from nexus_tui.tui.widgets.lines import one_cell, to_ascii

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Iterator, Sequence
    from types import FrameType
    from typing import IO

    from rich.console import RenderableType
    from textual.color import Color

_SAVE, _RESTORE = "\x1b[22;2t", "\x1b]2;\x07\x1b[23;2t"
"""Keeps the title of the terminal on its stack, and takes it from there; else it is empty."""
_LONGEST = 80
_HUNG_UP = 128 + signal.SIGHUP
"""The exit code of a closed terminal."""


class PlainCharacters(LineFilter):
    """What a text or a frame draws with other characters, in plain ones of the same width."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            segment
            if segment.text.isascii()
            else Segment(one_cell(segment.text), segment.style, segment.control)
            for segment in segments
        ]


class KeysEnded(RuntimeError):
    """The thread that reads keys ended: nothing could be pressed any more."""


class Writer(WriterThread):
    """Writes to the terminal; once that is closed, to nowhere, while the app ends as by `q`."""

    def run(self) -> None:
        try:
            super().run()
        except OSError:
            if not is_closed(self._file):
                raise
            _hang_up(self._file)
            super().run()


_PLAIN = PlainCharacters()


class TerminalApp(App[None]):
    """An app that breaks quietly: a report says why, see `cli.broken`, not a screen of values."""

    ascii_only = False
    _title = ""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), *([_PLAIN] if self.ascii_only else [])]

    @property
    def broken(self) -> BaseException | None:
        """What nobody handled and ended the app."""
        return self._exception

    def _handle_exception(self, error: Exception) -> None:
        """End; but not for what a worker still looked for in a screen that is left."""
        looked = isinstance(error, WorkerFailed) and isinstance(error.error, NoMatches)
        if looked and is_left(get_current_worker().node):
            return
        super()._handle_exception(error)

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top; the last one stays, however quickly keys come."""
        return super().pop_screen() if len(self.screen_stack) > 1 else AwaitComplete()

    def _fatal_error(self) -> None:
        """End. Textual would print the values of all variables, answers among them."""
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """End without printing `renderables`: they hold values too."""
        if is_closed(sys.__stderr__):
            self.exit(None, _HUNG_UP)
            return
        if self._exception is None:
            self._exception = KeysEnded()
        self._return_code = 1
        self._close_messages_no_wait()

    def show_title(self, where: str) -> None:
        """Say in the title of the terminal where one is; nothing where that is no terminal."""
        title = clean_line(f"{where} – Nexus")
        title = (to_ascii(title) if self.ascii_only else title)[:_LONGEST]
        driver = self._driver
        if driver is None or driver.is_headless or driver.is_web or title == self._title:
            return
        self._title = title
        driver.write(f"\x1b]2;{title}\x07")


def run(app: TerminalApp, *, mouse: bool = True) -> int:
    """Run `app` to its end and return its exit code; `app.broken` says what broke it.

    Without `mouse`, the terminal keeps it: a drag selects text as everywhere else.
    """
    _read_any_byte()
    _outlive_the_terminal()
    with _title_given_back(), _ended_by_signals(app), _broken_by_threads(app):
        app.run(mouse=mouse)
    return app.return_code or 0


@contextmanager
def _title_given_back() -> Iterator[None]:
    out = sys.__stderr__
    if out is None or not out.isatty():
        yield
        return
    out.write(_SAVE)
    out.flush()
    try:
        yield
    finally:
        with suppress(OSError):
            out.write(_RESTORE)
            out.flush()


@contextmanager
def _ended_by_signals(app: TerminalApp) -> Iterator[None]:
    """A closed terminal and a request to end are a `q`: all is written, the terminal restored."""

    def end(number: int, _: FrameType | None) -> None:
        _in_loop(app, partial(app.exit, None, 128 + number))

    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {number: signal.signal(number, end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _broken_by_threads(app: TerminalApp) -> Iterator[None]:
    """What a thread of its own did not handle ends the app like anything else."""

    def end(args: threading.ExceptHookArgs) -> None:
        error = args.exc_value
        if isinstance(error, Exception):
            _in_loop(app, partial(app._handle_exception, error))

    before, threading.excepthook = threading.excepthook, end
    try:
        yield
    finally:
        threading.excepthook = before


def _in_loop(app: TerminalApp, act: partial[None]) -> None:
    loop: asyncio.AbstractEventLoop | None = app._loop
    if loop is not None:
        with suppress(RuntimeError):  # closed meanwhile: the app has ended
            loop.call_soon_threadsafe(act)


def is_closed(out: IO[str] | None) -> bool:
    """Was there a terminal that is gone? A file or a pipe is none."""
    try:
        if out is not None:
            termios.tcgetattr(out.fileno())
    except termios.error as error:
        return error.args[0] in (errno.EIO, errno.ENXIO)
    return False


def _hang_up(out: IO[str]) -> None:
    """Write to nowhere from now on, and be told what a closed terminal tells its programs."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, out.fileno())
    os.close(nowhere)
    os.kill(os.getpid(), signal.SIGHUP)


def _outlive_the_terminal() -> None:
    """Textual would break at what it writes to a terminal that is closed."""
    from textual.drivers import linux_driver

    linux_driver.WriterThread = Writer  # type: ignore[attr-defined]


def _read_any_byte() -> None:
    """A byte that is no UTF-8 is shown as a mark; Textual would stop to hear keys."""
    from textual.drivers import linux_driver

    def tolerant(name: str) -> partial[codecs.IncrementalDecoder]:
        return partial(codecs.getincrementaldecoder(name), errors="replace")

    linux_driver.getincrementaldecoder = tolerant  # type: ignore[assignment,attr-defined]
