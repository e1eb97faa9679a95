"""From a grade to the rating that FSRS takes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.grading import Grade

_READING = 240 / 60
"""Words a second that a technical text is read at: 240 a minute."""
_THINKING = {"choice": 8_000, "choices": 14_000, "order": 20_000, "match": 18_000}
_THINKING |= {"short": 12_000, "output": 20_000, "line": 14_000, "estimate": 16_000}
"""Milliseconds beyond reading, by kind; generous, so that `slow` means slow."""
_SLOW = 2.0
_FAST = 0.5


class Certainty(StrEnum):
    """What the learner said of the answer before seeing the verdict."""

    GUESSED = "guessed"
    UNMARKED = "unmarked"
    SURE = "sure"


class Rating(IntEnum):
    """The four ratings of FSRS."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def rate(
    grade: Grade,
    certainty: Certainty,
    milliseconds: int,
    expected_milliseconds: int,
    *,
    first_sight: bool,
    recognition: bool,
) -> Rating:
    """Map an answer to a rating.

    Only full marks rate above Again. A right guess is Hard (and due within three days, see
    `scheduling`); right but slow is Hard; right, sure and fast is Easy, but never at first
    sight nor where recognising is enough; else Good. Punished honesty stops, so a guess is
    never a lapse.
    """
    if grade.score < 1.0:
        return Rating.AGAIN
    if certainty is Certainty.GUESSED or milliseconds > _SLOW * expected_milliseconds:
        return Rating.HARD
    fast = milliseconds < _FAST * expected_milliseconds
    if certainty is Certainty.SURE and fast and not first_sight and not recognition:
        return Rating.EASY
    return Rating.GOOD


def recognition(question: Question) -> bool:
    """Is it enough to recognise the answer, because it stands on the screen?"""
    return question.kind in {"choice", "choices", "match", "line"}


def expected_milliseconds(question: Question) -> int:
    """How long an answer usually takes: reading all that is shown, and thinking by kind."""
    words = sum(len(text.split()) for text in (question.stem, *_shown(question)))
    return round(1_000 * words / _READING) + _THINKING[question.kind]


def _shown(question: Question) -> list[str]:
    """What is read besides the stem."""
    match question.kind:
        case "choice" | "choices":
            return [option.text for option in question.options]
        case "order":
            lines = [part.text for part in question.lines]
            return [*lines, *(part.text for part in question.decoys)]
        case "match":
            pairs = [f"{pair.left} {pair.right}" for pair in question.match]
            return [*pairs, *(part.text for part in question.decoys)]
        case "output":
            return [question.output.code]
        case "line":
            return [question.line.code]
    return []
