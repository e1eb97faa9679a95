"""`report`: progress as Markdown for a mentor, and the questions reported as wrong."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 - Typer reads it
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, desk_of

if TYPE_CHECKING:
    from nexus_tui.study.report import ReportedQuestion


def report(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option(help="The file to write.")] = None,
    questions: Annotated[
        bool, typer.Option("--questions", help="Only the questions reported as wrong.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="The questions as JSON; they stand under `results`.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
) -> None:
    """Write a report of progress, in Markdown, for a mentor."""
    from nexus_tui.study import report as reports

    if as_json and not questions:
        raise CommandError(
            "The report is Markdown: --json goes with --questions; nexus-tui progress --json has "
            "the figures."
        )
    with desk_of(context.obj) as desk:
        if not questions:
            text = reports.report(desk)
        elif as_json:
            results = [_as_json(found) for found in reports.reported_questions(desk)]
            text = json.dumps({"results": results}, indent=2, ensure_ascii=False) + "\n"
        else:
            text = reports.reported_section(reports.reported_questions(desk)) + "\n"
    write_text(text, output, force=force)


def write_text(text: str, output: Path | None, *, force: bool) -> None:
    """Print a text, or write it to a file. Raises CommandError where that cannot be."""
    if output is None:
        typer.echo(text, nl=False)
        return
    target = output.expanduser()
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise CommandError(
            f"{target} exists already: name another file, or write over it (--force)."
        ) from error
    except OSError as error:
        raise CommandError(f"{target} could not be written: {error.strerror}.") from error
    typer.echo(f"Written to {target}.")


def _as_json(found: ReportedQuestion) -> dict[str, object]:
    return {
        "question": found.report.question,
        "revision": found.report.revision,
        "day": found.report.day.isoformat(),
        "text": found.report.text,
        "stem": found.stem,
        "changed": found.changed,
    }
