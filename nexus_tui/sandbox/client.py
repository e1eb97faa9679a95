"""Starts a forkserver, asks it for runs, and ends it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nexus_tui.sandbox.watch import Ended

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from nexus_tui.sandbox.limits import Limits

_START = 60.0
"""Seconds that a server may take to import what it is for."""
_GRACE = 15.0
"""Seconds beyond the deadline of a run in which its server reports the end."""
_ROOT = Path(__file__).resolve().parent.parent.parent
"""Where the server finds the module that it is made for."""
_LOST = Ended(-9, "", "", "lost", 0.0)


class ForkServerError(Exception):
    """The server could not be started; the message says why."""


class ForkServer:
    """A warm process for runs of one kind; one run at a time, and for one thread.

    It is started by the first run, and again after one that took it away.
    """

    def __init__(
        self, module: str, options: Mapping[str, Any], environment: Mapping[str, str]
    ) -> None:
        self._module = module
        self._options = dict(options)
        self._environment = dict(environment)
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def run(self, job: Any, folder: Path, limits: Limits, **environment: str) -> Ended:
        """Call the module's `run(job)` in a child of its own, in `folder`, within `limits`.

        The child sees the server's environment and `environment`. Raises ForkServerError
        where there is no server.
        """
        process = self._process or self._start()
        asked = {
            "job": job,
            "folder": str(folder),
            "environment": self._environment | environment,
            "limits": asdict(limits),
        }
        answer = self._ask(process, asked, limits.seconds + _GRACE)
        if answer is None:
            self.stop()
            return _LOST
        return Ended(**answer)

    def interrupt(self) -> None:
        """End what it runs now, from any thread; whoever waits for that run hears of its end."""
        if self._process is not None and self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()

    def stop(self) -> None:
        """End the server, and with it what it runs."""
        self.interrupt()
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdout is not None
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

    def _start(self) -> subprocess.Popen[str]:
        # Byte code of packages is kept, whoever starts it; what is run keeps none of its own.
        inherited = {k: v for k, v in self._environment.items() if k != "PYTHONDONTWRITEBYTECODE"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", "nexus_tui.sandbox.forkserver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**inherited, "PYTHONPATH": str(_ROOT)},
            cwd=os.sep,
            start_new_session=True,
        )
        first = {"module": self._module, "options": self._options, "forget": str(_ROOT)}
        answer = self._ask(self._process, first, _START)
        if answer is None or "failed" in answer:
            self.stop()
            why = answer["failed"] if answer else "it ended, or never began"
            raise ForkServerError(f"The process for {self._module} could not be started: {why}.")
        return self._process

    @staticmethod
    def _ask(
        process: subprocess.Popen[str], what: Mapping[str, Any], seconds: float
    ) -> dict[str, Any] | None:
        """Its answer; None where it is gone or silent."""
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(what) + "\n")
            process.stdin.flush()
        except (OSError, ValueError):  # it is gone; it was interrupted
            return None
        if not select.select([process.stdout], [], [], seconds)[0]:
            return None
        line = process.stdout.readline()
        found: dict[str, Any] | None = json.loads(line) if line.endswith("\n") else None
        return found
