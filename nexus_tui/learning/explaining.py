"""What to say about an answer: why the right one is right, and why the given one tempts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from nexus_tui.catalog.keys import printed
from nexus_tui.learning.quantities import normalise
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Response, Typed
from nexus_tui.learning.typed import nearest_estimate, nearest_output, typical
from nexus_tui.text import unticked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import Option, Question, Tempting
    from nexus_tui.catalog.questions import ChoiceQuestion, ChoicesQuestion

_WRONG = "not right"
"""Of what the learner did not answer: it is no failure."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9`(\"'])")


class Reason(NamedTuple):
    """Why an answer is right, or why it tempts and is wrong."""

    of: str
    """The answer, by its number where it was shown; empty for the only one that is right."""
    why: str


@dataclass(frozen=True)
class Explanation:
    """What is said after an answer: why what is right is, and why what was given tempts."""

    right: tuple[Reason, ...]
    tempting: tuple[Reason, ...]
    """Empty where nothing was foreseen."""


class Foreseen(NamedTuple):
    """An answer that was foreseen, and in a few words how it stands."""

    text: str
    word: str
    why: str
    given: bool
    """Is it wrong, and in what the learner answered?"""


def right_answer(question: Question) -> str:
    """The key as plain text; several lines where the answer has several."""
    match question.kind:
        case "choice" | "choices":
            return "; ".join(_bare(option.text) for option in question.options if option.correct)
        case "short":
            if question.short.accept:
                return question.short.accept[0]
            number = question.short.number
            assert number is not None
            return f"{number.value} {number.unit}" if number.unit else str(number.value)
        case "order":
            return "\n".join("    " * part.indent + unticked(part.text) for part in question.lines)
        case "match":
            return "\n".join(_bare(f"{pair.left}: {pair.right}") for pair in question.match)
        case "output":
            return "\n".join(printed(question.output.prints))
        case "line":
            lines = question.line.lines
            return "\n".join(f"{n}  {lines[n - 1].strip()}" for n in sorted(question.line.faulty))
        case "estimate":
            key = question.estimate
            low, high = _amount(key.value / key.factor), _amount(key.value * key.factor)
            unit = f" {key.unit}" if key.unit else ""
            return f"about {_amount(key.value)}{unit}; {low} to {high} is right"


def _amount(value: float) -> str:
    """A number as it is read: three digits, thousands apart."""
    if value >= 100:
        return f"{float(f'{value:.3g}'):,.0f}"
    return f"{value:.3g}"


def explain(question: Question, response: Response, shown: Sequence[str] = ()) -> Explanation:
    """What to say about `response`: the lesson first, then what tempted.

    `shown`: the ids of the options in the order in which they were numbered.
    """
    return Explanation(_why_right(question, shown), _why_tempting(question, response, shown))


def explanations(question: Question, response: Response | None = None) -> list[Foreseen]:
    """Every foreseen answer, the right ones first; those in `response` are known as given."""
    given = {id(part) for part in _tempted(question, response)} if response is not None else set()
    found: list[tuple[str, Option | Tempting, str]]
    explained: list[Foreseen] = []
    if question.kind == "choice" or question.kind == "choices":
        options = sorted(question.options, key=lambda option: not option.correct)
        found = [(o.text, o, "right" if o.correct else _WRONG) for o in options]
    else:
        found = [*_foreseen(question)]
        key = _plain(right_answer(question).replace("\n", "; "))
        explained = [Foreseen(key, "right", _plain(question.why), given=False)]
    for text, part, word in found:
        mine = id(part) in given
        said = "wrong" if mine and word == _WRONG else word
        explained.append(Foreseen(_plain(text), said, _plain(part.why), given=mine))
    return explained


