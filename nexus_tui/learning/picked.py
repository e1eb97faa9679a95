"""Grades of answers that pick or arrange what is shown; guessing gains nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nexus_tui.learning.verdicts import RIGHT, WRONG, Grade, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import (
        ChoiceQuestion,
        ChoicesQuestion,
        LineQuestion,
        MatchQuestion,
        OrderQuestion,
    )
    from nexus_tui.learning.responses import Arranged, Chosen, Matched, Pointed


def grade_choice(question: ChoiceQuestion, response: Chosen) -> Grade:
    """The one right option, or nothing."""
    keys = {option.id for option in question.options if option.correct}
    return RIGHT if set(response.options) == keys else WRONG


def grade_choices(question: ChoicesQuestion, response: Chosen) -> Grade:
    """(hits - false alarms) / keys, at least 0: ticking everything gains nothing."""
    keys = {option.id for option in question.options if option.correct}
    return _ticked(set(response.options), keys, len(question.options))


def _ticked(chosen: set[Any], keys: set[Any], of: int) -> Grade:
    if chosen == keys:
        return RIGHT
    hits, alarms = len(chosen & keys), len(chosen - keys)
    # A full set of ticks scores nothing even where the keys outnumber the distractors.
    share = 0.0 if alarms == of - len(keys) else max(0, hits - alarms) / len(keys)
    return Grade(Verdict.PARTIAL if share else Verdict.WRONG, share)


def grade_line(question: LineQuestion, response: Pointed) -> Grade:
    """One faulty line is right; where several are asked, all, graded as `choices` are."""
    key, chosen = question.line, set(response.lines)
    faulty = set(key.faulty)
    if not key.several:
        return RIGHT if len(chosen) == 1 and chosen <= faulty else WRONG
    return _ticked(chosen, faulty, sum(1 for text in key.lines if text.strip()))


def grade_match(question: MatchQuestion, response: Matched) -> Grade:
    """(right pairs - wrong pairs) / pairs, at least 0: guessing loses what it wins.

    A left side without a right one costs nothing.
    """
    lefts = {pair.id for pair in question.match}
    made = {left: right for left, right in response.pairs if left in lefts}
    hits = sum(left == right for left, right in made.items())
    if hits == len(lefts) and len(response.pairs) == hits:
        return RIGHT
    share = max(0, 2 * hits - len(response.pairs)) / len(lefts)
    return Grade(Verdict.PARTIAL if share else Verdict.WRONG, share)


def grade_order(question: OrderQuestion, response: Arranged) -> Grade:
    """All lines in order, rightly indented, no decoy: 1. Else the share in order.

    The share is the longest common subsequence with the key, less the decoys kept, over the
    number of lines, and always below 1. Lines with one text may change places.
    """
    first: dict[str, str] = {}
    twins = {part.id: first.setdefault(part.text, part.id) for part in question.lines}
    key = [(twins[part.id], part.indent) for part in question.lines]
    given = [(twins.get(line, line), indent) for line, indent in response.lines]
    if given == key:
        return RIGHT
    decoys = {part.id for part in question.decoys}
    kept = sum(1 for line, _ in given if line in decoys)
    share = max(0, common(key, given) - kept) / len(key)
    share = min(share, (len(key) - 1) / len(key))
    return Grade(Verdict.PARTIAL if share >= 0.5 else Verdict.WRONG, share)


def common(key: Sequence[object], given: Sequence[object]) -> int:
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
