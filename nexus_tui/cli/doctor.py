"""`doctor`: which paths are used and why, and whether what is there is well."""

from __future__ import annotations

import json
import platform
import sqlite3
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui import __version__
from nexus_tui.cli.errors import CommandError, desk_of

if TYPE_CHECKING:
    from nexus_tui.settings import Settings


def doctor(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Derive every figure anew from the facts.")
    ] = False,
) -> None:
    """Say where things are and why, and check the content and the history."""
    settings: Settings = context.obj
    checks: dict[str, str] = {}
    well = True
    try:
        with desk_of(settings) as desk:
            problems = len(desk.catalog.problems)
            checks["content"] = f"{len(desk.catalog.topics())} topics, {problems} problems"
            if rebuild:
                before = desk.store.digest()
                desk.store.rebuild()
                same = before == desk.store.digest()
                checks["rebuild"] = "the same figures" if same else "figures were mended"
            counts = desk.store.counts()
            checks["history"] = ", ".join(f"{n} {name}" for name, n in counts.items())
            checks["notices"] = "; ".join(desk.notices) or "none"
    except CommandError as error:
        well = False
        checks["failed"] = str(error)
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
                {"well": well, "paths": paths, "checks": checks, "versions": versions}, indent=2
            )
        )
    else:
        for name, place in places.items():
            typer.echo(f"{name:<12}{place.path}\n{'':<12}{place.why}")
        for name, text in (checks | versions).items():
            typer.echo(f"{name:<12}{text}")
    raise typer.Exit(0 if well else 1)
