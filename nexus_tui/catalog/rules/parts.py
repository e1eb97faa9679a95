"""What stands where in a question of any kind: explanations, foreseen errors, texts, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nexus_tui.catalog.models import Option, Question, Tempting

Keys = tuple[str | int, ...]


class Error(NamedTuple):
    """A foreseen wrong answer: its keys in the file, its text, and what explains it."""

    keys: Keys
    text: str
    part: Option | Tempting


def errors(question: Question) -> list[Error]:
    """Every foreseen wrong answer; nearly right ones are none."""
    match question.kind:
        case "choice" | "choices":
            listed = _listed(("options",), ((o.text, o) for o in question.options))
            return [error for error in listed if not getattr(error.part, "correct", False)]
        case "short":
            return _listed(("short", "wrong"), ((w.text, w) for w in question.short.wrong))
        case "output":
            return _listed(("output", "wrong"), ((w.prints, w) for w in question.output.wrong))
        case "line":
            return _listed(("line", "wrong"), ((str(w.line), w) for w in question.line.wrong))
        case "estimate":
            wrong = question.estimate.wrong
            return _listed(("estimate", "wrong"), ((str(w.value), w) for w in wrong))
        case "order":
            return _listed(("decoys",), ((d.text, d) for d in question.decoys))
        case "match":
            rights = {pair.id: pair.right for pair in question.match}
            rights |= {decoy.id: decoy.text for decoy in question.decoys}
            return [
                *_listed(("decoys",), ((d.text, d) for d in question.decoys)),
                *_listed(("wrong",), ((rights[w.right], w) for w in question.wrong)),
            ]


def _listed(keys: Keys, found: Iterable[tuple[str, Option | Tempting]]) -> list[Error]:
    return [Error((*keys, place), text, part) for place, (text, part) in enumerate(found)]


def explanations(question: Question) -> Iterator[tuple[Keys, str, str]]:
    """Keys, explanation, and the text that it explains (empty where it is the answer)."""
    if question.kind == "choice" or question.kind == "choices":
        for place, option in enumerate(question.options):
            yield ("options", place), option.why, option.text
        return
    yield (), question.why, ""
    for error in errors(question):
        yield error.keys, error.part.why, error.text
    if question.kind == "short":
        for place, near in enumerate(question.short.near):
            yield ("short", "near", place), near.why, near.text


def code_of(question: Question) -> str:
    """The code that a question asks about besides its stem; empty where it has none."""
    match question.kind:
        case "output":
            return question.output.code
        case "line":
            return question.line.code
        case _:
            return ""


def answers(question: Question) -> tuple[list[str], list[str]]:
    """The right and the wrong texts that a learner may tell apart by their spelling."""
    wrong = [error.text for error in errors(question)]
    match question.kind:
        case "choice" | "choices":
            return [option.text for option in question.options if option.correct], wrong
        case "short":
            return list(question.short.accept), wrong
        case "order":
            return [line.text for line in question.lines], wrong
        case "match":
            return [pair.right for pair in question.match], [d.text for d in question.decoys]
        case _:
            return [], []


def offered(question: Question) -> Iterator[tuple[Keys, str]]:
    """The texts that a learner picks or places, with their keys."""
    match question.kind:
        case "choice" | "choices":
            for place, option in enumerate(question.options):
                yield ("options", place, "text"), option.text
        case "order":
            for place, line in enumerate(question.lines):
                yield ("lines", place, "text"), line.text
            for place, decoy in enumerate(question.decoys):
                yield ("decoys", place, "text"), decoy.text
        case "match":
            for place, pair in enumerate(question.match):
                yield ("match", place, "right"), pair.right
            for place, decoy in enumerate(question.decoys):
                yield ("decoys", place, "text"), decoy.text
        case _:
            return


def texts(question: Question) -> Iterator[tuple[Keys, str]]:
    """All prose of a question: stem, what is offered, explanations."""
    yield ("stem",), question.stem
    yield from offered(question)
    for keys, why, _ in explanations(question):
        yield (*keys, "why"), why
