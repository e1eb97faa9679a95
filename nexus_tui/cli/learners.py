"""`learners`: who learns on this computer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, store_of

if TYPE_CHECKING:
    from nexus_tui.settings import Settings

app = typer.Typer(help="Who learns here: list, choose, name, put aside or delete them.")
Name = Annotated[str, typer.Argument(help="The name of a learner.")]


@app.callback(invoke_without_command=True)
def list_learners(
    context: typer.Context,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")
    ] = False,
) -> None:
    """List everybody; those put aside are marked."""
    if context.invoked_subcommand is not None:
        return
    from nexus_tui.progress import learners

    with store_of(context.obj) as store:
        found = learners.learners(store)
    if as_json:
        results = [
            {
                "id": who.id,
                "name": who.name,
                "in_use": who.in_use,
                "archived": who.archived,
                "answers": who.answers,
                "last": who.last.isoformat() if who.last else None,
            }
            for who in found
        ]
        typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
        return
    for who in found:
        mark = "in use" if who.in_use else "put aside" if who.archived else ""
        last = f"last on {who.last}" if who.last else ""
        typer.echo(f"{who.name:<24}{who.answers:>8} answers  {last:<20}{mark}".rstrip())


@app.command()
def add(context: typer.Context, name: Name) -> None:
    """Add a learner, with an empty history."""
    from nexus_tui.progress import learners

    with store_of(context.obj) as store:
        learners.add(store, name)
    typer.echo(f"Added. nexus-tui learners choose {name!r} goes on as this learner.")


@app.command()
def choose(context: typer.Context, name: Name) -> None:
    """Go on as this learner, from now on."""
    from nexus_tui.progress import learners

    with store_of(context.obj) as store:
        learners.choose(store, learners.id_of(store, name))
    typer.echo(f"Nexus opens with the history of {name} from now on.")


@app.command()
def rename(
    context: typer.Context,
    name: Name,
    new: Annotated[str, typer.Argument(help="The name from now on.")],
) -> None:
    """Give a learner another name; the history stays theirs."""
    from nexus_tui.progress import learners

    with store_of(context.obj) as store:
        learners.rename(store, learners.id_of(store, name), new)
    typer.echo(f"{name} is called {new} now.")


@app.command()
def archive(
    context: typer.Context,
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Take the learner back.")] = False,
) -> None:
    """Put a learner aside: hidden in the app, and nothing is lost."""
    from nexus_tui.progress import learners

    with store_of(context.obj) as store:
        learners.archive(store, learners.id_of(store, name), away=not undo)
    typer.echo(f"{name} is back." if undo else f"{name} is put aside; --undo takes them back.")


@app.command()
def delete(
    context: typer.Context,
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Delete a learner with every fact of theirs, after a backup."""
    from nexus_tui.progress import learners
    from nexus_tui.study.care import remove_learner

    settings: Settings = context.obj
    with store_of(settings) as store:
        whose = learners.id_of(store, name)
        if whose == store.learner:
            raise CommandError(f"{name} is in use: choose another learner first.")
        if not yes and not typer.confirm(f"Delete {name} and everything {name} answered?"):
            raise typer.Exit(1)
        count, kept = remove_learner(store, settings, whose)
    typer.echo(f"{name} and {count} facts are deleted. A backup holds them still:\n{kept}")
