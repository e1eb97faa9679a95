"""Runs checks of hostile code in the place of the app: `python -m tests.labs.challenges.driver`.

For each JSON line of its input it runs one check of the toy stage and prints how that came out. It
adopts what a check leaves behind, so it knows of every process that outlives one.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.verdict import Verdict
from nexus_tui.sandbox.family import adopt_orphans, children
from tests.labs.challenges import toys

_PATIENCE = 30.0
"""Seconds that a killed process may take to be gone."""


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The verdict over `work`, the processes that go on, and what is in `runs` afterwards."""
    files = toys.described(
        Path(asked["stage"]), rights=tuple(asked["rights"]), seconds=asked["seconds"]
    )
    runs = Path(asked["runs"])
    *_, verdict = Check(files, Path(asked["work"]), runs=runs, seed=7).events()
    assert isinstance(verdict, Verdict)
    said = asdict(verdict) | {"failed_at": verdict.failed_at}
    return {"verdict": said, "alive": _alive(), "runs": [path.name for path in runs.iterdir()]}


def _alive() -> list[int]:
    """Children that do not end; they are killed, for the sake of the next check."""
    found = []
    for child in children():
        handle = os.pidfd_open(child)
        if not select.select([handle], [], [], _PATIENCE)[0]:
            found.append(child)
            os.kill(child, signal.SIGKILL)
        os.close(handle)
        os.waitpid(child, 0)
    return found


def main() -> None:
    adopt_orphans()
    for line in sys.stdin:
        # As text in UTF-8, which is what a screen takes.
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
