"""What is said of an answer, and of a session: lines below the question."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import grading
from nexus_tui.learning.grading import Verdict
from nexus_tui.study.reviewing import left_over
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Part, inline, line

if TYPE_CHECKING:
    from collections import Counter

    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.grading import Explanation, Reason
    from nexus_tui.learning.responses import Response
    from nexus_tui.learning.session import Session
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import Overview
    from nexus_tui.study.sitting import Asked, Outcome, Sitting

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
REPORTED = "kept here; nexus-tui report lists it"
"""What is said of a question that was reported as wrong."""
TYPED = {"short", "output", "estimate"}
"""Kinds in whose field letters are text."""
_MINUTE = timedelta(minutes=1)


def feedback_lines(asked: Asked, outcome: Outcome, session: Session, *, whole: bool) -> list[Line]:
    """The lesson and what tempted, or with `whole` every explanation; then the source."""
    if whole:
        lines = all_explanations(asked.question, outcome.response)
    else:
        wrong = outcome.grade.verdict is not Verdict.RIGHT
        lines = reasons(outcome.explanation, tempting=wrong)
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


def reasons(told: Explanation, *, tempting: bool) -> list[Line]:
    """Why what is right is, its lesson in bold; then why what was given tempts, each by itself."""
    lines = []
    for reason in told.right:
        lesson, rest = grading.first_sentence(reason.why)
        lines.append(_reason(reason, *inline(f"{lesson} ", "bold", "bold"), *inline(rest)))
    if tempting:
        lines += [_reason(reason, *inline(reason.why)) for reason in told.tempting]
    return lines


def _reason(reason: Reason, *why: Part) -> Line:
    of = [Part(f"{reason.of.removesuffix(':')}: ", "strong")] if reason.of else []
    return line(*of, *why, indent=2 if of else 0)


def all_explanations(question: Question, response: Response | None) -> list[Line]:
    """Every foreseen answer with how it stands and why; a cross only where it was given."""
    lines = [Line()]
    for text, word, why, given in grading.explanations(question, response):
        mark = Part(word, "muted")
        if word == "right":
            mark = Part("✓ right", "ok")
        elif given:
            mark = Part(f"✗ your answer, {word}", "bad-bold")
        lines += [line(Part(text.replace("`", ""), "strong"), right=[mark], indent=2)]
        lines += [line(Part("  "), *inline(why), indent=2)]
    return [*lines, Line()]


def summary_lines(sitting: Sitting, overview: Overview | None) -> tuple[Line, list[Line]]:
    """The heading of the summary, and what stands below it."""
    summary, spent = sitting.summary(), sitting.spent()
    took = f"{round(spent / _MINUTE)} min" if spent >= _MINUTE else "under 1 min"
    head = line(Part("Done", "bold"), right=[Part(took, "muted")])
    lines = []
    if summary.answered:
        lines += [
            line(f"{summary.right} of {summary.answered} right at the first try."),
            line(Part("Your answers are saved, and Nexus asks again in time.", "muted")),
        ]
    if overview and sitting.session.mode == "review" and (left := left_over(overview)):
        lines.append(line(Part(left, "muted")))
    lines += _held_lines(sitting.held())
    if summary.missed:
        states = {o.key: o for o in overview.objectives} if overview else {}
        lines += [Line(), line(Part("Missed, and due again tomorrow", "bold"))]
        for key in summary.missed:
            state = states.get(key)
            often = [Part("missed often: read its lesson", "muted")] if _leech(state) else []
            lines.append(line(Part(state.text if state else key), right=often))
    return head, lines


def _held_lines(held: Counter[str]) -> list[Line]:
    """What is asked no more, and how that is taken back."""
    words = {"suspended": ("suspended", "any more"), "buried": ("put off", "before tomorrow")}
    said = [
        f"{count} {done}: {'it is' if count == 1 else 'they are'} not asked {until}."
        for how, (done, until) in words.items()
        if (count := held[how])
    ]
    undo = [Part("u takes back what you did last.", "muted")] if said else []
    return [line(text) for text in said] + [line(part) for part in undo]


def _leech(state: ObjectiveState | None) -> bool:
    return state is not None and state.leech
