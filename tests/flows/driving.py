"""What a learner does, for tests: press keys, click on words, answer what is asked."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual import events

from nexus_tui.catalog.models import (
    EstimateQuestion,
    LineQuestion,
    MatchQuestion,
    OrderQuestion,
    OutputQuestion,
    ShortQuestion,
)
from nexus_tui.tui.question import QuestionScreen
from nexus_tui.tui.widgets.answers import Arrange, Options
from nexus_tui.tui.widgets.answers.matching import Matching
from nexus_tui.tui.widgets.hints import HELP, Hint, Hints
from nexus_tui.tui.widgets.places import Places
from nexus_tui.tui.widgets.rows import Rows
from tests.running import press, settled, shown

if TYPE_CHECKING:
    from textual.pilot import Pilot
    from textual.screen import Screen

    from nexus_tui.catalog.models import Question
    from nexus_tui.tui.widgets.rows import Row

__all__ = ["press", "settled"]

_ROUND, _LONGEST = 0.02, 20.0
"""Seconds between two looks at the screen, and until what never came is given up."""


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Type text into the field that has the focus, without a rest between its letters."""
    await pilot.press(*("space" if character == " " else character for character in text))
    await settled(pilot)


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys that arrive together: over a slow line, or while the machine is busy."""
    for key in keys:
        pilot.app.post_message(events.Key(key, None))
    await settled(pilot)


def found(pilot: Pilot[None], words: str, nth: int = 0) -> tuple[int, int]:
    """Column and row of `words` on the screen, the `nth` time they stand there."""
    places = [
        (cell_len(row[:at]), y)
        for y, row in enumerate(shown(pilot).split("\n"))
        for at in range(len(row))
        if row.startswith(words, at)
    ]
    assert len(places) > nth, f"{words!r} is not on the screen:\n{shown(pilot)}"
    return places[nth]


async def click(pilot: Pilot[None], words: str, nth: int = 0) -> None:
    """Click on the first letter of `words`."""
    assert await pilot.click(offset=found(pilot, words, nth))
    await settled(pilot)


def at(pilot: Pilot[None]) -> str:
    """The name of the screen in sight, such as `today` or `topic`."""
    return type(pilot.app.screen).__name__.removesuffix("Screen").lower()


def rows(pilot: Pilot[None]) -> Rows:
    """The list of the screen in sight."""
    return pilot.app.screen.query(Rows).first()


def row(pilot: Pilot[None]) -> Row:
    """The row under the cursor."""
    selected = rows(pilot).row
    assert selected is not None
    return selected


def hints(pilot: Pilot[None]) -> list[Hint]:
    """The pairs in the last row that are drawn, without that of the help."""
    spans = pilot.app.screen.query_one(Hints)._spans()
    return [hint for _, _, hint in spans if hint.press != HELP.press]


async def click_hint(pilot: Pilot[None], verb: str) -> None:
    """Click on the pair in the last row that says `verb`."""
    last = pilot.app.screen.query_one(Hints)
    ends = [end for _, end, hint in last._spans() if hint.verb == verb]
    assert ends, f"no hint says {verb!r}: {hints(pilot)}"
    assert await pilot.click(last, offset=(ends[0] - 1, 0))
    await settled(pilot)


def heading(pilot: Pilot[None]) -> str:
    """The first line below the rule."""
    return next(line.strip() for line in shown(pilot).split("\n")[2:] if line.strip())


def says(pilot: Pilot[None], words: str) -> bool:
    """Are these words on the screen, however they are wrapped?"""
    return "".join(words.split()) in "".join(shown(pilot).replace("│", " ").split())


def progress(pilot: Pilot[None]) -> float | None:
    """The share of the session that the rule shows as done."""
    return pilot.app.screen.query_one(Places).progress


def strips_of(screen: Screen[Any]) -> str:
    """Every character that the screen would send, line by line."""
    return "\n".join(strip.text for strip in screen._compositor.render_strips())


async def help_said(pilot: Pilot[None]) -> str:
    """All that help says here, its help being left again."""
    await press(pilot, "question_mark")
    said = [shown(pilot)]
    page = pilot.app.screen.query_one("#help")
    while page.scroll_y < page.max_scroll_y:
        await press(pilot, "pagedown")
        said.append(shown(pilot))
    await press(pilot, "escape")
    return "\n".join(said)


# ---------------------------------------------------------------- questions


def asking(pilot: Pilot[None]) -> QuestionScreen:
    """The screen of a session."""
    screen = pilot.app.screen
    assert isinstance(screen, QuestionScreen)
    return screen


def question(pilot: Pilot[None]) -> Question:
    """The question that is asked now."""
    asked = asking(pilot)._asked
    assert asked is not None
    return asked.question


def options(pilot: Pilot[None]) -> Options:
    """The options of a choice or of choices."""
    return pilot.app.screen.query_one(Options)


def digit(pilot: Pilot[None], id: str) -> str:
    """The key of the option with that id."""
    return str([option.id for option in options(pilot).options].index(id) + 1)


def digits(pilot: Pilot[None], *, right: bool) -> list[str]:
    """Keys that choose what is right, or something that is wrong."""
    shown_now = options(pilot)
    ids = [option.id for option in shown_now.options if option.correct is right]
    return [digit(pilot, key) for key in (ids if shown_now.several else ids[:1])]


async def arrange(pilot: Pilot[None], *, right: bool = True) -> None:
    """Put the lines in order by keys, and leave out what does not belong."""
    widget, model = pilot.app.screen.query_one(Arrange), question(pilot)
    assert isinstance(model, OrderQuestion)

    async def to(id: str) -> None:
        steps = [r.id for r in widget._rows if not r.fixed].index(id) - widget._rows.index(
            next(r for r in widget._rows if widget.row is not None and r.id == widget.row.id)
        )
        await press(pilot, *(["down"] * steps if steps > 0 else ["up"] * -steps))

    for decoy in model.decoys:
        await to(decoy.id)
        await press(pilot, "x")
        await press(pilot, "home")
    wanted = [part.id for part in model.lines]
    for place, key in enumerate(wanted if right else wanted[::-1], 1):
        await to(key)
        await press(pilot, str(place))


_KEYS = {"\n": "ctrl+j", " ": "space"}


async def match(pilot: Pilot[None], *, right: bool = True) -> None:
    """Give each left side its right one, or the next, from the first on."""
    widget = pilot.app.screen.query_one(Matching)
    sides = list(widget.rights)
    await press(pilot, "home")
    for left in widget.lefts:
        place = sides.index(left) + (0 if right else 1)
        await press(pilot, str(place % len(sides) + 1))


async def answer(pilot: Pilot[None], *marks: str, right: bool = True) -> None:
    """Answer what is asked, rightly or wrongly, and confirm."""
    model = question(pilot)
    if isinstance(model, ShortQuestion):
        number = model.short.number
        text = str(number.value if number else model.short.accept[0])
        await press(pilot, *(text if right else "nonsense"), *(f"ctrl+{m}" for m in marks), "enter")
    elif isinstance(model, OutputQuestion | EstimateQuestion):
        text = model.output.prints if model.kind == "output" else f"{model.estimate.value:g}"
        keys = [_KEYS.get(letter, letter) for letter in (text if right else "0")]
        await press(pilot, *keys, *(f"ctrl+{m}" for m in marks), "enter")
    elif isinstance(model, OrderQuestion):
        await arrange(pilot, right=right)
        await press(pilot, *marks, "enter")
    elif isinstance(model, LineQuestion):
        line = model.line.faulty[0] if right else model.line.wrong[0].line
        await press(pilot, "home", *["down"] * (line - 1), *marks, "enter")
    elif isinstance(model, MatchQuestion):
        await match(pilot, right=right)
        await press(pilot, *marks, "enter")
    else:
        await press(pilot, *digits(pilot, right=right), *marks, "enter")


async def eventually(pilot: Pilot[None], words: str) -> None:
    """Let the app go on until `words` are on the screen; the test fails when they never are."""
    end = time.monotonic() + _LONGEST
    while words not in shown(pilot):
        assert time.monotonic() < end, f"{words!r} never came:\n{shown(pilot)}"
        await pilot.pause(_ROUND)
