"""The revision of a question: what decides the answer, and nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question


def revision(question: Question) -> str:
    """12 hex digits of SHA-256 over kind, stem and key.

    Explanations, sources and tags are left out, so that mending them keeps the history.
    """
    decides: dict[str, Any] = {"kind": question.kind, "stem": question.stem}
    if question.kind == "choice" or question.kind == "choices":
        decides["options"] = sorted([o.id, o.text, o.correct] for o in question.options)
    elif question.kind == "short":
        number = question.short.number
        decides["accept"] = sorted(question.short.accept)
        decides["number"] = number.model_dump() if number else None
    else:
        decides["lines"] = [[part.id, part.text, part.indent] for part in question.lines]
        decides["decoys"] = sorted([part.id, part.text] for part in question.decoys)
    text = json.dumps(decides, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
