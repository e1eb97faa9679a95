"""Runs jobs side by side, each worker with one warm process at a time."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.verify.results import Outcome, outcome
from nexus_tui.sandbox.client import ForkServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from nexus_tui.labs.verify.kinds import Runner
    from nexus_tui.labs.verify.runs import Run
    from nexus_tui.labs.verify.services import Services
    from nexus_tui.sandbox.limits import Limits

_MOST = 8
"""Workers, however many cores there are: each may hold a database on every server."""
_KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


def workers() -> int:
    """As many as there are cores for this process."""
    allowed = getattr(os, "sched_getaffinity", None)  # not on macOS
    return min(_MOST, len(allowed(0)) if allowed is not None else os.cpu_count() or 1)


class Pool:
    """Runs `runs` on `services`; `tell` is called in a worker with each one and how it ended."""

    def __init__(
        self,
        runs: Iterable[Run],
        services: Services,
        limits: Limits,
        project: Path | None,
        tell: Callable[[Run, Outcome], None],
    ) -> None:
        self._waiting = deque(runs)
        self._services = services
        self._limits = limits
        self._project = project
        self._tell = tell
        self._lock = threading.Lock()
        self._servers: list[ForkServer] = []

    def work(self, count: int) -> None:
        """Run everything with `count` workers. Raises what a worker could not go on after."""
        with (
            tempfile.TemporaryDirectory(prefix="nexus-verify-", ignore_cleanup_errors=True) as top,
            ThreadPoolExecutor(max(1, count)) as threads,
        ):
            folders = [Path(top) / str(number) for number in range(count)]
            working = [threads.submit(self._worker, folder) for folder in folders]
            try:
                wait(working)
            except KeyboardInterrupt:
                self._waiting.clear()
                for server in self._servers:
                    server.interrupt()
                raise
        for worker in working:
            worker.result()

    def _worker(self, folder: Path) -> None:
        server: ForkServer | None = None
        warm: Runner | None = None
        try:
            while (run := self._next()) is not None:
                runner = run.job.runner
                if server is None or runner != warm:
                    if server is not None:
                        server.stop()
                    server, warm = self._server(runner), runner
                found = self._run(run, server, folder)
                with self._lock:
                    self._tell(run, found)
        except BaseException:
            self._waiting.clear()  # the others have nothing more to do
            raise
        finally:
            if server is not None:
                server.stop()

    def _next(self) -> Run | None:
        try:
            return self._waiting.popleft()
        except IndexError:
            return None

    def _server(self, runner: Runner) -> ForkServer:
        options: dict[str, Any] = {}
        if runner.name == "bookshop":
            options = {"project": str(self._project), "warm": runner.warm}
        server = ForkServer(runner.module, options, environment())
        self._servers.append(server)
        return server

    def _run(self, run: Run, server: ForkServer, folder: Path) -> Outcome:
        job, mark = run.job, secrets.token_hex(8)
        task: dict[str, Any] = {
            "parts": [(step.language, step.code) for step in job.steps],
            "mark": mark,
            "service": run.server,
        }
        home, temporary, here = (folder / name for name in ("home", "tmp", "work"))
        for path in (home, temporary, here):
            path.mkdir(parents=True)
        try:
            with self._services.given(run.services) as addresses:
                ended = server.run(
                    task, here, self._limits, HOME=str(home), TMPDIR=str(temporary), **addresses
                )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return outcome(ended, len(job.steps), mark, self._limits)


def environment(inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """What snippets see: the same on every machine, but for where programs are."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{inherited.get('PATH', os.defpath)}"
    return {
        **{name: inherited[name] for name in _KEPT if name in inherited},
        "PATH": programs,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "dumb",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
