"""A program in a pseudo-terminal of 80x24, timed from outside like a person would see it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

_ESCAPE = re.compile(rb"\x1b(\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")


class Program:
    """Started when entered; `started` is the moment (perf_counter) of that."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        self._seen = b""

    def __enter__(self) -> Self:
        self._terminal, other = pty.openpty()
        fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            self._command,
            stdin=other,
            stdout=other,
            stderr=other,
            env=self._environment,
            start_new_session=True,
        )
        os.close(other)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._terminal)

    def _read(self, until: float) -> bytes:
        wait = max(0.0, until - time.perf_counter())
        if not select.select([self._terminal], [], [], wait)[0]:
            return b""
        found = os.read(self._terminal, 65536)
        self._seen += found
        return found

    def wait_for(self, pattern: str, limit: float = 30.0) -> float:
        """Seconds from the start until `pattern` was drawn. Raises TimeoutError."""
        wanted = re.compile(pattern)
        until = time.perf_counter() + limit
        while time.perf_counter() < until:
            self._read(until)
            if wanted.search(_ESCAPE.sub(b"", self._seen).decode("utf-8", "replace")):
                return time.perf_counter() - self.started
        raise TimeoutError(f"{pattern!r} was never drawn by {' '.join(self._command)}")

    def press(self, key: bytes, limit: float = 5.0) -> float:
        """Seconds from sending `key` until something is drawn. Raises TimeoutError."""
        os.write(self._terminal, key)
        sent = time.perf_counter()
        if not self._read(sent + limit):
            raise TimeoutError(f"nothing was drawn after {key!r}")
        return time.perf_counter() - sent

    def drain(self, seconds: float) -> int:
        """Bytes drawn within `seconds`."""
        until, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < until:
            count += len(self._read(until))
        return count

    def memory(self) -> float:
        """Resident memory in MB."""
        shown = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self._process.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(shown.stdout) / 1024

    def processor(self) -> float:
        """Seconds of processor time used so far; NaN where /proc is not there."""
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except FileNotFoundError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
