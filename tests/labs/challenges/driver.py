"""Runs checks of hostile code in the place of the app: `python -m tests.labs.challenges.driver`.

For each JSON line of its input it runs one check of the toy stage and prints how that came out. It
adopts what a check leaves behind, so it knows of every process that outlives one.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.verdict import Printed, Verdict
from nexus_tui.sandbox.family import adopt_orphans, children, sweep
from tests.labs.challenges import toys

_PATIENCE = 10.0
"""Seconds that killed processes may take to be gone."""


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The verdict over `work`, the processes that go on, and what is in `runs` afterwards.

    With `cancel` the check is cancelled as soon as the code prints something.
    """
    files = toys.described(
        Path(asked["stage"]), rights=tuple(asked["rights"]), seconds=asked["seconds"]
    )
    runs = Path(asked["runs"])
    check = Check(files, Path(asked["work"]), runs=runs, seed=7)
    for event in check.events():
        if isinstance(event, Printed) and asked.get("cancel"):
            check.cancel()
    assert isinstance(event, Verdict)
    return {
        "verdict": asdict(event),
        "alive": _alive(),
        "runs": [path.name for path in runs.iterdir()],
    }


def _alive() -> list[int]:
    """Children that do not end, or have others in their place; they are killed."""
    until = time.monotonic() + _PATIENCE
    while (found := list(children())) and (left := until - time.monotonic()) > 0:
        handle = os.pidfd_open(found[0])
        if select.select([handle], [], [], left)[0]:
            os.waitpid(found[0], 0)
        os.close(handle)
    sweep()
    return found


def main() -> None:
    adopt_orphans()
    for line in sys.stdin:
        # As text in UTF-8, which is what a screen takes.
        print(json.dumps(answer(json.loads(line)), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
