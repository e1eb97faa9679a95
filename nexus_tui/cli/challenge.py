"""`challenge …` and `try`: solving stages from a shell, an editor, a git hook or CI."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.asking import is_dumb
from nexus_tui.cli.errors import CommandError, desk_of
from nexus_tui.cli.prose import brief, fitted, prose
from nexus_tui.study.stages import WHY_IT_FAILS, WRONG_FIX
from nexus_tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.labs.challenges.verdict import Decided, Event, Verdict
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.solving import Solving, StageView

app = typer.Typer(help="Solve the stages of challenges: your code is run, and judged.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]
StageName = Annotated[
    str | None,
    typer.Argument(help="The id of a stage; without it, the workspace this folder is in."),
]
_MARKS = {"passed": "✓", "failed": "✗", "not reached": "·"}


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List all stages and how far each is."""
    with _stages(context) as (_, views):
        if as_json:
            results = [
                {
                    "stage": view.key,
                    "title": view.stage.title,
                    "minutes": view.stage.minutes,
                    "standing": view.standing,
                    "attempts": view.row.attempts if view.row else 0,
                    "hints": view.row.hints if view.row else 0,
                }
                for view in views
            ]
            typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
            return
        for view in views:
            if view.number == 1:
                typer.echo(f"\n{view.challenge.model.title}")
            minutes = f"{view.stage.minutes} min"
            typer.echo(f"  {view.stage.id:<22} {view.standing:<9} {minutes:>6}  {view.stage.title}")


@app.command()
def start(context: typer.Context, stage: StageName = None) -> None:
    """Make the workspace of a stage, or leave it as it is, and say what to do."""
    with _solving(context, stage) as solving:
        command = f"nexus-tui challenge check {solving.view.stage.id}"
        _begin(solving, check=command)
        typer.echo(f"\nCheck them: {command}")


def try_(context: typer.Context) -> None:
    """Fix a slow endpoint: the first stage, checked whenever you save. No account, no set-up."""
    with _stages(context) as (desk, views):
        first = next((view for view in views if view.files is not None), None)
        if first is None:
            raise CommandError("This content has no stage that can be solved.")
        solving = _solve(context, desk, first)
        _begin(solving, check="Saving")
        typer.echo("\nSave the file in any editor: it is checked at once. ctrl+c stops.\n")
        if _watch(solving, until_passed=True):
            typer.echo("\nSolved. `nexus-tui` shows what else there is.")


@app.command()
def check(context: typer.Context, stage: StageName = None, as_json: AsJson = False) -> None:
    """Run the checks of a stage once: 0 passed, 1 failed, 2 could not be run."""
    with _solving(context, stage) as solving:
        verdict = _shown(solving, _here(solving), quiet=as_json)
        if as_json:
            typer.echo(json.dumps(_as_json(solving, verdict), indent=2, ensure_ascii=False))
        code = {"passed": 0, "failed": 1}.get(verdict.status, 2)
    raise typer.Exit(code)


@app.command()
def watch(context: typer.Context, stage: StageName = None) -> None:
    """Run the checks whenever you save, until ctrl+c."""
    with _solving(context, stage) as solving:
        typer.echo(f"Watching {_here(solving)}. ctrl+c stops.")
        _watch(solving, until_passed=False)


@app.command()
def hint(context: typer.Context, stage: StageName = None) -> None:
    """Show the hints so far and one more."""
    with _solving(context, stage) as solving:
        more = solving.next_hint()
        for number, text in enumerate(solving.hints, 1):
            typer.echo(f"\nHint {number} of {len(solving.files.hints)}\n\n{prose(text)}")
        if more is None:
            typer.echo("\nThat was the last. The solution: nexus-tui challenge solution")


