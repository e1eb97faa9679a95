"""The settings of the screen: kept in the file, in force at once, refused with a sentence."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.events import MouseScrollDown

from nexus_tui.tui import themes
from tests.flows.driving import at, found, press, row, rows, says, settled, type_in
from tests.running import nexus, running, shown

if TYPE_CHECKING:
    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]


async def test_a_setting_of_the_screen_is_in_force_at_once_and_in_the_file(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "comma")
        assert at(pilot) == "settings" and row(pilot).id == "screen:theme"
        await press(pilot, "enter")
        assert pilot.app.theme == themes.LIGHT
        await press(pilot, "minus", "minus", "down", "plus")
        assert pilot.app.theme == themes.HIGH
        assert "> Plain characters" in shown(pilot)
        await press(pilot, "down", "enter")
        assert not nexus(pilot).settings.mouse

    kept = tomllib.loads(settings.file.path.read_text())
    assert kept == {"theme": themes.HIGH, "ascii": True, "mouse": False}


async def test_a_setting_of_the_screen_goes_back_to_its_default(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "comma", "enter", "D")
        assert pilot.app.theme == themes.DARK
        await press(pilot, "down", "enter", "D", "D")
        assert not nexus(pilot).settings.ascii
        await press(pilot, "down", "enter", "D")
        assert nexus(pilot).settings.mouse

    kept = tomllib.loads(settings.file.path.read_text())
    assert kept == {"theme": themes.DARK, "ascii": False, "mouse": True}


async def test_a_theme_that_is_none_of_ours_is_not_lost_by_going_through_the_settings(
    week: Week,
) -> None:
    settings, clock = week
    async with running(replace(settings, theme="ansi-light"), clock) as pilot:
        await press(pilot, "comma")
        assert row(pilot).lines[0].right[0].text == "ansi-light"
        await press(pilot, "enter")
        assert pilot.app.theme == themes.DARK
        await press(pilot, "minus")
        assert pilot.app.theme == "ansi-light"

    assert tomllib.loads(settings.file.path.read_text()) == {"theme": "ansi-light"}


async def test_a_theme_from_its_key_or_the_palette_is_kept_for_the_next_start(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "T")
        assert tomllib.loads(settings.file.path.read_text()) == {"theme": themes.LIGHT}
        await press(pilot, "ctrl+p")
        await type_in(pilot, "theme")
        await press(pilot, "enter", "G", "enter")
        assert pilot.app.theme == "tokyo-night"

    assert tomllib.loads(settings.file.path.read_text()) == {"theme": "tokyo-night"}


async def test_the_list_of_themes_says_which_is_in_use_and_begins_there(week: Week) -> None:
    settings, clock = week
    async with running(replace(settings, theme="nord"), clock) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "theme")
        await press(pilot, "enter")
        cursor = found(pilot, "›")[1]
        assert cursor == found(pilot, "nord")[1] == found(pilot, "in use")[1]
        assert row(pilot).id == "nord" and shown(pilot).count("in use") == 1
        await press(pilot, "escape")

        assert pilot.app.theme == "nord"


async def test_the_wheel_moves_a_list_to_pick_from_also_beside_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (120, 20)) as pilot:
        await press(pilot, "ctrl+p")
        await type_in(pilot, "theme")
        await press(pilot, "enter")
        for place in ((20, 10), (110, 10), (20, 3)):
            before = rows(pilot).scroll_y
            await pilot._post_mouse_events([MouseScrollDown], offset=place)
            await settled(pilot)
            assert rows(pilot).scroll_y > before
        assert not says(pilot, themes.DARK) and row(pilot).id != themes.DARK


async def test_a_theme_that_cannot_be_kept_is_in_force_and_says_so(week: Week) -> None:
    settings, clock = week
    settings.file.path.mkdir()
    async with running(settings, clock) as pilot:
        await press(pilot, "T")

        assert pilot.app.theme == themes.LIGHT
        assert any(
            "settings cannot be written" in toast.message for toast in pilot.app._notifications
        )


async def test_the_theme_is_named_and_ctrl_c_says_how_one_quits(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "T", "ctrl+c")

        assert [toast.message for toast in pilot.app._notifications] == [
            f"Theme: {themes.LIGHT}",
            "q quits (ctrl+q while you type).",
        ]


async def test_plain_characters_are_in_force_on_screens_that_were_visited(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *"234567", "2", "g", "j", "j", "enter", "1", "comma", "j", "enter")
        assert shown(pilot).isascii()
        for place in "123456722":
            await press(pilot, place)

            assert shown(pilot).isascii(), shown(pilot)


async def test_the_settings_say_where_things_are(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (120, 100)) as pilot:
        await press(pilot, "comma")

        assert says(pilot, str(settings.database.path)) and says(pilot, "Log and backups")
        assert says(pilot, "not there: defaults hold")
        await press(pilot, "enter")
        assert says(pilot, "settings.toml (your settings)")


async def test_a_settings_file_that_cannot_be_written_is_said_and_nothing_changes(
    week: Week,
) -> None:
    settings, clock = week
    settings.file.path.mkdir()
    (settings.file.path / "x").touch()
    async with running(settings, clock, (120, 100)) as pilot:
        await press(pilot, "comma", "enter")

        assert says(pilot, "✗ not saved:") and pilot.app.theme == themes.DARK
