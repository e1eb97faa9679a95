"""What is said of an answer, and of a session: lines below the question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import grading
from nexus_tui.learning.grading import Verdict
from nexus_tui.tui.widgets.answers import verdict_lines
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Part, inline, line

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.session import Session
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import Overview
    from nexus_tui.study.sitting import Asked, Outcome

AFTER = (
    Hint("e", "all explanations", "e"),
    Hint("l", "lesson", "l"),
    Hint("u", "undo", "u"),
    Hint("!", "report", "exclamation_mark"),
    Hint("y", "why asked", "y"),
    Hint("b", "not today", "b"),
    Hint("z", "suspend", "z"),
)
"""What can be done once an answer is graded, besides going on."""
TYPED = {"short", "output", "estimate"}
"""Kinds in whose field letters are text."""
_MINUTE = timedelta(minutes=1)


def feedback_lines(
    asked: Asked, outcome: Outcome, session: Session, *, whole: bool, wide: bool
) -> list[Line]:
    """The verdict, its lesson, what tempted; with `whole` every explanation; then the source."""
    lines: list[Line] = [Line()] * (2 if wide else 1)
    lines += verdict_lines(asked.question, outcome.grade)
    told = outcome.explanation
    said = [*inline(f"{told.lesson} ", "bold", "bold"), *inline(told.rest)]
    if told.tempting and outcome.grade.verdict is not Verdict.RIGHT:
        said += inline(f" {told.tempting}")
    lines.append(line(*said))
    if whole:
        lines += all_explanations(asked.question)
    again = Part(_again(asked, outcome, session), "muted")
    lines.append(line(Part(asked.source, "muted"), right=[again]))
    return lines


def _again(asked: Asked, outcome: Outcome, session: Session) -> str:
    """When what was missed is asked again."""
    if outcome.grade.score == 1:
        return ""
    if asked.planned.why == "leech":
        return "missed often: l opens its lesson"
    ahead = session.queue[session.position :]
    here = any(planned.question == asked.planned.question for planned in ahead)
    return f"asked again {'in this session' if here else 'tomorrow'}"


def all_explanations(question: Question) -> list[Line]:
    """Every foreseen answer with its verdict and why."""
    lines = [Line()]
    for text, right, why in grading.explanations(question):
        mark = Part("✓ right  ", "ok") if right else Part("✗ wrong  ", "muted")
        lines += [line(mark, Part(text.replace("`", ""), "strong"), indent=9)]
        lines += [line(Part(" " * 9), *inline(why), indent=9)]
    return [*lines, Line()]


def summary_lines(
    session: Session, spent: timedelta, overview: Overview | None
) -> tuple[Line, list[Line]]:
    """The heading of the summary, and what stands below it."""
    summary = session.summary()
    took = f"{round(spent / _MINUTE)} min" if spent >= _MINUTE else "under 1 min"
    head = line(Part("Done", "bold"), right=[Part(took, "muted")])
    lines = [
        line(f"{summary.right} of {summary.answered} right at the first try."),
        line(Part("Each answer is saved, and each objective knows when to come back.", "muted")),
    ]
    if summary.missed:
        states = {o.key: o for o in overview.objectives} if overview else {}
        lines += [Line(), line(Part("Missed, and due again tomorrow", "bold"))]
        for key in summary.missed:
            state = states.get(key)
            often = [Part("missed often: read its lesson", "muted")] if _leech(state) else []
            lines.append(line(Part(state.text if state else key), right=often))
    return head, lines


def _leech(state: ObjectiveState | None) -> bool:
    return state is not None and state.leech
