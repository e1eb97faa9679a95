"""Rules on the words of options: what gives the key away to those who know the words only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import names, parts, quantities, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.rules.found import Found, Item

ABSOLUTE = re.compile(
    r"\b(always|never|only|none of|must|cannot|completely|every(?! \d)|any(?! more\b| longer\b)"
    r"|(?<!at )(?<!in )(?<!not )(?<!after )(?<!above )(?<!nearly )(?<!almost )all)\b",
    re.IGNORECASE,
)
"""Not: every 10 s, at all, nearly all, not all; `none` as an answer or for a noun."""
HEDGES = re.compile(
    r"\b(may|might|can|usually|often|typically|generally)\b(?! not\b)", re.IGNORECASE
)
"""Not: may not, which forbids."""
VAGUE = frozenset({"often", "rarely", "sometimes"})
CLAUSES = frozenset({"because", "when", "if", "which"})
SPECIFIC_BY = 2
INVENTED = 1

_OF_THE_ABOVE = re.compile(
    r"^(all|none|both|any|neither|either)( of)? (the )?(above|these|options|answers|others)\b"
    r"|\b(of|all) the above\b",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:both |only |either )?([A-E])(?:,? (?:and|or) | & )([A-E])(?: only)?\.?")
_JOKE = re.compile(
    r"\b(magic(al(ly)?)?|unicorns?|pixies?|fairy|fairies|gremlins?|pray(ing)?|the moon|aliens?|lol"
    r"|horoscopes?|coffee break|lottery|wizards?|a nap|hope for the best)\b",
    re.IGNORECASE,
)
_EXCLUDING = re.compile(
    r"\b(slaves?|master/slave|white-?lists?|white-?listed|black-?lists?|black-?listed|guys"
    r"|grandfathered|man-?hours?|manpower|mankind|chairman|he/she|his/her|s/he|cripple[ds]?"
    r"|crazy|insane|sanity|housewife|girlfriend|boyfriend"
    r"|baseball|cricket|super bowl|thanksgiving|star wars|game of thrones|monopoly)\b",
    re.IGNORECASE,
)


def no_option_of_options(item: Item) -> Iterator[Found]:
    """L07, error: no "all of the above", "none of these", "A and B". NBME."""
    for place, option in enumerate(item.options):
        prose = words.read(option.text).prose
        letters = _LETTERS.fullmatch(prose)
        names_of_stem = letters and all(
            re.search(rf"\b{name}\b", item.question.stem) for name in letters.groups()
        )
        found = _OF_THE_ABOVE.search(prose)
        if found or (letters and not names_of_stem):
            what = f"the option speaks of other options: `{(found or letters)[0]}`"  # type: ignore[index]
            yield item.found("options", place, "text", what=what, mend="say what it means")


def no_splitting_absolutes(item: Item) -> Iterator[Found]:
    """L09, warning: absolute words stand in the key and in distractors, or in neither.

    Haladyna 2002 (specific determiners). Code and amounts are no prose.
    """
    keys, others = _said(item.keys, ABSOLUTE), _said(item.distractors, ABSOLUTE)
    if bool(keys) != bool(others):
        where = "in the key and no distractor" if keys else "in a distractor and not in the key"
        what = f"absolute words {where}: {', '.join(sorted(keys or others))}"
        yield item.found("options", what=what, mend="say it without, or in both")


def no_hedge_in_key(item: Item) -> Iterator[Found]:
    """L10, warning: words that hedge do not stand in the key alone. Haladyna 2002."""
    keys, others = _said(item.keys, HEDGES), _said(item.distractors, HEDGES)
    if keys and not others:
        what = f"hedges in the key alone: {', '.join(sorted(keys))}"
        yield item.found("options", what=what, mend="say it without, or hedge a distractor")


def one_grammar(item: Item) -> Iterator[Found]:
    """L12, warning: options share final punctuation, capital and form of the first word.

    The form: an -ing word, `to`, a number, code. The lead-in does not end in `a` or `an`.
    Whether number and tense agree is left to readers. NBME.
    """
    if not item.options:
        return
    stem = words.read(item.question.stem).prose.rstrip(" .:_…")
    if re.search(r"\b(a|an)$", stem):
        yield item.found("stem", what="the stem ends in a/an", mend="move the article to options")
    texts = [option.text for option in item.options]
    prose = [text for text in texts if not words.read(text).code_only]
    ends = [words.read(text).prose[-1:] in {".", "!", "?"} for text in prose]
    if len(set(ends)) > 1:
        what = f"{sum(ends)} of {len(ends)} options end with a full stop"
        yield item.found("options", what=what, mend="end all of them alike")
    starts = [words.read(text).prose[:1] for text in prose]
    capitals = [start.isupper() for start in starts if start.isalpha()]
    if len(set(capitals)) > 1 and quantities.quantities(texts) is None:
        what = f"{sum(capitals)} of {len(capitals)} options begin with a capital"
        yield item.found("options", what=what, mend="begin all of them alike")
    keys = {_form(text) for text in item.keys}
    others = {_form(text) for text in item.distractors}
    if len(keys) == len(others) == 1 and keys != others:
        what = f"the key begins with {keys.pop()}, each distractor with {others.pop()}"
        yield item.found("options", what=what, mend="give them one form")


def parallel_detail(item: Item) -> Iterator[Found]:
    """L13, warning: the key is not more specific than all distractors by 2 or more.

    Counted: numbers, pieces of code, parentheses, clauses. Options of code alone are exempt.
    Test-wise cues.
    """
    if not item.options or all(words.read(option.text).code_only for option in item.options):
        return
    key = min(map(_details, item.keys))
    other = max(map(_details, item.distractors))
    if key - other >= SPECIFIC_BY:
        what = f"the key has {key} details (numbers, code, clauses), a distractor at most {other}"
        yield item.found("options", what=what, mend="make them equally specific")


def plausible(item: Item) -> Iterator[Found]:
    """L21, warning: no jokes, no key of another form, at most one invented name an item.

    Names are looked up where a program can: builtins and modules of the standard library.
    Tarrant 2009.
    """
    for place, option in enumerate(item.options):
        if joke := _JOKE.search(words.read(option.text).prose):
            mend = "take an error that somebody makes"
            yield item.found("options", place, "text", what=f"a joke: `{joke[0]}`", mend=mend)
    if item.question.kind == "choice":
        key, others = item.keys[0], item.distractors
        form = words.read(key).code_only
        if all(words.read(text).code_only != form for text in others):
            what = f"the key is {'code' if form else 'prose'}, all distractors are not"
            yield item.found("options", what=what, mend="give a distractor the form of the key")
    invented = [name for text in item.distractors for name in names.invented(text)]
    if len(invented) > INVENTED:
        what = f"names that do not exist: {', '.join(invented)}; at most {INVENTED}"
        yield item.found("options", what=what, mend="take real names")


def no_vague_amounts(item: Item) -> Iterator[Found]:
    """L28, warning: no often, rarely, sometimes in options without a number. NBME."""
    for place, option in enumerate(item.options):
        vague = VAGUE.intersection(words.spoken(option.text))
        if vague and not re.search(r"\d", option.text):
            what = f"`{min(vague)}` without a number"
            yield item.found("options", place, "text", what=what, mend="say how often, or when")


def inclusive(item: Item) -> Iterator[Found]:
    """L34, warning: no word of a list that shuts people out or asks for local culture. NBME."""
    for keys, text in parts.texts(item.question):
        if found := _EXCLUDING.search(words.read(text).prose):
            yield item.found(*keys, what=f"`{found[0]}`", mend="use the neutral term")


# ---------------------------------------------------------------- helpers


def _said(texts: list[str], wanted: re.Pattern[str]) -> set[str]:
    return {found.lower() for text in texts for found in wanted.findall(words.read(text).prose)}


def says(text: str, wanted: re.Pattern[str]) -> bool:
    """Does the prose hold one of the words?"""
    return wanted.search(words.read(text).prose) is not None


def _form(text: str) -> str:
    first = next(iter(words.tokens(text)), "")
    if first.startswith("`"):
        return "code"
    if first[:1].isdigit():
        return "a number"
    if first in {"to", "because", "it", "they"}:
        return f"`{first}`"
    return "an -ing word" if first.endswith("ing") and len(first) > 5 else "another word"


def _details(text: str) -> int:
    found = words.read(text)
    said = words.tokens(text)
    numbers = sum(token[0].isdigit() for token in said)
    clauses = sum(token in CLAUSES for token in said) + found.prose.count(";")
    return numbers + len(found.spans) + found.prose.count("(") + clauses
