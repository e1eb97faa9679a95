"""`checklist …`: projects, what holds of them, ticks and findings, from a shell."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nexus_tui.cli.errors import CommandError, desk_of
from nexus_tui.cli.prose import fitted
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.progress.projects import Project
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.holding import Holding, ItemState, ListState, ProjectState

app = typer.Typer(help="Hold a project against the checklists.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]
ProjectName = Annotated[
    str | None, typer.Option("--project", help="The name of a project; else the one in use.")
]


@app.command("projects")
def list_projects(context: typer.Context, as_json: AsJson = False) -> None:
    """List your projects, the one in use first."""
    from nexus_tui.progress import projects
    from nexus_tui.study import holding

    with desk_of(context.obj) as desk:
        states = [holding.state(desk, p.name) for p in projects.projects(desk.store)]
    if as_json:
        results = [_project(state.project, state) for state in states if state.project]
        _print({"results": results})
    for state in states if not as_json else ():
        project = state.project
        assert project is not None
        about = ", ".join(project.stack) or "no stack seen"
        typer.echo(f"{project.name}: {_figures(state.holding)}; {about}; {project.folder or '–'}")
    if not states and not as_json:
        typer.echo("No project yet: nexus-tui checklist project FOLDER adds one.")


@app.command("project")
def choose_project(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(help="A folder such as ., or a project's name.")],
    name: Annotated[str | None, typer.Option(help="Its name; else that of the folder.")] = None,
) -> None:
    """Choose a project, or add the one whose code is in a folder."""
    from pathlib import Path

    from nexus_tui.study import projects

    with desk_of(context.obj) as desk:
        try:
            if name is not None:
                made = projects.add(desk, Path(folder), name)
            else:
                made = projects.begin(desk, folder)
        except projects.ProjectError as error:
            raise CommandError(str(error)) from error
    about = ", ".join(made.stack)
    typer.echo(f"In use: {made.name}" + (f" ({about})" if about else ""))


@app.command("list")
def list_lists(
    context: typer.Context, project: ProjectName = None, as_json: AsJson = False
) -> None:
    """List the checklists, and how much of each holds."""
    with _state(context, project) as (_, state):
        if as_json:
            _print({"project": _name(state), "results": [_list(each) for each in state.lists]})
            return
        typer.echo(f"{_name(state) or 'No project yet'}: {_figures(state.holding)}\n")
        for each in state.lists:
            run = f" (run {each.run.name})" if each.run else ""
            title = each.view.model.title
            typer.echo(f"{each.view.model.id}: {title}{run}: {_figures(each.holding)}")


@app.command()
def show(
    context: typer.Context,
    checklist: Annotated[str, typer.Argument(help="The id of a checklist.")],
    project: ProjectName = None,
    as_json: AsJson = False,
) -> None:
    """Show the items of a checklist: what failed, what is unknown, what holds, and why."""
    from nexus_tui.study.holding import ORDER

    with _state(context, project) as (_, state):
        found = _found(state, checklist)
        if as_json:
            results = [_item(item) for item in found.items]
            _print({"project": _name(state), **_list(found), "results": results})
            return
        typer.echo(f"{found.view.model.title}: {_figures(found.holding)}\n")
        for item in sorted(found.items, key=lambda item: ORDER.index(item.status)):
            said = f"{item.status}: {item.item.text} [{item.item.id}] ({item.item.severity})"
            typer.echo(fitted(said, under="    "))
            if item.evidence:
                typer.echo(fitted(f"    {clean_line(item.evidence)}", under="    "))


@app.command()
def tick(
    context: typer.Context,
    item: Annotated[str, typer.Argument(help="CHECKLIST/ITEM, as `show` names them.")],
    note: Annotated[str, typer.Option(help="How you know.")] = "",
    not_applicable: Annotated[
        str | None, typer.Option("--not-applicable", help="Why it means nothing here.")
    ] = None,
    take_back: Annotated[bool, typer.Option("--undo", help="Take the tick back.")] = False,
    project: ProjectName = None,
) -> None:
    """Tick an item for a project, say that it does not apply, or take that back."""
    from nexus_tui.progress import projects

    if sum((bool(note), not_applicable is not None, take_back)) > 1:
        raise CommandError("Give one of --note, --not-applicable and --undo.")
    if not_applicable is not None and not not_applicable.strip():
        raise CommandError("--not-applicable needs a reason.")
    status: TickStatus = "open" if take_back else "done"
    if not_applicable is not None:
        status, note = "not applicable", not_applicable
    with _state(context, project) as (desk, state):
        if state.project is None:
            raise CommandError(
                "There is no project yet: nexus-tui checklist project FOLDER adds one."
            )
        name, _, own = item.partition("/")
        found = next((i for i in _found(state, name).items if i.item.id == own), None)
        if found is None:
            raise CommandError(f"{name} has no item {own!r}: nexus-tui checklist show {name}.")
        key = found.key
        projects.tick(desk.store, state.project.name, key, status, clean_line(note)).result()
        typer.echo(f"{state.project.name}: {status}: {found.item.text}")


@app.command()
def findings(context: typer.Context, project: ProjectName = None, as_json: AsJson = False) -> None:
    """List what the audits found: place, what, whether it is new, and why it is accepted."""
    from nexus_tui.study.holding import reason

    with _state(context, project) as (_, state):
        rows = [
            {
                "check": row.found.check,
                "path": row.found.path,
                "line": row.found.line,
                "what": row.found.what,
                "state": row.state,
                "since": row.since.isoformat(),
                "accepted": reason(row),
            }
            for row in state.findings
        ]
        if as_json:
            _print({"project": _name(state), "results": rows})
            return
        for row in rows:
            place = f"{row['path']}:{row['line']}" if row["line"] else row["path"] or "the project"
            why = f" (accepted: {row['accepted']})" if row["accepted"] else ""
            typer.echo(clean_line(f"{place}: {row['what']} [{row['check']}] {row['state']}{why}"))
        if not rows:
            typer.echo("No audit found anything." if state.audits else "Nothing was audited yet.")


# ---------------------------------------------------------------- said


@contextmanager
def _state(context: typer.Context, project: str | None) -> Iterator[tuple[Desk, ProjectState]]:
    from nexus_tui.study import holding

    with desk_of(context.obj) as desk:
        state = holding.state(desk, project)
        if project is not None and state.project is None:
            raise CommandError(f"There is no project {project!r}: nexus-tui checklist projects.")
        yield desk, state


def _found(state: ProjectState, name: str) -> ListState:
    import difflib

    known = {each.view.model.id: each for each in state.lists}
    found = known.get(name) or next((e for e in state.lists if e.view.key == name), None)
    if found is None:
        near = difflib.get_close_matches(name, known, n=2, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else "nexus-tui checklist list."
        raise CommandError(f"There is no checklist {name!r}. {hint}")
    return found


def _name(state: ProjectState) -> str | None:
    return state.project.name if state.project else None


def _figures(holding: Holding) -> str:
    if not holding.known:
        return f"nothing known, {holding.unknown} unknown"
    share = (
        f"{holding.held} of {holding.known} known items hold, {holding.score.percent} % by weight"
    )
    return f"{share}, {holding.unknown} unknown"


def _project(project: Project, state: ProjectState) -> dict[str, Any]:
    last = state.audits[0] if state.audits else None
    return {
        "name": project.name,
        "folder": project.folder or None,
        "stack": list(project.stack),
        "audited": last.day.isoformat() if last else None,
        "findings": state.open_findings,
        **_counts(state.holding),
    }


def _list(state: ListState) -> dict[str, Any]:
    return {
        "id": state.view.model.id,
        "title": state.view.model.title,
        "run": state.run.name if state.run else None,
        **_counts(state.holding),
    }


def _counts(holding: Holding) -> dict[str, Any]:
    return {
        "held": holding.held,
        "failed": holding.failed,
        "unknown": holding.unknown,
        "percent": holding.score.percent,
    }


def _item(state: ItemState) -> dict[str, Any]:
    tick = state.tick if state.tick is not None and state.tick.status != "open" else None
    return {
        "id": state.item.id,
        "text": state.item.text,
        "severity": state.item.severity,
        "status": state.status,
        "evidence": state.evidence,
        "note": tick.note if tick else None,
        "day": tick.day.isoformat() if tick else None,
        "who": tick.who if tick else None,
    }


def _print(value: dict[str, Any]) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))
