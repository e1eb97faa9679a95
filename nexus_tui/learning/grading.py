"""Is the answer right, how much of it, and what to say about it.

The rules of each kind stand in `picked` and `typed`, the words in `explaining`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning import picked, typed
from nexus_tui.learning.explaining import (
    Explanation,
    Reason,
    explain,
    explanations,
    first_sentence,
    right_answer,
)
from nexus_tui.learning.quantities import normalise
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Response, Typed
from nexus_tui.learning.verdicts import Grade, Verdict

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question

__all__ = [
    "Explanation",
    "Grade",
    "Reason",
    "Verdict",
    "explain",
    "explanations",
    "first_sentence",
    "grade",
    "normalise",
    "right_answer",
]


def grade(question: Question, response: Response) -> Grade:
    """Grade `response`. Raises TypeError where it is not a response to this kind."""
    match response:
        case Chosen() if question.kind == "choice":
            return picked.grade_choice(question, response)
        case Chosen() if question.kind == "choices":
            return picked.grade_choices(question, response)
        case Arranged() if question.kind == "order":
            return picked.grade_order(question, response)
        case Matched() if question.kind == "match":
            return picked.grade_match(question, response)
        case Pointed() if question.kind == "line":
            return picked.grade_line(question, response)
        case Typed() if question.kind == "short":
            return typed.grade_short(question, response)
        case Typed() if question.kind == "output":
            return typed.grade_output(question, response)
        case Typed() if question.kind == "estimate":
            return typed.grade_estimate(question, response)
    raise TypeError(f"{type(response).__name__} is no response to a {question.kind} question")
