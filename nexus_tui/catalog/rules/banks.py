"""Rules on a whole bank: what no single question shows."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import parts, stems, wording, words
from nexus_tui.catalog.rules.found import Found, Item, Spot, bank_of, items

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import PackContent, TopicContent

ENOUGH = 100
"""Questions from which on a share of the bank means something."""
NEGATIVE = 0.03
APART = 0.03
POSITION = 0.06
SIGNIFICANT = 0.01
MOST_ITEMS = 4
REMEMBERED = 0.40
GIVEN_AWAY = 0.8
GIVING = 3
"""Words that a key needs to be recognised in another stem."""


def few_negative_stems(pack: PackContent) -> Iterator[Found]:
    """L08, error: at most 3 % of the bank ask by negation. NBME."""
    bank = [item.question for topic in pack.topics for item in items(topic)]
    negative = sum(stems.negation(question) is not None for question in bank)
    if len(bank) >= ENOUGH and negative > NEGATIVE * len(bank):
        what = f"{negative} of {len(bank)} questions ask by negation, at most 3 %"
        yield Found(Spot("pack.yaml"), what, "ask for what holds")


def absolutes_balanced(pack: PackContent) -> Iterator[Found]:
    """L09, warning: over the bank, absolute words are as frequent in keys as in distractors.

    Within 3 percentage points, from 100 questions on. Test-wise cues.
    """
    yield from _balanced(pack, wording.ABSOLUTE, "absolute words")


def hedges_balanced(pack: PackContent) -> Iterator[Found]:
    """L10, warning: over the bank, hedges are as frequent in keys as in distractors.

    Within 3 percentage points, from 100 questions on. Test-wise cues.
    """
    yield from _balanced(pack, wording.HEDGES, "hedges")


def errors_spread(topic: TopicContent) -> Iterator[Found]:
    """L20, error: a misconception serves at most 4 questions, and half of the distractors.

    Of the distractors of a topic at least half are misconceptions, the others are slips.
    """
    used: dict[str, int] = Counter()
    for item in items(topic):
        named = {error.part.misconception for error in parts.errors(item.question)}
        for name in sorted(name for name in named if name):
            used[name] += 1
            if used[name] == MOST_ITEMS + 1:
                what = f"`{name}` serves more than {MOST_ITEMS} questions of the topic"
                yield item.found(what=what, mend="take another misconception or a slip")
    errors = [error for item in items(topic) for error in parts.errors(item.question)]
    held = sum(error.part.misconception is not None for error in errors)
    if 2 * held < len(errors):
        what = f"{held} of {len(errors)} distractors are misconceptions, at least half"
        yield Found(Spot(bank_of(topic)), what, "replace slips by what engineers believe")


def not_given_away(topic: TopicContent) -> Iterator[Found]:
    """L25, warning: no stem says the key of another question of the quiz.

    Cosine of plain counts of a key of 3 words or more and a sentence: at most 0.8. NBME.
    """
    bank = items(topic)
    sentences = [
        (item, words.vector(sentence))
        for item in bank
        for sentence in words.sentences(item.question.stem)
    ]
    for item in bank:
        for key in item.keys:
            if len(words.content(key)) < GIVING:
                continue
            said = words.vector(key)
            for other, sentence in sentences:
                if other is item or words.cosine(said, sentence) <= GIVEN_AWAY:
                    continue
                name = item.question.id
                what = f"the stem gives away the key of `{name}`"
                mend = "rephrase one of them"
                yield other.found("stem", what=what, mend=mend, others=(name,))


def positions_balanced(pack: PackContent) -> Iterator[Found]:
    """L26, error: keys of options in fixed order are spread over the positions.

    χ² by number of options, p > .01, from 5 questions a position on; from 100 on each
    position within 6 percentage points. Measured bias of published banks.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for topic in pack.topics:
        for item in items(topic):
            if item.question.kind == "choice" and item.question.order == "fixed":
                correct = [option.correct for option in item.options]
                places[len(correct)].append(correct.index(True))
    for count, found in sorted(places.items()):
        if len(found) < 5 * count:
            continue
        held = [found.count(place) for place in range(count)]
        even = len(found) / count
        chance = p_value(sum((n - even) ** 2 / even for n in held), count - 1)
        far = max(abs(n / len(found) - 1 / count) for n in held)
        if chance <= SIGNIFICANT or (len(found) >= ENOUGH and far > POSITION):
            what = f"keys of {count} fixed options stand at {held}, p = {chance:.4f}"
            yield Found(Spot("pack.yaml"), what, "choose other amounts around the key")


def little_remembering(topic: TopicContent) -> Iterator[Found]:
    """L30, error: at most 40 % of a topic's questions are of the level remember."""
    count = len(topic.questions)
    remembered = sum(question.bloom == "remember" for question in topic.questions)
    if remembered > REMEMBERED * count:
        what = f"{remembered} of {count} questions only remember, at most 40 %"
        yield Found(Spot(bank_of(topic)), what, "ask for a use or a comparison")


# ---------------------------------------------------------------- helpers


def _balanced(pack: PackContent, wanted: re.Pattern[str], what: str) -> Iterator[Found]:
    bank: list[Item] = [item for topic in pack.topics for item in items(topic) if item.options]
    if len(bank) < ENOUGH:
        return
    keys = [wording.says(text, wanted) for item in bank for text in item.keys]
    others = [wording.says(text, wanted) for item in bank for text in item.distractors]
    key, other = sum(keys) / len(keys), sum(others) / len(others)
    if abs(key - other) > APART:
        where = f"{what} in {key:.1%} of the keys and {other:.1%} of the distractors"
        yield Found(
            Spot("pack.yaml"), f"{where}: over 3 points apart", "mend the items, not the rate"
        )


def p_value(chi: float, freedom: int) -> float:
    """The chance of a χ² as large as `chi`."""
    if freedom % 2:
        chance = math.erfc(math.sqrt(chi / 2))
        term = math.sqrt(2 * chi / math.pi) * math.exp(-chi / 2)
        start = 3
    else:
        chance, term, start = 0.0, math.exp(-chi / 2), 2
    for number in range(start, freedom + 1, 2):
        chance += term
        term *= chi / number
    return chance
