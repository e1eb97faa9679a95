"""An answer that was given before, put into the widget that takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Response, Typed
from nexus_tui.tui.widgets.answers.arrange import Arrange
from nexus_tui.tui.widgets.answers.matching import Matching
from nexus_tui.tui.widgets.answers.options import Options
from nexus_tui.tui.widgets.answers.pointing import Pointing
from nexus_tui.tui.widgets.answers.typed import Printing, Typing

if TYPE_CHECKING:
    from nexus_tui.tui.widgets.answers import AnswerWidget


def fill(answer: AnswerWidget, response: Response) -> None:
    """Let `answer`, which is mounted, hold `response`; what is of another kind changes nothing."""
    match answer, response:
        case Options(), Chosen(chosen):
            places = [n for n, option in enumerate(answer.options) if option.id in chosen]
            if places and not answer.several:
                answer.cursor = places[0]
            answer.ticked = set(chosen)
            answer._show()
        case Arrange(), Arranged(lines):
            known = [(key, indent) for key, indent in lines if key in answer.texts]
            kept = [key for key, _ in known]
            answer.out = set(answer.lines) - set(kept)
            answer.lines = kept + [key for key in answer.lines if key in answer.out]
            answer.indents |= dict(known)
            answer._show(kept[0] if kept else None)
        case Matching(), Matched(pairs):
            sides = answer.rights
            answer.made = {a: b for a, b in pairs if a in answer.lefts and b in sides}
            answer._show()
        case Pointing(), Pointed(numbers):
            there = [number for number in numbers if number <= len(answer.key.lines)]
            if there and not answer.key.several:
                answer.cursor = there[0] - 1
            answer.ticked = set(there)
            answer._show()
        case Typing(), Typed(text):
            answer.value = text
        case Printing(), Typed(text):
            answer.area.text = text
            answer.area.move_cursor(answer.area.document.end)
