"""`doctor`: which paths are used and why, and whether what is there is well."""

from __future__ import annotations

import json
import platform
import sqlite3
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui import __version__
from nexus_tui.cli.busy import saying
from nexus_tui.cli.errors import CommandError, desk_of

if TYPE_CHECKING:
    from nexus_tui.progress.health import Finding
    from nexus_tui.settings import Settings

Recover = Annotated[
    Path | None,
    typer.Option(
        "--recover", readable=False, help="Read what can be read of a damaged file into a new one."
    ),
]
Into = Annotated[
    Path | None,
    typer.Option("--into", readable=False, help="The new file of --recover; must not exist."),
]


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Derive every figure anew from the facts.")
    ] = False,
    recover: Recover = None,
    into: Into = None,
) -> None:
    """Say where things are and why, check the content and the history, and offer the remedy."""
    settings: Settings = context.obj
    if recover is not None:
        _recover(recover, into, as_json=as_json)
        return
    findings = diagnose(settings)
    checks: dict[str, str] = {}
    well = not any(finding.serious for finding in findings)
    try:
        if any(finding.name == "missing" for finding in findings):
            raise CommandError(findings[0].sentence)  # opening would begin a new history
        with desk_of(settings) as desk:
            problems = len(desk.catalog.problems)
            checks["content"] = f"{len(desk.catalog.topics())} topics, {problems} problems"
            if rebuild:
                before = desk.store.digest()
                with saying("Replaying") as say:
                    desk.store.rebuild(say)
                same = before == desk.store.digest()
                checks["rebuild"] = "the same figures" if same else "figures were mended"
            counts = desk.store.counts()
            checks["history"] = ", ".join(f"{n} {name}" for name, n in counts.items())
            checks["notices"] = "; ".join(desk.notices) or "none"
    except CommandError as error:
        well = False
        checks["failed"] = str(error)
    else:
        done = {"older", "kept aside"}  # opening saw to them
        findings = [finding for finding in findings if finding.name not in done]
    places = {
        "content": settings.content,
        "your packs": settings.packs,
        "database": settings.database,
        "cache": settings.cache,
        "data": settings.data,
        "settings": settings.file,
    }
    versions = {
        "nexus-tui": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    if as_json:
        paths = {name: {"path": str(p.path), "why": p.why} for name, p in places.items()}
        typer.echo(
            json.dumps(
                {
                    "well": well,
                    "paths": paths,
                    "checks": checks,
                    "versions": versions,
                    "results": [asdict(finding) for finding in findings],
                },
                indent=2,
            )
        )
    else:
        for name, place in places.items():
            typer.echo(f"{name:<12}{place.path}\n{'':<12}{place.why}")
        for name, text in (checks | versions).items():
            typer.echo(f"{name:<12}{text}")
        for finding in findings:
            typer.echo(f"\n{finding.name}: {finding.sentence}")
            if finding.remedy:
                typer.echo(f"  what helps: {finding.remedy}")
    raise typer.Exit(0 if well else 1)


def diagnose(settings: Settings) -> list[Finding]:
    """What is wrong with the history in use, the worst first."""
    from nexus_tui.progress.backup import folder_of
    from nexus_tui.progress.health import diagnose as look

    database = settings.database.path
    return look(database, folder_of(settings.data.path, database))


def _recover(damaged: Path, into: Path | None, *, as_json: bool) -> None:
    from nexus_tui.progress.errors import StoreError
    from nexus_tui.progress.recover import recover

    damaged = damaged.expanduser().absolute()
    target = into or damaged.with_name(f"{damaged.stem}-recovered{damaged.suffix or '.db'}")
    try:
        found = recover(damaged, target.expanduser().absolute())
    except StoreError as error:
        raise CommandError(str(error)) from error
    spans = [f"{first} to {last}" if first < last else f"{first}" for first, last in found.missing]
    if as_json:
        said = {
            "into": str(found.into),
            "facts": found.facts,
            "lost": found.lost,
            "learners": list(found.learners),
            "results": [{"first": first, "last": last} for first, last in found.missing],
        }
        typer.echo(json.dumps(said, indent=2))
        raise typer.Exit(1 if found.lost else 0)
    typer.echo(f"{found.facts} facts were read, each with the checksum it was written with.")
    if found.lost:
        typer.echo(f"{found.lost} facts could not be read: number {', '.join(spans)}.")
    else:
        typer.echo("No fact is known to be missing.")
    typer.echo(f"They are in\n{found.into}\n{damaged} was left as it is.")
    typer.echo(f"To go on with them: nexus-tui restore '{found.into}'")
    raise typer.Exit(1 if found.lost else 0)
