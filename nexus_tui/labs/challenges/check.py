"""A check, as the app runs it: copy, judge, events, verdict, and nothing left over."""

from __future__ import annotations

import contextlib
import json
import secrets
import select
import socket
import subprocess
import threading
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.challenges.needs import Unavailable, needed
from nexus_tui.labs.challenges.runs import WorkspaceError, run_folder
from nexus_tui.labs.challenges.spawning import bare_environment, spawn
from nexus_tui.labs.challenges.verdict import Decided, Event, Printed, Status, Verdict
from nexus_tui.sandbox.family import kill_group
from nexus_tui.sandbox.limits import Limits
from nexus_tui.sandbox.rails import probe
from nexus_tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path

    from nexus_tui.labs.challenges.stage import StageFiles

_MB = 1024 * 1024
_LIMITS = Limits(seconds=60, memory=1024 * _MB, file=64 * _MB, tasks=256)
_GRACE = 5.0
"""Seconds beyond those of the stage in which the judge starts, and cleans up."""
_LINE = 160
"""Characters of an observation or expectation."""


class Check:
    """One run of a stage's requirements over a copy of some files."""

    def __init__(
        self,
        files: StageFiles,
        *layers: Path,
        runs: Path,
        servers: Mapping[str, str] | None = None,
        seed: int | None = None,
    ) -> None:
        """Check what lies in `layers`, one over the other, in a folder below `runs`.

        `servers` has the addresses of servers that the learner allowed; variables come first.
        """
        self._files, self._layers, self._runs = files, layers, runs
        self._servers = servers or {}
        self.seed = secrets.randbits(32) if seed is None else seed
        self._cancelled = threading.Event()
        self._judge: subprocess.Popen[bytes] | None = None
        self._subjects: list[int] = []
        self._output: list[str] = []
        self._decided: list[Decided] = []

    def cancel(self) -> None:
        """End it, from any thread; its last event is then a verdict that says so."""
        self._cancelled.set()
        if (judge := self._judge) is not None:
            judge.terminate()

    def events(self) -> Iterator[Event]:
        """Run it; what happens, as it happens. The last event is the verdict."""
        began = time.monotonic()
        try:
            with contextlib.ExitStack() as stack:
                services = stack.enter_context(needed(self._files.lab, self._servers))
                folder = stack.enter_context(run_folder(self._runs, *self._layers))
                try:
                    status, why = yield from self._judged(folder, services)
                finally:
                    self._end()
        except (Unavailable, WorkspaceError) as error:
            status, why = "unavailable", str(error)
        if self._cancelled.is_set():
            status, why = "cancelled", ""
        reached = {decided.id for decided in self._decided}
        for requirement in self._files.lab.requirements:
            if status in ("failed", "broken") and requirement.id not in reached:
                decided = Decided(requirement.id, requirement.text, "not reached")
                self._decided.append(decided)
                yield decided
        yield Verdict(
            status,
            tuple(self._decided),
            why,
            time.monotonic() - began,
            self.seed,
            probe().said(self._files.rights),
            "".join(self._output),
        )

    def _judged(
        self, folder: Path, services: dict[str, str]
    ) -> Generator[Event, None, tuple[Status, str]]:
        lab, (mine, its) = self._files.lab, socket.socketpair()
        asked = {
            "channel": its.fileno(),
            "checks": str(self._files.checks),
            "folder": str(folder),
            "plan": [requirement.id for requirement in lab.requirements],
            "seed": self.seed,
            "seconds": lab.seconds,
            "rights": asdict(self._files.rights),
            "limits": asdict(_LIMITS),
            "services": services,
        }
        with contextlib.closing(mine), contextlib.closing(its):
            self._judge = spawn(
                "nexus_tui.labs.challenges.judge",
                json.dumps(asked),
                folder=folder / "home",
                environment=bare_environment(folder),
                keep=its.fileno(),
            )
            its.close()
            if self._cancelled.is_set():
                self._judge.terminate()
            ended = False
            for line in _lines(mine, lab.seconds + _GRACE):
                if "end" in line:
                    ended = True
                elif event := self._event(line):
                    yield event
        return self._concluded(ended)

    def _event(self, line: dict[str, Any]) -> Event | None:
        if "started" in line:
            self._subjects.append(line["started"])
        elif "printed" in line:
            text = clean(line["printed"])
            self._output.append(text)
            return Printed(text)
        elif "requirement" in line:
            text = {r.id: r.text for r in self._files.lab.requirements}[line["requirement"]]
            decided = Decided(
                line["requirement"],
                text,
                "passed" if line["passed"] else "failed",
                _one_line(line["observed"]),
                _one_line(line["expected"]),
                line["seconds"],
            )
            self._decided.append(decided)
            return decided
        return None

    def _concluded(self, ended: bool) -> tuple[Status, str]:
        assert self._judge is not None and self._judge.stdout is not None
        if ended:
            # It has ended all others: their numbers may belong to somebody else by now.
            self._subjects.clear()
            self._judge.kill()
            met = [d.id for d in self._decided if d.status == "passed"]
            plan = [requirement.id for requirement in self._files.lab.requirements]
            return ("passed" if met == plan else "failed"), ""
        self._end_judge(self._judge)
        said = self._judge.stdout.read().decode("utf-8", "replace").strip()
        last = _one_line(said.rpartition("\n")[2]) or "its judge was ended"
        return "broken", (
            f"The check did not come to its end, so nothing counts: {last}. "
            "Check again; where it stays, the stage is broken, not your code."
        )

    def _end(self) -> None:
        """No process of this check goes on, also where the judge was killed."""
        if self._judge is not None:
            self._end_judge(self._judge)
            if self._judge.stdout is not None:
                self._judge.stdout.close()
        for subject in self._subjects:
            kill_group(subject)

    def _end_judge(self, judge: subprocess.Popen[bytes]) -> None:
        """Only it finds all that a subject started, so it is left the time to."""
        judge.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            judge.wait(_GRACE)
        judge.kill()
        judge.wait()


def _lines(channel: socket.socket, seconds: float) -> Iterator[dict[str, Any]]:
    """What the judge reports, until it hangs up or time is up."""
    until, waiting = time.monotonic() + seconds, b""
    while (left := until - time.monotonic()) > 0:
        if not select.select([channel], [], [], left)[0]:
            return
        chunk = channel.recv(64 * 1024)
        if not chunk:
            return
        *lines, waiting = (waiting + chunk).split(b"\n")
        for line in lines:
            yield json.loads(line)


def _one_line(text: str) -> str:
    line = " ".join(clean(text).split())
    return line if len(line) <= _LINE else f"{line[: _LINE - 1]}…"
