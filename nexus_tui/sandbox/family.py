"""Processes and what they started: none of them outlives its run."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROC = "/proc"
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4
_PR_SET_CHILD_SUBREAPER = 36
_PATIENCE = 5.0
"""Seconds after which a sweep gives up on what starts faster than it is killed."""
# Loaded before any fork: a child that has little memory left could not load it.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def adopt_orphans() -> bool:
    """Become the parent of every descendant that loses its own; False where no system has that."""
    return _libc is not None and _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Be sent a signal when the parent ends, where the system has that."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, by, 0, 0, 0)


def kill_group(leader: int) -> None:
    """Kill a process and its group."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


def sweep() -> int:
    """Kill and reap every child of this process; how many there were.

    After `adopt_orphans` these are all descendants whose parents are gone, also those that
    left their group or session: killing one hands its own children up, until none is left.
    The dead are reaped last: they count among the tasks that a user may have, so what starts
    another process and ends, again and again, comes to its limit. Root has none.
    """
    swept, until = 0, time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        last = None
        for last in children():
            kill_group(last)
        if last is not None:
            os.waitid(os.P_PID, last, os.WEXITED | os.WNOWAIT)
            if os.getuid() != 0:
                continue
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                swept += 1
        except ChildProcessError:  # none is left, also none that was missed
            break
    return swept


def children() -> Iterator[int]:
    """The living children of this process, as `/proc` tells; none where there is no `/proc`.

    The youngest first, each as it is found: it may have another in its place soon.
    """
    me, processes = str(os.getpid()), list[int]()
    with contextlib.suppress(OSError):
        processes += (int(name) for name in os.listdir(_PROC) if name.isdigit())  # noqa: PTH208
    for process in sorted(processes, reverse=True):
        with contextlib.suppress(OSError):
            said = Path(_PROC, str(process), "stat").read_text(errors="replace")
            # After the name, which is in parentheses and may hold anything: state and parent.
            state, parent = said.rpartition(")")[2].split()[:2]
            if parent == me and state not in "ZX":
                yield process


def not_dumpable() -> None:
    """Refuse that another process of this user reads or writes this one's memory."""
    if _libc is not None:
        _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
