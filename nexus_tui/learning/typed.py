"""Grades of answers that are typed: text, numbers, outputs, estimates."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.keys import printed
from nexus_tui.learning.quantities import conversion, normalise, quantity, units
from nexus_tui.learning.verdicts import NEAR, RIGHT, WRONG, Grade

if TYPE_CHECKING:
    from nexus_tui.catalog.models import (
        EstimateQuestion,
        Number,
        OutputQuestion,
        ShortQuestion,
        WrongText,
    )
    from nexus_tui.catalog.questions import WrongEstimate, WrongOutput
    from nexus_tui.learning.responses import Typed

_NUMBER = re.compile(
    r"^(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:[ ,_]\d{3})+|\d+|(?=\.\d))"
    r"(?P<part>\.\d+)?\s*(?P<unit>.*)$"
)
_LIKE = 0.8
"""How like a foreseen output the typed one has to be, to be told its reason."""
_EPSILON = 1e-9


def grade_short(question: ShortQuestion, response: Typed) -> Grade:
    """Right where it reads as what is accepted, or is the number; near where `near` says so."""
    key, given = question.short, normalise(response.text)
    if given in {normalise(text) for text in key.accept}:
        return RIGHT
    if key.number is not None and (found := _grade_number(key.number, given)) is not None:
        return found
    if typical(key.near, given) is not None:
        return NEAR
    return WRONG


def _grade_number(key: Number, given: str) -> Grade | None:
    """A number within tolerance is right; with another unit than the key's it is near.

    What holds a second number, such as `5 or 6` or `1,5`, is no number.
    """
    match = _NUMBER.match(given)
    if match is None:
        return None
    digits = re.sub(r"\D", "", match["digits"])
    value = float(match["sign"] + digits + (match["part"] or ""))
    if abs(value - key.value) > key.tolerance + 1e-9:
        return None
    unit = match["unit"].strip()
    known = {"", *(units(key.unit) if key.unit else ())}
    if unit in known:
        return RIGHT
    if any(character.isdigit() for character in unit):
        return None
    return RIGHT if key.unit is None else NEAR


def typical(texts: tuple[WrongText, ...], given: str) -> WrongText | None:
    """The foreseen answer that `given` (normalised) is."""
    return next((text for text in texts if normalise(text.text) == given), None)


# ---------------------------------------------------------------- outputs


def grade_output(question: OutputQuestion, response: Typed) -> Grade:
    """Right line by line; near where only case, quotes or blanks differ."""
    key, given = question.output.prints, response.text
    if printed(given) == printed(key):
        return RIGHT
    return NEAR if _loosely(given) == _loosely(key) else WRONG


def _loosely(text: str) -> str:
    return re.sub(r"[\s'\"`]", "", text).casefold()


def nearest_output(question: OutputQuestion, response: Typed) -> WrongOutput | None:
    """The foreseen wrong output that was typed, or that it is most like.

    None where it is less than four fifths like any, or more like what is right.
    """
    from difflib import SequenceMatcher

    given = "\n".join(printed(response.text))

    def likeness(text: str) -> float:
        return SequenceMatcher(None, "\n".join(printed(text)), given, autojunk=False).ratio()

    best = max(question.output.wrong, key=lambda wrong: likeness(wrong.prints), default=None)
    if best is None:
        return None
    like = likeness(best.prints)
    return best if like >= _LIKE and like > likeness(question.output.prints) else None


# ---------------------------------------------------------------- estimates


def grade_estimate(question: EstimateQuestion, response: Typed) -> Grade:
    """Right within the factor, near within its square; near, too, where the unit is unknown."""
    key = question.estimate
    found = _estimated(question, response)
    if found is None:
        return WRONG
    ratio, known = found
    if 1 / key.factor - _EPSILON <= ratio <= key.factor + _EPSILON:
        return RIGHT if known else NEAR
    square = key.factor**2
    return NEAR if known and 1 / square - _EPSILON <= ratio <= square + _EPSILON else WRONG


def nearest_estimate(question: EstimateQuestion, response: Typed) -> WrongEstimate | None:
    """The foreseen wrong estimate nearest to the one given; None where none is in the factor."""
    key = question.estimate
    found = _estimated(question, response)
    if found is None:
        return None

    def apart(wrong: WrongEstimate) -> float:
        return abs(math.log(found[0] * key.value / wrong.value))

    best = min(key.wrong, key=apart, default=None)
    return best if best is not None and apart(best) <= math.log(key.factor) else None


def _estimated(question: EstimateQuestion, response: Typed) -> tuple[float, bool] | None:
    """(what was given / the value, is its unit understood); None for what is no amount."""
    key = question.estimate
    found = quantity(response.text)
    if found is None or found.value <= 0:
        return None
    own = normalise(key.unit) if key.unit else ""
    if not found.unit or found.unit in units(own):
        return found.value / key.value, True
    scale = conversion(found.unit, own)
    return found.value * (scale or 1) / key.value, scale is not None or not own
