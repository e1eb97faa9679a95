"""What a forkserver is made for in these tests: it executes the code that it is given."""

from __future__ import annotations

import os
from typing import Any

READY: list[str] = []


def prepare(name: str = "", fail: str = "", bare: bool = False) -> None:
    """Note what only the server did; `bare`: as on a system without handles of processes."""
    if fail:
        raise RuntimeError(fail)
    if bare:
        del os.pidfd_open
    READY.append(name)


def run(job: dict[str, Any]) -> None:
    """Execute `code`, which sees `ready` and the rest of the job."""
    exec(job["code"], {"__name__": "__main__", "ready": READY, **job})
