"""An exam: which questions it asks, where one is in it, and what its result is worth."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

QUESTIONS = 20
MINUTES = 20
MOST_QUESTIONS = 100
MOST_MINUTES = 240
_Z = 1.959963984540054
"""The quantile of the normal distribution that leaves 2.5 % above it."""


@dataclass(frozen=True)
class Candidate:
    """An objective that an exam may ask about, with its questions, those preferred first."""

    objective: str
    topic: str
    group: str
    """What questions are shared out over: a track, or a line of a blueprint."""
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question of an exam."""

    question: str
    objective: str
    topic: str


# ---------------------------------------------------------------- what it asks


def allot(count: int, parts: Mapping[str, int], room: Mapping[str, int]) -> dict[str, int]:
    """Share `count` questions out over groups by their `parts`, at most `room` to each.

    The method of the largest remainder; what a group has no room for goes to the others.
    """
    found = dict.fromkeys(parts, 0)
    left = min(count, sum(room[group] for group, part in parts.items() if part > 0))
    while left:
        free = {t: p for t, p in parts.items() if p > 0 and found[t] < room[t]}
        whole = sum(free.values())
        exact = {t: left * p / whole for t, p in free.items()}
        given = {t: min(int(exact[t]), room[t] - found[t]) for t in free}
        if not any(given.values()):
            for group in sorted(free, key=lambda t: (-exact[t], t))[:left]:
                given[group] = 1
        elif sum(int(share) for share in exact.values()) == sum(given.values()) < left:
            rest = sorted(free, key=lambda t: (int(exact[t]) - exact[t], t))
            for group in rest[: left - sum(given.values())]:
                given[group] += found[group] + given[group] < room[group]
        for group, more in given.items():
            found[group] += more
            left -= more
    return found


def draw(
    candidates: Sequence[Candidate],
    count: int,
    seed: str,
    parts: Mapping[str, int] | None = None,
) -> tuple[Item, ...]:
    """The questions of an exam, shuffled; the same seed gives the same ones.

    `parts` says how much of it each group gets; without, each counts as many as it has
    objectives. Within a group every objective is asked once before any is asked again, and no
    two neighbours are of one objective where that can be helped.
    """
    random = Random(f"exam/{seed}")
    able = [c for c in candidates if c.questions]
    objectives = Counter(c.group for c in able)
    shares = {t: (parts or objectives).get(t, 0) for t in objectives}
    room = Counter[str]()
    for candidate in able:
        room[candidate.group] += len(candidate.questions)
    items: list[Item] = []
    for group, number in allot(count, shares, room).items():
        own = [c for c in able if c.group == group]
        random.shuffle(own)
        turns = [
            Item(c.questions[turn], c.objective, c.topic)
            for turn in range(max(len(c.questions) for c in own))
            for c in own
            if turn < len(c.questions)
        ]
        items += turns[:number]
    random.shuffle(items)
    return tuple(_apart(items))


def _apart(items: list[Item]) -> list[Item]:
    """The same questions, neighbours of one objective only where nothing else is left.

    The objective with the most questions left goes first where it would otherwise remain.
    """
    left = list(items)
    found: list[Item] = []
    while left:
        counts = Counter(item.objective for item in left)
        free = [i for i in left if not found or i.objective != found[-1].objective] or left
        most = max(free, key=lambda item: counts[item.objective])
        pressing = counts[most.objective] > len(left) // 2
        chosen = most if pressing else free[0]
        left.remove(chosen)
        found.append(chosen)
    return found


# ---------------------------------------------------------------- taking it


@dataclass(frozen=True)
class Sheet:
    """An exam as it stands: which questions are answered, which are flagged, which is open."""

    items: tuple[Item, ...]
    answered: frozenset[str] = frozenset()
    flagged: frozenset[str] = frozenset()
    position: int = 0

    @property
    def current(self) -> Item:
        """The question that is open."""
        return self.items[self.position]

    @property
    def unanswered(self) -> int:
        return sum(item.question not in self.answered for item in self.items)

    def went(self, position: int) -> Sheet:
        """Another question open; past the ends it goes round."""
        return replace(self, position=position % len(self.items))

    def answer(self) -> Sheet:
        """The open question answered, or answered again."""
        return replace(self, answered=self.answered | {self.current.question})

    def flag(self) -> Sheet:
        """The open question flagged, or no longer."""
        return replace(self, flagged=self.flagged ^ {self.current.question})

    def next_open(self) -> int | None:
        """The next question, going round, that is not answered; None where all are."""
        count = len(self.items)
        places = [(self.position + step) % count for step in range(1, count + 1)]
        free = (n for n in places if self.items[n].question not in self.answered)
        return next(free, None)


def seconds_left(began: datetime, minutes: int, now: datetime) -> int:
    """Whole seconds until the time is up, by the wall clock; never more than it lasts."""
    whole = minutes * 60
    left = whole - (now - began).total_seconds()
    return max(0, min(whole, round(left)))


# ---------------------------------------------------------------- what it is worth


@dataclass(frozen=True)
class Share:
    """How many of the questions on `key` were right, and where the true share likely lies.

    `low` and `high`: the 95 % confidence interval.
    """

    key: str
    right: int
    asked: int
    low: float
    high: float


def wilson(right: int, asked: int) -> tuple[float, float]:
    """The 95 % confidence interval of a share by Wilson's score (JASA 22, 1927, 209-212).

    Unlike the textbook interval it never leaves 0 to 1 and holds for few questions too.
    """
    if not asked:
        return 0.0, 1.0
    share, z2 = right / asked, _Z * _Z
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = _Z / (1 + z2 / asked) * sqrt(share * (1 - share) / asked + z2 / (4 * asked * asked))
    # Rounding must not push the share itself out of its interval.
    return min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half))


def shares(results: Iterable[tuple[str, bool]]) -> list[Share]:
    """One `Share` for each key, in the order in which they come."""
    found: dict[str, list[bool]] = {}
    for key, right in results:
        found.setdefault(key, []).append(right)
    return [
        Share(key, sum(rights), len(rights), *wilson(sum(rights), len(rights)))
        for key, rights in found.items()
    ]
