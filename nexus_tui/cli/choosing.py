"""`settings`: what holds for reviewing, and how to change it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from nexus_tui.cli.errors import CommandError, desk_of

if TYPE_CHECKING:
    from nexus_tui.choices import Choice, Choices
    from nexus_tui.settings import Settings

app = typer.Typer(help="What holds for reviewing: list it, or set one.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON; lists stand under `results`.")]


@app.callback(invoke_without_command=True)
def list_settings(context: typer.Context, as_json: AsJson = False) -> None:
    """List every setting with its value and what it means."""
    if context.invoked_subcommand is not None:
        return
    from nexus_tui.choices import CHOICES

    settings: Settings = context.obj
    if as_json:
        results = [_described(choice, settings.choices) for choice in CHOICES]
        typer.echo(json.dumps({"file": str(settings.file.path), "results": results}, indent=2))
        return
    for choice in CHOICES:
        value = choice.say(getattr(settings.choices, choice.name))
        typer.echo(f"{choice.name:<12}{value:<10}{choice.title} ({choice.expects})")
        typer.echo(f"{'':<22}{choice.explanation}")
    typer.echo(f"\nKept in {settings.file.path}.")


@app.command("set")
def set_setting(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name, such as retention.")],
    value: Annotated[list[str], typer.Argument(help="The value, such as 0.9 or sat sun.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the setting as JSON.")] = False,
) -> None:
    """Set one setting, in the settings file and for every answer from now on."""
    from nexus_tui.choices import BY_NAME, Refused, changed
    from nexus_tui.settings import SettingsError
    from nexus_tui.study import choosing

    if name not in BY_NAME:
        raise CommandError(f"There is no setting {name!r}: choose one of {', '.join(BY_NAME)}.")
    settings: Settings = context.obj
    try:
        choices = changed(settings.choices, name, " ".join(value))
        settings = choosing.keep(settings, choices)
    except (Refused, SettingsError) as error:
        raise CommandError(str(error)) from error
    if settings.database.path.exists():
        try:
            with desk_of(settings):
                pass  # opening the history puts in force what was chosen
        except CommandError as error:
            raise CommandError(
                f"{name} is kept in {settings.file.path}, but not in force yet: {error}"
            ) from error
    if as_json:
        typer.echo(json.dumps(_described(BY_NAME[name], choices), indent=2))
    else:
        said = BY_NAME[name].say(getattr(choices, name))
        typer.echo(f"{name} is {said} from now on; answers given before keep what held then.")


def _described(choice: Choice, choices: Choices) -> dict[str, object]:
    from nexus_tui.choices import WEEKDAYS, Choices

    def plain(value: object) -> object:
        return [WEEKDAYS[day] for day in value] if isinstance(value, tuple) else value

    return {
        "name": choice.name,
        "value": plain(getattr(choices, choice.name)),
        "default": plain(getattr(Choices(), choice.name)),
        "expects": choice.expects,
        "title": choice.title,
        "explanation": choice.explanation,
    }
