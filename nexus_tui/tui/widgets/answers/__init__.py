"""The ways to answer, one module each.

Each holds what the learner entered, gives it as a `Response`, and after grading shows
the verdict on the same lines, so that nothing moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.tui.widgets.answers.arrange import Arrange
from nexus_tui.tui.widgets.answers.base import Answer
from nexus_tui.tui.widgets.answers.matching import Matching
from nexus_tui.tui.widgets.answers.options import Options
from nexus_tui.tui.widgets.answers.pointing import Pointing
from nexus_tui.tui.widgets.answers.typed import Printing, Typing
from nexus_tui.tui.widgets.answers.words import (
    CERTAIN,
    LEAVE,
    SKIP,
    answering,
    besides,
    right_lines,
    verdict_lines,
)

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.showing import Showing

AnswerWidget = Options | Arrange | Matching | Pointing | Printing | Typing

__all__ = [
    "CERTAIN",
    "LEAVE",
    "SKIP",
    "Answer",
    "AnswerWidget",
    "Arrange",
    "Matching",
    "Options",
    "Pointing",
    "Printing",
    "Typing",
    "answer_widget",
    "answering",
    "besides",
    "right_lines",
    "verdict_lines",
]


def answer_widget(question: Question, showing: Showing, *, spacious: bool) -> AnswerWidget:
    """The widget that takes the answer to `question`; its id is `answer`."""
    match question.kind:
        case "choice" | "choices":
            return Options(question, showing, spacious=spacious)
        case "order":
            return Arrange(question, showing)
        case "match":
            return Matching(question, showing)
        case "line":
            return Pointing(question)
        case "output":
            return Printing(question.output.prints)
        case "estimate":
            unit = question.estimate.unit
            return Typing(f"about how many {unit}" if unit else "about how much")
        case "short":
            return Typing()
