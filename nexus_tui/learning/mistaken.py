"""What was wrong with an answer, in one sentence, and the part of the key that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.keys import printed
from nexus_tui.learning.explaining import right_answer
from nexus_tui.learning.picked import common
from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed, Typed
from nexus_tui.text import clean_line, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nexus_tui.catalog.models import LineQuestion, MatchQuestion, OrderQuestion, Question
    from nexus_tui.learning.responses import Response


def mistake(question: Question, response: Response, shown: Sequence[str]) -> str:
    """What was answered, and what is right, for an answer that is not right.

    `shown`: the ids of the options in the order in which they were numbered.
    """
    match response:
        case Chosen(chosen) if question.kind == "choice" or question.kind == "choices":
            did = "ticked" if question.kind == "choices" else "chose"
            keys = [option.id for option in question.options if option.correct]
            given, right = _places(shown, chosen), _places(shown, keys)
            return f"you {did} {_listed(given)}; {_is(right)} right."
        case Pointed(numbers) if question.kind == "line":
            return _pointed(question, numbers)
        case Arranged(lines) if question.kind == "order":
            return _arranged(question, lines)
        case Matched(pairs) if question.kind == "match":
            hits = sum(left == right for left, right in pairs)
            of = counted(len(question.match), "pair")
            return f"{hits} of {of} {'is' if hits == 1 else 'are'} right."
        case Typed(text) if question.kind == "output":
            typed, key = printed(text), printed(question.output.prints)
            return _printed(typed, key) if len(typed) > 1 or len(key) > 1 else _answered(text)
        case Typed(text):
            return _answered(text)
    return ""


def _answered(text: str) -> str:
    return f"you answered {clean_line(text)}."


def mended(question: Question, response: Response) -> list[str]:
    """The lines of the key that an answer which is not right should have had.

    All of it, but of pairs those that were not made; nothing of options, which are numbered.
    """
    match response:
        case Chosen():
            return []
        case Matched(pairs) if question.kind == "match":
            return _pairs_missed(question, pairs)
    return right_answer(question).split("\n")


def _pairs_missed(question: MatchQuestion, pairs: Sequence[tuple[str, str]]) -> list[str]:
    return [
        f"{clean_line(pair.left)}: {clean_line(pair.right)}".replace("`", "")
        for pair in question.match
        if (pair.id, pair.id) not in pairs
    ]


def _pointed(question: LineQuestion, numbers: Sequence[int]) -> str:
    did = "ticked" if question.line.several else "chose"
    faulty = sorted(question.line.faulty)
    one = len(faulty) == 1
    key = f"the {'line asked for is' if one else 'lines asked for are'} {_listed(faulty)}"
    return f"you {did} line{'s' if len(numbers) > 1 else ''} {_listed(sorted(numbers))}; {key}."


def _arranged(question: OrderQuestion, lines: Sequence[tuple[str, int]]) -> str:
    texts = {part.id: part.text for part in question.lines}
    given = [(texts.get(key), indent) for key, indent in lines]
    key = [(part.text, part.indent) for part in question.lines]
    placed = sum(one == two for one, two in zip(given, key, strict=False))
    of = counted(len(key), "line")
    stand = "stands where it belongs" if placed == 1 else "stand where they belong"
    said = f"{placed} of {of} {stand}"
    following = common(key, given)
    if not placed and following > 1:  # one line too many before them shifts them all
        said = f"{following} of {of} are in the right order, none stands at its place"
    decoys = sum(text is None for text, _ in given)
    do = "does" if decoys == 1 else "do"
    return f"{said}; {decoys} that you kept {do} not belong." if decoys else f"{said}."


def _printed(given: Sequence[str], key: Sequence[str]) -> str:
    wrong = [n for n, text in enumerate(given, 1) if n > len(key) or text != key[n - 1]]
    said = []
    if wrong:
        one = len(wrong) == 1
        said.append(f"line{'' if one else 's'} {_listed(wrong)} {'is' if one else 'are'} not so")
    if len(given) < len(key):
        missing = len(key) - len(given)
        said.append(f"{counted(missing, 'line')} {'is' if missing == 1 else 'are'} missing")
    return f"{', '.join(said)}."


def _places(shown: Sequence[str], ids: Iterable[str]) -> list[int]:
    return sorted(shown.index(key) + 1 for key in ids if key in shown)


def _is(places: Sequence[int]) -> str:
    return f"{_listed(places)} {'is' if len(places) == 1 else 'are'}"


def _listed(numbers: Sequence[int]) -> str:
    """`1`, `1 and 3`, `1, 3 and 4`."""
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}" if others else last