@app.command()
def solution(context: typer.Context, stage: StageName = None) -> None:
    """Show how the solution differs from your files, after a pass or the last hint."""
    with _solving(context, stage) as solving:
        if not solving.may_see_solution:
            raise CommandError(
                "The solution opens after a pass or after the last hint: nexus-tui challenge hint."
            )
        before = solving.row is None or solving.row.passed is None
        lines = solving.solution()
        typer.echo("\n".join(map(clean, lines)) or "Your files are those of the solution.")
        if before:
            typer.echo("\nYou have read the solution: solve the stage again from tomorrow on.")
        typer.echo(f"\n{prose(solving.files.debrief)}")


@app.command()
def reset(context: typer.Context, stage: StageName = None) -> None:
    """Begin a stage anew; what you wrote is kept beside it."""
    with _solving(context, stage) as solving:
        kept = solving.reset()
        typer.echo(f"{solving.folder} is as at the start.")
        if kept is not None:
            typer.echo(f"Your work until now: {kept}")


@app.command()
def allow(
    context: typer.Context,
    server: Annotated[str, typer.Argument(help="postgres, redis or rabbitmq.")],
    address: Annotated[str | None, typer.Argument(help="Its address; else the usual one.")] = None,
) -> None:
    """Let stages use a server of yours from now on; each run has a place of its own there."""
    from nexus_tui import settings_file
    from nexus_tui.labs.challenges.needs import VARIABLES, found

    if server not in VARIABLES:
        raise CommandError(f"{server!r} is none of {', '.join(VARIABLES)}.")
    address = address or found(server)
    if address is None:
        raise CommandError(f"No {server} answers at its usual place: give its address.")
    settings_file.write(context.obj.file.path, {server: json.dumps(address)}, table="servers")
    typer.echo(f"Stages may use {address}, see [servers] in {context.obj.file.path}.")


@app.command()
def gate(
    context: typer.Context,
    stage: Annotated[list[str] | None, typer.Argument(help="Stages; without one, all.")] = None,
    repeats: Annotated[int, typer.Option(help="How often the solution has to pass.")] = 20,
    as_json: AsJson = False,
) -> None:
    """For authors: do the checks tell right from wrong? Starter, solution and every mutant run."""
    from nexus_tui.cli.gating import run_gate

    with _stages(context) as (desk, views):
        wanted = [v for v in views if v.files and (not stage or {v.key, v.stage.id} & {*stage})]
        unknown = set(stage or ()) - {name for v in wanted for name in (v.key, v.stage.id)}
        if unknown or not wanted:
            raise CommandError(f"There is no stage {', '.join(sorted(unknown)) or 'to check'}.")
        packs = {view.key.partition("/")[0] for view in wanted}
        if untrusted := [pack for pack in sorted(packs) if not desk.catalog.runs_code_of(pack)]:
            raise CommandError(
                f"The code of the pack {untrusted[0]} is not trusted: nexus-tui pack trust PATH."
            )
        code = run_gate([v.files for v in wanted if v.files], context.obj, repeats, as_json=as_json)
    raise typer.Exit(code)


# ---------------------------------------------------------------- which stage


@contextmanager
def _stages(context: typer.Context) -> Iterator[tuple[Desk, list[StageView]]]:
    from nexus_tui.labs.challenges.runs import WorkspaceError
    from nexus_tui.labs.challenges.stage import StageError
    from nexus_tui.study.solving import every_stage

    with desk_of(context.obj) as desk:
        try:
            yield desk, every_stage(desk)
        except (StageError, WorkspaceError) as error:
            raise CommandError(str(error)) from error


@contextmanager
def _solving(context: typer.Context, stage: str | None) -> Iterator[Solving]:
    """The stage named, or the one whose workspace this folder is in."""
    import difflib

    from nexus_tui.labs.challenges.workspace import stage_of

    with _stages(context) as (desk, views):
        name = stage
        if name is None:
            found = stage_of(Path.cwd())
            if found is None:
                raise CommandError(
                    "This folder is no workspace: name a stage, see nexus-tui challenge list."
                )
            name = found[0]
        view = next((v for v in views if name in {v.key, v.stage.id}), None)
        if view is None:
            near = difflib.get_close_matches(name, [v.stage.id for v in views], n=2)
            hint_ = f" Did you mean {' or '.join(near)}?" if near else ""
            raise CommandError(f"There is no stage {name!r}.{hint_}")
        if view.files is None:
            raise CommandError(f"{view.stage.title} is to be read: it has no checks.")
        yield _solve(context, desk, view)


