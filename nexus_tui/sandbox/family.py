"""Processes and what they started: none of them outlives its run."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from pathlib import Path

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


def die_with_parent() -> None:
    """Be killed when the parent ends, where the system has that."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def kill_group(leader: int) -> None:
    """Kill a process and its group."""
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(leader, signal.SIGKILL)


def sweep() -> int:
    """Kill and reap every child of this process; how many there were.

    After `adopt_orphans` these are all descendants whose parents are gone, also those that
    left their group or session: killing one hands its own children up, until none is left.
    """
    swept = 0
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            reaped = os.waitpid(-1, os.WNOHANG)[0]
            if not reaped:
                found = children()
                if not found:
                    break
                for child in found:
                    kill_group(child)
                os.waitpid(found[0], 0)
            swept += 1
        except ChildProcessError:
            break
    return swept


def children() -> list[int]:
    """The children of this process, as `/proc` tells; empty where there is none."""
    me, found = str(os.getpid()), []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name, which is in parentheses and may hold anything: state and parent.
            if path.read_text(errors="replace").rpartition(")")[2].split()[1] == me:
                found.append(int(path.parent.name))
    return found


def not_dumpable() -> None:
    """Refuse that another process of this user reads or writes this one's memory."""
    if _libc is not None:
        _libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
