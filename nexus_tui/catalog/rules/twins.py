"""Questions that are too much alike, found without comparing each with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nexus_tui.catalog.rules import parts, words
from nexus_tui.catalog.rules.found import items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import PackContent
    from nexus_tui.catalog.rules.found import Found, Item

ALIKE = 0.9


def no_twins(pack: PackContent) -> Iterator[Found]:
    """L32, warning: no two stems of the bank with a cosine over 0.9, and in no objective one key.

    What a kind asks about besides its stem (code, lines, pairs) counts as stem.
    """
    bank = [item for topic in pack.topics for item in items(topic)]
    yield from _one_key(bank)
    for earlier, later, share in similar([words.vector(_asked(item)) for item in bank]):
        one, other = bank[earlier], bank[later]
        what = f"the stem is that of {_name(one, other)}: cosine {share:.2f}, at most {ALIKE}"
        yield _twin(other, one, "stem", what, "ask something else, or take one out")


def similar(vectors: list[words.Vector]) -> Iterator[tuple[int, int, float]]:
    """Pairs of places whose vectors have a cosine over `ALIKE`.

    Of each vector the rarest tokens are taken, as many as leave a rest shorter than `ALIKE`
    of the whole. Where two vectors share none of these, all they share lies in the rest of
    one of them, so they are not alike: only the others are compared.
    """
    spread = Counter(token for vector in vectors for token in vector.counts)
    index: dict[str, list[int]] = defaultdict(list)
    for place, vector in enumerate(vectors):
        rarest = _rarest(vector, spread)
        for other in sorted({other for token in rarest for other in index[token]}):
            if (share := words.cosine(vectors[other], vector)) > ALIKE:
                yield other, place, share
        for token in rarest:
            index[token].append(place)


def _rarest(vector: words.Vector, spread: Counter[str]) -> list[str]:
    found = []
    rest = whole = vector.norm**2
    for token in sorted(vector.counts, key=lambda token: (spread[token], token)):
        if rest < ALIKE * ALIKE * whole:
            break
        found.append(token)
        rest -= vector.counts[token] ** 2
    return found


def _one_key(bank: list[Item]) -> Iterator[Found]:
    first: dict[tuple[str, str, str], Item] = {}
    for item in bank:
        key = _key(item)
        if not key:
            continue
        earlier = first.setdefault((item.path, item.question.objective, key), item)
        if earlier is not item:
            what = f"the key is that of `{earlier.question.id}`, of the same objective"
            yield _twin(item, earlier, "id", what, "ask for something else")


def _twin(item: Item, other: Item, key: str, what: str, mend: str) -> Found:
    others = (other.question.id,) if other.path == item.path else ()
    return item.found(key, what=what, mend=mend, others=others)


def _key(item: Item) -> str:
    """What is right, where it is words: numbers coincide."""
    question = item.question
    if question.kind == "short":
        said = " ".join(question.short.accept[:1])
    else:
        said = " / ".join(sorted(item.keys))
    said = " ".join(words.tokens(said))
    return said if any(letter.isalpha() for letter in said) else ""


def _asked(item: Item) -> str:
    question = item.question
    more = [parts.code_of(question)]
    if question.kind == "order":
        more += [line.text for line in question.lines]
    elif question.kind == "match":
        more += [f"{pair.left} {pair.right}" for pair in question.match]
    return "\n".join([question.stem, *more])


def _name(one: Item, other: Item) -> str:
    where = "" if one.path == other.path else f" of {one.path}"
    return f"`{one.question.id}`{where}"
