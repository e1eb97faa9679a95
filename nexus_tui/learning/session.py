"""What a session asks and in which order; a value that every step makes anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from random import Random
from typing import TYPE_CHECKING, Any

from nexus_tui.learning import scheduling

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from nexus_tui.learning.scheduling import CardState

SIZE = 12
DUE_LIMIT = 15
REASK_AFTER = 3
"""A missed question comes back after so many others at least."""
MINUTES_A_QUESTION = 0.7


@dataclass(frozen=True)
class Candidate:
    """An objective that could be asked, with its questions and what is known of it."""

    objective: str
    topic: str
    questions: tuple[str, ...]
    card: CardState | None = None
    due: bool = False
    last_asked: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """One question to ask; `why`: due, new, practice or missed."""

    question: str
    objective: str
    topic: str
    why: str


def choose_question(candidate: Candidate, random: Random) -> str:
    """A question never asked, else the one asked longest ago.

    So the question asked last returns only where it is the only one.
    """
    unseen = [key for key in candidate.questions if key not in candidate.last_asked]
    if unseen:
        return random.choice(unseen)
    return min(candidate.questions, key=lambda key: (candidate.last_asked[key], key))


def apart(candidate: Candidate, count: int) -> list[Candidate]:
    """Up to `count` candidates of one question each: those never asked, then the oldest."""
    asked = candidate.last_asked
    unseen = [key for key in candidate.questions if key not in asked]
    seen = sorted((key for key in candidate.questions if key in asked), key=lambda key: asked[key])
    questions = (*unseen, *seen)[:count]
    return [replace(candidate, questions=(key,)) for key in questions]


def plan(
    candidates: Sequence[Candidate],
    *,
    now: datetime,
    seed: str,
    size: int = SIZE,
    due_limit: int = DUE_LIMIT,
    confusable: Mapping[str, set[str]] | None = None,
) -> tuple[Planned, ...]:
    """Due objectives first, lowest retrievability first and at most `due_limit`, then others.

    What is due beyond the limit stays for another session; new objectives fill up to `size`
    in the order given. Neighbours are of different objectives and, among those due, topics
    that are mixed up easily stand side by side.
    """
    random = Random(f"plan/{seed}")
    usable = [c for c in candidates if c.questions]
    due = sorted(
        (c for c in usable if c.due and c.card is not None),
        key=lambda c: (
            scheduling.retrievability(c.card, now) if c.card else 1.0,
            random.random(),
        ),
    )[:due_limit]
    others = [c for c in usable if not c.due][: max(0, size - len(due))]
    due = interleave(due, confusable or {})
    return tuple(
        Planned(
            choose_question(c, random),
            c.objective,
            c.topic,
            "due" if c.due else "new" if c.card is None else "practice",
        )
        for c in (*due, *others)
    )


def interleave(
    candidates: Sequence[Candidate], confusable: Mapping[str, set[str]]
) -> list[Candidate]:
    """Keep the first of each place, but follow a topic by one it is mixed up with.

    Else by any other topic; by the same topic only where no other is left.
    """
    left = list(candidates)
    ordered: list[Candidate] = []
    while left:
        before = ordered[-1].topic if ordered else None
        twins = confusable.get(before, set()) if before else set()
        place = next(
            (n for n, c in enumerate(left) if c.topic in twins),
            next((n for n, c in enumerate(left) if c.topic != before), 0),
        )
        ordered.append(left.pop(place))
    return ordered


@dataclass(frozen=True)
class Summary:
    """How a session went: first tries only, and the objectives that were missed."""

    answered: int
    right: int
    missed: tuple[str, ...]
    minutes: int


@dataclass(frozen=True)
class Session:
    """The questions in order, and how many of them are behind."""

    mode: str
    queue: tuple[Planned, ...]
    position: int = 0
    results: tuple[tuple[str, bool], ...] = ()
    """(objective, right) in the order answered."""

    @classmethod
    def begin(cls, planned: Sequence[Planned], *, mode: str) -> Session:
        return cls(mode, tuple(planned))

    @property
    def current(self) -> Planned | None:
        """The question to ask now, None at the end."""
        return self.queue[self.position] if self.position < len(self.queue) else None

    @property
    def total(self) -> int:
        return len(self.queue)

    @property
    def minutes_left(self) -> int:
        """A guess, at least one minute while anything is left."""
        if self.current is None:
            return 0
        return max(1, round((self.total - self.position) * MINUTES_A_QUESTION))

    def answered(self, *, right: bool) -> Session:
        """Go on; a missed question comes back after three others, or at the end.

        Where no other question is left it does not: the same one twice running teaches nothing.
        """
        current = self.current
        assert current is not None
        queue = self.queue
        others = len(queue) - self.position - 1
        if not right and others and self._misses(current.question) < 2:
            place = self.position + 1 + min(REASK_AFTER, others)
            queue = (*queue[:place], replace(current, why="missed"), *queue[place:])
        results = (*self.results, (current.objective, right))
        return replace(self, queue=queue, position=self.position + 1, results=results)

    def _misses(self, question: str) -> int:
        return Counter(p.question for p in self.queue[: self.position])[question]

    def skip(self) -> Session:
        """The current question goes to the end."""
        current = self.current
        assert current is not None
        rest = self.queue[self.position + 1 :]
        return replace(self, queue=(*self.queue[: self.position], *rest, current))

    def summary(self) -> Summary:
        """Count each objective at its first answer."""
        first: dict[str, bool] = {}
        for objective, right in self.results:
            first.setdefault(objective, right)
        missed = tuple(objective for objective, right in first.items() if not right)
        minutes = max(1, round(len(self.results) * MINUTES_A_QUESTION)) if self.results else 0
        return Summary(len(first), sum(first.values()), missed, minutes)

    def to_payload(self) -> dict[str, Any]:
        """The session as JSON."""
        return {
            "mode": self.mode,
            "queue": [asdict(planned) for planned in self.queue],
            "position": self.position,
            "results": [list(result) for result in self.results],
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Session:
        """The reverse of `to_payload`."""
        return cls(
            mode=payload["mode"],
            queue=tuple(Planned(**planned) for planned in payload["queue"]),
            position=payload["position"],
            results=tuple((objective, bool(right)) for objective, right in payload["results"]),
        )
