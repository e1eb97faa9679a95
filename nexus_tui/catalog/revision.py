"""The revision of a question: what decides the answer, and nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question

_SAYS = frozenset(
    {"id", "objective", "bloom", "source", "as_of", "verify", "lint_ok", "why", "wrong", "near"}
    | {"misconception", "slip", "language"}
)
"""Keys that explain or file a question and decide nothing."""


def revision(question: Question) -> str:
    """12 hex digits of SHA-256 over kind, stem, key and the code of variants.

    Explanations, sources and tags are left out, so that mending them keeps the history. All
    variants of a question have its one revision: an answer's fact has the seed besides.
    """
    decides = _family(question.template) if question.template else _decides(question)
    text = json.dumps(decides, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _decides(question: Question) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": question.kind, "stem": question.stem}
    match question.kind:
        case "choice" | "choices":
            found["options"] = sorted([o.id, o.text, o.correct] for o in question.options)
        case "short":
            number = question.short.number
            found["accept"] = sorted(question.short.accept)
            found["number"] = number.model_dump() if number else None
        case "order":
            found["lines"] = [[part.id, part.text, part.indent] for part in question.lines]
            found["decoys"] = sorted([part.id, part.text] for part in question.decoys)
        case "match":
            found["match"] = sorted([pair.id, pair.left, pair.right] for pair in question.match)
            found["decoys"] = sorted([part.id, part.text] for part in question.decoys)
        case "output":
            found["output"] = [question.output.code, question.output.prints]
        case "line":
            line = question.line
            found["line"] = [line.code, sorted(line.faulty), line.several]
        case "estimate":
            key = question.estimate
            found["estimate"] = [key.value, key.factor, key.unit]
    return found


def _family(template: str) -> dict[str, Any]:
    """What decides in all variants: the template, the code that draws, and the base."""
    found: dict[str, Any] = _without_words(json.loads(template))
    return found


def _without_words(part: Any) -> Any:
    if isinstance(part, dict):
        # The ids of options, lines and pairs decide; that of the question itself does not.
        kept = _SAYS - {"id"} if "stem" not in part else _SAYS
        return {key: _without_words(below) for key, below in part.items() if key not in kept}
    if isinstance(part, list):
        return [_without_words(below) for below in part]
    return part
