"""Search as one types: what is found, what opens, and what is never shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from nexus_tui.catalog.models import ChoiceQuestion, ChoicesQuestion
from tests.flows.driving import (
    at,
    click_hint,
    heading,
    hints,
    press,
    row,
    rows,
    says,
    settled,
    type_in,
)
from tests.running import LARGE, nexus, running, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

KINDS = {
    "lesson": ("composite tree sorted", "topic", "section 1 of 3"),
    "cheat sheet": ("equality range", "topic", "Equality, then sort, then range."),
    "troubleshooting": ("buffers", "topic", "The plan says Seq Scan"),
    "question": ("refunded evenly", "topic", "Start the quiz"),
    "topic": ("transactions", "topic", "Transactions and isolation"),
    "checklist": ("certificate expires", "checklist", "HTTPS in production"),
    "challenge": ("proxy 504", "challenge", "2,001 queries"),
    "guide": ("error rate", "document", "Look at the error rate."),
    "programme": ("finding without reading", "document", "finding rows without reading all"),
}


def _kinds(pilot: Pilot[None]) -> list[str]:
    return [r.lines[0].right[0].text for r in rows(pilot)._rows if not r.fixed]


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_found_opens_and_back_returns_to_the_results(kind: str, week: Week) -> None:
    words, leads, text = KINDS[kind]
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, words)
        before = shown(pilot)
        await press(pilot, *["down"] * (_kinds(pilot).index(kind) + 1))
        await press(pilot, "enter")
        assert at(pilot) == leads and text in shown(pilot)
        await press(pilot, "escape")

        assert at(pilot) == "search" and words in before
        assert [line.lstrip(" ›") for line in shown(pilot).split("\n")][6:20] == [
            line.lstrip(" ›") for line in before.split("\n")
        ][6:20]
        assert row(pilot).lines[0].right[0].text == kind


async def test_what_is_looked_up_leaves_the_lesson_where_it_was_until_one_goes_on_from_it(
    week: Week,
) -> None:
    def left() -> str:
        overview = nexus(pilot).overview
        assert overview is not None and overview.reading is not None
        assert overview.reading.place is not None
        return overview.reading.place.heading

    settings, clock = week
    async with running(settings, clock) as pilot:
        before = left()
        await press(pilot, "slash")
        await type_in(pilot, KINDS["lesson"][0])
        await press(pilot, *["down"] * (_kinds(pilot).index("lesson") + 1), "enter")
        assert at(pilot) == "topic" and says(pilot, "section 1 of 3")
        clock.move(seconds=90)
        await press(pilot, "G", "tab", "tab", "shift+tab", "shift+tab")
        assert says(pilot, "section 1 of 3")
        await press(pilot, "escape", "enter", "escape")
        assert left() == before
        await press(pilot, "enter", "n", "n")

        assert (before, left()) == ("What goes wrong", "Recall")


async def test_results_follow_each_letter(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        counts = []
        for letter in "redirect":
            await press(pilot, letter)
            counts.append(len(_kinds(pilot)))
        await press(pilot, *["backspace"] * 8)

        assert counts[-1] > 0 and counts[0] >= counts[-1]
        assert _kinds(pilot) == [] and says(pilot, "what are you looking for?")


async def test_what_was_typed_before_the_catalog_is_read_is_searched_then(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        app = nexus(pilot)
        desk, app.desk = app.desk, None
        await press(pilot, "slash")
        await type_in(pilot, "transactions")
        assert says(pilot, "reading…") and _kinds(pilot) == []
        app.desk = desk
        app.refresh_place()
        await settled(pilot)

        assert "topic" in _kinds(pilot)


@pytest.mark.parametrize("theme", ["nexus-light", "ansi-dark"])
async def test_what_was_looked_for_is_underlined_not_only_coloured(theme: str, week: Week) -> None:
    settings, clock = week
    async with running(replace(settings, theme=theme), clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "sorted")
        drawn = [
            segment.text
            for strip in pilot.app.screen._compositor.render_strips()[rows(pilot).region.y :]
            for segment in strip
            if segment.style is not None and segment.style.underline
        ]

        assert "sorted" in drawn and all(len(text) < 12 for text in drawn)


async def test_what_was_left_out_is_said(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "the")
        assert "the first 20" in heading(pilot)


async def test_a_finished_topic_opens_by_its_title_at_its_first_section(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        key = next(t.key for t in desk.catalog.topics() if t.title == "Indexing")
        lesson = desk.catalog.topic(key).lesson
        assert lesson is not None
        for number, section in enumerate(lesson.sections):
            desk.read(key, number, section.heading, len(lesson.sections)).result()
        nexus(pilot).reread()
        await settled(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "indexing")
        await press(pilot, "enter")
        assert at(pilot) == "topic" and says(pilot, f"section 1 of {len(lesson.sections)}")


async def test_enter_in_the_field_opens_the_first_result(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "transactions")
        await press(pilot, "enter")

        assert at(pilot) == "topic" and says(pilot, "Transactions and isolation")


@pytest.mark.parametrize("words", ["qqqq", "???", "[/oops]"])
async def test_nothing_found_is_said_and_enter_opens_nothing(words: str, week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, words)
        assert says(pilot, f"Nothing was found for {words!r}. Fewer or other words may help.")
        await press(pilot, "enter", "down", "enter")

        assert at(pilot) == "search"


async def test_a_mistyped_word_is_read_as_the_nearest_and_the_screen_says_so(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "transactoins")
        assert says(pilot, "shown for: transactions · ")
        assert "Transactions and isolation" in shown(pilot)
        await press(pilot, *["backspace"] * 12)
        await type_in(pilot, "transactions")
        assert not says(pilot, "shown for")


async def test_a_question_opens_the_quiz_with_the_cursor_on_its_objective(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "refunded evenly")
        await press(pilot, *["down"] * (_kinds(pilot).index("question") + 1), "enter")

        assert at(pilot) == "topic" and row(pilot).id == "objective:look/indexing/design-one"


async def test_an_item_of_a_checklist_opens_with_the_cursor_on_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "request travels in clear text")
        await press(pilot, "enter")

        assert at(pilot) == "checklist" and row(pilot).id.endswith("/redirect")
        assert row(pilot).id != rows(pilot)._rows[0].id


async def test_blanks_alone_search_nothing(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        await type_in(pilot, "   ")

        assert _kinds(pilot) == [] and not says(pilot, "Nothing was found")


async def test_search_never_shows_the_answer_of_a_question(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        questions = [desk.catalog.question(key) for key in sorted(desk.catalog.question_keys())]
        await press(pilot, "slash")
        texts = [
            option.why
            for q in questions
            if isinstance(q, ChoiceQuestion | ChoicesQuestion)
            for option in q.options
        ]
        texts += [q.why for q in questions if not isinstance(q, ChoiceQuestion | ChoicesQuestion)]
        await type_in(pilot, "refunded stretch entries queries index")
        found = [r.lines[1].left[0].text for r in rows(pilot)._rows if not r.fixed]
        assert len(texts) > 5 and len(found) > 2
        assert not any(text[:30] in line for line in found for text in texts)
        await press(pilot, "escape", "slash")
        await type_in(pilot, "bitmaps")

        assert says(pilot, "Nothing was found for 'bitmaps'.")


async def test_a_search_from_inside_a_lesson_goes_back_to_the_lesson(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "j", "enter", "slash", "p", "escape")

        assert at(pilot) == "topic" and "Indexing" in heading(pilot)


async def test_places_can_be_gone_to_from_the_results(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash", "p", "l", "a", "n", "down", "4")

        assert at(pilot) == "checklists"


async def test_without_results_no_key_opens_any_and_from_them_a_key_leads_to_the_words(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "slash")
        assert [hint.verb for hint in hints(pilot)] == ["back"]
        await type_in(pilot, "plan")
        assert [hint.verb for hint in hints(pilot)] == ["open", "choose", "back"]
        await press(pilot, "down")
        assert [hint.verb for hint in hints(pilot)] == ["open", "choose", "other words", "back"]
        await press(pilot, "slash")
        await type_in(pilot, "rate")
        assert pilot.app.screen.query_one(Input).value == "rate"
        await press(pilot, "escape")

        assert at(pilot) == "today"


async def test_the_last_row_below_the_palette_has_the_keys_of_the_palette(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "ctrl+p")
        assert [hint.verb for hint in hints(pilot)] == ["run", "choose", "back"]
        await click_hint(pilot, "back")

        assert at(pilot) == "today"
