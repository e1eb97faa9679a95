"""Checklists: held against projects by name, ticked with a note, each project its own ticks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.flows.driving import at, heading, press, row, says, type_in
from tests.histories import one
from tests.looks import scenes
from tests.running import LARGE, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]


async def test_without_a_project_a_tick_asks_for_its_name_first(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert heading(pilot).startswith("No project yet")
        assert says(pilot, "p names the project you hold these against")
        await press(pilot, "enter", "space")
        assert says(pilot, "Which project?")
        await press(pilot, "enter")
        assert at(pilot) == "ask"
        await type_in(pilot, "shop-api")
        await press(pilot, "enter")
        assert heading(pilot).startswith("shop-api › HTTPS in production")
        await press(pilot, "space")

        assert says(pilot, "Plain HTTP is redirected: how do you know?")


async def test_a_tick_keeps_its_note_and_its_day_and_is_taken_back_by_the_same_key(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "enter", "j", "space")
        await type_in(pilot, "saw it in May")
        await press(pilot, "enter")
        assert says(pilot, "• by you The switch was rehearsed")
        assert says(pilot, "26 Nov: saw it in May") and "2 of 2 hold" in heading(pilot)
        await press(pilot, "space")
        assert says(pilot, "? unknown The switch was rehearsed")
        assert not says(pilot, "saw it in May") and "1 of 2 hold" in heading(pilot)

    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert "1 of 4 items hold" in heading(pilot)


async def test_a_tick_needs_no_note_and_escape_ticks_nothing(week: Week) -> None:
    settings, clock = week
    before = one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'tick'")
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "enter", "j", "space", "x", "escape")
        assert says(pilot, "? unknown The switch was rehearsed")
        await press(pilot, "space", "enter")

        assert says(pilot, "• by you The switch was rehearsed medium 26 Nov")
    after = one(settings.database.path, "SELECT count(*) FROM fact WHERE kind = 'tick'")
    assert after == before + 1


async def test_a_second_project_has_its_own_ticks_and_the_one_used_last_comes_first(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p")
        await type_in(pilot, "second")
        await press(pilot, "enter")
        assert "second" in heading(pilot) and "4 items" in heading(pilot)
        await press(pilot, "enter", "j", "space", "enter", "escape")
        assert "1 of 4 items hold" in heading(pilot)
        await press(pilot, "P")
        assert "shop-api" in heading(pilot) and "1 of 4 items hold" in heading(pilot)
        await press(pilot, "enter")
        assert says(pilot, "• by you Plain HTTP is redirected")
        assert says(pilot, "? unknown The switch was rehearsed")

    async with running(settings, clock) as pilot:
        await press(pilot, "4")
        assert "shop-api" in heading(pilot)
        await press(pilot, "P", "enter")
        assert says(pilot, "? unknown Plain HTTP is redirected")
        assert says(pilot, "• by you The switch was rehearsed")


async def test_the_next_project_goes_round_all_of_them(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "b", "enter", "p", "c", "enter")
        seen = []
        for _ in range(4):
            seen.append(heading(pilot).split()[0])
            await press(pilot, "P")

    assert seen == ["c", "shop-api", "b", "c"]


async def test_a_known_name_chooses_its_project_again(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "p", "b", "enter", "p")
        await type_in(pilot, "shop-api")
        await press(pilot, "enter")

        assert "shop-api" in heading(pilot) and "1 of 4 items hold" in heading(pilot)


async def test_an_item_unfolds_to_why_and_how_and_to_what_verifies_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "enter", "enter")
        assert says(pilot, "Without a redirect the first request travels in clear text.")
        assert says(pilot, "SECURE_HSTS_SECONDS = 3600")
        assert says(pilot, "manage.py check --deploy --fail-level WARNING")
        assert says(pilot, "expect: no W004 and no W008")
        await press(pilot, "enter")

        assert not says(pilot, "Without a redirect")


async def test_on_a_wide_screen_why_and_how_follow_the_cursor(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "4", "enter")
        assert "SECURE_SSL_REDIRECT = True" in shown(pilot)
        await press(pilot, "j")

        assert "SECURE_SSL_REDIRECT" not in shown(pilot)
        assert "Renew it once by hand" in shown(pilot)


async def test_the_lesson_behind_an_item_opens_and_back_returns_to_the_item(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "4", "enter", "j", "L")
        assert at(pilot) == "topic" and says(pilot, "APIs › RESTful resource design")
        await press(pilot, "escape")

        assert at(pilot) == "checklist" and row(pilot).id == "drill"
