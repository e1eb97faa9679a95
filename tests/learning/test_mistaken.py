"""What was wrong with an answer, said in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.learning.mistaken import mended, mistake
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Typed
from tests.builders import choice, choices, estimate, faulty, match, order, output, question, short

if TYPE_CHECKING:
    from nexus_tui.learning.responses import Response

SHOWN = ("right", "left", "middle")
TICKS = ("k2", "d1", "k1", "d2", "k3")
LONG = "".join(f"step({n})\n" for n in range(1, 13))


def arranged(*keys: str) -> Arranged:
    return Arranged(tuple((key, 0) for key in keys))


@pytest.mark.parametrize(
    ("parts", "response", "said"),
    [
        (choice(), Chosen(("left",)), "you chose 2; 1 is right."),
        (choices(), Chosen(("k1", "d1")), "you ticked 2 and 3; 1 and 3 are right."),
        (choices(keys=3), Chosen(("k2",)), "you ticked 1; 1, 3 and 5 are right."),
        (faulty(), Pointed((4,)), "you chose line 4; the line asked for is 2."),
        (
            faulty(code=LONG, faulty=[10]),
            Pointed((1,)),
            "you chose line 1; the line asked for is 10.",
        ),
        (
            faulty(faulty=[1, 2], several=True),
            Pointed((2, 4)),
            "you ticked lines 2 and 4; the lines asked for are 1 and 2.",
        ),
        (order(), arranged("l1", "l3", "l2"), "1 of 3 lines stands where it belongs."),
        (
            order(decoys=2),
            arranged("l1", "l2", "x1", "x2"),
            "2 of 3 lines stand where they belong; 2 that you kept do not belong.",
        ),
        (
            order(decoys=1),
            arranged("x1", "l1", "l2", "l3"),
            (
                "3 of 3 lines are in the right order, none stands at its place; "
                "1 that you kept does not belong."
            ),
        ),
        (match(), Matched((("p1", "p1"), ("p2", "p3"))), "1 of 3 pairs is right."),
        (output(), Typed("a 1\nb 3"), "line 1 is not so."),
        (output(prints="a 1"), Typed(" a  2"), "you answered a 2."),
        (output(), Typed("x\ny\nz"), "lines 1, 2 and 3 are not so."),
        (output(), Typed("a 2"), "1 line is missing."),
        (short(accept=["36"]), Typed("fifty  "), "you answered fifty."),
        (estimate(), Typed("2 ms"), "you answered 2 ms."),
    ],
)
def test_a_mistake_is_said_with_what_is_right(
    parts: dict[str, Any], response: Response, said: str
) -> None:
    shown = TICKS if parts["kind"] == "choices" else SHOWN
    assert mistake(question(parts), response, shown) == said


def test_what_mends_it_is_the_key_and_of_pairs_those_that_were_missed() -> None:
    missed = Matched((("p1", "p1"), ("p2", "p3")))
    assert mended(question(match()), missed) == ["left 2: right 2", "left 3: right 3"]
    assert mended(question(output()), Typed("a")) == ["a 2", "b 3"]
    assert mended(question(faulty()), Pointed((4,))) == ["2  two()"]
    assert mended(question(choice()), Chosen(("left",))) == []
