"""Follows one process to its end: reads what it prints, stops it at its limits."""

from __future__ import annotations

import contextlib
import os
import selectors
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nexus_tui.sandbox.family import kill_group, sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.sandbox.limits import Limits

Stopped = Literal["time", "output", "left", "lost"]
"""Why it did not end by itself: the deadline; too much output; nobody waits for it any more;
the process that watched it is gone."""

_CHUNK = 64 * 1024
_POLL = 0.02
"""Seconds between two looks where the system gives no handle of a process to wait for."""


@dataclass(frozen=True)
class Ended:
    """How a run ended, and what it printed."""

    code: int
    """The exit code; negative: the signal that ended it."""
    printed: str
    errors: str
    stopped: Stopped | None
    seconds: float
    left_over: int = 0
    """Processes that it started and did not wait for."""


@dataclass
class _Stream:
    """What comes out of a pipe, up to the bytes that are kept."""

    pipe: int
    most: int
    kept: bytearray = field(default_factory=bytearray)
    size: int = 0

    def read(self) -> bool:
        """Take what is there now; False at its end."""
        try:
            chunk = os.read(self.pipe, _CHUNK)
        except BlockingIOError:
            return True
        self.kept += chunk[: self.most - len(self.kept)]
        self.size += len(chunk)
        return bool(chunk)

    def drain(self, most: int) -> None:
        """Take what is left in the pipe; nobody writes any more, or has to be waited for."""
        before = -1
        while before != self.size and self.size <= most:
            before = self.size
            self.read()

    @property
    def text(self) -> str:
        return self.kept.decode("utf-8", "replace")


def watch(process: int, output: int, errors: int, limits: Limits, *, asker: int) -> Ended:
    """Follow a child that leads its own group, until it and all it started are gone.

    `output` and `errors` are the pipes that it writes to, closed afterwards; `asker` becomes
    readable when whoever asked is gone.
    """
    began = time.monotonic()
    streams = [_Stream(output, limits.kept), _Stream(errors, limits.kept)]
    for stream in streams:
        os.set_blocking(stream.pipe, False)
    try:
        stopped, status = _follow(process, streams, limits, began + limits.seconds, asker)
        kill_group(process)
        if status is None:
            status = os.waitpid(process, 0)[1]
        seconds = time.monotonic() - began
        left_over = sweep()
        for stream in streams:
            stream.drain(limits.printed)
    finally:
        for stream in streams:
            os.close(stream.pipe)
    code = os.waitstatus_to_exitcode(status)
    return Ended(code, streams[0].text, streams[1].text, stopped, seconds, left_over)


def _follow(
    process: int, streams: list[_Stream], limits: Limits, deadline: float, asker: int
) -> tuple[Stopped | None, int | None]:
    """Why it has to be stopped, or None; its status, where it was taken already."""
    with selectors.DefaultSelector() as selector, _handle(process) as handle:
        for stream in streams:
            selector.register(stream.pipe, selectors.EVENT_READ, stream)
        selector.register(asker, selectors.EVENT_READ)
        if handle is not None:
            selector.register(handle, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            for key, _ in selector.select(left if handle is not None else min(left, _POLL)):
                if isinstance(key.data, _Stream):
                    if not key.data.read():
                        selector.unregister(key.fd)
                elif key.fd == asker:
                    return "left", None
                else:
                    return None, None
            if sum(stream.size for stream in streams) > limits.printed:
                return "output", None
            if handle is None:
                found, status = os.waitpid(process, os.WNOHANG)
                if found:
                    return None, status
    return "time", None


@contextlib.contextmanager
def _handle(process: int) -> Iterator[int | None]:
    """Something to wait for the end of a process with, where the system has that."""
    handle = None
    with contextlib.suppress(AttributeError, OSError):
        handle = os.pidfd_open(process)
    try:
        yield handle
    finally:
        if handle is not None:
            os.close(handle)
