"""`content …` and `pack …`: for those who write content."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from nexus_tui.cli import beginnings
from nexus_tui.cli.cues import cues
from nexus_tui.cli.errors import CommandError
from nexus_tui.cli.verifying import verify

app = typer.Typer(help="Check and describe content packs.")
packs = typer.Typer(help="Packs of your own.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]
PackPath = Annotated[Path | None, typer.Argument(help="A pack; without it, the one in use.")]


def _root(context: typer.Context, path: Path | None) -> Path:
    root = path if path is not None else context.obj.content.path
    if not (root / "pack.yaml").is_file():
        raise CommandError(f"{root} is no content pack: it has no pack.yaml.")
    return Path(root)


@app.command()
def lint(
    context: typer.Context,
    path: PackPath = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="Only this topic; may be given more than once.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail as errors do.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check a pack against all rules; every finding names file, line, column and its rule."""
    from nexus_tui.audit.registry import CHECKS
    from nexus_tui.catalog.lint import lint as check
    from nexus_tui.catalog.trust import may_run

    root = _root(context, path)
    may = may_run(root, context.obj.data.path)
    findings = check(root, run_code=may, topics=topic or (), audits=CHECKS)
    errors = sum(problem.severity == "error" for problem in findings)
    if as_json:
        results = [asdict(problem) for problem in findings]
        typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
    else:
        for problem in findings:
            typer.echo(str(problem))
        warnings = len(findings) - errors
        typer.echo(f"Errors: {errors}. Warnings: {warnings}." if findings else "No problems.")
    raise typer.Exit(1 if errors or (strict and findings) else 0)


@app.command()
def stats(context: typer.Context, path: PackPath = None, as_json: AsJson = False) -> None:
    """Count what a pack holds; a topic without a lesson counts in no figure as done."""
    from nexus_tui.catalog.reader import read_pack
    from nexus_tui.catalog.stats import stats as count

    content, problems = read_pack(_root(context, path))
    if content is None:
        raise CommandError(f"The pack cannot be read: {problems[0]}.")
    figures = count(content)
    if as_json:
        typer.echo(json.dumps(figures, indent=2, ensure_ascii=False))
        return
    for name, value in figures.items():
        if isinstance(value, int):
            typer.echo(f"{name:<24}{value:>7}")


@app.command()
def schema(
    kind: Annotated[str | None, typer.Argument(help="Which file: topic, quiz, pack, …")] = None,
) -> None:
    """Print the JSON Schema of a content file, for editors."""
    from nexus_tui.catalog.schema import schemas

    known = schemas()
    if kind is None:
        typer.echo(json.dumps(known, indent=2))
    elif kind in known:
        typer.echo(json.dumps(known[kind], indent=2))
    else:
        raise CommandError(f"There is no schema {kind!r}: choose one of {', '.join(known)}.")


@app.command()
def preview(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="lesson.md, quiz.yaml, … of a topic.")],
) -> None:
    """Show a file of a topic as the learner will see it, and again whenever it is saved."""
    from nexus_tui.cli.opening import open_preview

    raise typer.Exit(open_preview(context.obj, file))


app.command()(cues)
app.add_typer(beginnings.app, name="new")
app.command()(verify)


@packs.command()
def trust(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(help="The folder of the pack.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Allow the code of a pack to run, after showing which code that is."""
    from nexus_tui.catalog.trust import trust as remember
    from nexus_tui.catalog.trust import what_would_run

    root = _root(context, path)
    parts = what_would_run(root)
    if not parts:
        typer.echo(f"{root} holds no code: there is nothing to trust.")
        return
    typer.echo(f"{root} would run on your computer, with your rights:")
    for part in parts:
        typer.echo(f"  {part}")
    if not yes and not typer.confirm("Trust this code as it stands?"):
        raise typer.Exit(1)
    remember(root, context.obj.data.path)
    typer.echo("Trusted until the code changes.")
