"""The release gate: a stage is right where it tells right from wrong, each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from nexus_tui.labs.challenges.stage import StageFiles

REPEATS = 20
"""Runs of the solution that all have to pass."""


@dataclass(frozen=True)
class Trial:
    """One run for the gate: what was run, what it came to, and what is wrong with that."""

    stage: str
    name: str
    """`starter`, `solution` or the id of a mutant."""
    verdict: Verdict
    wrong: str | None


def gate(
    files: StageFiles, runs: Path, servers: Mapping[str, str], repeats: int = REPEATS
) -> Iterator[Callable[[], Trial]]:
    """The trials of a stage, to be run in any order and at once."""
    lab = files.lab

    def trial(name: str, refused_at: str | None, *layers: Path) -> Callable[[], Trial]:
        def run() -> Trial:
            *_, verdict = Check(files, *layers, runs=runs, servers=servers).events()
            assert isinstance(verdict, Verdict)
            return Trial(files.key, name, verdict, wrong_with(verdict, refused_at))

        return run

    yield trial("starter", lab.starter, files.starter)
    for mutant in lab.mutants:
        yield trial(mutant.id, mutant.fails, files.solution, files.mutant(mutant))
    for _ in range(repeats):
        yield trial("solution", None, files.solution)


def wrong_with(verdict: Verdict, refused_at: str | None) -> str | None:
    """Why a verdict is not as it must be: refused at that requirement first, or passed."""
    if verdict.status == "unavailable":
        return verdict.why
    if verdict.status == "broken":
        return f"the check broke: {verdict.why}"
    found = verdict.failed_at
    if verdict.status == "passed" and refused_at is not None:
        return f"passes, and should fail at {refused_at}"
    if found != refused_at:
        failed = next((r for r in verdict.requirements if r.id == found), None)
        said = f" (observed: {failed.observed})" if failed else ""
        wanted = f"fail at {refused_at}" if refused_at else "pass"
        return f"fails at {found}{said}, and should {wanted}"
    return None


def untripped(files: StageFiles) -> list[str]:
    """Requirements that neither the starter nor a mutant is refused at: they decide nothing."""
    tripped = {files.lab.starter, *(mutant.fails for mutant in files.lab.mutants)}
    return [r.id for r in files.lab.requirements if r.id not in tripped]
