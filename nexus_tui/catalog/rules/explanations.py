"""Rules on explanations: each is there, teaches, names an error, and knows no positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import parts, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.rules.found import Found, Item

SHORTEST = 40
_EMPTY = re.compile(
    r"^(this|that|it)?('s| is)? ?(simply |just |plainly )?(wrong|incorrect|false|not (right|true|"
    r"correct))\W*$|\b(wrong|incorrect|right|correct) because it is (wrong|incorrect|not (right|"
    r"correct|true)|right|correct|true|false)\b",
    re.IGNORECASE,
)
_POSITION = re.compile(
    r"\b([Oo]ption|[Aa]nswer|[Cc]hoice)s? [A-E]\b|\b([Oo]ption|[Cc]hoice)s? [1-5]\b"
    r"|\b(first|second|third|fourth|last) (option|choice)\b|\b(option|choice)s? (above|below)\b"
)


def explained(item: Item) -> Iterator[Found]:
    """L19, error: each explanation has 40 characters, is not the option and says why.

    Whether it says what tempts is left to readers. Butler & Roediger 2008.
    """
    for keys, why, text in parts.explanations(item.question):
        length = words.length(why)
        mend = "say why it is right, or why it tempts and why it fails"
        where = (*keys, "why")
        if length < SHORTEST:
            what = f"an explanation of {length} characters, at least {SHORTEST}"
            yield item.found(*where, what=what, mend=mend)
        elif words.tokens(why) == words.tokens(text):
            yield item.found(*where, what="the explanation repeats the answer", mend=mend)
        elif found := _EMPTY.search(words.read(why).prose):
            yield item.found(*where, what=f"`{found[0]}` explains nothing", mend=mend)


def error_named(item: Item) -> Iterator[Found]:
    """L20, error: each distractor and foreseen error names its misconception or slip."""
    for error in parts.errors(item.question):
        if error.part.misconception is None and error.part.slip is None:
            mend = "add `misconception:` (an id of topic.yaml) or `slip:`"
            yield item.found(*error.keys, what="a distractor that no error leads to", mend=mend)


def no_positions(item: Item) -> Iterator[Found]:
    """L33, error: explanations do not speak of "option B": positions move."""
    for keys, why, _ in parts.explanations(item.question):
        if found := _POSITION.search(words.read(why).prose):
            what = f"`{found[0]}`: options are shuffled"
            yield item.found(*keys, "why", what=what, mend="name what the option says")
