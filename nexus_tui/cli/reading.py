"""`progress` and `search`: what there is to read from the shell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, desk_of
from nexus_tui.learning import calibration

if TYPE_CHECKING:
    from nexus_tui.study.overview import Overview

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]


def progress(context: typer.Context, as_json: AsJson = False) -> None:
    """Show mastery by track, what is due, and what was answered."""
    from nexus_tui.study import choosing

    with desk_of(context.obj) as desk:
        overview = desk.overview()
        days = choosing.next_days(desk, overview)
    if as_json:
        typer.echo(json.dumps(_progress_json(overview, days), indent=2))
        return
    typer.echo(f"{overview.mastered} of {len(overview.topics)} topics mastered")
    share = (
        f", {round(100 * overview.right / overview.answers)} % right" if overview.answers else ""
    )
    answers = "1 answer" if overview.answers == 1 else f"{overview.answers} answers"
    typer.echo(f"{answers}{share}. {len(overview.due)} due now. {overview.streak.words}\n")
    for track in overview.tracks:
        due = f"   {track.due} due" if track.due else ""
        figure = f"{track.mastered} of {len(track.topics)}"
        typer.echo(f"{track.row.title:<15}{figure:>9} mastered{due}")
    typer.echo(f"\n{calibration.sentence(overview.certainty)}")
    typer.echo("Due in the next days: " + " ".join(str(count) for count in overview.forecast))
    typer.echo("Reviews in the next 30 days, one review a day: " + " ".join(map(str, days)))


def _progress_json(overview: Overview, days: tuple[int, ...]) -> dict[str, object]:
    return {
        "today": overview.today.isoformat(),
        "answers": overview.answers,
        "right": overview.right,
        "due": len(overview.due),
        "mastered": overview.mastered,
        "streak": overview.streak.length,
        "forecast": list(overview.forecast),
        "next_30_days": list(days),
        "week": [
            {"day": d.day.isoformat(), "answers": d.answers, "right": d.right, "minutes": d.minutes}
            for d in overview.week
        ],
        "certainty": {k: {"right": r, "answered": n} for k, (r, n) in overview.certainty.items()},
        "calibration": calibration.sentence(overview.certainty),
        "results": [
            {
                "topic": state.row.key,
                "title": state.row.title,
                "track": state.row.track,
                "standing": state.standing.value,
                "mastered": state.mastered,
                "due": state.due,
                "asked": state.asked,
                "objectives": [
                    {
                        "objective": o.key,
                        "text": o.text,
                        "state": o.words,
                        "asked": o.asked,
                        "right": o.right,
                        "due": o.due.isoformat() if o.due else None,
                    }
                    for o in state.objectives
                ],
            }
            for state in overview.topics.values()
        ],
    }


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What to look for.")],
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many at most.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Search lessons, questions, guides, checklists and challenges."""
    from nexus_tui.catalog.search import search as find
    from nexus_tui.study.desk import DeskError, open_content

    text = " ".join(words)
    if not text.strip():
        raise CommandError("Say what to look for, such as: nexus-tui search composite index.")
    try:
        with open_content(context.obj) as catalog:
            hits = find(catalog, text, limit=limit)
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
        typer.echo(json.dumps({"query": text, "results": results}, indent=2, ensure_ascii=False))
        return
    if not hits:
        typer.echo(f"Nothing was found for {text!r}.")
    for hit in hits:
        where = f" › {hit.heading}" if hit.heading else ""
        typer.echo(f"{hit.kind:<16}{hit.title}{where}\n{'':<16}{hit.snippet}")
