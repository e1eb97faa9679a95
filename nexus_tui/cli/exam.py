"""`exam`: timed, line by line, without a word on how it goes until the end; and its report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.asking import leaves, listen, read_line, show_question
from nexus_tui.cli.errors import CommandError, desk_of, topic_key
from nexus_tui.cli.prose import fitted
from nexus_tui.learning.exam import MINUTES, MOST_MINUTES, MOST_QUESTIONS, QUESTIONS

if TYPE_CHECKING:
    from nexus_tui.progress.papers import EndedExam
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Examination, How, Wanted

_HELP = (
    "Answer with the number; answering again replaces. next, before, go 7, flag, list move about; "
    "hand in ends it, q leaves it (the time runs on)."
)


def exam(
    context: typer.Context,
    questions: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_QUESTIONS, help=f"How many questions; else {QUESTIONS}."),
    ] = None,
    minutes: Annotated[
        int | None,
        typer.Option(min=1, max=MOST_MINUTES, help=f"How much time; else {MINUTES} minutes."),
    ] = None,
    topic: Annotated[
        list[str] | None, typer.Option(help="A topic to ask about; may be given several times.")
    ] = None,
    share: Annotated[
        list[str] | None,
        typer.Option(help="A track and its parts, such as databases=2; the others are left out."),
    ] = None,
    all_topics: Annotated[
        bool, typer.Option("--all", help="All topics, not only those that were started.")
    ] = False,
    path: Annotated[
        str | None, typer.Option(help="The closing exam of a path, as its blueprint says.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="The exams that ended.")] = False,
    report: Annotated[
        str | None, typer.Option(help="An ended exam as Markdown: its id, or last.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The file to write the report to.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The exams as JSON; they stand under `results`.")
    ] = False,
) -> None:
    """Take an exam, or go on with the one whose time runs; list and report those that ended."""
    with desk_of(context.obj) as desk:
        if report is not None:
            _report(desk, report, output, force=force)
        elif listed or as_json:
            _list(desk, as_json=as_json)
        elif path is not None:
            if questions or minutes or topic or share or all_topics:
                raise CommandError("A path says itself what its exam asks: give --path alone.")
            _take(desk, _closing(desk, path))
        else:
            wanted = _wanted(desk, topic or [], share or [], all_topics=all_topics)
            questions, minutes = questions or QUESTIONS, minutes or MINUTES
            _take(desk, replace(wanted, questions=questions, minutes=minutes))


# ---------------------------------------------------------------- what it asks


def _wanted(desk: Desk, topics: list[str], shares: list[str], *, all_topics: bool) -> Wanted:
    from nexus_tui.study import exams

    able = exams.askable(desk)
    wanted = exams.usual(desk, desk.overview())
    if topics:
        keys = frozenset(topic_key(desk, name) for name in topics)
        if not keys & {row.key for row in able}:
            raise CommandError("None of these topics has questions yet: --all asks about those.")
        wanted = replace(wanted, topics=keys)
    elif all_topics or shares:
        wanted = replace(wanted, topics=frozenset(row.key for row in able))
    parts = dict(_part(desk, text) for text in shares)
    if shares and not any(parts.get(row.track, 0) for row in able if row.key in wanted.topics):
        raise CommandError("No topic of these tracks has questions yet.")
    return replace(wanted, parts=parts)


def _closing(desk: Desk, name: str) -> Wanted:
    from nexus_tui.cli.path import named
    from nexus_tui.study.paths import closing_exam

    return closing_exam(named(desk, name))


def _part(desk: Desk, text: str) -> tuple[str, int]:
    """`track` or `track=parts`."""
    tracks = [track.id for track in desk.catalog.tracks()]
    track, _, parts = text.partition("=")
    if track not in tracks:
        raise CommandError(f"There is no track {track!r}: give one of {', '.join(tracks)}.")
    if parts and (not parts.isdecimal() or not 1 <= int(parts) <= 99):
        raise CommandError(f"{text!r}: the parts of a track are a number from 1 to 99.")
    return track, int(parts or 1)


# ---------------------------------------------------------------- taking it


def _take(desk: Desk, wanted: Wanted) -> None:
    from nexus_tui.study import exams

    sitting = exams.running(desk)
    if sitting is not None:
        typer.echo("Going on with the exam whose time runs.")
    else:
        sitting = exams.begin(desk, wanted)
    if sitting is None:
        typer.echo("There is no question to ask here yet.")
        return
    plan = sitting.paper.plan
    typer.echo(f"{plan.about}. {len(plan.items)} questions, {plan.minutes} minutes.")
    typer.echo(fitted(_HELP))
    listen()
    how = _ask(sitting)
    if how is None:
        typer.echo("\nLeft. Every answer you gave is saved; nexus-tui exam goes on.")
        return
    ended = sitting.end(how)
    _result(desk, ended)


def _ask(sitting: Examination) -> How | None:
    """Ask until the end; None where the exam was left."""
    from nexus_tui.study.exam_report import minutes

    while (left := sitting.seconds_left()) > 0:
        sheet = sitting.sheet
        state = ", answered" if sheet.current.question in sheet.answered else ""
        state += ", flagged" if sheet.current.question in sheet.flagged else ""
        place = f"Question {sheet.position + 1} of {len(sheet.items)}{state}"
        typer.echo(f"\n{place}, {minutes(left)} left\n")
        asked = sitting.asked()
        if asked is None:
            typer.echo("Content has this question no longer.")
        else:
            show_question(asked)
        typed = read_line()
        if typed is None or leaves(typed):
            return None
        if not sitting.seconds_left():
            break
        if typed.strip() == "hand in":
            return "handed in"
        _one(sitting, typed)
    typer.echo("\nThe time is up.")
    return "time up"


def _one(sitting: Examination, typed: str) -> None:
    """A command, or an answer to the open question."""
    entered, sheet = typed.strip(), sitting.sheet
    word, _, number = entered.partition(" ")
    if entered in {"next", "before"}:
        sitting.go(sheet.position + (1 if entered == "next" else -1))
    elif word == "go" and number.isdecimal() and 1 <= int(number) <= len(sheet.items):
        sitting.go(int(number) - 1)
    elif entered == "flag":
        sitting.flag()
    elif entered == "list":
        for place, item in enumerate(sheet.items, 1):
            answered = "answered" if item.question in sheet.answered else "open"
            flagged = ", flagged" if item.question in sheet.flagged else ""
            typer.echo(f"{place:>3}  {answered}{flagged}")
    else:
        _answer(sitting, typed)


def _answer(sitting: Examination, typed: str) -> None:
    from nexus_tui.cli.asking import response_to

    asked = sitting.asked()
    response = response_to(asked, typed) if asked is not None else None
    if response is None:
        typer.echo(fitted("That is no answer to this question. " + _HELP))
        return
    sitting.answered(sitting.answer(response).result())
    typer.echo("Saved.")
    place = sitting.sheet.next_open()
    if place is None:
        typer.echo("All are answered: hand in ends the exam.")
    else:
        sitting.go(place)


# ---------------------------------------------------------------- what came of it


def _result(desk: Desk, ended: EndedExam) -> None:
    from nexus_tui.study import exam_report

    whole = exam_report.total(ended)
    typer.echo(
        f"\n{whole.right} of {whole.asked} right. You would get "
        f"{exam_report.interval(whole)} of such questions right (95 % interval).\n"
    )
    for line in exam_report.by_objective(desk, ended):
        share = f"{line.share.right} of {line.share.asked}"
        typer.echo(f"{share:>8}  {exam_report.interval(line.share):>11}  {line.text}")
    typer.echo(f"\nEvery question with what is right and why: nexus-tui exam --report {ended.id}")


def _list(desk: Desk, *, as_json: bool) -> None:
    from nexus_tui.progress import papers
    from nexus_tui.study import exam_report

    found = papers.exams(desk.store)
    if as_json:
        results = [_as_json(desk, ended) for ended in found]
        typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
        return
    if not found:
        typer.echo("No exam has ended yet.")
    for ended in found:
        whole = exam_report.total(ended)
        score = f"{whole.right} of {whole.asked} right"
        typer.echo(f"{ended.id}  {ended.day.isoformat()}  {score:<15}  {ended.result.about}")


def _as_json(desk: Desk, ended: EndedExam) -> dict[str, object]:
    from nexus_tui.study import exam_report

    whole = exam_report.total(ended)
    return {
        "exam": ended.id,
        "day": ended.day.isoformat(),
        "about": ended.result.about,
        "path": ended.result.path,
        "minutes": ended.result.minutes,
        "seconds": ended.result.seconds,
        "ended": ended.result.ended,
        "right": whole.right,
        "asked": whole.asked,
        "low": round(whole.low, 4),
        "high": round(whole.high, 4),
        "objectives": [
            {
                "objective": line.share.key,
                "text": line.text,
                "right": line.share.right,
                "asked": line.share.asked,
                "low": round(line.share.low, 4),
                "high": round(line.share.high, 4),
            }
            for line in exam_report.by_objective(desk, ended)
        ],
    }


def _report(desk: Desk, name: str, output: Path | None, *, force: bool) -> None:
    from nexus_tui.cli.report import write_text
    from nexus_tui.study import exam_report

    ended = exam_report.find(desk, name)
    if ended is None:
        raise CommandError(f"There is no exam {name!r}: nexus-tui exam --list names them.")
    write_text(exam_report.markdown(desk, ended), output, force=force)
