"""What a session asks and in which order; a value that every step makes anew."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from nexus_tui.learning import scheduling

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from datetime import datetime

    from nexus_tui.learning.scheduling import CardState, Preset

SIZE = 12
DUE_LIMIT = 15
REASK_AFTER = 3
"""A missed question comes back after so many others at least."""
LEECHES = 2
"""Leeches that one session asks at most, after everything else that is due."""
MINUTES_A_QUESTION = 0.7
LONGEST_READING = timedelta(minutes=2)
"""What is said of an answer counts as being read for so long at most."""


def minutes_for(questions: int) -> int:
    """Minutes that `questions` take, at least one; to say how long a session will be."""
    return max(1, round(questions * MINUTES_A_QUESTION))


def asked_at_once(others: int, leeches: int, due_limit: int) -> int:
    """How many of what is due one review asks, see `plan`; `others` are all but the leeches."""
    return min(due_limit, others + min(LEECHES, leeches))


def time_spent(answers: Iterable[tuple[datetime, timedelta]], until: datetime) -> timedelta:
    """How long a session took: answering, and reading what was said of each answer.

    `answers`: when each was given, and how long it took, in order. What lies between two of
    them, or after the last one up to `until`, was spent reading, and beyond that it was idle.
    """
    spent = timedelta()
    before: datetime | None = None
    for given, took in answers:
        spent += took + _reading(before, given - took)
        before = given
    return spent + _reading(before, until)


def _reading(begin: datetime | None, end: datetime) -> timedelta:
    if begin is None:
        return timedelta()
    return min(LONGEST_READING, max(timedelta(), end - begin))


@dataclass(frozen=True)
class Candidate:
    """An objective that could be asked, with its questions and what is known of it."""

    objective: str
    topic: str
    questions: tuple[str, ...]
    card: CardState | None = None
    due: bool = False
    last_asked: Mapping[str, datetime] = field(default_factory=dict)
    confident_error: bool = False
    """Answered sure and wrong, and not asked on a later day since."""
    leech: bool = False


@dataclass(frozen=True)
class Planned:
    """One question to ask; `why`: due, leech (due, but missed often), new, practice, missed."""

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
    preset: Preset = scheduling.DEFAULT,
) -> tuple[Planned, ...]:
    """Due objectives first, at most `due_limit`, then others.

    Of those due, confident errors come first, then the lowest retrievability, then at most two
    leeches: what is missed again and again needs its lesson more than another question. What
    is due beyond the limit stays for another session; new objectives fill up to `size` in the
    order given. Neighbours are of different objectives and, among those due, topics that are
    mixed up easily stand side by side.
    """
    random = Random(f"plan/{seed}")
    usable = [c for c in candidates if c.questions]
    due = sorted(
        (c for c in usable if c.due and c.card is not None),
        key=lambda c: (
            scheduling.retrievability(c.card, now, preset) if c.card else 1.0,
            random.random(),
        ),
    )
    errors = [c for c in due if c.confident_error][:due_limit]
    leeches = [c for c in due if c.leech and not c.confident_error][:LEECHES]
    rest = [c for c in due if not c.leech and not c.confident_error]
    rest = rest[: max(0, due_limit - len(errors))]
    leeches = leeches[: max(0, due_limit - len(errors) - len(rest))]
    others = [c for c in usable if not c.due]
    others = others[: max(0, size - len(errors) - len(rest) - len(leeches))]
    twins = confusable or {}
    asked = [*interleave(errors, twins), *interleave(rest, twins), *leeches, *others]
    return tuple(
        Planned(
            choose_question(c, random),
            c.objective,
            c.topic,
            _why(c),
        )
        for c in asked
    )


def _why(candidate: Candidate) -> str:
    if candidate.due:
        return "leech" if candidate.leech else "due"
    return "new" if candidate.card is None else "practice"


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


@dataclass(frozen=True)
class Session:
    """The questions in order, and how many of them are behind."""

    mode: str
    queue: tuple[Planned, ...]
    position: int = 0
    results: tuple[tuple[str, bool], ...] = ()
    """(objective, right) in the order answered."""
    waiting: tuple[tuple[str, int], ...] = ()
    """(question missed, how many answers there must be before it is asked again)."""

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
        return minutes_for(self.total - self.position)

    def answered(self, *, right: bool) -> Session:
        """Go on; a missed question comes back after at least three others were *answered*.

        Where fewer are left it does not come back: asked again at once it would only be read
        off short-term memory. Nor does a leech. Both are due tomorrow in any case.
        """
        current = self.current
        assert current is not None
        queue, waiting, answers = self.queue, self.waiting, len(self.results) + 1
        others = len(queue) - self.position - 1
        again = current.why != "leech" and self._misses(current.question) < 2
        if not right and others >= REASK_AFTER and again:
            place = self.position + 1 + REASK_AFTER
            queue = (*queue[:place], replace(current, why="missed"), *queue[place:])
            waiting = (*waiting, (current.question, answers + REASK_AFTER))
        results = (*self.results, (current.objective, right))
        gone = replace(
            self, queue=queue, position=self.position + 1, results=results, waiting=waiting
        )
        return gone._ready()

    def _misses(self, question: str) -> int:
        return Counter(p.question for p in self.queue[: self.position])[question]

    def _ready(self) -> Session:
        """Bring forward what may be asked now, where a missed question has to wait still."""
        ahead = list(self.queue[self.position :])
        place = next((n for n, planned in enumerate(ahead) if not self._waits(planned)), None)
        if place is None:
            # Only missed questions are left, and none may be asked yet: the session is over.
            return replace(self, queue=self.queue[: self.position])
        ahead.insert(0, ahead.pop(place))
        return replace(self, queue=(*self.queue[: self.position], *ahead))

    def _waits(self, planned: Planned) -> bool:
        until = max((n for key, n in self.waiting if key == planned.question), default=0)
        return planned.why == "missed" and until > len(self.results)

    def skip(self) -> Session:
        """The current question goes to the end."""
        current = self.current
        assert current is not None
        rest = self.queue[self.position + 1 :]
        return replace(self, queue=(*self.queue[: self.position], *rest, current))._ready()

    @property
    def is_last(self) -> bool:
        """Can nothing be asked before the current question? What was missed may have to wait."""
        return self.skip().current is self.current

    def without(self, objectives: Container[str]) -> Session:
        """The session without what is still to be asked of `objectives`."""
        ahead = tuple(p for p in self.queue[self.position :] if p.objective not in objectives)
        return replace(self, queue=(*self.queue[: self.position], *ahead))._ready()

    def summary(self, missed_before: Container[str] = ()) -> Summary:
        """Count each question at its first answer.

        One of `missed_before` was answered wrong, shown its solution, and asked anew: however
        it went then, that was no first try.
        """
        first: dict[str, bool] = {}
        missed: dict[str, None] = {}
        for planned, (objective, right) in zip(self.queue, self.results, strict=False):
            if planned.question not in first and not right:
                missed[objective] = None
            first.setdefault(planned.question, right)
        count = sum(right and key not in missed_before for key, right in first.items())
        return Summary(len(first), count, tuple(missed))

    def to_payload(self) -> dict[str, Any]:
        """The session as JSON."""
        return {
            "mode": self.mode,
            "queue": [asdict(planned) for planned in self.queue],
            "position": self.position,
            "results": [list(result) for result in self.results],
            "waiting": [list(missed) for missed in self.waiting],
        }

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Session:
        """The reverse of `to_payload`."""
        return cls(
            mode=payload["mode"],
            queue=tuple(Planned(**planned) for planned in payload["queue"]),
            position=payload["position"],
            results=tuple((objective, bool(right)) for objective, right in payload["results"]),
            waiting=tuple((question, int(n)) for question, n in payload.get("waiting", ())),
        )


def retrace(plan: Session, answers: Sequence[tuple[str, bool]]) -> Session:
    """`plan` as it stands after `answers`; what was skipped before them is skipped again."""
    session = plan
    for question, right in answers:
        session = brought_to(session, question)
        if session.current is None:
            break
        session = session.answered(right=right)
    return session


def brought_to(session: Session, question: str) -> Session:
    """`session` with what comes before `question` skipped; all of it, where that is not left."""
    for _ in range(session.total - session.position):
        if session.current is None or session.current.question == question:
            break
        session = session.skip()
    return session