def _solve(context: typer.Context, desk: Desk, view: StageView) -> Solving:
    from nexus_tui.study.solving import Solving

    return Solving(desk, view, context.obj)


def _here(solving: Solving) -> Path:
    """The workspace this folder is in, where it is of this stage; else the stage's own."""
    from nexus_tui.labs.challenges.workspace import stage_of

    found = stage_of(Path.cwd())
    return found[1] if found and found[0] == solving.view.key else solving.open()


def _begin(solving: Solving, *, check: str) -> None:
    """Make the workspace, and say what to do; `check` is what runs its checks."""
    folder = solving.open()
    typer.echo(f"{solving.view.stage.title}, {solving.view.stage.minutes} min\n")
    typer.echo(f"{prose(brief(solving.files.brief, check))}\n")
    typer.echo(f"Your files: {folder}")
    typer.echo(f"Begin with {folder / solving.files.lab.opens}")
    if (why := solving.missing) is not None:
        typer.echo(f"\n{why}")


# ---------------------------------------------------------------- checking


def _shown(solving: Solving, folder: Path, *, quiet: bool) -> Verdict:
    """Run a check and print it as it goes."""
    from nexus_tui.labs.challenges.verdict import Verdict

    for event in solving.check(folder):
        if not quiet:
            _say(solving, event)
        if isinstance(event, Verdict):
            return event
    raise AssertionError("a check ends with its verdict")


def _say(solving: Solving, event: Event) -> None:
    from nexus_tui.labs.challenges.verdict import Decided, Printed

    if isinstance(event, Printed):
        sys.stdout.write(event.text)
    elif isinstance(event, Decided):
        typer.echo("\n".join(requirement(event)))
    else:
        typer.echo(conclusion(solving, event))


def requirement(decided: Decided) -> list[str]:
    """One requirement in lines: whether it holds, and where not what was observed."""
    mark = "" if is_dumb() else f"{_MARKS[decided.status]} "
    lines = [f"{mark}{decided.text} ({decided.status})"]
    if decided.observed and decided.status == "failed":
        lines.append(f"    observed: {decided.observed}")
        lines += [f"    expected: {decided.expected}"] if decided.expected else []
    return [fitted(line, under="    ") for line in lines]


def conclusion(solving: Solving, verdict: Verdict) -> str:
    """What a check ended with, in words."""
    if verdict.status == "passed":
        return f"Passed in {verdict.seconds:.1f} s. {verdict.level}"
    if verdict.status != "failed":
        return verdict.why or "Stopped."
    said = f"Not yet ({verdict.seconds:.1f} s)."
    if (mutant := solving.mutant) is not None:
        said += f'\n\n{WRONG_FIX}"{prose(mutant.misconception)}"\n'
        said += WHY_IT_FAILS + prose(mutant.debrief)
    return said


def _as_json(solving: Solving, verdict: Verdict) -> dict[str, object]:
    return {
        "stage": solving.view.key,
        "status": verdict.status,
        "why": verdict.why,
        "seconds": round(verdict.seconds, 2),
        "seed": verdict.seed,
        "guard_rails": verdict.level,
        "output": verdict.output,
        "mutant": solving.mutant.id if solving.mutant else None,
        "results": [asdict(requirement) for requirement in verdict.requirements],
    }


def _watch(solving: Solving, *, until_passed: bool) -> bool:
    """Check now and after every change; True once a check passed and that is enough."""
    from itertools import chain

    from nexus_tui.labs.challenges.watching import changes

    folder = _here(solving)
    for _ in chain([None], changes(folder)):
        verdict = _shown(solving, folder, quiet=False)
        if until_passed and verdict.status != "failed":
            return verdict.status == "passed"
    return False
