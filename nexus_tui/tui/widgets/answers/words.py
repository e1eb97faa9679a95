"""Around an answer: the keys that give it, and the verdict said in words below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.grading import right_answer
from nexus_tui.learning.verdicts import Verdict
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.grading import Grade

_CONFIRM, SKIP = Hint("enter", "confirm", "enter"), Hint("tab", "skip", "tab")
LEAVE = Hint("esc", "leave the field", "escape")
CERTAIN = (Hint("s", "sure", "s"), Hint("g", "guessed", "g"))
_CERTAIN_TYPING = (Hint("ctrl+s", "sure", "ctrl+s"), Hint("ctrl+g", "guessed", "ctrl+g"))
_LABEL = "right answer  "


def answering(question: Question) -> Sequence[Hint]:
    """The keys while `question` is open."""
    match question.kind:
        case "short" | "estimate":
            return (_CONFIRM, *_CERTAIN_TYPING, SKIP)
        case "output":
            return (_CONFIRM, Hint("↓", "next line", "down"), *_CERTAIN_TYPING, SKIP)
        case "choice":
            own = [Hint(f"1 to {len(question.options)}", "choose", "down")]
        case "choices":
            own = [Hint(f"1 to {len(question.options)}", "tick", "space")]
        case "line":
            several = question.line.several
            own = [Hint("space", "tick", "space") if several else Hint("↑ ↓", "choose", "down")]
        case "match":
            sides = len(question.match) + len(question.decoys)
            own = [Hint(f"1 to {sides}", "match", "space"), Hint("x", "clear", "x")]
        case "order":
            own = [Hint("J K", "move", "J")]
            own += [Hint("h l", "indent", "l")] if any(p.indent for p in question.lines) else []
            own += [Hint("x", "leave out", "x")] if question.decoys else []
    return (own[0], _CONFIRM, *own[1:], *CERTAIN, SKIP)


def verdict_lines(question: Question, grade: Grade) -> list[Line]:
    """The verdict where the rows do not say it, and the right answer where they do not show it."""
    if question.kind == "choice" or question.kind == "choices" or question.kind == "line":
        return []
    said = {
        Verdict.RIGHT: Part("✓ right", "ok"),
        Verdict.NEAR: Part("✗ nearly right", "bad-bold"),
        Verdict.PARTIAL: Part("✗ partly right", "bad-bold"),
        Verdict.WRONG: Part("✗ wrong", "bad-bold"),
    }[grade.verdict]
    shown = question.kind == "order" or question.kind == "match"
    if shown or (grade.verdict is Verdict.RIGHT and question.kind != "estimate"):
        return [line(said)]
    first, *more = right_answer(question).split("\n")
    lines = [line(said), line(Part(_LABEL, "muted"), Part(first, "strong"), indent=len(_LABEL))]
    return lines + [line(Part(" " * len(_LABEL)), Part(text, "strong")) for text in more]
