"""WCAG AA over the cells that are drawn, in our themes, in Textual's and in the terminal's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from rich.color import ColorType
from textual.app import App
from textual.color import Color

from nexus_tui.tui import themes
from nexus_tui.tui.app import NexusApp
from nexus_tui.tui.widgets.places import PLACES
from tests.looks import scenes
from tests.rarer import rarer
from tests.running import LARGE, SMALL, press, running, settled, shown
from tests.tui.test_themes import contrast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.style import Style
    from textual.pilot import Pilot

OURS = [theme.name for theme in themes.THEMES]
ANSI = [name for name, theme in App().available_themes.items() if theme.ansi]
TEXTUALS = sorted(set(App().available_themes) - set(ANSI))
RULES = frozenset("━─│")
WALK: dict[str, tuple[str, ...]] = {
    **{place: (str(number),) for number, (place, _) in enumerate(PLACES, 1)},
    "lesson": ("2", "j", "j", "enter", "p"),
    "quiz": ("tab",),
    "stage, failed": ("3", "enter", "tab", "enter", "r"),
    "checklist": ("4", "enter"),
    "months": ("6", "tab"),
    "found": ("slash", "i", "n", "d"),
    "help": ("escape", "escape", "1", "question_mark"),
    "palette": ("escape", "ctrl+p"),
    "themes": ("t", "h", "e", "m", "e", "enter", "down"),
    "setting": ("escape", "comma", "down", "down", "down", "enter"),
    "note": ("escape", "2", "g", "j", "enter", "w", "a"),
    "folder": ("escape", "4", "p", "n"),
    "tour": ("escape", "1", "question_mark", "t"),
    "question": ("escape", "escape", "1", "enter"),
    "answered": ("2", "s", "enter"),
}


def _cells(pilot: Pilot[None]) -> Iterator[tuple[str, Style]]:
    """What is drawn, run by run."""
    for strip in pilot.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.style is not None and segment.text.strip():
                yield segment.text.strip(), segment.style


def _too_faint(pilot: Pilot[None]) -> set[tuple[str, float]]:
    """Texts below 4.5 and marks below 3; rules and the thumbs of scroll bars decorate."""
    rule = pilot.app.theme_variables["nx-rule"]
    found = set()
    for text, style in _cells(pilot):
        assert style.color is not None and style.bgcolor is not None
        pair = [c.get_truecolor().hex for c in (style.color, style.bgcolor)]
        ratio = contrast(*pair)
        words = any(character.isalnum() for character in text)
        decorates = set(text) <= RULES and rule in pair
        if not decorates and (style.dim or ratio < (4.5 if words else 3)):
            found.add((text, round(ratio, 2)))
    return found


def _not_of_the_house(pilot: Pilot[None]) -> set[tuple[str, str]]:
    """Texts, blank or not, in a colour that is no token of the theme."""
    variables = pilot.app.theme_variables
    house = {Color.parse(variables[f"nx-{token}"]).hex for token in themes.TOKENS}
    return {
        (segment.text.strip(), drawn)
        for strip in pilot.app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None
        for colour in (segment.style.color, segment.style.bgcolor)
        if colour is not None and (drawn := colour.get_truecolor().hex.upper()) not in house
    }


@pytest.mark.parametrize("theme", [*OURS, *ANSI, "nord"])
async def test_a_field_is_told_from_the_page_while_it_is_empty(theme: str, tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(replace(settings, theme=theme), clock) as pilot:
        await press(pilot, "slash")
        field = pilot.app.screen.query_one("Input").region
        page = Color.parse(pilot.app.theme_variables["nx-page"]).rich_color
        strip = pilot.app.screen._compositor.render_strips()[field.y]
        [*_, last] = strip.crop(field.x, field.right)

        assert last.text.isspace() and last.style is not None
        assert last.style.underline or last.style.bgcolor not in {None, page}


@pytest.mark.parametrize("number", range(1, 8))
async def test_the_key_for_the_next_theme_draws_all_of_the_screen_in_it(
    number: int, tmp_path: Path
) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    foreign = {}
    async with running(settings, clock) as pilot:
        await press(pilot, str(number))
        for theme in (themes.LIGHT, themes.HIGH, themes.DARK):
            await press(pilot, "T")
            assert pilot.app.theme == theme
            if found := _not_of_the_house(pilot):
                foreign[theme] = found

    assert foreign == {}


@pytest.mark.parametrize("theme", [*OURS, "textual-light"])
async def test_a_toast_is_drawn_in_the_colours_of_the_house(theme: str, tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    app = NexusApp(replace(settings, theme=theme), clock)
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "Y")
        app.notify("The disk is full.", severity="error")
        await pilot.pause()

        assert "in the clipboard" in shown(pilot) and "The disk is full." in shown(pilot)
        assert _not_of_the_house(pilot) == set() and _too_faint(pilot) == set()


@pytest.mark.parametrize("theme", [*OURS, *map(rarer, ("textual-light", "gruvbox"))])
async def test_every_cell_of_the_main_screens_has_contrast_and_a_colour_of_the_house(
    theme: str, tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    faint, foreign = {}, {}
    async with running(replace(settings, theme=theme), clock, LARGE) as pilot:
        for name, keys in WALK.items():
            await press(pilot, *keys)
            if found := _too_faint(pilot):
                faint[name] = found
            if strange := _not_of_the_house(pilot):
                foreign[name] = strange

        assert "your answer" in shown(pilot)
    assert (faint, foreign) == ({}, {})


@pytest.mark.promise
async def test_every_theme_of_textual_shows_every_place_and_readable_text(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    faint = {}
    async with running(settings, clock) as pilot:
        for number, (place, _) in enumerate(PLACES, 1):
            await press(pilot, str(number))
            words = shown(pilot)
            for theme in TEXTUALS:
                pilot.app.theme = theme
                await pilot.pause()
                assert shown(pilot) == words
                if found := _too_faint(pilot):
                    faint[place, theme] = found

    assert faint == {}


@pytest.mark.parametrize("theme", [ANSI[0], *map(rarer, ANSI[1:])])
async def test_the_themes_of_the_terminal_draw_in_its_own_colours_only(
    theme: str, tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    own = {ColorType.DEFAULT, ColorType.STANDARD}
    foreign = set()
    async with running(settings, clock) as pilot:
        pilot.app.theme = theme
        for name, keys in WALK.items():
            await press(pilot, *keys)
            foreign |= {
                (name, text, str(colour))
                for text, style in _cells(pilot)
                for colour in (style.color, style.bgcolor)
                if colour is not None and colour.type not in own
            }

        assert "your answer" in shown(pilot)
    assert foreign == set()
