"""An answer in words, as the one who gave it would read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Typed

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.responses import Response


def said(question: Question, response: Response) -> str:
    """`response` as plain text; several lines where the answer has several."""
    match response:
        case Typed(text):
            return text
        case Chosen(chosen) if question.kind == "choice" or question.kind == "choices":
            texts = [option.text for option in question.options if option.id in chosen]
            return "; ".join(" ".join(text.split()) for text in texts)
        case Arranged(lines) if question.kind == "order":
            by_id = {part.id: part.text for part in question.lines}
            by_id |= {part.id: part.text for part in question.decoys}
            return "\n".join("    " * indent + by_id.get(key, key) for key, indent in lines)
        case Matched(pairs) if question.kind == "match":
            lefts = {pair.id: pair.left for pair in question.match}
            rights = {pair.id: pair.right for pair in question.match}
            rights |= {part.id: part.text for part in question.decoys}
            return "\n".join(f"{lefts.get(a, a)}: {rights.get(b, b)}" for a, b in pairs)
        case Pointed(numbers) if question.kind == "line":
            code = question.line.lines
            return "\n".join(f"{n}  {code[n - 1].strip()}" for n in numbers if n <= len(code))
    return ""
