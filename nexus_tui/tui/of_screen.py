"""Settings of the screen: each with its values, kept in the settings file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from nexus_tui import settings_file
from nexus_tui.tui import themes
from nexus_tui.tui.widgets.lines import Part, line
from nexus_tui.tui.widgets.rows import Row
from nexus_tui.tui.widgets.scrollbar import use_thin_bars

if TYPE_CHECKING:
    from nexus_tui.tui.app import NexusApp

_THEMES = {themes.DARK: "dark", themes.LIGHT: "light", themes.HIGH: "high contrast"}


class OfScreen(NamedTuple):
    """A setting: the key in the file, and what it means."""

    name: str
    title: str
    explanation: str


OF_SCREEN = (
    OfScreen(
        "theme",
        "Theme",
        "Dark, light, high contrast, also with T; ctrl+p has more.",
    ),
    OfScreen("ascii", "Plain characters", "For terminals and fonts that lack the other glyphs."),
    OfScreen(
        "mouse",
        "Mouse",
        "Off: from the next start a drag selects text as in any terminal, as with --no-mouse.",
    ),
)


def said(app: NexusApp, name: str) -> str:
    """The value in force, in words."""
    if name == "theme":
        return _THEMES.get(app.theme, app.theme)
    on = app.settings.ascii if name == "ascii" else app.settings.mouse
    return "on" if on else "off"


def change(app: NexusApp, name: str, step: int | None = 1) -> None:
    """Keep the next value in the file, then put it in force; None: the default.

    Raises SettingsError.
    """
    if name == "theme":
        chosen = app.next_theme(step) if step is not None else themes.DARK
        keep_theme(app, chosen)
        app.theme = chosen
        return
    on = not (app.settings.ascii if name == "ascii" else app.settings.mouse)
    if step is None:
        on = name == "mouse"
    settings_file.write(app.settings.file.path, {name: "true" if on else "false"}, table="")
    if name == "ascii":
        app.settings = replace(app.settings, ascii=on)
        app.ascii_only = on
        use_thin_bars(ascii_only=on)
        # Screens that were left are drawn anew too: they keep the lines they drew.
        for screen in (screen for stack in app._screen_stacks.values() for screen in stack):
            for widget in screen.walk_children():
                widget.refresh(layout=True)
    else:
        app.settings = replace(app.settings, mouse=on)


def themes_to_pick(app: NexusApp) -> list[Row]:
    """A row for every theme, ours first; the one in force says so."""
    names = [*themes.OURS, *sorted(set(app.available_themes) - set(themes.OURS))]
    in_use = [Part("in use", "ok")]
    return [
        Row(name, (line(Part(name, "title"), right=in_use if name == app.theme else []),))
        for name in names
    ]


def keep_theme(app: NexusApp, name: str) -> None:
    """Keep a theme for the next start, however it was chosen. Raises SettingsError."""
    if name != app.settings.theme:
        settings_file.write(app.settings.file.path, {"theme": f'"{name}"'}, table="")
        app.settings = replace(app.settings, theme=name)
