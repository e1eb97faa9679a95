"""Each kind of question, by keyboard and by mouse: what is marked, confirmed, told and kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from nexus_tui.tui.widgets.answers.arrange import Arrange
from tests.flows.driving import (
    answer,
    arrange,
    asking,
    at,
    click,
    digit,
    digits,
    heading,
    hints,
    options,
    press,
    row,
    rows,
    settled,
)
from tests.histories import rows as rows_of
from tests.looks import scenes
from tests.running import LARGE, running, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.flows.conftest import SessionAt
    from tests.histories import Clock

CHOICE, CHOICES, SHORT, ORDER = "refunded-newest", "ticks", "how-many", "in-order"
MATCH = ("which-serves", "design-one")
KINDS = {"choice": CHOICE, "choices": CHOICES, "short": SHORT, "order": ORDER}


def _last(settings: Settings) -> dict[str, Any]:
    """The payload of the answer given last."""
    sql = "SELECT payload FROM fact WHERE kind = 'answer' ORDER BY at DESC, id DESC LIMIT 1"
    payload: dict[str, Any] = json.loads(rows_of(settings.database.path, sql)[0][0])
    return payload


def _count(settings: Settings, kind: str) -> int:
    sql = "SELECT count(*) FROM fact WHERE kind = ?"
    return int(rows_of(settings.database.path, sql, kind)[0][0])


# ---------------------------------------------------------------- every kind


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("right", [True, False], ids=["right", "wrong"])
async def test_an_answer_by_keyboard_is_graded_explained_and_kept(
    kind: str, right: bool, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        assert "✓" not in shown(pilot) and "✗" not in shown(pilot)
        await answer(pilot, right=right)
        text = shown(pilot)

    assert "✓" in text if right else "✗" in text
    assert "Multicolumn Indexes" in text
    assert ("asked again tomorrow" in text) is not right
    assert (_last(settings)["score"] == 1.0) is right


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
async def test_an_answer_by_mouse_is_chosen_by_clicks_and_confirmed_by_the_hint(
    kind: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        if kind == "order":
            await click(pilot, "index every column")
            await click(pilot, "x out")
            assert "–  index every column" in shown(pilot)
        else:
            wanted = [o for o in options(pilot).options if o.correct]
            for option in wanted:
                await click(pilot, option.text.replace("`", ""))
        assert asking(pilot)._outcome is None
        await click(pilot, "enter confirm")

        assert asking(pilot)._outcome is not None
    kept = _last(settings)["response"]
    if kind == "order":
        assert "all" not in [line for line, _ in kept["lines"]]
    else:
        assert set(kept["options"]) == {option.id for option in wanted}


ASKED = {
    "choice": ((CHOICE, "design-one"), {"choose", "sure", "guess", "skip", "back"}),
    "choices": ((CHOICES, "predict-use"), {"tick", "sure", "guess", "skip", "back"}),
    "line": (("faulty-line", "design-one"), {"choose", "sure", "guess", "skip", "back"}),
    "match": (MATCH, {"match", "sure", "guess", "skip", "back"}),
    "order": ((ORDER, "design-one"), {"move", "out", "sure", "guess", "skip", "back"}),
    "short": ((SHORT, "predict-use"), {"sure", "guess", "skip", "leave field"}),
    "output": (("what-prints", "predict-use"), {"next line", "skip", "sure", "leave field"}),
    "estimate": (("how-long", "predict-use"), {"sure", "guess", "skip", "leave field"}),
}
"""Kind → a question and its objective, and what its last row says besides `confirm`."""


@pytest.mark.parametrize("kind", ASKED)
async def test_the_last_row_says_how_to_answer_and_the_way_back(kind: str, tmp_path: Path) -> None:
    name, said = ASKED[kind]
    settings, clock = scenes.session_of(tmp_path, *name)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        assert {hint.verb for hint in hints(pilot)} == said | {"confirm"}

        await pilot.resize_terminal(60, 20)
        await settled(pilot)
        needed = said & {"choose", "tick", "match", "move", "out", "next line"}
        back = said & {"back", "leave field"}
        assert {hint.verb for hint in hints(pilot)} >= needed | back | {"confirm"}
        await click(pilot, "esc")
        if "leave field" in said:
            await click(pilot, "esc")

        assert at(pilot) != "question"


async def test_by_mouse_a_line_is_moved_down_and_up(session_at: SessionAt) -> None:
    settings, clock = session_at(ORDER)
    async with running(settings, clock, size=LARGE) as pilot:
        await press(pilot, "enter")
        arranged = pilot.app.screen.query_one(Arrange)
        first, second, *_ = began = list(arranged.lines)
        await click(pilot, "J K move")
        assert arranged.lines[:2] == [second, first]
        await click(pilot, "K move")
        assert arranged.lines == began
        await press(pilot, "j")
        await click(pilot, "1 to 5 its place")

        assert arranged.lines == began, "which of them is not said by the click"


async def test_a_click_on_an_option_moves_there_and_confirms_nothing(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        last = options(pilot).options[-1]
        await click(pilot, last.text.replace("`", "")[-12:])

        assert row(pilot).id == last.id and asking(pilot)._outcome is None


async def test_the_verdict_stands_on_the_line_of_its_option_and_nothing_moves(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await press(pilot, "1")
        before = shown(pilot).split("\n")
        await press(pilot, "enter")
        after = shown(pilot).split("\n")

    assert [line for line in after[4:17] if "✓" in line]
    for old, new in zip(before[4:17], after[4:17], strict=True):
        assert new.startswith(old.removesuffix("chosen").rstrip())


async def test_ticks_can_be_taken_back_before_confirming(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICES)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await press(pilot, "1", "2", "1", "down", "down", "space")
        assert shown(pilot).count("[•]") == 2
        ticked = set(options(pilot).ticked)
        await press(pilot, "enter")

    assert set(_last(settings)["response"]["options"]) == ticked


async def test_lines_are_moved_by_capital_letters_and_left_out_and_taken_back(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(ORDER)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        first, second = (r.id for r in rows(pilot)._rows[:2])
        await press(pilot, "J")
        assert [r.id for r in rows(pilot)._rows[:2]] == [second, first]
        await press(pilot, "K", "x")
        assert "left out" in shown(pilot) and row(pilot).id == second
        await press(pilot, "end", "x")

        assert "left out" not in shown(pilot)
        assert first in [r.id for r in rows(pilot)._rows]


async def test_a_number_is_read_with_its_unit_and_a_near_answer_is_told_the_right_one(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(SHORT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "3", "5", "enter")
        assert "✗ wrong" in shown(pilot) and "right answer  36" in shown(pilot)
        assert "The list itself is one more query." in " ".join(shown(pilot).split())
        await press(pilot, "u", "3", "6", "enter")

        assert "✓ right" in shown(pilot)


# ---------------------------------------------------------------- digits and fields


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
async def test_digits_do_not_leave_an_open_question_nor_one_that_is_answered(
    kind: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", *"1234567890")
        assert at(pilot) == "question"
        await press(pilot, "2", "enter", *"1234567")

        assert at(pilot) == "question" and asking(pilot)._outcome is not None


async def test_digits_are_text_in_a_field_and_escape_leaves_the_field_first(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(SHORT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", *"172sg")
        field = pilot.app.screen.query_one(Input)
        assert field.value == "172sg" and at(pilot) == "question"
        await press(pilot, "escape", "7")
        assert at(pilot) == "question" and field.value == "172sg"
        await press(pilot, "s")
        assert "you are sure" in heading(pilot)
        await press(pilot, "escape")

        assert at(pilot) == "today"


async def test_the_places_do_not_answer_clicks_while_a_question_is_open(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await click(pilot, "Topics")

        assert at(pilot) == "question" and _said(pilot) == [LEAVE_FIRST]


LEAVE_FIRST = "Leave the questions first: esc."


def _said(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


@pytest.mark.parametrize("kind", ["choice", "choices", "order", "match"])
async def test_a_digit_that_answers_nothing_says_what_leads_to_the_places(
    kind: str, session_at: SessionAt, tmp_path: Path
) -> None:
    match = kind == "match"
    settings, clock = scenes.session_of(tmp_path, *MATCH) if match else session_at(KINDS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "1", "2")
        assert _said(pilot) == [] and not set("1234567") & set(shown(pilot).split("\n")[0])
        await press(pilot, "7", "7")
        assert _said(pilot) == [LEAVE_FIRST]
        await press(pilot, "1")
        while asking(pilot)._outcome is None:
            await press(pilot, "enter")
        await press(pilot, "1")

        assert at(pilot) == "question" and _said(pilot) == [LEAVE_FIRST]


async def test_an_exam_says_too_what_leads_to_the_places(
    week: tuple[Settings, Clock],
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "5", "x", "enter")
        await click(pilot, "Library")
        assert _said(pilot) == [LEAVE_FIRST]
        await press(pilot, *["escape"] * 3)

        assert shown(pilot).startswith(" 1 Today")


# ---------------------------------------------------------------- marks


@pytest.mark.parametrize(
    ("kind", "keys", "words", "kept"),
    [
        ("choice", ("s",), "you are sure", "sure"),
        ("choices", ("g",), "you guess", "guessed"),
        ("order", ("s", "g"), "you guess", "guessed"),
        ("choice", ("s", "s"), "about 1 min left", "unmarked"),
    ],
)
async def test_sure_and_guessed_are_marked_shown_and_kept(
    kind: str, keys: tuple[str, ...], words: str, kept: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await press(pilot, "2", *keys)
        marked = heading(pilot)
        await press(pilot, "enter")

        assert words in marked
    assert _last(settings)["certainty"] == kept


@pytest.mark.parametrize(("key", "kept"), [("ctrl+s", "sure"), ("ctrl+g", "guessed")])
async def test_a_typed_answer_is_marked_without_leaving_the_field(
    key: str, kept: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(SHORT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "3", key, "6", "enter")

    assert _last(settings)["certainty"] == kept
    assert _last(settings)["response"] == {"text": "36"}


# ---------------------------------------------------------------- confirming


@pytest.mark.parametrize("kind", ["choice", "choices", "short"])
async def test_a_question_without_an_answer_says_so_and_records_nothing(
    kind: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    before = _count(settings, "answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "enter")
        said = heading(pilot)
        await answer(pilot)

        assert "choose or type an answer first" in said
        assert asking(pilot)._outcome is not None
    assert _count(settings, "answer") == before + 1


@pytest.mark.parametrize("key", ["1", "up", "home", "space"])
async def test_the_row_under_the_cursor_is_chosen_by_any_key_for_it(
    key: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "s", "enter")
        first = options(pilot).options[0].id
        assert "choose or type an answer first" in heading(pilot)
        await press(pilot, key)
        assert "you are sure" in heading(pilot)
        await press(pilot, "enter")
    assert _last(settings)["response"] == {"options": [first]}


async def test_an_order_that_nobody_changed_is_asked_about_once(session_at: SessionAt) -> None:
    settings, clock = session_at(ORDER)
    before = _count(settings, "answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "down", "enter")
        assert "nothing moved: enter again confirms" in heading(pilot)
        assert _count(settings, "answer") == before
        await press(pilot, "enter")
        assert asking(pilot)._outcome is not None
        assert "enter again confirms" not in heading(pilot)
    assert _count(settings, "answer") == before + 1


@pytest.mark.parametrize("kind", ["choice", "choices", "order"])
async def test_confirming_twice_at_once_answers_once_and_leaves_the_feedback_in_sight(
    kind: str, session_at: SessionAt
) -> None:
    settings, clock = session_at(KINDS[kind])
    before = _count(settings, "answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2")
        asking(pilot).query_one("#answer").action_choose()  # type: ignore[attr-defined]
        asking(pilot).query_one("#answer").action_choose()  # type: ignore[attr-defined]
        await settled(pilot)

        assert asking(pilot)._outcome is not None and "Multicolumn" in shown(pilot)
    assert _count(settings, "answer") == before + 1


# ---------------------------------------------------------------- after the answer


async def test_undo_takes_the_answer_back_and_asks_again(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        shuffled = [o.id for o in options(pilot).options]
        await press(pilot, "1", "enter")
        await press(pilot, "u")

        assert "Question 2 of 2" in heading(pilot) and "taken back" in heading(pilot)
        assert "✓" not in shown(pilot)
        assert [o.id for o in options(pilot).options] == shuffled
    assert _count(settings, "undo") == 1
    assert len(rows_of(settings.database.path, "SELECT 1 FROM answer WHERE session='scene'")) == 1


async def test_undo_right_after_reopening_takes_back_what_was_answered_before(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "u")

        assert "Question 1 of 2" in heading(pilot)
        assert "Which conditions can" in " ".join(shown(pilot).split())


async def test_undo_from_the_summary_asks_the_last_question_again(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "1", "enter", "enter")
        assert heading(pilot).startswith("Done")
        await press(pilot, "u")

        assert "Question 2 of 2" in heading(pilot) and options(pilot).graded is False


async def test_undo_with_nothing_answered_says_so(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "u", "u")

        assert "nothing to undo" in heading(pilot)


async def test_a_skipped_question_records_nothing_and_comes_last(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    before = _count(settings, "answer")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "u")
        first = asking(pilot)._asked
        await press(pilot, "tab")
        second = asking(pilot)._asked
        await press(pilot, "tab")

        assert first is not None and second is not None
        assert first.planned != second.planned
        again = asking(pilot)._asked
        assert again is not None and again.planned == first.planned
    assert _count(settings, "answer") == before


async def test_all_explanations_say_of_each_option_why(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter")
        await press(pilot, digit(pilot, "right"), "enter")
        whys = [o.why.replace("`", "") for o in options(pilot).options if not o.correct]
        before = " ".join(shown(pilot).split())
        await press(pilot, "e")
        after = " ".join(shown(pilot).split())
        await press(pilot, "e")

        assert not any(why in before for why in whys)
        assert all(why in after for why in whys)
        assert " ".join(shown(pilot).split()) == before


async def test_a_wrong_choice_is_told_why_it_tempts(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "enter")
        await press(pilot, digit(pilot, "two"), "enter")
        text = " ".join(shown(pilot).split())

    assert "Equality first, then the sort column." in text
    assert "Two indexes are combined as bitmaps, which lose the order." in text


async def test_a_report_is_kept_as_a_fact(session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "exclamation_mark")
        assert "kept here" not in heading(pilot)
        await press(pilot, "1", "enter", "exclamation_mark")

        assert "kept here; nexus-tui report lists it" in heading(pilot)
    sql = "SELECT subject FROM fact WHERE kind = 'report'"
    assert rows_of(settings.database.path, sql) == [("look/indexing/refunded-newest",)]


async def test_the_lesson_opens_from_the_feedback_and_back_returns_to_it(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "l")
        assert at(pilot) == "question"
        await press(pilot, "1", "enter")
        before = shown(pilot)
        await press(pilot, "l")
        assert at(pilot) == "topic" and "What goes wrong" in shown(pilot)
        await press(pilot, "escape")

        assert shown(pilot) == before
        await press(pilot, "enter")
        assert heading(pilot).startswith("Done")


@pytest.mark.parametrize("way", ["back from the lesson", "a click on an option"])
async def test_the_page_still_moves_after_the_answer(way: str, session_at: SessionAt) -> None:
    settings, clock = session_at(CHOICE)
    async with running(settings, clock, (80, 16)) as pilot:
        await press(pilot, "enter")
        await press(pilot, *digits(pilot, right=False), "enter")
        if way == "back from the lesson":
            await press(pilot, "l", "escape")
        else:
            await click(pilot, "✓ right answer")
        page = asking(pilot).query_one("#page")
        await press(pilot, "up", "up", "up")
        assert "more" in [hint.verb for hint in hints(pilot)]
        await press(pilot, "down")

        assert page.scroll_y > 0


async def test_lines_are_left_out_one_after_the_other_with_the_cursor_where_it_is(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at(ORDER)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "home", "x", "x")

        answer = asking(pilot).query_one(Arrange)
        first, second, *kept = answer.lines
        assert answer.out == {first, second} and answer.row is not None
        assert answer.row.id == kept[0]


async def test_a_line_that_is_arranged_tells_where_it_belongs(session_at: SessionAt) -> None:
    settings, clock = session_at(ORDER)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await arrange(pilot, right=False)
        await press(pilot, "enter")
        text = shown(pilot)

    assert "✗ belongs at 4" in text and "✓ does not belong" in text
