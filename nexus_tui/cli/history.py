"""`backup` and `restore`: copies of the history, and the way back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError
from nexus_tui.text import counted

if TYPE_CHECKING:
    from nexus_tui.progress.backup import Backup
    from nexus_tui.progress.files import Contents
    from nexus_tui.progress.restore import Change
    from nexus_tui.settings import Settings

File = Annotated[
    Path | None, typer.Argument(readable=False, help="A backup; without it, the newest one.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]
_REASONS = {
    "start": "made at a start",
    "asked": "asked for",
    "migration": "before a migration",
    "restore": "before a restore",
    "import": "before an import",
    "delete": "before a learner was deleted",
}


def backup(
    context: typer.Context,
    listed: Annotated[bool, typer.Option("--list", help="List the backups there are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a verified copy of the history, and say where it is."""
    from nexus_tui.progress.backup import backups, folder_of, make
    from nexus_tui.progress.errors import StoreError

    settings: Settings = context.obj
    database = settings.database.path
    folder = folder_of(settings.data.path, database)
    if listed:
        _list(backups(folder), database, folder, as_json=as_json)
        return
    _readable(database)
    try:
        made = make(database, folder, "asked")
    except StoreError as error:
        raise CommandError(str(error)) from error
    if as_json:
        typer.echo(json.dumps(_as_json(made), indent=2))
        return
    facts = counted(made.facts, "fact")
    typer.echo(f"{facts} copied to\n{made.path}\nThe copy was read back and is whole.")


def _readable(database: Path) -> None:
    import sqlite3

    from nexus_tui.progress.errors import StoreError, explain
    from nexus_tui.progress.opening import look_before_opening

    if not database.exists():
        raise CommandError(f"There is no history at {database} yet: nothing can be backed up.")
    try:
        look_before_opening(database)
    except (OSError, sqlite3.Error, StoreError) as error:
        raise CommandError(str(explain(error, database))) from error


def _list(found: list[Backup], database: Path, folder: Path, *, as_json: bool) -> None:
    if as_json:
        results = [_as_json(made) for made in found]
        typer.echo(json.dumps({"database": str(database), "results": results}, indent=2))
        return
    if not found:
        typer.echo(f"There is no backup of {database} yet. They would lie in\n{folder}")
        return
    for made in found:
        when = f"{made.at.astimezone():%Y-%m-%d %H:%M}"
        why = _REASONS.get(made.reason, f"before: {made.reason}")
        typer.echo(f"{when}  {counted(made.facts, 'fact'):>15}  {made.bytes / 1e6:>8.1f} MB  {why}")
        typer.echo(f"  {made.path}")


def _as_json(made: Backup) -> dict[str, object]:
    return {
        "path": str(made.path),
        "at": made.at.isoformat(),
        "reason": made.reason,
        "facts": made.facts,
        "bytes": made.bytes,
    }


# ---------------------------------------------------------------- restore


def restore(
    context: typer.Context,
    file: File = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Only say what would change, and change nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Put a backup in the place of the history, after showing what would change."""
    from nexus_tui.progress.backup import backups, folder_of
    from nexus_tui.progress.errors import StoreError
    from nexus_tui.progress.restore import compare
    from nexus_tui.progress.restore import restore as put_back

    settings: Settings = context.obj
    database = settings.database.path
    folder = folder_of(settings.data.path, database)
    found = backups(folder)
    if file is None and not found:
        raise CommandError(f"There is no backup of {database}: name a file to restore.")
    source = file.expanduser().absolute() if file is not None else found[0].path
    try:
        change = compare(database, source)
        if as_json:
            typer.echo(json.dumps(_change_json(database, source, change), indent=2))
        else:
            _say_change(database, source, change)
        if show:
            return
        if not yes and not typer.confirm("Restore it?", err=as_json):
            raise typer.Exit(1)
        kept = put_back(database, source, folder)
    except StoreError as error:
        raise CommandError(str(error)) from error
    if not as_json:
        typer.echo(f"Restored. {database} holds {counted(change.there.facts, 'fact')}.")
        if kept is not None:
            typer.echo(f"What was there is kept at\n{kept}")


def _held(held: Contents | None) -> str:
    if held is None:
        return "nothing"
    until = f", until {held.day}" if held.day else ""
    names = ", ".join(f"{who.name} {who.facts}" for who in held.learners)
    facts = counted(held.facts, "fact")
    return f"{facts}{until}" + (f" ({names})" if len(held.learners) > 1 else "")


def _say_change(database: Path, source: Path, change: Change) -> None:
    typer.echo(f"Here   {database}\n       {change.problem or _held(change.here)}")
    typer.echo(f"There  {source}\n       {_held(change.there)}")
    if change.lost:
        since = f", the first of {change.lost_since}" if change.lost_since else ""
        only = "that is only here" if change.lost == 1 else "that are only here"
        typer.echo(f"Lost would be {counted(change.lost, 'fact')} {only}{since}.")
    else:
        typer.echo("Nothing that can be read here would be lost.")
    typer.echo(
        f"Won would be {counted(change.gained, 'fact')}. What is here now is kept as a backup."
    )


def _change_json(database: Path, source: Path, change: Change) -> dict[str, object]:
    return {
        "database": str(database),
        "file": str(source),
        "here": None if change.here is None else change.here.facts,
        "problem": change.problem,
        "there": change.there.facts,
        "lost": change.lost,
        "lost_since": change.lost_since,
        "gained": change.gained,
    }
