"""Is the answer right, how much of it, and what to say about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nexus_tui.learning.responses import Arranged, Chosen, Response, Typed

if TYPE_CHECKING:
    from nexus_tui.catalog.models import (
        ChoiceQuestion,
        ChoicesQuestion,
        Number,
        OrderQuestion,
        Question,
        ShortQuestion,
        WrongText,
    )

_NUMBER = re.compile(
    r"^(?P<sign>[-+]?)(?P<digits>\d{1,3}(?:[ ,_]\d{3})+|\d+|(?=\.\d))"
    r"(?P<part>\.\d+)?\s*(?P<unit>.*)$"
)
_END = re.compile(r"(?<=[^\s.;])(?:\.|\s*;)$")
"""A full stop or semicolon that ends the answer; `cd ..` and `docker build .` end otherwise."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9`(\"'])")


class Verdict(StrEnum):
    """How an answer stands to the key."""

    RIGHT = "right"
    PARTIAL = "partial"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True)
class Grade:
    """`score` from 0 to 1; exactly 1 when, and only when, the answer is right."""

    verdict: Verdict
    score: float


@dataclass(frozen=True)
class Explanation:
    """What is said after an answer.

    `lesson` is the first sentence of why the right answer is right, `rest` what follows,
    `tempting` why the given answer tempts and is wrong, None where nothing was foreseen.
    """

    lesson: str
    rest: str
    tempting: str | None


def grade(question: Question, response: Response) -> Grade:
    """Grade `response`. Raises TypeError where it is not a response to this kind."""
    if question.kind == "choice" and isinstance(response, Chosen):
        return _grade_choice(question, response)
    if question.kind == "choices" and isinstance(response, Chosen):
        return _grade_choices(question, response)
    if question.kind == "short" and isinstance(response, Typed):
        return _grade_short(question, response)
    if question.kind == "order" and isinstance(response, Arranged):
        return _grade_order(question, response)
    raise TypeError(f"{type(response).__name__} is no response to a {question.kind} question")


def _grade_choice(question: ChoiceQuestion, response: Chosen) -> Grade:
    keys = {option.id for option in question.options if option.correct}
    right = set(response.options) == keys
    return Grade(Verdict.RIGHT, 1.0) if right else Grade(Verdict.WRONG, 0.0)


def _grade_choices(question: ChoicesQuestion, response: Chosen) -> Grade:
    """(hits - false alarms) / keys, at least 0: ticking everything gains nothing."""
    keys = {option.id for option in question.options if option.correct}
    chosen = set(response.options)
    if chosen == keys:
        return Grade(Verdict.RIGHT, 1.0)
    hits, alarms = len(chosen & keys), len(chosen - keys)
    others = len(question.options) - len(keys)
    # A full set of ticks scores nothing even where the keys outnumber the distractors.
    share = 0.0 if alarms == others else max(0, hits - alarms) / len(keys)
    return Grade(Verdict.PARTIAL if share else Verdict.WRONG, share)


def normalise(text: str) -> str:
    """The form in which typed answers are compared.

    Case, runs of spaces, code quotes and a final full stop or semicolon do not matter.
    """
    text = text.strip().replace("`", "").replace("\u2019", "'")
    text = " ".join(text.split()).casefold()
    return _END.sub("", text)


def _grade_short(question: ShortQuestion, response: Typed) -> Grade:
    key, given = question.short, normalise(response.text)
    if given in {normalise(text) for text in key.accept}:
        return Grade(Verdict.RIGHT, 1.0)
    if key.number is not None and (found := _grade_number(key.number, given)) is not None:
        return found
    if _typical(key.near, given) is not None:
        return Grade(Verdict.NEAR, 0.0)
    return Grade(Verdict.WRONG, 0.0)


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
    known = {"", *(_units(key.unit) if key.unit else ())}
    if unit in known:
        return Grade(Verdict.RIGHT, 1.0)
    if any(character.isdigit() for character in unit):
        return None
    return Grade(Verdict.RIGHT, 1.0) if key.unit is None else Grade(Verdict.NEAR, 0.0)


