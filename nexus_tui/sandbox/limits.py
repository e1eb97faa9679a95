"""What a process may take, and how it is held to that."""

from __future__ import annotations

import contextlib
import math
import os
import resource
from dataclasses import dataclass
from pathlib import Path

_MB = 1024 * 1024
_PROC = Path("/proc")


@dataclass(frozen=True)
class Limits:
    """What one run may take; the memory holds for each of its processes, not for their sum."""

    seconds: float = 60.0
    """On the clock; the same number of seconds of processor time."""
    memory: int = 2048 * _MB
    """Bytes of address space."""
    file: int = 64 * _MB
    """Bytes of one file."""
    files: int = 1024
    """Open at once."""
    tasks: int = 256
    """Processes and threads beyond those that the user has already. Root is not held to it."""
    printed: int = 8 * _MB
    """Bytes of output after which it is stopped."""
    kept: int = 256 * 1024
    """Bytes of output and of errors that are kept."""


def apply(limits: Limits) -> None:
    """Hold this process, and those it will start, to `limits`; there is no way back.

    What the platform does not know is left out: macOS refuses to limit address space.
    """
    wanted = {
        "RLIMIT_CPU": math.ceil(limits.seconds) + 1,
        "RLIMIT_AS": limits.memory,
        "RLIMIT_FSIZE": limits.file,
        "RLIMIT_NOFILE": limits.files,
        "RLIMIT_CORE": 0,
    }
    running = tasks_of_user()
    if running is not None:
        wanted["RLIMIT_NPROC"] = running + limits.tasks
    for name, most in wanted.items():
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(kind, (value, value))


def tasks_of_user() -> int | None:
    """Processes and threads of this user now; None where `/proc` does not tell."""
    if not _PROC.is_dir():
        return None
    user, count = os.getuid(), 0
    for process in _PROC.iterdir():
        if process.name.isdigit():
            with contextlib.suppress(OSError):
                if process.stat().st_uid == user:
                    count += process.joinpath("task").stat().st_nlink - 2
    return count
