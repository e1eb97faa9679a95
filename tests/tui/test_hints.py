"""The last row, the tabs and the places: what fits is shown, and what is shown can be clicked."""

from __future__ import annotations

import pytest

from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.places import PLACES, Places
from nexus_tui.tui.widgets.tabs import TabRow
from tests.tui.bare import Bare

HINTS = (
    Hint("enter", "start", "enter"),
    Hint("J K", "move the line", "J"),
    Hint("ctrl+p", "commands", "ctrl+p"),
    Hint("/", "search", "slash"),
)


def _app() -> tuple[Bare, Hints]:
    hints = Hints()
    app = Bare(hints)
    hints.show(HINTS)
    return app, hints


@pytest.mark.parametrize(
    ("width", "shown"),
    [(80, 4), (70, 4), (69, 3), (60, 3), (44, 2), (30, 1), (23, 0), (14, 0), (200, 4)],
)
async def test_what_does_not_fit_is_dropped_from_the_right_end_and_help_stays(
    width: int, shown: int
) -> None:
    app, _ = _app()
    async with app.run_test(size=(width, 4)):
        text = app.text[-1]

    assert text.endswith("? help")
    found = [f"{hint.keys} {hint.verb}" in text for hint in HINTS]
    assert found == [True] * shown + [False] * (4 - shown)


@pytest.mark.parametrize(
    ("width", "verbs"),
    [(80, ["start", "move", "page", "back"]), (49, ["start", "move", "back"]), (30, ["start"])],
)
async def test_the_way_back_stays_and_what_is_before_it_is_dropped(
    width: int, verbs: list[str]
) -> None:
    hints = Hints()
    names = {"start": "enter", "move": "down", "page": "space", "search for words": "slash"}
    hints.show(
        [
            *(Hint(key, verb, key) for verb, key in names.items()),
            Hint("esc", "back", "escape", stays=True),
            Hint("b", "bookmark", "b"),
        ]
    )
    async with Bare(hints).run_test(size=(width, 4)):
        assert [hint.verb for _, _, hint in hints._spans()][:-1] == verbs


@pytest.mark.parametrize("width", [80, 60, 120])
async def test_every_pair_that_is_shown_presses_its_key_from_its_first_to_its_last_cell(
    width: int,
) -> None:
    app, hints = _app()
    async with app.run_test(size=(width, 4)) as pilot:
        spans = hints._spans()
        for start, end, hint in spans:
            for x in (start, end - 1):
                app.pressed.clear()
                assert await pilot.click(Hints, offset=(x, 0))
                assert app.pressed == [hint.press]
        app.pressed.clear()
        assert await pilot.click(Hints, offset=(spans[0][1], 0))

        assert app.pressed == []


async def test_of_two_keys_the_one_that_is_clicked_is_pressed() -> None:
    hints = Hints()
    app = Bare(hints)
    hints.show([Hint("↑ ↓", "move", "down"), Hint("+ -", "step", "plus"), Hint("n p", "on", "n")])
    async with app.run_test(size=(80, 4)) as pilot:
        for keys in ("↑ ↓", "+ -", "n p"):
            at = app.text[-1].index(keys)
            assert await pilot.click(Hints, offset=(at, 0))
            assert await pilot.click(Hints, offset=(at + 2, 0))
        for verb in ("move", "step", "on"):
            assert await pilot.click(Hints, offset=(app.text[-1].index(f" {verb}") + 1, 0))

    assert app.pressed == ["up", "down", "plus", "minus", "n", "p", "down", "plus", "n"]


async def test_a_click_on_a_tab_names_it_and_a_click_between_names_none() -> None:
    clicked: list[int] = []

    class Hears(Bare):
        def on_tab_row_clicked(self, event: TabRow.Clicked) -> None:
            clicked.append(event.index)

    app = Hears(TabRow("One", "Second", "Third"))
    async with app.run_test(size=(40, 4)) as pilot:
        text = app.text[0]
        for name in ("Third", "One", "Second"):
            assert await pilot.click(TabRow, offset=(text.index(name), 0))
            assert await pilot.click(TabRow, offset=(text.index(name) + len(name) - 1, 0))
        assert await pilot.click(TabRow, offset=(text.index("Second") - 1, 0))

    assert clicked == [2, 2, 0, 0, 1, 1]


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
@pytest.mark.parametrize("place", [place for place, _ in PLACES])
async def test_all_places_and_the_name_of_the_current_one_fit_at_every_width(
    width: int, place: str
) -> None:
    app = Bare(Places(place))
    async with app.run_test(size=(width, 4)):
        names, rule = app.text[:2]

    assert all(digit in names for digit in "1234567")
    assert dict(PLACES)[place] in names
    start = names.index(dict(PLACES)[place])
    assert rule[start] == "━" and len(rule) <= width
    assert all(name in names for _, name in PLACES) is (width >= 80)


@pytest.mark.parametrize(("share", "cells"), [(0.0, 0), (0.5, 39), (1.0, 78)])
async def test_in_a_session_the_rule_is_its_progress(share: float, cells: int) -> None:
    places = Places("review")
    app = Bare(places)
    async with app.run_test(size=(80, 4)) as pilot:
        places.progress = share
        await pilot.pause()

        assert app.text[1].count("━") == cells and app.text[1].count("─") == 78 - cells
