"""`quiz` and `review` in line mode: for pipes, screen readers and a quick question."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.asking import leaves, listen, read_line, show_question
from nexus_tui.cli.errors import CommandError, desk_of, topic_key
from nexus_tui.cli.prose import fitted, paragraph
from nexus_tui.text import clean

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.rating import Certainty
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Asked, Outcome, Sitting

AsJson = Annotated[
    bool, typer.Option("--json", help="Print what would be asked; lists stand under `results`.")
]
_HELP = (
    "Answer with the number; add ! when you are sure, ? when you guess. "
    "skip, bury, suspend, undo; q ends."
)


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
        listen()
        ask_all(sitting)


def ask_all(sitting: Sitting) -> bool:
    """Ask what a session has to ask, then sum up; False where there is nothing more to read."""
    typer.echo(fitted(_HELP))
    while (asked := sitting.asked()) is not None:
        number = sitting.session.position + 1
        typer.echo(f"\nQuestion {number} of {sitting.session.total}, {asked.topic_title}\n")
        show_question(asked)
        typed = read_line()
        entered = (typed or "").strip()
        if typed is None or leaves(entered):
            typer.echo("\nStopped. Every answer you confirmed is saved.")
            return typed is not None
        if entered == "skip":
            sitting.skip()
        elif entered in {"suspend", "bury"}:
            sitting.hold(suspended=entered == "suspend")
            until = "until you take that back (undo)" if entered == "suspend" else "before tomorrow"
            typer.echo(f"It is not asked {until}.")
        elif entered == "undo":
            typer.echo("Taken back." if sitting.undo() else "There is nothing to take back.")
        else:
            # The blanks before the first line of an output are part of it.
            _answer(sitting, asked, typed.rstrip() if _is_output(asked) else entered)
    summary = sitting.summary()
    tries = f": {summary.right} of {summary.answered} right at the first try"
    typer.echo(f"\nDone{tries if summary.answered else ''}.")
    return True


def _answer(sitting: Sitting, asked: Asked, entered: str) -> None:
    from nexus_tui.cli.line_answers import read_answer
    from nexus_tui.progress.store import StoreError

    text, certainty = _certainty(entered, apart=_is_output(asked))
    response = read_answer(asked, text)
    if response is None:
        typer.echo(fitted("That is no answer to this question. " + _HELP))
        return
    total = sitting.session.total
    try:
        outcome = sitting.answer(response, certainty)
        sitting.go_on(outcome)
    except StoreError as error:
        raise CommandError(f"The answer was not saved: {error}") from error
    _feedback(asked, outcome)
    if sitting.session.total > total:
        typer.echo("It comes again: there is one question more.")


def _is_output(asked: Asked) -> bool:
    return asked.question.kind == "output"


def _certainty(entered: str, *, apart: bool) -> tuple[str, Certainty]:
    """Take the mark off; it stands `apart` where the answer itself may end in one."""
    from nexus_tui.learning.rating import Certainty

    if apart and entered[-2:] not in {" !", " ?"}:
        return entered, Certainty.UNMARKED
    if entered.endswith("!"):
        return entered[:-1].strip(), Certainty.SURE
    if entered.endswith("?"):
        return entered[:-1].strip(), Certainty.GUESSED
    return entered, Certainty.UNMARKED


def _feedback(asked: Asked, outcome: Outcome) -> None:
    """The verdict and why, each answer by its name; after a sure error all that was foreseen."""
    from nexus_tui.learning.grading import Verdict, explanations

    words = {
        Verdict.RIGHT: "Right.",
        Verdict.NEAR: "Nearly right.",
        Verdict.PARTIAL: "Partly right.",
        Verdict.WRONG: "Wrong.",
    }[outcome.grade.verdict]
    typer.echo(f"\n{words}")
    question, told = asked.question, outcome.explanation
    if outcome.confident_error:
        _key(question)
        for text, word, why, _ in explanations(question, outcome.response):
            typer.echo(paragraph(f"{word}: {text}. {why}", under="  "))
    else:
        wrong = outcome.grade.verdict is not Verdict.RIGHT
        for of, why in (*told.right, *(told.tempting if wrong else ())):
            typer.echo(paragraph(f"{of}: {why}" if of else why, under="  " if of else ""))
        if wrong:
            _key(question)
    typer.echo(fitted(f"({asked.source})"))


def _key(question: Question) -> None:
    from nexus_tui.learning.grading import right_answer

    key = clean(right_answer(question))
    typer.echo(f"The right answer:\n{key}" if "\n" in key else fitted(f"The right answer: {key}"))
