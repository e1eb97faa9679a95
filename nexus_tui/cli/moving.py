"""`export` and `import`: the history as a file, and back."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.busy import saying
from nexus_tui.cli.errors import CommandError, store_of
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.progress.exporting import Say
    from nexus_tui.progress.importing import Imported, Looked
    from nexus_tui.progress.store import Store
    from nexus_tui.settings import Settings

_SHOWN = 20
"""Bad lines that are named one by one."""


class Format(StrEnum):
    """What an export writes."""

    JSONL = "jsonl"
    CSV = "csv"
    NOTES = "notes"


def export(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="The file to write, or - for the output.")] = "-",
    format_: Annotated[
        Format,
        typer.Option(
            "--format",
            help="jsonl: every fact. csv: the answers that count. notes: your notes, as Markdown.",
        ),
    ] = Format.JSONL,
    learner: Annotated[str | None, typer.Option(help="Whose history.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of a line of jsonl.")
    ] = False,
) -> None:
    """Write the history to a file: JSON Lines of facts, a CSV of answers, or the notes."""
    from nexus_tui.progress import jsonl, learners

    if schema:
        typer.echo(json.dumps(jsonl.schema(), indent=2))
        return
    settings: Settings = context.obj
    with store_of(settings) as store, saying("Exporting") as say:
        name = learner or settings.learner
        whose = learners.id_of(store, name) if name else store.learner
        lines = _exported(format_, store, whose, settings, say)
        if file == "-":
            for line in lines:
                sys.stdout.write(f"{line}\n")
            return
        count = _write(Path(file).expanduser(), lines, force=force) - 1
    what = {Format.JSONL: "fact", Format.CSV: "answer", Format.NOTES: "note"}[format_]
    typer.echo(f"{counted(count, what)} written to {file}.")


def _exported(
    format_: Format, store: Store, learner: str, settings: Settings, say: Say
) -> Iterator[str]:
    """The pieces of an export: the first says what it is, each other holds one thing."""
    from nexus_tui.progress import exporting
    from nexus_tui.study.desk import DeskError, open_content

    if format_ is Format.NOTES:
        titles: dict[str, str] = {}
        with suppress(DeskError), open_content(settings) as catalog:
            titles = catalog.titles()
        return exporting.notes(store, learner, titles)
    write = exporting.facts if format_ is Format.JSONL else exporting.answers
    return write(store, learner, say)


def _write(path: Path, lines: Iterator[str], *, force: bool) -> int:
    """Write the lines beside `path`, then give the file its name; how many there were."""
    if path.exists() and not force:
        raise CommandError(f"{path} exists already: name another file, or write over it (--force).")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    count = 0
    try:
        with part.open("w", encoding="utf-8", newline="\n") as file:
            for line in lines:
                file.write(f"{line}\n")
                count += 1
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise CommandError(f"{path} could not be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A file that nexus-tui export has written.")],
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave bad lines out instead of refusing the file.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Add the facts of a file to the history; adding them twice changes nothing."""
    from nexus_tui.progress import backup, files, importing
    from nexus_tui.progress.errors import StoreError

    settings: Settings = context.obj
    try:
        with saying("Reading") as say:
            looked = importing.look(file.expanduser(), say)
    except StoreError as error:
        raise CommandError(str(error)) from error
    if looked.problems and not skip_bad:
        _refuse(looked, file, as_json=as_json)
        raise typer.Exit(1)
    with store_of(settings) as store, saying("Importing") as say:
        kept = None
        if store.path is not None and files.contents_of(store.path).facts:
            folder = backup.folder_of(settings.data.path, store.path)
            kept = backup.make(store.path, folder, "import").path
        done = importing.add(store, file.expanduser(), looked, say)
    if as_json:
        typer.echo(json.dumps(_as_json(looked, done, kept), indent=2, ensure_ascii=False))
        return
    _list_problems(looked)
    _say_done(done, kept)


def _refuse(looked: Looked, file: Path, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(looked, None, None), indent=2, ensure_ascii=False))
        return
    _list_problems(looked)
    typer.echo(
        f"Nothing was imported from {file}. --skip-bad leaves such lines out and adds the rest."
    )


def _list_problems(looked: Looked) -> None:
    for problem in looked.problems[:_SHOWN]:
        typer.echo(str(problem))
    if (more := len(looked.problems) - _SHOWN) > 0:
        typer.echo(f"… and {more} more")
    if looked.problems:
        counts = ", ".join(f"{why} {count}" for why, count in looked.counts.items())
        typer.echo(f"{len(looked.problems)} of {looked.facts} lines are bad: {counts}.")


def _say_done(done: Imported, kept: Path | None) -> None:
    added = counted(done.added, "fact")
    typer.echo(f"{added} added to the history of {done.learner}, {done.known} were here already.")
    if done.moved:
        typer.echo(
            f"{done.moved} of them, from line {done.first_moved} on, were written by a copy of a "
            "history that is here: they are kept under a device of their own."
        )
    if done.missing:
        typer.echo(
            f"{done.missing} facts of these devices are neither here nor in the file: another "
            "export may have them."
        )
    for problem in done.conflicts[:_SHOWN]:
        typer.echo(str(problem))
    if kept is not None and done.added:
        typer.echo(f"The history as it was before is kept at\n{kept}")


def _as_json(looked: Looked, done: Imported | None, kept: Path | None) -> dict[str, object]:
    problems = [*looked.problems, *(done.conflicts if done else [])]
    return {
        "imported": done is not None,
        "learner": done.learner if done else looked.learner.name,
        "facts": looked.facts,
        "added": done.added if done else 0,
        "known": done.known if done else 0,
        "moved": done.moved if done else 0,
        "missing": done.missing if done else 0,
        "bad": looked.counts,
        "backup": str(kept) if kept else None,
        "results": [{"line": p.line, "why": p.why, "message": p.sentence} for p in problems],
    }
