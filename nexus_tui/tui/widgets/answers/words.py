"""Around an answer: the keys that give it, and the verdict said in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.grading import right_answer
from nexus_tui.learning.mistaken import mended, mistake
from nexus_tui.learning.verdicts import Verdict
from nexus_tui.text import clean
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.grading import Grade
    from nexus_tui.learning.responses import Response

_CONFIRM, SKIP = Hint("enter", "confirm", "enter"), Hint("tab", "skip", "tab")
LEAVE = Hint("esc", "leave field", "escape", stays=True)
CERTAIN = (Hint("s", "sure", "s"), Hint("g", "guess", "g"))
_CERTAIN_TYPING = (Hint("ctrl+s", "sure", "ctrl+s"), Hint("ctrl+g", "guess", "ctrl+g"))
_LABEL = "right answer  "
_SAID = {
    Verdict.NEAR: "nearly right",
    Verdict.PARTIAL: "partly right",
    Verdict.WRONG: "wrong",
}


def answering(question: Question) -> Sequence[Hint]:
    """The keys that `question` needs while it is open."""
    match question.kind:
        case "short" | "estimate":
            return (_CONFIRM, *_CERTAIN_TYPING, SKIP)
        case "output":
            return (_CONFIRM, Hint("↓", "next line", "down"), SKIP, *_CERTAIN_TYPING)
        case "choice":
            own = [Hint(f"1 to {len(question.options)}", "choose", "down")]
        case "choices":
            own = [Hint(f"1 to {len(question.options)}", "tick", "space")]
        case "line":
            keys = f"1 to {len(question.line.lines)}"
            several = question.line.several
            own = [Hint(keys, "tick", "space") if several else Hint(keys, "choose", "down")]
        case "match":
            sides = len(question.match) + len(question.decoys)
            own = [Hint(f"1 to {sides}", "match", "space")]
        case "order":
            own = [Hint("J K", "move", "J")]
            own += [Hint("h l", "indent", "l")] if any(p.indent for p in question.lines) else []
            own += [Hint("x", "out", "x")] if question.decoys else []
    return (own[0], _CONFIRM, *own[1:], *CERTAIN, SKIP)


def besides(question: Question) -> Sequence[Hint]:
    """What is shown after the way back, where there is room."""
    match question.kind:
        case "match":
            return (Hint("x", "clear", "x"),)
        case "order":
            places = f"1 to {min(9, len(question.lines) + len(question.decoys))}"
            return (Hint(places, "its place", ""), Hint("↑ ↓", "choose", "down"))
        case _:
            return ()


def verdict_lines(
    question: Question, response: Response, grade: Grade, shown: Sequence[str]
) -> list[Line]:
    """The verdict with what was wrong, and the right answer: the rows may be out of sight.

    `shown`: the ids of the options in the order in which they were numbered.
    """
    if grade.verdict is Verdict.RIGHT:
        key = right_lines(question) if question.kind == "estimate" else []
        return [line(Part("✓ right", "ok")), *key]
    said = Part(f"✗ {_SAID[grade.verdict]}", "bad-bold")
    what = Part(f": {clean(mistake(question, response, shown))}", "strong")
    return [line(said, what), *_labelled(mended(question, response))]


def right_lines(question: Question) -> list[Line]:
    """The right answer, as it stands below a question."""
    return _labelled(right_answer(question).split("\n"))


def _labelled(texts: Sequence[str]) -> list[Line]:
    return [
        line(
            Part(" " * len(_LABEL) if number else _LABEL, "muted"),
            Part(clean(text), "strong"),
            indent=len(_LABEL),
        )
        for number, text in enumerate(texts)
    ]
