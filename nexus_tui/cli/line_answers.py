"""Line mode, kind by kind: what is shown to choose from, and how what is typed is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.cli.prose import fitted
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Response, Typed
from nexus_tui.text import clean, clean_line, unticked

if TYPE_CHECKING:
    from nexus_tui.study.sitting import Asked

_INDENTS = ("0", "1", "2", "3", "4", "5", "6")
_LETTERS = "abcdefghi"
_UNDER = "     "
"""Below the text of a numbered line."""
_WAYS = {
    "choice": "Give the number of the right one.",
    "choices": "Give the numbers of all that are right, such as 1 3.",
    "order": "Give the numbers in the right order, such as 2 1 3; leave out what does not"
    " belong; 2+1 indents line 2 by one level.",
    "match": "Give each letter its number, such as a2 b1 c3.",
    "short": "Type the answer.",
    "output": r"Type what it prints; write \n where a new line begins.",
    "estimate": "Type your estimate; its size counts, not its digits.",
}


def lines_to_choose_from(asked: Asked) -> list[str]:
    """What stands below the stem: options, lines, sides, code, and how to answer."""
    question = asked.question
    texts = enumerate(_texts(asked).values(), 1)
    numbered = [fitted(f"  {n}  {text}", _UNDER) for n, text in texts]
    if question.kind == "line":
        code = [f"{n:>3}  {clean(text)}".rstrip() for n, text in enumerate(question.line.lines, 1)]
        several = "Give the numbers of all of them."
        return [*code, "", several if question.line.several else "Give the number of the line."]
    if question.kind == "match":
        lefts = [
            fitted(f"  {letter}  {clean_line(unticked(pair.left))}", _UNDER)
            for letter, pair in zip(_LETTERS, question.match, strict=False)
        ]
        return [*lefts, "", *numbered, _WAYS["match"]]
    if question.kind == "estimate" and question.estimate.unit:
        return [f"{_WAYS['estimate'][:-1]}; in {clean_line(question.estimate.unit)}."]
    return [*numbered, fitted(_WAYS[question.kind])]


def read_answer(asked: Asked, text: str) -> Response | None:
    """What was typed as a response; None where it does not fit the question."""
    question = asked.question
    match question.kind:
        case "short" | "estimate":
            return Typed(text) if text else None
        case "output":
            # A key that holds a backslash and an n is typed as it stands.
            plain = r"\n" in question.output.prints
            return Typed(text if plain else text.replace(r"\n", "\n")) if text else None
        case "match":
            return _pairs(asked, text)
        case "line":
            numbers = [int(word) for word in _words(text) if word.isdecimal() and len(word) < 4]
            known = min(numbers, default=0) > 0 and max(numbers) <= len(question.line.lines)
            once = len(numbers) == len(set(numbers)) == len(_words(text))
            one = question.line.several or len(numbers) == 1
            return Pointed(tuple(sorted(numbers))) if known and once and one else None
    return _numbers(asked, text)


def _texts(asked: Asked) -> dict[str, str]:
    """Id → text of what is numbered, in the order shown."""
    question = asked.question
    texts: dict[str, str] = {}
    match question.kind:
        case "choice" | "choices":
            texts = {option.id: clean_line(unticked(option.text)) for option in question.options}
        case "order":
            texts = {part.id: unticked(part.text) for part in question.lines}
            texts |= {part.id: unticked(part.text) for part in question.decoys}
        case "match":
            texts = {pair.id: clean_line(unticked(pair.right)) for pair in question.match}
            texts |= {part.id: clean_line(unticked(part.text)) for part in question.decoys}
    return {key: texts[key] for key in asked.showing.ids}


def _words(text: str) -> list[str]:
    return text.replace(",", " ").split()


def _numbers(asked: Asked, text: str) -> Response | None:
    places = {str(place): key for place, key in enumerate(asked.showing.ids, 1)}
    chosen: list[tuple[str, int]] = []
    for word in _words(text):
        number, _, indent = word.partition("+")
        if number not in places:
            return None
        chosen.append((places[number], int(indent) if indent in _INDENTS else 0))
    keys = [key for key, _ in chosen]
    if not keys or len(set(keys)) < len(keys):
        return None
    if asked.question.kind == "order":
        return Arranged(tuple(chosen))
    if asked.question.kind == "choice" and len(keys) != 1:
        return None
    return Chosen(tuple(keys))


def _pairs(asked: Asked, text: str) -> Response | None:
    assert asked.question.kind == "match"
    lefts = {letter: pair.id for letter, pair in zip(_LETTERS, asked.question.match, strict=False)}
    rights = {str(place): key for place, key in enumerate(asked.showing.ids, 1)}
    made: dict[str, str] = {}
    for word in _words(text.lower()):
        found = re.fullmatch(r"([a-i])[-=:]?(\d)", word)
        if found is None or found[1] not in lefts or found[2] not in rights:
            return None
        left, right = lefts[found[1]], rights[found[2]]
        if left in made or right in made.values():
            return None
        made[left] = right
    return Matched(tuple(made.items())) if made else None
