"""The judge's side of a subject: start it, ask it, hear what it prints, end it."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import selectors
import signal
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.challenges.spawning import bare_environment, spawn
from nexus_tui.sandbox.family import kill_group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MOST_ANSWERED = 4 * 1024 * 1024
"""Bytes of one answer."""
_MOST_PRINTED = 8 * 1024 * 1024
"""Bytes of output after which a subject is stopped."""


_ASKED_WHERE = 2.0
"""Seconds in which a subject says where it is."""
_ENDING = 1.0
"""Seconds from the end of the channel to that of its process: then it is killed."""
_FRAME = re.compile(r'File "\S*?/work/([^"]+)", line (\d+) in ')


class Raised(Exception):
    """The learner's code raised something."""

    def __init__(self, call: str, kind: str, message: str, place: str | None) -> None:
        self.call, self.kind, self.message, self.place = call, kind, message, place
        where = f" ({place})" if place else ""
        super().__init__(f"{kind}: {message}{where}" if message else f"{kind}{where}")


class Gone(Exception):
    """The subject does not answer any more; the message says why."""


class Subject:
    """One process with the learner's code. It is started at once and asked one thing at a time."""

    def __init__(
        self,
        probe: Path,
        folder: Path,
        *,
        rights: Mapping[str, bool],
        limits: Mapping[str, Any],
        environment: Mapping[str, str],
        printed: Callable[[str], None],
        deadline: float,
    ) -> None:
        self._printed, self._deadline = printed, deadline
        self._number, self._call, self._size, self._waiting = 0, "", 0, b""
        self._loaded = not _has_load(probe)
        mine, its = socket.socketpair()
        self._channel = mine
        asked = {
            "channel": its.fileno(),
            "folder": str(folder),
            "probe": str(probe),
            "rights": dict(rights),
            "limits": dict(limits),
        }
        self.process = spawn(
            "nexus_tui.labs.challenges.subject",
            json.dumps(asked),
            folder=folder / "work",
            environment={**bare_environment(folder), **environment},
            keep=its.fileno(),
        )
        its.close()
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        mine.setblocking(False)

    def ask(self, call: str, /, seconds: float = 5.0, **arguments: Any) -> Any:
        """Call a function of the probe; what it returned, as plain JSON.

        The first call is preceded by `load()`, where the probe has it. Raises Raised where the
        learner's code raised, Gone where there is no answer within `seconds`.
        """
        self.send(call, **arguments)
        return self.answer(seconds)

    def send(self, call: str, /, **arguments: Any) -> None:
        """Call, and come back for the answer later."""
        if not self._loaded:
            self._loaded = True
            self._send("load", {})
            self.answer(max(0.1, self._deadline - time.monotonic()))
        self._send(call, arguments)

    def answer(self, seconds: float = 5.0) -> Any:
        """The answer to what was sent. Raises as `ask` does."""
        line = self._line(min(time.monotonic() + seconds, self._deadline), seconds)
        try:
            found = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError):
            raise Gone("what came back was no JSON") from None
        if not isinstance(found, dict) or found.get("id") != self._number or self._waiting:
            raise Gone("something else than the check wrote on its channel")
        raised = found.get("raised")
        if isinstance(raised, dict):
            place = raised.get("place")
            kind, message = str(raised.get("kind")), str(raised.get("message"))
            raise Raised(self._call, kind, message, str(place) if place else None)
        return found.get("value")

    def stop(self) -> None:
        """End it and everything in its group."""
        kill_group(self.process.pid)
        self.process.wait()
        with contextlib.suppress(Gone):  # too much output: it is stopped anyway
            self._hear()
        self._channel.close()
        assert self.process.stdout is not None
        self.process.stdout.close()

    def _send(self, call: str, arguments: dict[str, Any]) -> None:
        self._number, self._call = self._number + 1, call
        asked = {"id": self._number, "call": call, "arguments": arguments}
        self._channel.setblocking(True)
        self._channel.settimeout(max(0.1, self._deadline - time.monotonic()))
        with contextlib.suppress(OSError):  # its end is told by whoever waits for the answer
            self._channel.sendall(json.dumps(asked).encode() + b"\n")
        self._channel.setblocking(False)

    def _line(self, until: float, seconds: float) -> bytes:
        assert self.process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(self._channel, selectors.EVENT_READ, "channel")
            selector.register(self.process.stdout, selectors.EVENT_READ, "output")
            while (left := until - time.monotonic()) > 0:
                for key, _ in selector.select(left):
                    if key.data == "output":
                        if not self._hear():
                            selector.unregister(self.process.stdout)
                    elif not self._read():
                        raise Gone(self._how_it_ended())
                line, found, rest = self._waiting.partition(b"\n")
                if found:
                    self._hear()
                    self._waiting = rest
                    return line
        raise Gone(f"no answer within {seconds:g} s{self._where()}")

    def _where(self) -> str:
        """Which line of the learner's code it is at, as it says itself when asked."""
        assert self.process.stdout is not None
        self._hear()
        printed, said = self._printed, list[str]()
        self._printed, until = said.append, time.monotonic() + _ASKED_WHERE
        self.process.send_signal(signal.SIGUSR1)
        try:
            # It says so in several pieces.
            while (left := until - time.monotonic()) > 0:
                if not select.select([self.process.stdout], [], [], left)[0] or not self._hear():
                    break
                if found := _FRAME.search("".join(said)):
                    return f", at ({found[1]}:{found[2]})"
        finally:
            self._printed = printed
        return ""

    def _read(self) -> bool:
        try:
            chunk = self._channel.recv(64 * 1024)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._waiting += chunk
        if len(self._waiting) > _MOST_ANSWERED:
            raise Gone("an answer of more than 4 MB")
        return bool(chunk)

    def _hear(self) -> bool:
        """Pass on what it printed; False at the end of it."""
        assert self.process.stdout is not None
        while True:
            try:
                chunk = os.read(self.process.stdout.fileno(), 64 * 1024)
            except BlockingIOError:
                return True
            except OSError:
                return False
            if not chunk:
                return False
            self._size += len(chunk)
            self._printed(chunk.decode("utf-8", "replace"))
            if self._size > _MOST_PRINTED:
                raise Gone("more than 8 MB of output")

    def _how_it_ended(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):  # it closed the channel and goes on
            self.process.wait(_ENDING)
        kill_group(self.process.pid)
        code = self.process.wait()
        self._hear()
        if code < 0:
            return f"the process was ended by signal {-code}"
        return f"the process ended with exit code {code} before it answered"


def _has_load(probe: Path) -> bool:
    return "\ndef load(" in probe.read_text(encoding="utf-8")


def _refuse(name: str) -> None:
    raise ValueError(name)
