"""What is said of an answer is in sight: what was wrong, what is right, and what comes again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.tui.question import QuestionScreen
from nexus_tui.tui.widgets.answers import Pointing
from tests.builders import choice, choices, estimate, faulty, match, order, output, short
from tests.flows.driving import answer, asking, heading, options, press, says, settled
from tests.histories import Clock
from tests.running import nexus, running, settings_for, shown
from tests.study.school import write_pack, write_quiz

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings

CODE = "".join(f"step_{n}(book)\n" for n in range(1, 13))
TWELVE = faulty(code=CODE, faulty=[10], wrong=[{"line": 1, "why": "The first is sound."}])
SEVERAL = faulty(code=CODE, faulty=[2, 12], several=True, wrong=[])
STEM = "\n\n".join(f"Paragraph {n} of the story." for n in range(1, 9))


def _school(tmp_path: Path, *questions: dict[str, Any]) -> Settings:
    pack = write_pack(tmp_path / "pack")
    of = {"objective": "explain", "source": "book"}
    write_quiz(pack, "sql", [{**asked, **of, "id": f"q{n}"} for n, asked in enumerate(questions)])
    return settings_for(tmp_path, pack)


async def _ask(pilot: Pilot[None]) -> None:
    desk = nexus(pilot).desk
    assert desk is not None
    await pilot.app.push_screen(QuestionScreen(desk.ask("school/sql/q0")))
    await settled(pilot)


# ---------------------------------------------------------------- in sight

LISTED = r"\d( and \d)?"
WRONG = {
    "choice": (choice(), rf"✗ wrong: you chose {LISTED}; {LISTED} is right\."),
    "choices": (choices(), rf"✗ wrong: you ticked {LISTED}; {LISTED} are right\."),
    "short": (
        short(accept=["yes"], wrong=[{"text": "no", "why": "Not so."}]),
        r"✗ wrong: you answered nonsense\. right answer yes",
    ),
    "order": (
        order(lines=4),
        r"✗ \S+( right)?: \d of 4 lines? (stand|is|are).*right answer line 1 line 2 line 3 line 4",
    ),
    "match": (
        match(pairs=4),
        r"✗ wrong: \d of 4 pairs (is|are) right\. .*right answer left 1: right 1",
    ),
    "output": (
        output(),
        r"✗ wrong: line 1 is not so, 1 line is missing\. right answer a 2 b 3",
    ),
    "line": (
        TWELVE,
        r"✗ wrong: you chose line 1; the line asked for is 10\. right answer 10 step_10\(book\)",
    ),
    "estimate": (
        estimate(),
        r"✗ wrong: you answered 0\. right answer about 1,000 ms; 500 to 2,000 is right",
    ),
}


@pytest.mark.parametrize("size", [(80, 24), (60, 20)], ids=["80x24", "60x20"])
@pytest.mark.parametrize("kind", WRONG)
async def test_what_was_wrong_and_what_is_right_is_in_sight_after_a_confident_error(
    kind: str, size: tuple[int, int], tmp_path: Path
) -> None:
    asked, said = WRONG[kind]
    settings = _school(tmp_path, {**asked, "stem": STEM})
    async with running(settings, Clock(), size) as pilot:
        await _ask(pilot)
        await answer(pilot, "s", right=False)

        text = shown(pilot).replace("│", " ")
        assert re.search(said, " ".join(text.split())), text


async def test_a_line_chosen_wrongly_is_marked_as_the_answer_and_the_faulty_one_as_right(
    tmp_path: Path,
) -> None:
    settings = _school(tmp_path, TWELVE)
    async with running(settings, Clock(), (80, 40)) as pilot:
        await _ask(pilot)
        await answer(pilot, right=False)
        lines = shown(pilot).split("\n")

    assert [line for line in lines if "step_1(" in line and "✗ your answer, wrong" in line]
    assert [line for line in lines if "step_10(" in line and "✓ right answer" in line]


async def test_long_code_has_fewer_words_for_its_verdict_and_does_not_wrap_anew(
    tmp_path: Path,
) -> None:
    long = "".join(f"{'x' * 50}_{n}()\n" for n in range(1, 4))
    settings = _school(tmp_path, faulty(code=long, faulty=[2], wrong=[]))
    async with running(settings, Clock()) as pilot:
        await _ask(pilot)
        before = asking(pilot).query_one(Pointing).size
        await press(pilot, "1", "enter")

        assert "✗ your line" in shown(pilot) and "✓ right answer" in shown(pilot)
        assert asking(pilot).query_one(Pointing).size == before


# ---------------------------------------------------------------- digits of a line


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("1", "1"),
        ("10", "10"),
        ("12", "12"),
        ("13", "3"),  # there is no line 13
        ("121", "1"),
        ("1j0", "2"),  # a move in between begins anew
        ("0", "1"),
    ],
)
async def test_digits_typed_one_after_the_other_go_to_one_line(
    keys: str, line: str, tmp_path: Path
) -> None:
    settings = _school(tmp_path, TWELVE)
    async with running(settings, Clock()) as pilot:
        await _ask(pilot)
        await press(pilot, *keys)
        row = asking(pilot).query_one(Pointing).row

        assert row is not None and row.id == line


async def test_a_line_on_the_way_to_a_longer_number_is_not_ticked(tmp_path: Path) -> None:
    settings = _school(tmp_path, SEVERAL)
    async with running(settings, Clock()) as pilot:
        await _ask(pilot)
        assert says(pilot, "Several lines are asked for.")
        await press(pilot, "2", "j", "1", "2")

        assert asking(pilot).query_one(Pointing).ticked == {2, 12}
        assert shown(pilot).count("[•]") == 2 and shown(pilot).count("[ ]") == 10


# ---------------------------------------------------------------- several


async def test_options_that_may_be_right_together_have_a_box_each(tmp_path: Path) -> None:
    settings = _school(tmp_path, choices())
    async with running(settings, Clock()) as pilot:
        await _ask(pilot)
        assert says(pilot, "Several may be right.") and shown(pilot).count("[ ]") == 4
        await press(pilot, "2")

        assert "2  [•]" in shown(pilot) and shown(pilot).count("[ ]") == 3


async def test_what_was_rightly_left_out_is_no_failure_in_all_explanations(tmp_path: Path) -> None:
    settings = _school(tmp_path, choices(others=3))
    async with running(settings, Clock(), (80, 60)) as pilot:
        await _ask(pilot)
        keys = [n for n, o in enumerate(options(pilot).options, 1) if o.correct]
        other = next(n for n, o in enumerate(options(pilot).options, 1) if not o.correct)
        await press(pilot, str(keys[0]), str(other), "enter")
        await press(pilot, "e")
        below = shown(pilot).partition("✗ wrong: ")[2]

    assert below.count("✗ your answer, wrong") == 1
    assert below.count("not right") == 2 and below.count("✓ right") == 2


async def test_a_line_rightly_left_out_does_not_belong_in_all_explanations(tmp_path: Path) -> None:
    settings = _school(tmp_path, order())
    async with running(settings, Clock(), (80, 60)) as pilot:
        await _ask(pilot)
        await answer(pilot)
        await press(pilot, "e")

        assert "✗" not in shown(pilot)
        assert re.search(r"decoy 1 +does not belong", shown(pilot))


# ---------------------------------------------------------------- heading


async def test_a_question_that_comes_again_is_said_in_the_heading_once(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, write_pack(tmp_path / "pack"))
    async with running(settings, Clock()) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        sitting = desk.start("learn")
        assert sitting is not None
        await pilot.app.push_screen(QuestionScreen(sitting))
        await settled(pilot)
        assert "Question 1 of 4" in heading(pilot)
        await answer(pilot, right=False)
        assert "Question 1 of 5" in heading(pilot)
        assert "one more: this one comes again" in heading(pilot)
        await press(pilot, "enter")

        assert "Question 2 of 5" in heading(pilot) and "again" not in heading(pilot)


async def test_what_was_taken_back_is_said_in_the_heading(tmp_path: Path) -> None:
    settings = _school(tmp_path, choice())
    async with running(settings, Clock()) as pilot:
        await _ask(pilot)
        await press(pilot, "1", "enter", "u")

        assert "taken back" in heading(pilot)
