"""Answers by keyboard and mouse: what is entered is what is graded, and nothing moves."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.tui.widgets.answers import AnswerWidget, Matching, Pointing, Printing
from tests.flows.driving import at, heading, hints, says
from tests.histories import rows
from tests.looks import scenes
from tests.running import press, running, settled, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

CHOICE = ("refunded-newest", "design-one")
MATCH = ("which-serves", "design-one")
OUTPUT = ("what-prints", "predict-use")
ORDER = ("in-order", "design-one")
WORD = ("how-many", "predict-use")
LINE = ("faulty-line", "design-one")
ESTIMATE = ("how-long", "predict-use")


def widget(pilot: Pilot[None]) -> AnswerWidget:
    """What takes the answer."""
    found = pilot.app.screen.query_one("#answer")
    assert isinstance(found, AnswerWidget)
    return found


def response(folder: Path) -> dict[str, Any]:
    """The response of the last answer that is on disk."""
    sql = "SELECT payload FROM fact WHERE kind = 'answer' ORDER BY seq DESC LIMIT 1"
    [(payload,)] = rows(folder / "progress.db", sql)
    found: dict[str, Any] = json.loads(payload)["response"]
    return found


async def click(pilot: Pilot[None], text: str) -> None:
    """Click on the first place of the screen where `text` stands."""
    for y, line in enumerate(shown(pilot).split("\n")):
        if text in line:
            assert await pilot.click(offset=(line.index(text), y))
            await settled(pilot)
            return
    raise AssertionError(f"{text!r} is not on the screen")


# ---------------------------------------------------------------- chosen


@pytest.mark.parametrize(
    ("question", "open_ones", "mark"), [(CHOICE, 3, "(•)"), (LINE, 0, "• chosen")]
)
async def test_what_is_chosen_is_told_from_where_the_cursor_stands(
    question: tuple[str, str], open_ones: int, mark: str, tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, *question)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        assert "›" in shown(pilot) and shown(pilot).count("( )") == open_ones
        assert mark not in shown(pilot) and "chosen" not in shown(pilot)
        for key in ("1", "down", "space", "home"):
            await press(pilot, key)
            [row] = [line for line in shown(pilot).split("\n") if mark in line]
            assert row.startswith(" ›") and row.rstrip(" │").endswith("chosen")


async def test_an_exam_marks_what_was_chosen_also_when_one_comes_back(tmp_path: Path) -> None:
    settings, clock = scenes.after_a_week(tmp_path)
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "5", "x", "enter")
        while not says(pilot, "( )"):
            await press(pilot, "tab")
        assert not says(pilot, "(•)")
        await press(pilot, "1")
        assert says(pilot, "› 1  (•)") and shown(pilot).count("(•)") == 1
        await press(pilot, "tab", "shift+tab")

        assert says(pilot, "› 1  (•)") and shown(pilot).count("(•)") == 1


# ---------------------------------------------------------------- match


async def test_a_match_is_made_with_digits_and_the_cursor_goes_on(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *MATCH)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2")
        answer = widget(pilot)
        assert isinstance(answer, Matching)
        sides = list(answer.rights)
        assert answer.row is not None
        assert (answer.made, answer.row.id) == ({"equal": sides[1]}, "words")
        await press(pilot, "2")  # taken from the first side
        assert (answer.made, answer.row.id) == ({"words": sides[1]}, "lower")
        await press(pilot, "x", "k", "x")
        assert answer.made == {}
        await press(pilot, "l", "l", "h", "h")
        assert answer.made == {"words": sides[-1]}
        await press(pilot, "9", "enter", "enter")
        assert response(tmp_path) == {"pairs": [["words", sides[-1]]]}
        await press(pilot, "x", "1")
        assert answer.made == {"words": sides[-1]}


async def test_pairs_left_open_are_asked_about_once(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *MATCH)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "enter")
        assert "choose or type an answer first" in heading(pilot)
        await press(pilot, "1", "enter")
        assert "2 not matched: enter again confirms" in heading(pilot)
        await press(pilot, "2")
        assert "not matched" not in heading(pilot)
        await press(pilot, "enter")
        assert "1 not matched: enter again confirms" in heading(pilot)
        await press(pilot, "enter")
        assert len(response(tmp_path)["pairs"]) == 2


NOT_GIVEN = "not given yet: q again quits"


async def test_what_is_entered_and_not_given_is_quit_only_when_that_is_wanted_twice(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.session_of(tmp_path, *MATCH)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "1", "q")
        assert NOT_GIVEN in heading(pilot) and not pilot.app._exit
        await press(pilot, "2")
        assert NOT_GIVEN not in heading(pilot)
        await press(pilot, "q")
        assert NOT_GIVEN in heading(pilot) and not pilot.app._exit
        await press(pilot, "q")
        assert pilot.app._exit


@pytest.mark.parametrize(
    ("scene", "keys"),
    [
        (MATCH, ()),
        (MATCH, ("1", "home", "x")),
        (MATCH, ("1", "2", "3", "enter", "enter")),
        (ORDER, ()),
    ],
    ids=["nothing", "taken back", "given", "as the lines were put"],
)
async def test_with_nothing_entered_that_is_not_given_q_quits_at_once(
    scene: tuple[str, str], keys: tuple[str, ...], tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, *scene)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", *keys, "q")

        assert pilot.app._exit


@pytest.mark.parametrize(
    ("scene", "keys"),
    [(ORDER, ("J",)), (WORD, ("x", "escape")), (OUTPUT, ("x", "escape"))],
    ids=["lines", "a word", "an output"],
)
async def test_whatever_is_entered_is_asked_about(
    scene: tuple[str, str], keys: tuple[str, ...], tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, *scene)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", *keys, "q")
        assert NOT_GIVEN in heading(pilot) and not pilot.app._exit


async def test_a_match_is_made_with_the_mouse(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *MATCH)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await click(pilot, "lower(name) = 'x'")
        await click(pilot, "B-tree on lower(name)")
        await click(pilot, "B-tree on (a, b)")
        await click(pilot, "GIN on to_tsvector")
        await click(pilot, "enter confirm")

        assert "✗" not in shown(pilot)
        assert sorted(response(tmp_path)["pairs"]) == [
            ["equal", "equal"],
            ["lower", "lower"],
            ["words", "words"],
        ]


# ---------------------------------------------------------------- line


async def test_a_line_that_nobody_chose_is_no_answer(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *LINE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "enter")
        assert "choose or type an answer first" in heading(pilot)
        await press(pilot, "home", "enter")
        assert response(tmp_path) == {"numbers": [1]}


async def test_a_line_is_pointed_at_with_a_digit_an_arrow_or_a_click(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *LINE)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2", "j")
        answer = widget(pilot)
        assert isinstance(answer, Pointing)
        assert answer.row is not None
        assert answer.row.id == "3"
        await press(pilot, "9", "0")
        assert answer.row.id == "3"
        await click(pilot, "LIMIT 20")
        assert answer.row.id == "5"
        await press(pilot, "k", "k", "enter")
        assert response(tmp_path) == {"numbers": [3]}
        assert "✓ right" in shown(pilot)


# ---------------------------------------------------------------- output


async def test_an_output_is_typed_line_by_line_and_letters_are_text(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *OUTPUT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", *"s", "down", "down", *"g1q")
        answer = widget(pilot)
        assert isinstance(answer, Printing)
        assert answer.area.text == "s\ng1q"
        await press(pilot, "up", "backspace", "a", "down", "end", "ctrl+j", "x", "ctrl+s", "enter")
        assert response(tmp_path) == {"text": "a\ng1q\nx"}
        assert "you are sure" in shown(pilot)
        assert shown(pilot).count("✗ wrong") == 4


async def test_pasted_output_keeps_its_lines_and_nothing_that_steers(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *OUTPUT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        answer = widget(pilot)
        assert isinstance(answer, Printing)
        answer.area.insert("a 2\nb 3\n\x1b]0;x\x07c 4\n\n")
        await press(pilot, "enter")
        assert response(tmp_path) == {"text": "a 2\nb 3\n]0;xc 4\n\n"}


async def test_an_output_that_is_left_blank_is_not_graded(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *OUTPUT)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "space", "enter")
        assert "choose or type an answer first" in shown(pilot)
        await press(pilot, "escape", "2")
        assert pilot.app.screen.focused is None
        assert "Question 2" in shown(pilot)


async def test_code_wider_than_the_screen_goes_on_below(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *OUTPUT)
    async with running(settings, clock, (32, 24)) as pilot:
        await press(pilot, "enter")

        assert says(pilot, 'for book in ("a", "b", "c"):')


async def test_a_question_longer_than_the_page_begins_with_its_stem(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, "faulty-line", "design-one")
    async with running(settings, clock, (60, 11)) as pilot:
        await press(pilot, "enter")
        assert "Which line keeps" in shown(pilot)
        await press(pilot, "end")
        assert "Which line keeps" not in shown(pilot) and "LIMIT 20" in shown(pilot)
        await press(pilot, "home", "up", "up", "up")

        assert "Which line keeps" in shown(pilot)


@pytest.mark.parametrize("asked", [("in-order", "design-one"), MATCH], ids=["order", "match"])
async def test_the_key_that_confirms_is_said_on_a_narrow_screen(
    tmp_path: Path, asked: tuple[str, str]
) -> None:
    settings, clock = scenes.session_of(tmp_path, *asked)
    async with running(settings, clock, (60, 20)) as pilot:
        await press(pilot, "enter")

        assert "confirm" in [hint.verb for hint in hints(pilot)]


@pytest.mark.parametrize("key", ["enter", "backspace"])
@pytest.mark.parametrize("asked", [("how-many", "predict-use"), OUTPUT], ids=["short", "output"])
async def test_a_field_that_was_left_says_its_keys_and_is_gone_back_to(
    tmp_path: Path, asked: tuple[str, str], key: str
) -> None:
    settings, clock = scenes.session_of(tmp_path, *asked)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "7")
        assert hints(pilot)[0].verb == "confirm"
        await press(pilot, "escape")
        left = [(hint.keys, hint.verb) for hint in hints(pilot)]
        assert left[0] == ("enter", "type on") and ("s", "sure") in left and ("esc", "back") in left
        await press(pilot, key, "2")
        assert at(pilot) == "question" and "72" in shown(pilot)
        assert hints(pilot)[0].verb == "confirm"
        await press(pilot, "enter")

        assert "✗ wrong" in shown(pilot)


@pytest.mark.parametrize("over", ["question_mark", "slash"])
async def test_a_field_that_was_left_stays_left_when_one_comes_back(
    tmp_path: Path, over: str
) -> None:
    settings, clock = scenes.session_of(tmp_path, "how-many", "predict-use")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "7")
        assert shown(pilot).rstrip().endswith(" help") and "? help" not in shown(pilot)
        await press(pilot, "escape")
        assert "? help" in shown(pilot)
        await press(pilot, over, "escape")

        assert at(pilot) == "question" and pilot.app.screen.focused is None
        assert hints(pilot)[0].verb == "type on"


# ---------------------------------------------------------------- all


CLICKS = {
    ("refunded-newest", "design-one"): "two indexes",
    ("ticks", "predict-use"): "lower(a) = 'x'",
    ("in-order", "design-one"): "add one index",
    MATCH: "lower(name) = 'x'",
    LINE: "LIMIT 20",
}


@pytest.mark.parametrize("asked", CLICKS)
async def test_a_click_chooses_and_never_confirms(asked: tuple[str, str], tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *asked)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await click(pilot, CLICKS[asked])
        answer = widget(pilot)
        assert not answer.graded
        assert pilot.app.screen.focused is answer
        [row] = [line for line in shown(pilot).split("\n") if line.startswith(" ›")]
        assert CLICKS[asked] in row


ANSWERS: dict[tuple[str, str], tuple[str, ...]] = {
    MATCH: ("1", "2", "3"),
    OUTPUT: ("a", "down", "b"),
    LINE: ("4",),
    ESTIMATE: ("2",),
}


@pytest.mark.parametrize("asked", ANSWERS)
async def test_nothing_above_the_feedback_moves_and_undo_asks_again(
    asked: tuple[str, str], tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, *asked)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        empty = shown(pilot)
        await press(pilot, *ANSWERS[asked])
        answer = widget(pilot)
        before = (answer.region, pilot.app.screen.query_one("#stem").region)
        await press(pilot, "enter")
        assert (answer.region, pilot.app.screen.query_one("#stem").region) == before
        assert answer.graded
        await press(pilot, "e")
        assert "✓ right" in shown(pilot)
        await press(pilot, "u")
        again = shown(pilot).split("\n")
        assert "taken back" in again[3]
        assert again[4:] == empty.split("\n")[4:]


@pytest.mark.parametrize("asked", ANSWERS)
async def test_plain_characters_are_enough(asked: tuple[str, str], tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *asked)
    async with running(replace(settings, ascii=True), clock) as pilot:
        await press(pilot, "enter", *ANSWERS[asked])
        assert shown(pilot).isascii()
        await press(pilot, "enter", "e")
        assert shown(pilot).isascii()


async def test_a_row_answer_takes_no_key_while_it_is_being_saved(tmp_path: Path) -> None:
    settings, clock = scenes.session_of(tmp_path, *MATCH)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "1")
        answer = widget(pilot)
        assert isinstance(answer, Matching)
        made = dict(answer.made)
        answer.hold()
        await press(pilot, "2", "x", "l", "h")
        await click(pilot, "B-tree on lower(name)")
        assert answer.made == made
        answer.release()
        await press(pilot, "l")
        assert answer.made != made


# ---------------------------------------------------------------- longer than the screen


@pytest.mark.parametrize(("on", "back"), [("pagedown", "pageup"), ("ctrl+f", "ctrl+b")])
async def test_a_question_longer_than_the_screen_is_read_on_while_its_field_has_the_focus(
    on: str, back: str, tmp_path: Path
) -> None:
    settings, clock = scenes.session_of(tmp_path, *OUTPUT)
    async with running(settings, clock, (60, 12)) as pilot:
        await press(pilot, "enter")
        page = pilot.app.screen.query_one("#page")
        assert "more" in [hint.verb for hint in hints(pilot)]
        await press(pilot, *[on] * 4)
        below, end = shown(pilot), page.scroll_y
        assert page.scroll_y == page.max_scroll_y > 0
        assert "more" not in [hint.verb for hint in hints(pilot)]
        await press(pilot, *[back] * 4)

        assert "print(book, queries)" in below and end > page.scroll_y == 0
