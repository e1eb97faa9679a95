"""What comes before and after a topic, as a tree that is drawn line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FLIPPED = str.maketrans("└", "┌")


class Branch(NamedTuple):
    """A line of the map: the lines drawn left of a topic, and whether it stands there again.

    A topic that is reached on several ways is followed once, where it is nearest; elsewhere it
    is `again`. `step` is how far it is from the topic of the map: before it negative. `more` are
    the topics next to it that the map has no room for.
    """

    key: str
    stem: str
    step: int
    again: bool = False
    more: int = 0


def mapped(topic: str, requires: Mapping[str, Sequence[str]], depth: int) -> list[Branch]:
    """The map of a topic: what it rests on above it, what rests on it below, `depth` steps far.

    Read from the top it is an order to learn in. What is not a key of `requires` is left out;
    circles end where they meet themselves.
    """
    after: dict[str, list[str]] = {key: [] for key in requires}
    for key, needed in requires.items():
        for name in needed:
            if name in after:
                after[name].append(key)
    before = {key: [n for n in needed if n in requires] for key, needed in requires.items()}
    above = [
        b._replace(stem=b.stem.translate(_FLIPPED), step=-b.step)
        for b in reversed(_below(topic, before, depth))
    ]
    return [*above, Branch(topic, "", 0), *_below(topic, after, depth)]


def _below(topic: str, branches: Mapping[str, Sequence[str]], depth: int) -> list[Branch]:
    """The tree below a topic, drawn from the top; the topic itself is left out."""
    nearest = _steps(topic, branches)
    drawn: list[Branch] = []
    followed = {topic}

    def draw(key: str, stem: str, step: int) -> None:
        children = branches.get(key, ())
        for number, child in enumerate(children, 1):
            last = number == len(children)
            # Followed where it is nearest to the topic, so that the map stays shallow.
            here = child not in followed and nearest[child] == step
            more = len(branches.get(child, ())) if here and step == depth else 0
            corner = "└─" if last else "├─"
            drawn.append(Branch(child, f"{stem}{corner} ", step, not here, more))
            if here:
                followed.add(child)
            if here and step < depth:
                draw(child, f"{stem}{'   ' if last else '│  '}", step + 1)

    draw(topic, "", 1)
    return drawn


def _steps(topic: str, branches: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Topic → how many steps it is away at least."""
    found, level, step = {topic: 0}, [topic], 0
    while level:
        step += 1
        further = (child for key in level for child in branches.get(key, ()))
        level = list(dict.fromkeys(child for child in further if child not in found))
        found.update(dict.fromkeys(level, step))
    return found
