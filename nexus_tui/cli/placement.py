"""`placement`: find my level, line by line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.asking import leaves, listen, read_line, response_to, show_question
from nexus_tui.cli.errors import desk_of
from nexus_tui.cli.prose import fitted
from nexus_tui.learning.placement import MOST
from nexus_tui.text import counted

if TYPE_CHECKING:
    from nexus_tui.progress.papers import EndedPlacement
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.placing import Placing

_HELP = "Answer with the number, or type ? where you do not know. q leaves it for later."


def placement(
    context: typer.Context,
    listed: Annotated[
        bool, typer.Option("--list", help="What earlier placements concluded.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The conclusions as JSON; they stand under `results`.")
    ] = False,
) -> None:
    """Find my level: at most 25 questions that adapt; what you know is credited."""
    from nexus_tui.progress import papers
    from nexus_tui.study import placing

    with desk_of(context.obj) as desk:
        if as_json:
            results = [_as_json(desk, ended) for ended in papers.placements(desk.store)]
            typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
        elif listed:
            ended = papers.placements(desk.store)
            for one in ended:
                _conclude(desk, one)
            if not ended:
                typer.echo("No placement has ended yet.")
        else:
            typer.echo(placing.scope(desk))
            sitting = placing.begin(desk)
            if sitting is not None:
                _ask(desk, sitting)


def _ask(desk: Desk, sitting: Placing) -> None:
    typer.echo(fitted(_HELP))
    listen()
    while (asked := sitting.asked()) is not None:
        typer.echo(f"\nQuestion {len(sitting.answers) + 1}, at most {MOST}\n")
        show_question(asked)
        typed = read_line()
        if typed is None or leaves(typed):
            typer.echo("\nLeft. Every answer you gave is saved; nexus-tui placement goes on.")
            return
        response = None
        if typed.strip() != "?":
            response = response_to(asked, typed)
            if response is None:
                typer.echo(fitted("That is no answer to this question. " + _HELP))
                continue
        sitting.answered(sitting.answer(response).result())
        typer.echo("Saved.")
    typer.echo("")
    _conclude(desk, sitting.end())


def _conclude(desk: Desk, ended: EndedPlacement) -> None:
    from nexus_tui.study import placing

    found = placing.placed(desk, ended)
    count = len(ended.result.answers)
    questions = counted(count, "question")
    typer.echo(f"{ended.day.isoformat()}, after {questions}. {placing.in_short(found)}")
    for one in found:
        said = f"  {placing.WORDS[one.standing]:<12} {one.row.title}. {one.why}"
        typer.echo(fitted(said, " " * 15))
    typer.echo("What is credited is asked once in about a week, to make sure.")


def _as_json(desk: Desk, ended: EndedPlacement) -> dict[str, object]:
    from nexus_tui.study import placing

    why = {one.row.key: one.why for one in placing.placed(desk, ended)}
    return {
        "placement": ended.id,
        "day": ended.day.isoformat(),
        "questions": len(ended.result.answers),
        "topics": [
            {
                "topic": one.topic,
                "standing": one.standing,
                "chance": round(one.chance, 4),
                "why": why.get(one.topic, ""),
            }
            for one in ended.result.topics
        ],
    }
