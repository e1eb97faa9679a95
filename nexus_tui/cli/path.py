"""`path`: the paths through the topics, from the shell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, desk_of
from nexus_tui.cli.prose import fitted
from nexus_tui.cli.reading import AsJson  # noqa: TC001 - Typer reads it
from nexus_tui.text import hours

if TYPE_CHECKING:
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.paths import PathState

app = typer.Typer(help="Paths through the topics, and how far you are.")


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """Show every path: its hours, and what of it is mastered."""
    from nexus_tui.study import paths

    with desk_of(context.obj) as desk:
        found = paths.every_path(desk, desk.overview())
        if as_json:
            results = [_as_json(path) for path in found]
            typer.echo(json.dumps({"results": results}, indent=2, ensure_ascii=False))
            return
        if not found:
            typer.echo("This content has no paths.")
        for path in found:
            name = path.view.model.id
            done = f"{path.mastered} of {len(path.topics)} mastered"
            typer.echo(f"{name:<32}{hours(path.minutes):>7}  {done}")
            typer.echo(fitted(f"  {path.view.model.summary}", under="  "))


@app.command()
def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PATH", help="The id of a path.")],
    as_json: AsJson = False,
) -> None:
    """Show a path: its topics in order, the stages that prove it, its closing exam."""
    with desk_of(context.obj) as desk:
        path = named(desk, name)
        if as_json:
            typer.echo(json.dumps(_as_json(path), indent=2, ensure_ascii=False))
        else:
            _show(desk, path)


def named(desk: Desk, name: str) -> PathState:
    """The path called `name` (its id, with or without the pack). Raises CommandError."""
    from nexus_tui.study import paths

    found = paths.every_path(desk, desk.overview())
    for path in found:
        if name in {path.view.key, path.view.model.id}:
            return path
    ids = ", ".join(path.view.model.id for path in found) or "none"
    raise CommandError(f"There is no path {name!r}; there are: {ids}.")


def _show(desk: Desk, path: PathState) -> None:
    from nexus_tui.study import paths

    model = path.view.model
    typer.echo(fitted(f"{model.title}, {hours(path.minutes)}. {model.summary}"))
    typer.echo(fitted(f"For: {model.audience}"))
    titles = {row.key: row.title for row in desk.catalog.topics()}
    if path.before:
        typer.echo(f"Takes for known: {', '.join(titles[key] for key in path.before)}")
    for level, topics in path.levels:
        typer.echo(f"\n{level.capitalize()}")
        for topic in topics:
            typer.echo(f"  {topic.row.minutes:>3} min  {topic.row.title}: {topic.standing.value}")
    if path.stages:
        typer.echo("\nStages that prove it")
    for stage in path.stages:
        state = "passed" if stage.passed else "started" if stage.begun else "not started"
        typer.echo(f"  {stage.minutes:>3} min  {stage.challenge}, {stage.title}: {state}")
    plan = model.exam
    typer.echo(f"\nClosing exam: {plan.questions} questions, {plan.minutes} minutes")
    for one in path.blueprint:
        typer.echo(f"  {one.weight:>3} %    {one.title}")
    typer.echo(
        f"  {paths.result(path) or f'not taken; nexus-tui exam --path {model.id} begins it'}"
    )
    step = path.next
    if step is not None:
        typer.echo(f"\nNext: {step.verb} {step.title} ({step.figure})")


def _as_json(path: PathState) -> dict[str, object]:
    from nexus_tui.study import exam_report

    model, step = path.view.model, path.next
    last = exam_report.total(path.exams[0]) if path.exams else None
    return {
        "path": path.view.key,
        "title": model.title,
        "audience": model.audience,
        "summary": model.summary,
        "minutes": path.minutes,
        "mastered": path.mastered,
        "passed": path.passed,
        "before": path.before,
        "topics": [
            {
                "topic": topic.row.key,
                "level": topic.row.level,
                "minutes": topic.row.minutes,
                "standing": topic.standing.value,
            }
            for topic in path.topics
        ],
        "stages": [
            {"stage": s.key, "minutes": s.minutes, "begun": s.begun, "passed": s.passed}
            for s in path.stages
        ],
        "exam": {
            "questions": model.exam.questions,
            "minutes": model.exam.minutes,
            "weights": model.exam.weights,
            "last": {"right": last.right, "asked": last.asked} if last else None,
        },
        "next": {"step": step.id, "verb": step.verb, "title": step.title} if step else None,
    }
