"""Rules on the form of options: number, length, likeness, overlap, order."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from nexus_tui.catalog.keys import ambiguity
from nexus_tui.catalog.rules import parts, quantities, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.rules.found import Found, Item

FEWEST, MOST = 3, 4
LONGER, LONGER_BY = 1.25, 15
SHORTER = 0.6
RATIO, SPREAD = 2.5, 25
ALIKE = 0.9
CENTRE = 0.15
PREFIX = 3
LONG_WORD = 5


def number_of_options(item: Item) -> Iterator[Found]:
    """L01, error: 3 or 4 options; 5 or more need a reason. Rodriguez 2005."""
    count = len(item.options)
    if count and not FEWEST <= count <= MOST:
        what = f"{count} options, at most {MOST}"
        yield item.found("options", what=what, mend="take out the distractor chosen least")


def one_key(item: Item) -> Iterator[Found]:
    """L02, error: the declared number of keys, and nothing else that is right as well.

    The models count the keys of choices in reading. Haladyna 2002.
    """
    if (why := ambiguity(item.question)) is not None:
        yield item.found(what=f"more than one key: {why}", mend="leave one right answer")


def unique_options(item: Item) -> Iterator[Found]:
    """L03, error: no two options are equal but for case, blanks, marks and quotes.

    A warning where prose shares more than 0.9 of its words; the same words in another order
    are an inversion. Haladyna 2002.
    """
    for one, other in combinations(range(len(item.options)), 2):
        texts = [item.options[place].text for place in (one, other)]
        left, right = (words.tokens(text) for text in texts)
        if left == right or words.read(texts[0]).shown == words.read(texts[1]).shown:
            what = f"two options read `{_short(texts[1])}`"
            yield item.found("options", other, what=what, mend="change or take out one")
        elif (
            not _any_code(*texts)
            and sorted(left) != sorted(right)
            and (share := words.jaccard(left, right)) > ALIKE
        ):
            what = f"shares {share:.2f} of its words with another option, at most {ALIKE}"
            mend = "tell them apart"
            yield item.found("options", other, what=what, mend=mend, severity="warning")


def key_not_longest(item: Item) -> Iterator[Found]:
    """L04, error: the key is at most 1.25 times the longest distractor, or 15 characters more.

    Of several keys the shortest counts: a cue is where each of them is longer. NBME.
    """
    if not item.options:
        return
    key = min(map(words.length, item.keys))
    other = max(map(words.length, item.distractors))
    most = max(int(LONGER * other), other + LONGER_BY)
    if key > most:
        what = f"the key has {key} characters, the longest distractor {other}: at most {most}"
        yield item.found("options", what=what, mend="shorten the key or fill a distractor")


def key_not_shortest(item: Item) -> Iterator[Found]:
    """L05, warning: the key is at least 0.6 times the shortest distractor.

    Of several keys the longest counts; amounts and code have the length they need. NBME.
    """
    if not item.options or _have_their_length(item):
        return
    key = max(map(words.length, item.keys))
    other = min(map(words.length, item.distractors))
    if key < SHORTER * other:
        what = f"the key has {key} characters, the shortest distractor {other}"
        mend = f"lengthen the key to {int(SHORTER * other + 1)} or shorten a distractor"
        yield item.found("options", what=what, mend=mend)


def similar_lengths(item: Item) -> Iterator[Found]:
    """L06, warning: the longest option is at most 2.5 times the shortest, or 25 characters more.

    Amounts and options of code alone are exempt. Haladyna 2002.
    """
    if not item.options or _have_their_length(item):
        return
    lengths = [words.length(option.text) for option in item.options]
    low, high = min(lengths), max(lengths)
    if high > RATIO * low and high - low > SPREAD:
        what = f"options of {low} to {high} characters: over {RATIO} times and {SPREAD} apart"
        yield item.found("options", what=what, mend="bring them together")


def no_convergence(item: Item) -> Iterator[Found]:
    """L14, warning: the key does not share most with all other options.

    The sum of Jaccard shares of its words is at most 0.15 above that of any distractor.
    Test-wise cues.
    """
    if item.question.kind != "choice":
        return
    texts = [words.parts(option.text) for option in item.options]
    sums = [sum(words.jaccard(text, other) for other in texts) - 1 for text in texts]
    key = next(s for s, option in zip(sums, item.options, strict=True) if option.correct)
    other = max(s for s, option in zip(sums, item.options, strict=True) if not option.correct)
    if key - other > CENTRE:
        what = f"the key has most in common with the others: {key:.2f}, the next {other:.2f}"
        yield item.found("options", what=what, mend="let distractors share words with each other")


def no_overlap(item: Item) -> Iterator[Found]:
    """L15, error: amounts and ranges do not meet, and no option of prose holds another.

    Code is exempt. NBME.
    """
    if item.question.kind != "choice":
        return
    amounts = quantities.quantities([option.text for option in item.options])
    for one, other in combinations(range(len(item.options)), 2):
        texts = [item.options[place].text for place in (one, other)]
        if amounts and quantities.meet(amounts[one], amounts[other]):
            what = f"`{_short(texts[0])}` and `{_short(texts[1])}` meet"
            yield item.found("options", other, what=what, mend="make the ranges disjoint")
            return
        if not amounts and not _any_code(*texts) and _holds(texts):
            what = f"`{_short(min(texts, key=len))}` is part of another option"
            mend = "one that includes another makes both right: say what sets them apart"
            yield item.found("options", other, what=what, mend=mend)
            return


def amounts_in_order(item: Item) -> Iterator[Found]:
    """L16, warning: options that are all amounts or dates ascend, with `order: fixed`.

    HTTP status codes are names, no amounts. Haladyna 2002.
    """
    texts = [option.text for option in item.options]
    amounts = quantities.quantities(texts)
    if not amounts or quantities.are_statuses(texts) or len({a.unit for a in amounts}) > 1:
        return
    lows = [amount.low for amount in amounts]
    if lows != sorted(lows):
        yield item.found("options", what="amounts that do not ascend", mend="sort the options")
    elif getattr(item.question, "order", None) != "fixed":
        mend = "say `order: fixed`, else they are shuffled"
        yield item.found("options", what="amounts without a fixed order", mend=mend)


def common_prefix(item: Item) -> Iterator[Found]:
    """L18, warning: options do not all begin with the same three words. Haladyna 2002."""
    texts = [words.tokens(option.text) for option in item.options]
    if not texts or all(words.read(option.text).code_only for option in item.options):
        return
    first = texts[0][:PREFIX]
    if len(first) == PREFIX and all(text[:PREFIX] == first for text in texts):
        what = f"all options begin with `{' '.join(first).replace('`', '')}`"
        yield item.found("options", what=what, mend="move it to the stem")


def no_trick_by_spelling(item: Item) -> Iterator[Found]:
    """L23, warning: key and distractor do not differ by one letter of one word.

    Words of five letters and more; numbers are no spelling. NBME.
    """
    right, wrong = parts.answers(item.question)
    for key in right:
        for other in wrong:
            left, second = words.parts(key), words.parts(other)
            if len(left) != len(second):
                continue
            differing = [pair for pair in zip(left, second, strict=True) if pair[0] != pair[1]]
            if len(differing) == 1 and _misspelt(*differing[0]):
                what = f"`{differing[0][0]}` and `{differing[0][1]}` differ by one letter"
                yield item.found(what=what, mend="tell them apart by their sense")


# ---------------------------------------------------------------- helpers


def _short(text: str) -> str:
    shown = words.read(text).shown
    return shown if len(shown) <= 40 else f"{shown[:39]}…"


def _any_code(*texts: str) -> bool:
    return any(words.read(text).spans or words.read(text).fences for text in texts)


def _have_their_length(item: Item) -> bool:
    """Are all options amounts, or all of them code?"""
    texts = [option.text for option in item.options]
    code = all(words.read(text).code_only for text in texts)
    return code or quantities.quantities(texts) is not None


def _holds(texts: list[str]) -> bool:
    short, long = sorted((" ".join(words.tokens(text)) for text in texts), key=len)
    return re.search(rf"(?<!\S){re.escape(short)}(?!\S)", long) is not None


def _misspelt(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LONG_WORD or not (one + other).isalpha():
        return False
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        places = [n for n in range(len(one)) if one[n] != other[n]]
        swapped = (
            len(places) == 2
            and places[1] == places[0] + 1
            and one[places[0]] == other[places[1]]
            and one[places[1]] == other[places[0]]
        )
        return len(places) == 1 or swapped
    short, long = sorted((one, other), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
