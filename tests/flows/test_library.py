"""Library: from shelf to shelf, and where the files of an example are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import MouseScrollDown, MouseScrollUp

from tests.builders import make_pack
from tests.flows.driving import at, click, click_hint, heading, hints, press, row, says
from tests.running import LARGE, nexus, running, settings_for, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings

EXAMPLE = {
    "docs/guide.md": "# Guide\n\n## Part\n\nRead me.\n",
    "examples/shop/README.md": "# Shop\n\n## What it is\n\nA shop.\n",
    "examples/shop/app.py": "print(1)\n",
}


def _settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path, make_pack(tmp_path / "pack", EXAMPLE))


async def test_keys_lead_from_shelf_to_shelf_and_back(tmp_path: Path) -> None:
    async with running(_settings(tmp_path)) as pilot:
        await press(pilot, "7")
        seen = [row(pilot).id]
        for key in "nnnnpp":
            await press(pilot, key)
            seen.append(row(pilot).id)
        await click_hint(pilot, "shelf")
        seen.append(row(pilot).id)

    guide, example = "document:tiny/docs/guide.md", "document:tiny/examples/shop/README.md"
    sheet, trouble = "cheatsheet:tiny/alpha", "troubleshooting:tiny/alpha"
    assert seen == [guide, example, sheet, trouble, trouble, sheet, example, sheet]


async def test_beside_the_list_stands_what_is_in_the_entry_and_a_page_opens_by_a_click(
    tmp_path: Path,
) -> None:
    async with running(_settings(tmp_path), size=LARGE) as pilot:
        await press(pilot, "7")
        assert says(pilot, "1 page")
        await click(pilot, "Part")
        assert at(pilot) == "document" and "Read me." in shown(pilot)
        await press(pilot, "escape", "n")
        assert says(pilot, "What it is")
        await press(pilot, "n")
        assert not says(pilot, "What it is")


async def test_beside_a_note_of_yours_stands_its_text(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    async with running(settings, size=LARGE) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        desk.store.write_note("tiny/alpha", "first line\n\nand [bold]the rest[/]").result()
        await press(pilot, "7", "g")

        assert says(pilot, "and [bold]the rest[/]")


async def test_a_note_is_listed_with_the_titles_that_it_links_to(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    async with running(settings, size=LARGE) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        desk.store.write_note("tiny/alpha", "Rests on [[beta]]").result()
        await press(pilot, "7", "g")

        assert shown(pilot).count("Rests on Beta") == 2  # on its shelf, and beside the list


@pytest.mark.parametrize("width", [60, 80])
async def test_beside_a_long_title_what_is_said_is_whole(width: int, tmp_path: Path) -> None:
    title = "How a page that is slow is made quick again, from the query to the reader"
    guide = {"docs/guide.md": f"# {title}\n\n## Part\n\nRead me.\n"}
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", guide))
    async with running(settings, size=(width, 20)) as pilot:
        await press(pilot, "7", "enter", "o")

        assert "How a page" in heading(pilot) and heading(pilot).endswith("no link on this page")


async def test_the_wheel_beside_a_list_moves_the_list_and_its_cursor(tmp_path: Path) -> None:
    guides = {f"docs/guide-{n:02}.md": f"# Guide {n:02}\n\n## Part\n\nRead.\n" for n in range(60)}
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", guides))
    async with running(settings, size=(200, 50)) as pilot:
        await press(pilot, "7")
        for _ in range(5):
            await pilot._post_mouse_events([MouseScrollDown], offset=(150, 20))
            await settled(pilot)
        assert not says(pilot, "Guide 00") and row(pilot).id != "document:tiny/docs/guide-00.md"
        for _ in range(5):
            await pilot._post_mouse_events([MouseScrollUp], offset=(150, 20))
            await settled(pilot)

        assert says(pilot, "Guide 00")


async def test_an_example_says_where_its_files_are_and_copies_that(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []
    monkeypatch.setattr("textual.app.App.copy_to_clipboard", lambda _, text: copied.append(text))
    folder = str(tmp_path / "pack/examples/shop")
    async with running(_settings(tmp_path)) as pilot:
        await press(pilot, "7", "enter", "f")
        assert not says(pilot, "Files:") and "copy path" not in [h.verb for h in hints(pilot)]
        await press(pilot, "escape", "n", "enter")
        assert at(pilot) == "document" and says(pilot, f"Files: {folder}")
        await press(pilot, "f")

        assert copied == [folder] and "copied the path" in shown(pilot)
