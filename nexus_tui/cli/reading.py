"""`search`: what content has to say of some words."""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from typing import Annotated

import typer

from nexus_tui.cli.errors import CommandError, store_of
from nexus_tui.cli.prose import fitted

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]

_KIND = 16
"""Columns of the kind of a hit."""


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search your notes, lessons, questions, guides, checklists and challenges."""
    from nexus_tui.study.desk import DeskError, open_content
    from nexus_tui.study.finding import find

    text = " ".join(words)
    if not text.strip():
        raise CommandError("Say what to look for, such as: nexus-tui search composite index.")
    try:
        with open_content(context.obj) as catalog, ExitStack() as opened:
            history = None
            if context.obj.database.path.exists():
                with suppress(CommandError):  # content is searched all the same
                    history = opened.enter_context(store_of(context.obj))
            found = find(catalog, history, text, limit)
    except DeskError as error:
        raise CommandError(str(error)) from error
    if as_json:
        results = [
            {
                "kind": hit.kind,
                "key": hit.key,
                "title": hit.title,
                "heading": hit.heading,
                "section": hit.section,
                "snippet": hit.snippet,
            }
            for hit in found.hits
        ]
        said = {"query": text, "shown_for": found.shown_for or text, "results": results}
        typer.echo(json.dumps(said, indent=2, ensure_ascii=False))
        return
    if found.shown_for is not None:
        typer.echo(f"shown for: {found.shown_for}\n")
    if not found.hits:
        typer.echo(f"Nothing was found for {text!r}.")
    under = " " * _KIND
    for hit in found.hits:
        where = f": {hit.heading}" if hit.heading else ""
        typer.echo(fitted(f"{hit.kind:<{_KIND}}{hit.title}{where}", under))
        typer.echo(fitted(f"{under}{hit.snippet}", under))
