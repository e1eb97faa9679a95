"""`challenge gate`: all trials of all stages, some at once, each that is wrong named."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.labs.challenges.gate import Trial
    from nexus_tui.labs.challenges.stage import StageFiles
    from nexus_tui.settings import Settings

_AT_ONCE = 3
"""More than there are cores on a small machine: much of a check is waiting."""


def run_gate(
    stages: Sequence[StageFiles], settings: Settings, repeats: int, *, as_json: bool
) -> int:
    """Run the gate and say what is wrong; the exit code."""
    from nexus_tui.labs.challenges.gate import gate, untripped

    runs = settings.cache.path / "runs"
    trials: list[Trial] = []
    wrong = [
        f"{files.key}: no mutant and not the starter is refused at {requirement}"
        for files in stages
        for requirement in untripped(files)
    ]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = [
            pool.submit(trial)
            for files in stages
            for trial in gate(files, runs, settings.servers, repeats)
        ]
        for done in as_completed(waiting):
            trial = done.result()
            trials.append(trial)
            if trial.wrong is not None:
                wrong.append(f"{trial.stage}: {trial.name} {trial.wrong}")
    wrong += [f"{path} is left of a run" for path in sorted(runs.glob("run-*"))]
    if as_json:
        results = [asdict(trial) for trial in sorted(trials, key=lambda t: (t.stage, t.name))]
        typer.echo(json.dumps({"wrong": wrong, "results": results}, indent=2, ensure_ascii=False))
    else:
        _say(stages, trials, wrong)
    return 1 if wrong else 0


def _say(stages: Sequence[StageFiles], trials: Sequence[Trial], wrong: Sequence[str]) -> None:
    for files in stages:
        mine = [trial for trial in trials if trial.stage == files.key]
        seconds = sorted(t.verdict.seconds for t in mine if t.name == "solution")
        middle = f"{seconds[len(seconds) // 2]:.2f} s" if seconds else "not run"
        bad = sum(trial.wrong is not None for trial in mine)
        mutants = len(files.lab.mutants)
        said = f"{bad} wrong" if bad else "ok"
        typer.echo(
            f"{files.key:<52} {said:<8} {mutants} mutants, solution {len(seconds)} times, {middle}"
        )
    for sentence in wrong:
        typer.echo(sentence)
    typer.echo(
        f"{counted(len(stages), 'stage')}, {counted(len(trials), 'run')}: {len(wrong)} wrong."
    )
