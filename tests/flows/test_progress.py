"""Progress by its keys: pages, text instead of drawings, and the drill of what is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.study.figures import TITLES
from nexus_tui.tui import plots
from nexus_tui.tui.progress import _PAGES, _WIDE_PAGES, ProgressScreen
from tests.flows.driving import asking, at, click, heading, help_said, row
from tests.histories import Clock
from tests.histories import answer as give
from tests.looks import scenes
from tests.running import LARGE, SMALL, press, running, settings_for, shown
from tests.study.school import open_desk, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings

    Week = tuple[Settings, Clock]

DRAWN = set("━─⠒⠶⠿⣿▁▂▃▄▅▆▇█•⣀⡀⠤⠉")


@pytest.mark.parametrize(("size", "pages"), [(SMALL, _PAGES), (LARGE, _WIDE_PAGES)])
async def test_each_page_shows_its_figures_and_then_they_are_text(
    size: tuple[int, int], pages: dict[str, tuple[str, ...]], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        await press(pilot, "6")
        for names in pages.values():
            drawn = shown(pilot)
            await press(pilot, "t")
            text = "\n".join(line[:82] for line in shown(pilot).splitlines()[2:])
            await press(pilot, "t", "tab")

            assert all(TITLES[name] in drawn for name in names if name not in {"tracks", "weakest"})
            assert not DRAWN & set(text.replace("wanted ─", ""))
        assert heading(pilot).startswith("Mastery")
        await press(pilot, "shift+tab")
        assert row(pilot).id == "look/indexing/design-one"


async def test_on_the_page_that_is_text_already_the_key_for_text_says_so(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, SMALL) as pilot:
        await press(pilot, "6", "shift+tab")
        assert row(pilot).id == "look/indexing/design-one"
        await press(pilot, "t")
        assert [toast.message for toast in pilot.app._notifications] == [
            "This page is text already."
        ]
        await press(pilot, "tab")

        assert "t as text" in shown(pilot)


@pytest.mark.parametrize(("size", "pages"), [((60, 20), _PAGES), (LARGE, _WIDE_PAGES)])
async def test_each_page_is_opened_by_a_click_on_its_name(
    size: tuple[int, int], pages: dict[str, tuple[str, ...]], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        await press(pilot, "6")
        for name in [*pages][::-1]:
            await click(pilot, name)
            screen = pilot.app.screen
            assert isinstance(screen, ProgressScreen) and screen._open_page() == name


@pytest.mark.parametrize(
    ("size", "keys", "words"),
    [
        (SMALL, ("6", "tab"), TITLES["forecast"]),
        ((60, 20), ("6", "tab", "t"), "Thu 26 Nov"),
        (LARGE, ("6",), "today"),
        (LARGE, ("1",), "Due in the next days"),
        (LARGE, ("5",), "Due in the next days"),
    ],
)
async def test_a_click_on_what_falls_due_opens_what_is_due(
    size: tuple[int, int], keys: tuple[str, ...], words: str, week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        await press(pilot, *keys)
        await click(pilot, words)

        assert at(pilot) == "due"


async def test_a_click_on_a_day_on_which_nothing_is_due_yet_opens_nothing(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "6")
        await click(pilot, "Fri")
        assert at(pilot) == "progress"
    clock.move(days=-6)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "6")
        assert pilot.app.overview is not None and not pilot.app.overview.due  # type: ignore[attr-defined]
        await click(pilot, "Due in the next days")

        assert at(pilot) == "progress"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_number_pressed_again_shows_the_first_page(
    size: tuple[int, int], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        await press(pilot, "6", "tab", "2", "6")
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen) and screen._open_page() != "Mastery"
        await press(pilot, "6")

        assert screen._open_page() == "Mastery"


async def test_a_level_without_topics_is_no_level_of_mastery(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "6")

        assert "Mastery by level" in shown(pilot) and "of 0" not in shown(pilot)


async def test_a_weak_objective_is_drilled_and_its_reasons_are_told(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "shift+tab")
        assert ": right 2 of 4" in shown(pilot)
        await press(pilot, "o")
        assert at(pilot) == "objective"
        await press(pilot, "escape", "enter")

        asked = asking(pilot)._asked
        assert asked is not None and asked.planned.objective == "look/indexing/design-one"


async def test_what_was_never_right_is_not_said_to_be_known(tmp_path: Path) -> None:
    settings, clock = settings_for(tmp_path, write_pack(tmp_path / "pack")), Clock()
    desk = open_desk(tmp_path, clock)
    for number in range(3):
        clock.move(days=1)
        for objective in ("explain", "decide"):
            right = objective == "explain" and number == 0
            question = f"school/sql/{objective}-{number}"
            give(desk.store, question, objective=f"school/sql/{objective}", right=right)
    desk.close()
    clock.move(hours=6)
    async with running(settings, clock, SMALL) as pilot:
        await press(pilot, "6", "shift+tab")
        lines = shown(pilot).splitlines()
        [right_once] = [line for line in lines if "Explain sql" in line]
        [never_right] = [line for line in lines if "Decide sql" in line]

        assert "known" in right_once and "known" not in never_right
        assert "%" not in never_right


async def test_what_is_due_is_counted_by_objectives_and_topics_say_that_they_are(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock, SMALL) as pilot:
        await press(pilot, "2", "g")
        assert "1 topic due" in heading(pilot)
        assert "1 objective due · " in shown(pilot)
        await press(pilot, "6")
        assert "1 due" in shown(pilot) and "Due are objectives." in shown(pilot)
        await press(pilot, "t")
        assert "due are objectives." in shown(pilot)


async def test_where_nothing_is_weak_no_key_for_it_is_listed(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "shift+tab")
        assert "Nothing is weak" in shown(pilot)
        listed = await help_said(pilot)

    assert "Drill the weakest objective" not in listed and "Why the weak" not in listed


async def test_the_forecast_that_counts_what_comes_back_says_so(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "6")
        assert "what comes back counts again." in shown(pilot)


@pytest.mark.parametrize("pages", range(1, 4))
async def test_a_page_of_figures_moves_by_letters_as_by_arrows(week: Week, pages: int) -> None:
    settings, clock = week
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "6", *["tab"] * pages)
        page = pilot.app.screen.query_one("#page")
        assert page.max_scroll_y > 1
        await press(pilot, "j")
        assert page.scroll_y == 1
        await press(pilot, "k")
        assert page.scroll_y == 0
        await press(pilot, "G")
        assert page.scroll_y == page.max_scroll_y
        await press(pilot, "g")
        assert page.scroll_y == 0


async def test_where_curves_cannot_be_drawn_their_numbers_are_shown(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plots, "_loaded", [None])
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "tab", "tab")

        assert "answers   right   share" in shown(pilot)
