"""The app in a terminal of 80 by 24: keys go in, bytes come out, a screen is kept of them."""

from __future__ import annotations

import re
import signal
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

ROOT = Path(__file__).parents[2]
APP = (sys.executable, "-m", "nexus_tui")
KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "f9": "\x1b[20~",
}
PATIENCE = 30
_UNKNOWN = re.compile(rb"\x1b\[[<=>][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b\[\?u")
"""Questions to newer terminals that the emulator would print as letters."""
_UNFINISHED = re.compile(rb"\x1b[^a-zA-Z]{0,30}$")


class Gone(Exception):
    """The app ended before the screen showed what was waited for."""


class Terminal:
    """Starts a program; `text` is what the learner sees.

    `watch` is called whenever the screen has changed. `kill_after`: kill the program without
    warning once it has written so many bytes more.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        command: Sequence[str] = APP,
        *,
        watch: Callable[[str], None] | None = None,
    ) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._rows = self._screen.display  # kept: the emulator puts it together at each call
        self._held = b""
        self._watch = watch
        self.output = b""
        self.kill_after: int | None = None
        self.modes = 0
        """The local modes of the terminal as the program left them."""
        self._child: pexpect.spawn[bytes] = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(24, 80),
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"},
            cwd=str(ROOT),
            timeout=PATIENCE,
        )
        self._child.delaybeforesend = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    # ------------------------------------------------------------ seeing

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(self._rows)

    def wait(self, *texts: str) -> str:
        """Read until all of `texts` are on the screen at once; returns the screen."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), str(texts))

    def wait_until(self, holds: Callable[[str], bool], what: str = "") -> str:
        """Read until `holds` says yes to the screen. Raises Gone when the program ends first."""
        patience = time.monotonic() + PATIENCE
        while not holds(self.text):
            assert time.monotonic() < patience, f"{what} never came; the screen is:\n{self.text}"
            if not self._read():
                raise Gone(f"the program ended before {what}; the screen was:\n{self.text}")
        return self.text

    def _read(self) -> bool:
        """Take what the program wrote; False at its end."""
        try:
            data = self._child.read_nonblocking(4096, timeout=PATIENCE)
        except pexpect.EOF:
            return False
        except pexpect.TIMEOUT:
            raise AssertionError(f"nothing more came; the screen is:\n{self.text}") from None
        self.output += data
        if self.kill_after is not None:
            self.kill_after -= len(data)
            if self.kill_after <= 0:
                self.kill_after = None
                self._child.kill(signal.SIGKILL)
        data = self._held + data
        unfinished = _UNFINISHED.search(data)
        end = unfinished.start() if unfinished else len(data)
        self._held, data = data[end:], data[:end]
        self._stream.feed(_UNKNOWN.sub(b"", data))
        self._rows = self._screen.display
        if self._watch is not None:
            self._watch(self.text)
        return True

    @property
    def hints(self) -> str:
        """The last row: which keys do what now."""
        return self._rows[-1]

    # ------------------------------------------------------------ acting

    def press(self, *keys: str) -> None:
        """Send keys: a name of `KEYS`, or the text itself."""
        for key in keys:
            self._child.send(KEYS.get(key, key))

    def press_bytes(self, sent: bytes) -> None:
        """Send what is no text."""
        self._child.send(sent)

    def finish(self) -> int:
        """Read to the end; the exit code, or minus the signal that ended the program."""
        while self._read():
            pass
        self.modes = termios.tcgetattr(self._child.fileno())[3]
        self._child.close(force=False)
        if self._child.signalstatus is not None:
            return -self._child.signalstatus
        assert self._child.exitstatus is not None
        return self._child.exitstatus

    def close(self) -> int:
        """Close the window: what it does to a program, and the exit code, as `finish` says it."""
        self._child.ptyproc.fileobj.close()  # type: ignore[attr-defined]
        patience = time.monotonic() + PATIENCE
        while self._child.isalive():
            assert time.monotonic() < patience, "the program outlives its terminal"
            time.sleep(0.02)
        self._child.close(force=False)
        if self._child.signalstatus is not None:
            return -self._child.signalstatus
        assert self._child.exitstatus is not None
        return self._child.exitstatus

    def kill(self) -> None:
        """End the program without warning, if it still runs, and read what it had written."""
        if self._child.isalive():
            self._child.kill(signal.SIGKILL)
        if not self._child.closed:
            self.finish()
