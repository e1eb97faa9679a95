"""Colours: enough contrast in every theme, none named elsewhere, no theme that crashes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.color import Color

import nexus_tui.tui
from nexus_tui.tui import themes
from nexus_tui.tui.app import NexusApp
from tests.flows.driving import press
from tests.looks import scenes
from tests.running import running, settings_for, shown

if TYPE_CHECKING:
    from textual.theme import Theme

FOLDER = Path(nexus_tui.tui.__file__).parent
OURS = [theme.name for theme in themes.THEMES]
TEXT = ("strong", "text", "muted", "accent", "ok", "bad")
TEXTUALS = sorted(set(App().available_themes) - set(OURS))
TRUE = [name for name in TEXTUALS if not App().available_themes[name].ansi]


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in Color.parse(colour).normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _tokens(theme: Theme) -> dict[str, str]:
    return {token: theme.variables[f"nx-{token}"] for token in themes.TOKENS}


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", themes.THEMES, ids=OURS)
def test_text_has_a_contrast_of_four_and_a_half_on_the_page(theme: Theme) -> None:
    tokens = _tokens(theme)

    assert {t: contrast(tokens[t], tokens["page"]) >= 4.5 for t in TEXT} == dict.fromkeys(
        TEXT, True
    )


@pytest.mark.parametrize("theme", themes.THEMES, ids=OURS)
def test_marks_have_a_contrast_of_three_on_the_page(theme: Theme) -> None:
    tokens = _tokens(theme)

    assert contrast(tokens["faint"], tokens["page"]) >= 3


@pytest.mark.parametrize("theme", themes.THEMES, ids=OURS)
def test_code_has_a_contrast_of_four_and_a_half_on_its_own_ground(theme: Theme) -> None:
    tokens = _tokens(theme)

    for token in ("text", "strong", "string", "muted", "accent"):
        assert contrast(tokens[token], tokens["raised"]) >= 4.5


def test_the_high_contrast_theme_has_seven_everywhere() -> None:
    tokens = _tokens(themes.THEMES[2])

    assert min(contrast(tokens[t], tokens["page"]) for t in (*TEXT, "string", "faint")) >= 7


@pytest.mark.parametrize("theme", themes.THEMES, ids=OURS)
def test_what_textual_draws_itself_has_contrast_too(theme: Theme) -> None:
    page = theme.variables["nx-page"]

    for name in ("text-muted", "text-disabled", "link-color", "block-cursor-foreground"):
        assert contrast(theme.variables[name], page) >= 4.5


def test_every_theme_has_the_same_tokens() -> None:
    assert len({tuple(_tokens(theme)) for theme in themes.THEMES}) == 1
    others = [themes.in_house(theme) for theme in App().available_themes.values()]
    assert {tuple(_tokens(theme)) for theme in others} == {themes.TOKENS}


@pytest.mark.parametrize("name", TRUE)
def test_a_theme_of_textual_is_as_readable_as_ours(name: str) -> None:
    theme = App().available_themes[name]
    tokens = _tokens(themes.in_house(theme))

    for token in (*TEXT, "string"):
        assert contrast(tokens[token], tokens["page"]) >= 4.5
        assert contrast(tokens[token], tokens["raised"]) >= 4.5
    assert contrast(tokens["faint"], tokens["page"]) >= 3
    assert contrast(tokens["strong"], tokens["page"]) > contrast(tokens["text"], tokens["page"])


def test_a_theme_of_textual_keeps_its_colours_but_its_blue_is_nowhere() -> None:
    known = App().available_themes
    nord = _tokens(themes.in_house(known["nord"]))
    assert (nord["page"], nord["accent"]) == ("#2e3440", "#88c0d0")

    for name, ours in (("textual-dark", themes.DARK), ("textual-light", themes.LIGHT)):
        [house] = [theme for theme in themes.THEMES if theme.name == ours]
        assert themes.in_house(known[name]).variables == house.variables


@pytest.mark.parametrize("name", ["textual-light", "nexus-high", "no-such-theme"])
async def test_the_theme_of_the_settings_is_used_where_it_exists(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    settings = settings_for(tmp_path, scenes.PACK, theme=name)
    async with NexusApp(settings).run_test() as pilot:
        await pilot.pause()

        assert pilot.app.theme == (name if name != "no-such-theme" else themes.DARK)


async def test_without_colour_only_greys_are_drawn_and_the_words_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    settings, clock = scenes.session_of(tmp_path, "refunded-newest", "design-one")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "1", "enter")
        widget = pilot.app.screen.query_one("#answer")
        strips = widget.render_lines(widget.region.reset_offset)
        colours = {
            segment.style.color.get_truecolor()
            for strip in strips
            for segment in strip
            if segment.style is not None and segment.style.color is not None
        }

        assert colours and all(len({*colour}) == 1 for colour in colours)
        assert "✓" in shown(pilot) and "your answer" in shown(pilot)


# ---------------------------------------------------------------- where colours are named

NAMED = re.compile(
    r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3}(?:[0-9a-fA-F]{2})?)?\b"
    r"|\brgba?\(|\bhsla?\(|\bansi_\w+"
    r"|\b(?:red|green|blue|yellow|cyan|magenta|white|black|gr[ae]y|orange|purple)\b(?![.,])"
    r"|\$(?!nx-)[a-z][\w-]*",
)
FILES = sorted(
    path for path in FOLDER.rglob("*") if path.suffix in {".py", ".tcss"} and path.stem != "themes"
)


def test_the_search_for_colours_finds_them() -> None:
    for text in ("color: #fff;", "color: red", "rgb(1,2,3)", "$primary", "ansi_blue"):
        assert NAMED.search(text)
    assert len(FILES) > 25


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_but_the_themes_names_a_colour(path: Path) -> None:
    found = [
        f"{number}: {line.strip()}"
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if NAMED.search(re.sub(r"#[a-z][\w-]*[ ,\")]", " ", line))
        and not line.lstrip().startswith(("#", '"""'))
    ]

    assert found == []
