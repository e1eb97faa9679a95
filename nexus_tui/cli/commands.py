"""All commands, put together; each group is a module of its own."""

from __future__ import annotations

import os
import sys
from typing import Annotated, cast

import typer

from nexus_tui import __version__, settings
from nexus_tui.cli import (
    challenge,
    checklist,
    choosing,
    content,
    doctor,
    exam,
    history,
    learners,
    learning,
    moving,
    path,
    placement,
    practices,
    progress,
    reading,
    report,
)
from nexus_tui.cli.asking import is_dumb
from nexus_tui.text import clean_line

app = typer.Typer(
    name="nexus-tui",
    help="Learn backend engineering: read, answer, solve, check. Without a command, the app opens.",
    no_args_is_help=False,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(content.app, name="content")
app.add_typer(content.packs, name="pack")
app.add_typer(challenge.app, name="challenge")
app.add_typer(practices.app, name="checklist")
practices.app.command("audit")(checklist.audit)
practices.app.command("checks")(checklist.checks)
app.command("try")(challenge.try_)
app.add_typer(choosing.app, name="settings")
app.command("quiz")(learning.quiz)
app.command("review")(learning.review)
app.command("exam")(exam.exam)
app.add_typer(path.app, name="path")
app.command("placement")(placement.placement)
app.command("progress")(progress.progress)
app.command("search")(reading.search)
app.command("doctor")(doctor.doctor)
app.add_typer(learners.app, name="learners")
app.command("export")(moving.export)
app.command("import")(moving.import_)
app.command("report")(report.report)
app.command("backup")(history.backup)
app.command("restore")(history.restore)

_STOPPED = 130
_MISUSED = cast("type[Exception]", typer.BadParameter.__mro__[2])
"""`ClickException`, of Click or of the copy that newer versions of Typer carry."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"nexus-tui {__version__}")
        raise typer.Exit


@app.callback()
def start(
    context: typer.Context,
    db: Annotated[str | None, typer.Option(help="The database of your progress.")] = None,
    content_: Annotated[
        str | None, typer.Option("--content", help="The folder of a content pack.")
    ] = None,
    learner: Annotated[str | None, typer.Option(help="The name of the learner.")] = None,
    mouse: Annotated[
        bool,
        typer.Option(
            "--mouse/--no-mouse", help="Without it, the terminal's own selection copies text."
        ),
    ] = True,
    plain: Annotated[
        bool,
        typer.Option(
            "--plain",
            help="Lines and words only, one question at a time: for screen readers, dumb"
            " terminals and pipes. Without a command, a dialogue.",
        ),
    ] = False,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Settle the paths; without a command, open the app, or the dialogue in lines."""
    if plain:
        os.environ["TERM"] = "dumb"
    if context.invoked_subcommand is None and (plain or (is_dumb() and sys.stdin.isatty())):
        from nexus_tui.cli.plain import talk

        raise typer.Exit(talk(settings.load(db=db, content=content_, learner=learner)))
    if context.invoked_subcommand is None:
        from nexus_tui.cli.opening import open_app

        raise typer.Exit(open_app(db=db, content=content_, learner=learner, mouse=mouse))
    context.obj = settings.load(db=db, content=content_, learner=learner)


def run() -> int:
    """Run the command line; whatever goes wrong is a sentence, never a traceback."""
    from nexus_tui.cli.errors import CommandError

    try:
        result = app(prog_name="nexus-tui", standalone_mode=False)
    except typer.Exit as left:
        return int(left.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except (CommandError, settings.SettingsError) as error:
        print(f"nexus-tui: {error}", file=sys.stderr)
        return 2
    except _MISUSED as error:
        print(f"nexus-tui: {_misused(error)}", file=sys.stderr)
        return 2
    # Typer itself catches ctrl+c, and says no more than this.
    return _stopped() if result == _STOPPED else int(result or 0)


def _stopped() -> int:
    print("\nnexus-tui: stopped; what you confirmed before is saved.", file=sys.stderr)
    return _STOPPED


def _misused(error: Exception) -> str:
    """What Typer says of a wrong command or option, and where to read more."""
    say, context = getattr(error, "format_message", error.__str__), getattr(error, "ctx", None)
    text = clean_line(say()).rstrip(".")
    end = "" if text.endswith("?") else "."
    command = context.command_path if context is not None else "nexus-tui"
    return f"{text}{end} Run {command} --help to see what there is."