def _units(unit: str) -> set[str]:
    """The unit as it may be written: singular and plural."""
    base = normalise(unit)
    stem = base.removesuffix("s")
    forms = {base, stem, f"{stem}s"}
    if stem.endswith("ie"):
        forms.add(stem.removesuffix("ie") + "y")
    if stem.endswith("y"):
        forms.add(stem.removesuffix("y") + "ies")
    return forms


def _typical(texts: tuple[WrongText, ...], given: str) -> WrongText | None:
    return next((text for text in texts if normalise(text.text) == given), None)


def _grade_order(question: OrderQuestion, response: Arranged) -> Grade:
    """All lines in order, rightly indented, no decoy: 1. Else the share in order.

    The share is the longest common subsequence with the key, less the decoys kept, over the
    number of lines, and always below 1. Lines with one text may change places.
    """
    first: dict[str, str] = {}
    twins = {part.id: first.setdefault(part.text, part.id) for part in question.lines}
    key = [(twins[part.id], part.indent) for part in question.lines]
    given = [(twins.get(line, line), indent) for line, indent in response.lines]
    if given == key:
        return Grade(Verdict.RIGHT, 1.0)
    decoys = {part.id for part in question.decoys}
    kept = sum(1 for line, _ in given if line in decoys)
    share = max(0, _common(key, given) - kept) / len(key)
    share = min(share, (len(key) - 1) / len(key))
    return Grade(Verdict.PARTIAL if share >= 0.5 else Verdict.WRONG, share)


def _common(key: list[tuple[str, int]], given: list[tuple[str, int]]) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(given) + 1)
    for wanted in key:
        before = 0
        for place, got in enumerate(given, 1):
            before, row[place] = (
                row[place],
                before + 1 if got == wanted else max(row[place], row[place - 1]),
            )
    return row[-1]


# ---------------------------------------------------------------- what to say


def right_answer(question: Question) -> str:
    """The key as plain text."""
    if question.kind == "choice" or question.kind == "choices":
        return "; ".join(_plain(option.text) for option in question.options if option.correct)
    if question.kind == "short":
        if question.short.accept:
            return question.short.accept[0]
        number = question.short.number
        assert number is not None
        return f"{number.value} {number.unit}" if number.unit else str(number.value)
    return "\n".join("    " * part.indent + part.text for part in question.lines)


def explain(question: Question, response: Response) -> Explanation:
    """What to say about `response`: the lesson first, then what tempted."""
    lesson, rest = _split(_why_right(question))
    return Explanation(lesson, rest, _why_tempting(question, response))


def explanations(question: Question) -> list[tuple[str, bool, str]]:
    """(answer, is it right, why) for every foreseen answer, the right ones first."""
    if question.kind == "choice" or question.kind == "choices":
        options = sorted(question.options, key=lambda option: not option.correct)
        return [(_plain(o.text), o.correct, _plain(o.why)) for o in options]
    found = [(right_answer(question), True, _plain(question.why))]
    if question.kind == "short":
        foreseen = (*question.short.near, *question.short.wrong)
        return found + [(text.text, False, _plain(text.why)) for text in foreseen]
    return found + [(part.text, False, _plain(part.why)) for part in question.decoys]


def _why_right(question: Question) -> str:
    if question.kind == "choice" or question.kind == "choices":
        return " ".join(_plain(option.why) for option in question.options if option.correct)
    return _plain(question.why)


def _why_tempting(question: Question, response: Response) -> str | None:
    if isinstance(response, Chosen) and (question.kind == "choice" or question.kind == "choices"):
        chosen = set(response.options)
        wrong = [o.why for o in question.options if o.id in chosen and not o.correct]
        return " ".join(_plain(why) for why in wrong) or None
    if isinstance(response, Typed) and question.kind == "short":
        given = normalise(response.text)
        found = _typical((*question.short.near, *question.short.wrong), given)
        return _plain(found.why) if found else None
    if isinstance(response, Arranged) and question.kind == "order":
        kept = {line for line, _ in response.lines}
        return " ".join(_plain(p.why) for p in question.decoys if p.id in kept) or None
    return None


def _plain(text: str) -> str:
    return " ".join(text.split())


def _split(text: str) -> tuple[str, str]:
    """The first sentence and what follows it."""
    parts = _SENTENCE.split(text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
