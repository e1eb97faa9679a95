"""What an auditor works with: the project, what was allowed, and processes held to limits."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, Self

from nexus_tui.sandbox.client import ForkServer, ForkServerError
from nexus_tui.sandbox.limits import Limits

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from nexus_tui.audit.project import Project
    from nexus_tui.audit.verdict import Check, Verdict
    from nexus_tui.sandbox.watch import Ended

_CHILD = "nexus_tui.audit.child"
_PACKAGE = Path(__file__).resolve().parent.parent
_MB = 1024 * 1024
_OF_EXTRA = frozenset({"bandit", "detect-secrets", "hadolint", "pip-audit", "ruff", "yamllint"})
NO_RAILS, NO_START = 125, 126
"""Exit codes of a child that did not become the tool."""
SECONDS = 60.0
"""For one run of a tool."""
LONGEST = 300.0
"""Seconds after which an audit starts nothing more."""
_STALE = 3600.0
"""Seconds after which nobody works in a folder any more."""


class ToolError(Exception):
    """A tool could not look; the message is the reason, without a capital or a full stop."""


@dataclass(frozen=True)
class Consent:
    """What the learner allowed, and what the project's code needs to start."""

    code: bool = False
    """The project's own code may run, behind the guard rails, on a copy."""
    network: bool = False
    """A service may be asked about known vulnerabilities."""
    python: Path | None = None
    """The project's interpreter; None: that of its own virtual environment, else ours."""
    settings: str | None = None
    """The settings module of production; None: what `manage.py` says."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables that the settings read."""


@dataclass(frozen=True)
class Auditor:
    """A tool or a family of own checks."""

    name: str
    checks: tuple[Check, ...]
    look: Callable[[Bench], Iterable[Verdict]]
    reads: re.Pattern[str] | None
    """Paths that it looks at: where one was skipped, it passes nothing. None: it walks itself."""
    asks: Literal["", "code", "network"] = ""
    looks_for: bool = False
    """What it misses may stand in a file that was skipped."""


class Bench:
    """One audit: processes are started through it, and ended by it."""

    def __init__(self, project: Project, consent: Consent, work: Path) -> None:
        self.project = project
        self.consent = consent
        self._work = work
        self._idle: list[ForkServer] = []
        self._busy: list[ForkServer] = []
        self._lock = threading.Lock()
        self.stopped = False
        self._until = time.monotonic() + LONGEST

    def __enter__(self) -> Self:
        self._work.mkdir(parents=True, exist_ok=True)
        for left in self._work.glob("audit-*"):
            # Of an audit that was killed.
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _STALE:
                    shutil.rmtree(left, ignore_errors=True)
        return self

    def __exit__(self, *_: object) -> None:
        for server in (*self._idle, *self._busy):
            server.stop()

    def stop(self) -> None:
        """End all that runs, from any thread; nothing more is started."""
        with self._lock:
            self.stopped = True
            for server in self._busy:
                server.interrupt()

    @contextlib.contextmanager
    def folder(self) -> Iterator[Path]:
        """An empty folder, removed afterwards."""
        path = Path(tempfile.mkdtemp(prefix="audit-", dir=self._work)).resolve()
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)

    def tool(self, name: str) -> str:
        """The program of that name, beside our interpreter or on PATH. Raises ToolError.

        One that lies inside the project is code of the project.
        """
        beside = Path(sys.executable).parent / name
        if beside.is_file():
            return str(beside)
        found = shutil.which(name)
        if found is None or not Path(found).is_absolute():
            source = ": it comes with nexus-tui[audit]" if name in _OF_EXTRA else ""
            raise ToolError(f"{name} is not installed{source}")
        if Path(found).is_relative_to(self.project.root) and not self.consent.code:
            raise ToolError(f"{name} lies inside the project, whose code was not allowed to run")
        return found

    def run(
        self,
        command: Sequence[str | Path],
        folder: Path,
        *,
        where: Path | None = None,
        seconds: float = SECONDS,
        memory: int = 2048 * _MB,
        readable: Sequence[Path] = (),
        rails: bool = True,
        environment: Mapping[str, str] = MappingProxyType({}),
    ) -> Ended:
        """Run a program that may write in `folder` alone, and sees the project.

        Its environment is bare. Raises ToolError where it does not end by itself.
        """
        job = {
            "command": [str(part) for part in command],
            "where": str(where or folder),
            "readable": [
                str(self.project.root),
                *_home_of(Path(command[0])),
                *map(str, readable),
            ],
            "rails": rails,
        }
        limits = Limits(self._in_time(seconds), memory, printed=32 * _MB, kept=16 * _MB)
        return self._ask(job, folder, limits, Path(command[0]).name, environment)

    def look(self, module: str) -> Ended:
        """Run the `look(project)` of a module of ours in a process of its own; it prints JSON."""
        project = self.project
        with self.folder() as folder:
            job = {
                "module": module,
                "root": str(project.root),
                "files": project.files,
                "readable": [str(project.root), str(_PACKAGE)],
                "rails": True,
            }
            limits = Limits(self._in_time(SECONDS), 1024 * _MB, printed=32 * _MB, kept=16 * _MB)
            return self._ask(job, folder, limits, "the check", {})

    def _in_time(self, seconds: float) -> float:
        """As many of these seconds as are left. Raises ToolError where none is."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ToolError(f"the audit took longer than {LONGEST:.0f} s")
        return min(seconds, left)

    def _ask(
        self,
        job: Mapping[str, object],
        folder: Path,
        limits: Limits,
        name: str,
        environment: Mapping[str, str],
    ) -> Ended:
        bare = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "NO_COLOR": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONSAFEPATH": "1",
            "MALLOC_ARENA_MAX": "2",
        }
        with self._server() as server:
            try:
                ended = server.run(job, folder, limits, **{**bare, **environment})
            except ForkServerError as error:
                raise ToolError(str(error)) from error
        if ended.stopped == "time":
            raise ToolError(f"{name} took longer than {limits.seconds:.0f} s")
        if ended.stopped == "output":
            raise ToolError(f"{name} printed more than {limits.printed // _MB} MB")
        if ended.stopped:
            gone = f"the process of {name} was lost"
            raise ToolError("the audit was stopped" if self.stopped else gone)
        if ended.code == NO_RAILS:
            raise ToolError("the guard rails could not be put up")
        if ended.code == NO_START or ended.code < 0:
            how = "could not be started" if ended.code > 0 else f"ended by signal {-ended.code}"
            raise ToolError(f"{name} {how}")
        return ended

    @contextlib.contextmanager
    def _server(self) -> Iterator[ForkServer]:
        with self._lock:
            if self.stopped:
                raise ToolError("the audit was stopped")
            environment = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
            server = self._idle.pop() if self._idle else ForkServer(_CHILD, {}, environment)
            self._busy.append(server)
        try:
            yield server
        finally:
            with self._lock:
                self._busy.remove(server)
                self._idle.append(server)


def _home_of(program: Path) -> Iterator[str]:
    """Where a program, the packages beside it and the Python of its environment are."""
    yield str(program.parent)
    for prefix in {program.parent.parent, program.resolve().parent.parent}:
        if not Path.home().is_relative_to(prefix):
            yield str(prefix)
        with contextlib.suppress(OSError, UnicodeDecodeError):
            said = (prefix / "pyvenv.cfg").read_text(encoding="utf-8")
            for line in said.splitlines():
                key, _, value = line.partition("=")
                if key.strip() == "home":
                    yield str(Path(value.strip()).resolve().parent)
    yield str(program.resolve().parent)
