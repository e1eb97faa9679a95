"""Is there one answer? What would make two answers right, or a right one look wrong."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nexus_tui.catalog.models import MatchQuestion, Question
    from nexus_tui.catalog.questions import EstimateKey, ShortKey


def ambiguity(question: Question) -> str | None:
    """Why the key of `question` is not the only right answer; None where it is."""
    match question.kind:
        case "choice" | "choices":
            return _twice("options", (option.text for option in question.options))
        case "short":
            return _short(question.short)
        case "order":
            shown = {part.text for part in question.lines}
            both = [part.text for part in question.decoys if part.text in shown]
            return f"the decoy {both[0]!r} is a line of the order too" if both else None
        case "match":
            return _match(question)
        case "output":
            prints = printed(question.output.prints)
            wrong = [printed(w.prints) for w in question.output.wrong]
            return "a wrong output is what it prints" if prints in wrong else None
        case "line":
            key = question.line
            both_lines = [w.line for w in key.wrong if w.line in key.faulty]
            return f"line {both_lines[0]} is faulty and wrong" if both_lines else None
        case "estimate":
            return _estimate(question.estimate)


def printed(text: str) -> tuple[str, ...]:
    """The lines of an output as they are compared: without blanks at their end and the last."""
    return tuple(line.rstrip() for line in text.rstrip().split("\n"))


def _same(text: str) -> str:
    """The form in which two texts would read alike."""
    return " ".join(text.replace("`", "").split())


def _twice(what: str, texts: Iterable[str]) -> str | None:
    text, count = Counter(map(_same, texts)).most_common(1)[0]
    return f"two {what} read {text!r}" if count > 1 else None


def _short(key: ShortKey) -> str | None:
    accepted = {_same(text).casefold() for text in key.accept}
    for typical in (*key.near, *key.wrong):
        if _same(typical.text).casefold() in accepted:
            return f"{typical.text!r} is accepted and wrong"
        if key.number is not None and typical in key.wrong:
            try:
                value = float(typical.text)
            except ValueError:
                continue
            if abs(value - key.number.value) <= key.number.tolerance:
                return f"{typical.text!r} is within the tolerance and wrong"
    return None


def _match(question: MatchQuestion) -> str | None:
    rights = [pair.right for pair in question.match]
    rights += [decoy.text for decoy in question.decoys]
    return _twice("left sides", (pair.left for pair in question.match)) or _twice(
        "right sides", rights
    )


def _estimate(key: EstimateKey) -> str | None:
    for wrong in key.wrong:
        if 1 / key.factor <= wrong.value / key.value <= key.factor:
            return f"{wrong.value} is within the factor and wrong"
    return None
