"""Finding out in at most 25 questions which topics someone knows.

What is believed is one probability for each topic: that it is known. Whoever knows a topic knows
what it requires: the states of knowledge are closed downwards, as in knowledge spaces (Doignon &
Falmagne, Knowledge Spaces, 1999). So an answer to one topic says something of others:

- for a prerequisite `a` of `t`, P(a and t known) = P(t);
- for a topic `c` that requires `t`, P(c and t known) = P(c);
- two topics `u` and `t` that both require `a` are independent once it is known whether `a` is:
  P(u and t known) = P(u) P(t) / P(a), with the least likely `a` they share;
- all others are independent.

With the joint probability J of `x` and `t`, Bayes' rule gives for an answer to `t`

    P(x | answer) = (J * l1 + (P(x) - J) * l0) / (P(t) * l1 + (1 - P(t)) * l0)

where l1 and l0 are the probabilities of that answer from one who knows `t` and from one who does
not: a slip and a lucky guess, as in knowledge tracing (Corbett & Anderson 1995). The first two
lines are exact; the third is where requirements form a tree, and near enough where they do not.
The topic asked next is the one whose answer is expected to leave the least doubt: the smallest
sum of P(1 - P) over all topics.

A chance is not all that a conclusion needs. By way of other topics one is known only where it was
not missed itself, here or before (`weakness.is_missed`), however sure the chance is: nobody is told
to know what their own history shows as missed. New is one only where it was missed more often than
right itself, or where a topic that it requires is new: what is not settled settles nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from nexus_tui.catalog.models import Question

MOST = 25
"""Questions that a placement asks at most."""
MOST_OF_ONE = 5
"""Questions of one topic that are asked at most: after those it is left open."""
MINUTES = 12
"""What a placement usually takes, for the learner to know before."""
KNOWN = 0.90
"""From this chance on a topic is held for known."""
NEW = 0.05
"""Up to this chance a topic is held for new: one slip is not enough for that."""
SLIP = 0.10
"""How often who knows a topic misses one of its questions."""
GUESS = 0.25
"""How often who does not know it is right, where the question does not say."""
ROOT = 0.6
"""The chance, before anything is asked, that a topic which requires nothing is known."""
STEP = 0.8
"""What remains of that chance with each direct requirement of a topic."""


@dataclass(frozen=True)
class Topic:
    """A topic that can be asked about.

    `requires` are all topics it builds on, however far below, of those that can be asked about.
    """

    key: str
    requires: frozenset[str]
    questions: int


@dataclass(frozen=True)
class Given:
    """An answer: to which topic, was it right, and how likely a guess would have been."""

    topic: str
    right: bool
    guess: float = GUESS
    unknown: bool = False
    """Was it said not to be known, instead of an answer?"""


class Standing(StrEnum):
    """What is concluded about a topic."""

    KNOWN = "known"
    NEW = "new"
    OPEN = "open"


@dataclass(frozen=True)
class Conclusion:
    """What is concluded about a topic, and the answers that speak for it."""

    topic: str
    standing: Standing
    chance: float
    right: int
    asked: int
    unknown: int
    """How often it was said not to be known."""
    above: tuple[str, ...]
    """Topics answered right that require it."""
    below: tuple[str, ...]
    """Topics answered wrong, or said not to be known, that it requires."""


class Field:
    """The topics that can be asked about, and how they are tied."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        self.topics = {topic.key: topic for topic in topics}

    @cached_property
    def _lowest_first(self) -> list[Topic]:
        return sorted(self.topics.values(), key=lambda topic: (len(topic.requires), topic.key))

    def start(self) -> dict[str, float]:
        """Topic → the chance that it is known before anything was asked."""
        chances: dict[str, float] = {}
        for topic in self._lowest_first:
            steps = STEP ** len(self._direct(topic))
            chances[topic.key] = steps * min((chances[k] for k in topic.requires), default=ROOT)
        return chances

    def _direct(self, topic: Topic) -> frozenset[str]:
        """What a topic requires itself, not by way of another."""
        far = [self.topics[key].requires for key in topic.requires]
        return topic.requires.difference(*far)

    def _joint(self, chances: Mapping[str, float], asked: Topic, other: Topic) -> float:
        """The chance that both are known."""
        p, x = chances[asked.key], chances[other.key]
        if other.key == asked.key or other.key in asked.requires:
            return p
        if asked.key in other.requires:
            return x
        shared = min((chances[key] for key in asked.requires & other.requires), default=1.0)
        return min(p, x, p * x / shared)

    def _nested(self, chances: dict[str, float]) -> dict[str, float]:
        """No topic is likelier known than what it requires."""
        for topic in self._lowest_first:
            for below in topic.requires:
                chances[topic.key] = min(chances[topic.key], chances[below])
        return chances

    def after(self, chances: Mapping[str, float], given: Given) -> dict[str, float]:
        """The chances after one more answer."""
        return self._nested(self._bayes(chances, given))

    def _bayes(self, chances: Mapping[str, float], given: Given) -> dict[str, float]:
        asked = self.topics[given.topic]
        known = 1 - SLIP if given.right else SLIP
        unknown = given.guess if given.right else 1 - given.guess
        p = chances[asked.key]
        either = p * known + (1 - p) * unknown
        found = {}
        for key, other in self.topics.items():
            joint = self._joint(chances, asked, other)
            found[key] = (joint * known + (chances[key] - joint) * unknown) / either
        return found

    def chances(self, answers: Sequence[Given]) -> dict[str, float]:
        """Topic → the chance that it is known after `answers`."""
        found = self.start()
        for given in answers:
            if given.topic in self.topics:
                found = self.after(found, given)
        return found

    def next_topic(
        self, answers: Sequence[Given], seed: str, missed: Container[str] = ()
    ) -> str | None:
        """The topic to ask about now: None once all is settled, or 25 were asked.

        `missed` are those that the history shows as missed. Between topics that would tell as
        much, the seed decides.
        """
        if len(answers) >= MOST:
            return None
        chances, asked = self.chances(answers), Counter(given.topic for given in answers)
        able = [
            found.topic
            for found in self.conclude(answers, missed)
            if found.standing is Standing.OPEN and asked[found.topic] < self._limit(found.topic)
        ]
        Random(f"placement/{seed}/{len(answers)}").shuffle(able)
        return min(able, key=lambda key: round(self._expected(chances, key), 9), default=None)

    def _limit(self, key: str) -> int:
        """How many questions of a topic there are, or are worth asking."""
        return min(MOST_OF_ONE, self.topics[key].questions)

    def _expected(self, chances: Mapping[str, float], key: str) -> float:
        """The doubt that an answer to a topic is expected to leave."""
        right = chances[key] * (1 - SLIP) + (1 - chances[key]) * GUESS
        yes = self._doubt(self._bayes(chances, Given(key, right=True)))
        no = self._doubt(self._bayes(chances, Given(key, right=False)))
        return right * yes + (1 - right) * no

    @staticmethod
    def _doubt(chances: Mapping[str, float]) -> float:
        return sum(p * (1 - p) for p in chances.values())

    def conclude(
        self, answers: Sequence[Given], missed: Container[str] = ()
    ) -> tuple[Conclusion, ...]:
        """What the answers say of each topic, in the order of the topics.

        `missed` are those that the history shows as missed.
        """
        chances = self.chances(answers)
        given = {key: [a for a in answers if a.topic == key] for key in self.topics}
        right = Counter(a.topic for a in answers if a.right)
        found: dict[str, Conclusion] = {}
        for topic in self._lowest_first:
            key, own = topic.key, given[topic.key]
            above = tuple(k for k in right if k in self.topics and key in self.topics[k].requires)
            below = tuple(k for k in given if k in topic.requires and right[k] < len(given[k]))
            found[key] = Conclusion(
                topic=key,
                standing=_standing(
                    chances[key],
                    for_it=bool(right[key] or (above and not own and key not in missed)),
                    against=2 * right[key] < len(own)
                    or any(found[k].standing is Standing.NEW for k in below),
                ),
                chance=chances[key],
                right=right[key],
                asked=len(own),
                unknown=sum(a.unknown for a in own),
                above=above,
                below=below,
            )
        return tuple(found[key] for key in self.topics)


def _standing(chance: float, *, for_it: bool, against: bool) -> Standing:
    """What a chance says, where an answer speaks for it."""
    if chance >= KNOWN and for_it:
        return Standing.KNOWN
    return Standing.NEW if chance <= NEW and against else Standing.OPEN


def guess_of(question: Question) -> float:
    """How likely who does not know the answer is right by guessing."""
    match question.kind:
        case "choice":
            return 1 / len(question.options)
        case "line":
            return 1 / max(2, sum(1 for text in question.line.lines if text.strip()))
        case "choices" | "match" | "order":
            return 0.10
    return 0.05
