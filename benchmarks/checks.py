"""How long a check of a Django stage takes, cold: judge and subject are started each time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.files import Reading
from nexus_tui.catalog.models import Challenge
from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.stage import stages_of
from nexus_tui.labs.challenges.verdict import Verdict

if TYPE_CHECKING:
    from pathlib import Path

ALLOWED = 1.5
"""Seconds."""
_CHALLENGE = "database-performance"


def seconds(content: Path, runs: Path, count: int = 7) -> list[float]:
    """Seconds of each of `count` checks of the first stage's solution, after one to warm up."""
    folder = content / "challenges" / _CHALLENGE
    challenge = Reading(content, []).model(folder / "challenge.yaml", Challenge)
    assert challenge is not None
    first = stages_of("nexus", content, challenge)[0]
    found = []
    for _ in range(count + 1):
        *_, last = Check(first, first.solution, runs=runs).events()
        assert isinstance(last, Verdict) and last.status == "passed", last
        found.append(last.seconds)
    return found[1:]
