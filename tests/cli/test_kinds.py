"""Matching, outputs, faulty lines and estimates in line mode; and variants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.builders import estimate, faulty, match, output
from tests.histories import rows
from tests.study.school import write_quiz

if TYPE_CHECKING:
    from tests.cli.conftest import Command, Done


def asked(command: Command, parts: dict[str, Any], typed: str) -> Done:
    """`quiz` with this one question, and `typed` as what is entered."""
    write_quiz(command.pack, "sql", [parts | {"objective": "explain"}])
    done = command("quiz", "sql", stdin=typed)
    assert (done.code, done.err) == (0, "")
    return done


def answers(command: Command) -> list[tuple[Any, ...]]:
    return rows(command.database, "SELECT score, certainty FROM answer ORDER BY fact")


def test_a_match_shows_letters_and_numbers_and_takes_pairs(command: Command) -> None:
    write_quiz(command.pack, "sql", [match() | {"objective": "explain"}])
    shown = command("quiz", "sql", stdin="").out
    assert re.findall(r"^  ([abc])  (.+)$", shown, re.MULTILINE) == [
        ("a", "left 1"),
        ("b", "left 2"),
        ("c", "left 3"),
    ]
    done = command("quiz", "sql", stdin="a1 b1\na9\nz1\na1 a2\n")
    assert done.out.count("That is no answer to this question.") == 4
    assert answers(command) == []


def test_a_right_match_is_right_whatever_order_it_is_shown_in(command: Command) -> None:
    # The order is drawn by session; every full assignment is tried, one a session.
    write_quiz(command.pack, "sql", [match(decoys=0) | {"objective": "explain"}])
    for typed in ("a1 b2 c3", "a1 b3 c2", "a2,b1,c3", "a2 b3 c1", "A-3 b=1 c:2", "a3 b2 c1"):
        done = command("quiz", "sql", stdin=f"{typed}\n")
        assert "no answer" not in done.out
        assert ("Right." in done.out) is not ("left 1: right 1" in done.out)
    assert len(answers(command)) == 6


@pytest.mark.parametrize(
    ("typed", "said", "score", "certainty"),
    [
        (r"a 2\nb 3", "Right.\nIt counts.", 1.0, "unmarked"),
        (r"a 2\nb 3 !", "Right.", 1.0, "sure"),
        (
            r"a 1\nb 2",
            "Your answer: The list was the first.\nThe right answer:\na 2\nb 3",
            0.0,
            "unmarked",
        ),
        (r"a2\nb3", "Nearly right.", 0.0, "unmarked"),
        (r"a 2\nb 3!", "Wrong.", 0.0, "unmarked"),
    ],
)
def test_an_output_is_typed_on_one_line(
    typed: str, said: str, score: float, certainty: str, command: Command
) -> None:
    done = asked(command, output(), f"{typed}\n")
    assert "\n    go()\n" in done.out
    assert said in done.out
    assert answers(command) == [(score, certainty)]


def test_the_blanks_before_an_output_are_part_of_it(command: Command) -> None:
    done = asked(command, output(prints="  a\n", wrong=[]), "  a  \n")
    assert "Right." in done.out


def test_a_faulty_line_is_named_by_its_number(command: Command) -> None:
    done = asked(command, faulty(), "9\n3 4\nx\n0\n4\n")
    assert "  1  one()\n  2  two()\n  3\n  4  four()\n" in done.out
    assert done.out.count("That is no answer") == 4
    assert "Four is sound.\nThe right answer: 2  two()" in done.out
    assert answers(command) == [(0.0, "unmarked")]


def test_all_faulty_lines_are_named_where_all_are_asked(command: Command) -> None:
    done = asked(command, faulty(faulty=[1, 2], several=True), "2, 1\n")
    assert "Several lines are asked for" in done.out
    assert "Right." in done.out


def test_an_estimate_names_its_unit(command: Command) -> None:
    done = asked(command, estimate(), "3000?\n")
    assert "its size counts, not its digits; in ms." in done.out
    assert "Nearly right." in done.out
    assert "The right answer: about 1,000 ms; 500 to 2,000 is right" in done.out
    assert answers(command) == [(0.0, "guessed")]
