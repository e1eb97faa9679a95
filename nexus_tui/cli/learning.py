"""`quiz` and `review` in line mode: for pipes, screen readers and a quick question."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, desk_of, topic_key
from nexus_tui.text import clean, clean_line

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.rating import Certainty
    from nexus_tui.learning.responses import Response
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Asked, Outcome, Sitting

AsJson = Annotated[
    bool, typer.Option("--json", help="Print what would be asked; lists stand under `results`.")
]
_INDENTS = ("0", "1", "2", "3", "4", "5", "6")
_HELP = "Answer with the number; add ! when you are sure, ? when you guess. skip, undo, quit."


def quiz(
    context: typer.Context,
    topic: Annotated[str | None, typer.Argument(help="The id of a topic.")] = None,
    as_json: AsJson = False,
) -> None:
    """Answer the questions of a topic, or of what is new, line by line."""
    with desk_of(context.obj) as desk:
        mode, subject = ("topic", topic_key(desk, topic)) if topic is not None else ("learn", "")
        _sit(desk, mode, subject, as_json=as_json)


def review(context: typer.Context, as_json: AsJson = False) -> None:
    """Answer what is due, line by line."""
    with desk_of(context.obj) as desk:
        _sit(desk, "review", "", as_json=as_json)


def _sit(desk: Desk, mode: str, subject: str, *, as_json: bool) -> None:
    if as_json:
        plan = desk.plan(mode, subject)
        queue = plan.queue if plan else ()
        results = [
            {"question": p.question, "objective": p.objective, "topic": p.topic, "why": p.why}
            for p in queue
        ]
        typer.echo(json.dumps({"mode": mode, "results": results}, indent=2))
    elif (sitting := desk.start(mode, subject)) is None:
        words = "Nothing is due." if mode == "review" else "There is no question to ask here yet."
        typer.echo(words)
    else:
        _run(sitting)


def _run(sitting: Sitting) -> None:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # a stray byte is a wrong answer, no crash
    typer.echo(_HELP)
    while (asked := sitting.asked()) is not None:
        number = sitting.session.position + 1
        typer.echo(f"\nQuestion {number} of {sitting.session.total} · {asked.topic_title}\n")
        typer.echo(clean(asked.question.stem).rstrip() + "\n")
        for line in _choices(asked):
            typer.echo(line)
        try:
            entered = input("> ").strip()
        except EOFError:
            typer.echo("\nStopped. Every answer you confirmed is saved.")
            return
        if entered == "quit":
            return
        if entered == "skip":
            sitting.skip()
        elif entered == "undo":
            typer.echo("Taken back." if sitting.undo() else "There is nothing to take back.")
        else:
            _answer(sitting, asked, entered)
    summary = sitting.session.summary()
    typer.echo(f"\nDone: {summary.right} of {summary.answered} right at the first try.")


def _answer(sitting: Sitting, asked: Asked, entered: str) -> None:
    from nexus_tui.progress.store import StoreError

    text, certainty = _certainty(entered)
    response = _response(asked, text)
    if response is None:
        typer.echo("That is no answer to this question. " + _HELP)
        return
    try:
        outcome = sitting.answer(response, certainty)
        sitting.go_on(outcome)
    except StoreError as error:
        raise CommandError(f"The answer was not saved: {error}") from error
    _feedback(asked, outcome)


def _certainty(entered: str) -> tuple[str, Certainty]:
    from nexus_tui.learning.rating import Certainty

    if entered.endswith("!"):
        return entered[:-1].strip(), Certainty.SURE
    if entered.endswith("?"):
        return entered[:-1].strip(), Certainty.GUESSED
    return entered, Certainty.UNMARKED


def _texts(question: Question) -> dict[str, str]:
    if question.kind in {"choice", "choices"}:
        return {option.id: clean_line(option.text) for option in question.options}
    if question.kind == "order":
        lines = {part.id: part.text for part in question.lines}
        return lines | {part.id: part.text for part in question.decoys}
    return {}


def _choices(asked: Asked) -> list[str]:
    texts = _texts(asked.question)
    lines = [f"  {number}  {texts[key]}" for number, key in enumerate(asked.showing.ids, 1)]
    ways = {
        "choices": "Several are right: give their numbers, such as 1 3.",
        "order": "Give the numbers in the right order, such as 2 1 3; leave out what does not"
        " belong; 2+1 indents line 2 by one level.",
        "short": "Type the answer.",
    }
    return [*lines, ways.get(asked.question.kind, "")] if lines else [ways["short"]]


def _response(asked: Asked, text: str) -> Response | None:
    """What was typed as a response; None where the numbers do not fit."""
    from nexus_tui.learning.responses import Arranged, Chosen, Typed

    if asked.question.kind == "short":
        return Typed(text) if text else None
    places = {str(place): key for place, key in enumerate(asked.showing.ids, 1)}
    chosen: list[tuple[str, int]] = []
    for word in text.replace(",", " ").split():
        number, _, indent = word.partition("+")
        if number not in places:
            return None
        chosen.append((places[number], int(indent) if indent in _INDENTS else 0))
    keys = [key for key, _ in chosen]
    if not keys or len(set(keys)) < len(keys):
        return None
    if asked.question.kind == "order":
        return Arranged(tuple(chosen))
    if asked.question.kind == "choice" and len(keys) != 1:
        return None
    return Chosen(tuple(keys))


def _feedback(asked: Asked, outcome: Outcome) -> None:
    from nexus_tui.learning.grading import Verdict, right_answer

    words = {
        Verdict.RIGHT: "Right.",
        Verdict.NEAR: "Nearly right.",
        Verdict.PARTIAL: "Partly right.",
        Verdict.WRONG: "Wrong.",
    }[outcome.grade.verdict]
    typer.echo(f"\n{words} {outcome.explanation.lesson} {outcome.explanation.rest}".rstrip())
    if outcome.grade.verdict is not Verdict.RIGHT:
        if outcome.explanation.tempting:
            typer.echo(outcome.explanation.tempting)
        typer.echo(f"The right answer: {right_answer(asked.question)}")
    typer.echo(f"({asked.source})")
