"""`search`: what content has to say of some words."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from nexus_tui.cli.errors import CommandError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search lessons, questions, guides, checklists and challenges."""
    from nexus_tui.catalog.search import corrected
    from nexus_tui.catalog.search import search as find
    from nexus_tui.study.desk import DeskError, open_content

    text = " ".join(words)
    if not text.strip():
        raise CommandError("Say what to look for, such as: nexus-tui search composite index.")
    try:
        with open_content(context.obj) as catalog:
            meant = corrected(catalog, text)
            hits = find(catalog, meant, limit=limit)
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
            for hit in hits
        ]
        said = {"query": text, "shown_for": meant, "results": results}
        typer.echo(json.dumps(said, indent=2, ensure_ascii=False))
        return
    if meant != text:
        typer.echo(f"shown for: {meant}\n")
    if not hits:
        typer.echo(f"Nothing was found for {text!r}.")
    for hit in hits:
        where = f": {hit.heading}" if hit.heading else ""
        typer.echo(f"{hit.kind:<16}{hit.title}{where}\n{'':<16}{hit.snippet}")
