"""Checks that run at the same time do not disturb each other."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from tests.labs.challenges import toys

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.labs.challenges.verdict import Verdict

COUNT = int(os.environ.get("NEXUS_PROMISE_COUNT", "3"))
AT_ONCE = 6


@pytest.mark.promise
def test_a_solution_passes_each_time_also_beside_other_checks(tmp_path: Path) -> None:
    # Its deadlines are far: this is about what checks share, not about how fast a machine is.
    judge = toys.JUDGE.replace("1.0", "60.0")
    files = toys.stage(tmp_path / "stage", judge=judge, seconds=60)

    def check(seed: int) -> Verdict:
        return toys.verdict(files, files.solution, tmp_path / "runs", seed)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        verdicts = list(pool.map(check, range(AT_ONCE * COUNT)))
    assert [verdict for verdict in verdicts if verdict.status != "passed"] == []
    assert list((tmp_path / "runs").iterdir()) == []