def _foreseen(question: Question) -> list[tuple[str, Tempting, str]]:
    """(wrong answer, the part of the question that it is, its word) where no options are shown."""
    match question.kind:
        case "short":
            return [(w.text, w, _WRONG) for w in (*question.short.near, *question.short.wrong)]
        case "order":
            return [(decoy.text, decoy, "does not belong") for decoy in question.decoys]
        case "match":
            lefts = {pair.id: pair.left for pair in question.match}
            rights = {pair.id: pair.right for pair in question.match}
            rights |= {decoy.id: decoy.text for decoy in question.decoys}
            pairs = [(f"{lefts[w.left]}: {rights[w.right]}", w, _WRONG) for w in question.wrong]
            return pairs + [(decoy.text, decoy, "belongs to none") for decoy in question.decoys]
        case "output":
            wrong = question.output.wrong
            return [("; ".join(printed(w.prints)), w, _WRONG) for w in wrong]
        case "line":
            lines = question.line.lines
            wrongs = question.line.wrong
            return [(f"{w.line}  {lines[w.line - 1].strip()}", w, _WRONG) for w in wrongs]
        case "estimate":
            key = question.estimate
            unit = f" {key.unit}" if key.unit else ""
            return [(f"about {_amount(w.value)}{unit}", w, _WRONG) for w in key.wrong]
    return []


def _why_right(question: Question, shown: Sequence[str]) -> tuple[Reason, ...]:
    match question.kind:
        case "choice":
            return tuple(Reason("", _plain(o.why)) for o in question.options if o.correct)
        case "choices":
            return _of_options([o for o in question.options if o.correct], shown)
    return (Reason("", _plain(question.why)),)


def _why_tempting(
    question: Question, response: Response, shown: Sequence[str]
) -> tuple[Reason, ...]:
    if question.kind == "choice" or question.kind == "choices":
        return _of_options(_wrongly_chosen(question, response), shown)
    tempted = _tempted(question, response)
    if isinstance(response, Typed):
        return tuple(Reason("Your answer", _plain(part.why)) for part in tempted)
    names = {id(part): _bare(text) for text, part, _ in _foreseen(question)}
    return tuple(Reason(names[id(part)], _plain(part.why)) for part in tempted)


def _of_options(options: Sequence[Option], shown: Sequence[str]) -> tuple[Reason, ...]:
    """Why, of each: by their numbers where they are shown, else by their words."""
    places = {key: number for number, key in enumerate(shown, 1)}
    return tuple(
        Reason(str(places.get(option.id, _bare(option.text))), _plain(option.why))
        for option in sorted(options, key=lambda option: places.get(option.id, 0))
    )


def _wrongly_chosen(question: ChoiceQuestion | ChoicesQuestion, response: Response) -> list[Option]:
    chosen = response.options if isinstance(response, Chosen) else ()
    return [o for o in question.options if o.id in chosen and not o.correct]


def _tempted(question: Question, response: Response) -> Sequence[Option | Tempting]:
    """What of the foreseen wrong answers is in `response`."""
    match response:
        case Chosen() if question.kind == "choice" or question.kind == "choices":
            return _wrongly_chosen(question, response)
        case Arranged(lines) if question.kind == "order":
            kept = {line for line, _ in lines}
            return [decoy for decoy in question.decoys if decoy.id in kept]
        case Matched(pairs) if question.kind == "match":
            wrong = [w for w in question.wrong if (w.left, w.right) in pairs]
            said = {w.right for w in wrong}
            used = {right for _, right in pairs} - said
            return [*wrong, *(decoy for decoy in question.decoys if decoy.id in used)]
        case Pointed(numbers) if question.kind == "line":
            return [w for w in question.line.wrong if w.line in numbers]
        case Typed() if question.kind == "output":
            return [w for w in [nearest_output(question, response)] if w]
        case Typed() if question.kind == "estimate":
            return [w for w in [nearest_estimate(question, response)] if w]
        case Typed(text) if question.kind == "short":
            foreseen = (*question.short.near, *question.short.wrong)
            return [w for w in [typical(foreseen, normalise(text))] if w]
    return []


def _plain(text: str) -> str:
    return " ".join(text.split())


def _bare(text: str) -> str:
    """`text` in one line, without the back-ticks around code."""
    return unticked(_plain(text))


def first_sentence(text: str) -> tuple[str, str]:
    """The first sentence and what follows it."""
    parts = _SENTENCE.split(text, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""
