"""A session as it is being answered: the question asked now, the grade, the way back."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from nexus_tui.catalog.revision import revision
from nexus_tui.learning import grading, rating, showing
from nexus_tui.learning.responses import Response, to_payload
from nexus_tui.learning.session import brought_to, retrace, time_spent
from nexus_tui.progress import decisions, sessions
from nexus_tui.progress.store import AnswerGiven

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import timedelta

    from nexus_tui.catalog.catalog import Catalog
    from nexus_tui.catalog.models import Question
    from nexus_tui.learning.grading import Explanation, Grade
    from nexus_tui.learning.rating import Certainty, Rating
    from nexus_tui.learning.session import Planned, Session, Summary
    from nexus_tui.learning.showing import Showing
    from nexus_tui.progress.store import Answered, Store

_LONGEST = 10 * 60 * 1000
"""A question left open counts at most ten minutes of work."""


@dataclass(frozen=True)
class Asked:
    """The question on screen, with its options in the order they are shown."""

    planned: Planned
    question: Question
    showing: Showing
    topic_title: str
    source: str


@dataclass(frozen=True)
class Outcome:
    """A graded answer; `saved` is done once it is on disk."""

    response: Response
    grade: Grade
    rating: Rating
    explanation: Explanation
    saved: Future[Answered]
    confident_error: bool = False
    """Sure, and wrong: it is explained at length, and comes first in the next review."""


class Sitting:
    """Asks, grades, hands the answer to the store and knows what comes next.

    The plan is kept when the session begins; where it stands follows from its live answers,
    so that it can go on, and be undone, after any kind of end.
    """

    def __init__(self, catalog: Catalog, store: Store, id: str, plan: Session) -> None:
        self.id = id
        self._catalog = catalog
        self._store = store
        self._plan = plan
        self._done: list[tuple[str, str]] = []
        """What was done here, in order: a fact and what it did, ("", "") for each answer."""
        self.session = self._retraced()
        self._shown_at = time.monotonic()
        self._asked: Asked | None = None

    def begin(self) -> None:
        """Keep the plan, so that the session can be resumed."""
        queue = [asdict(planned) for planned in self._plan.queue]
        self._store.session(self.id, self._plan.mode, queue)

    def asked(self) -> Asked | None:
        """The question to show now; None when the session is over.

        Asking twice gives the same showing: options are never reshuffled while open.
        """
        planned = self.session.current
        if planned is None:
            return None
        if self._asked is None or self._asked.planned is not planned:
            seed = f"{self.id}/{planned.question}/{self.session.position}"
            self._asked = asked_of(self._catalog, planned, seed)
            self._shown_at = time.monotonic()
        return self._asked

    def answer(self, response: Response, certainty: Certainty) -> Outcome:
        """Grade `response` to the question asked now and hand it to the store.

        The session stands where it stood until `go_on`: an answer that could not be saved
        is still open.
        """
        asked = self.asked()
        assert asked is not None
        milliseconds = min(_LONGEST, round((time.monotonic() - self._shown_at) * 1000))
        grade, given = graded(
            self._store, asked, response, certainty, milliseconds, (self.session.mode, self.id)
        )
        saved = self._store.answer(given)
        error = certainty is rating.Certainty.SURE and grade.score < 1
        explanation = grading.explain(asked.question, response, asked.showing.ids)
        return Outcome(response, grade, given.rating, explanation, saved, error)

    def go_on(self, outcome: Outcome) -> None:
        """Move to the next question, once `outcome` is on disk."""
        outcome.saved.result()
        self.session = self.session.answered(right=outcome.grade.score == 1.0)
        self._done.append(("", ""))

    def skip(self) -> None:
        """Leave the question for later in the session; nothing is recorded of it."""
        self.session = self.session.skip()
        self._asked = None

    def hold(self, *, suspended: bool) -> None:
        """Ask the objective on screen no more: until that is taken back, or until tomorrow.

        Raises StoreError where it could not be kept; then it is asked on.
        """
        assert self._asked is not None
        objective = self._asked.planned.objective
        keep = decisions.suspend if suspended else decisions.bury
        how = "suspended" if suspended else "buried"
        self._done.append((keep(self._store, objective).result(), how))
        self.session = self.session.without({objective})

    def undo(self) -> bool:
        """Take back what was done last: a decision of this sitting, else the last answer.

        The question of the answer is asked again now, also when the session was resumed since.
        """
        fact, _ = self._done[-1] if self._done else ("", "")
        question = "" if fact else self._store.undo(self.id).result()
        if fact:
            decisions.take_back(self._store, [fact]).result()
        elif question is None:
            return False
        del self._done[-1:]
        self.session = self._retraced()
        if question:
            self.session = brought_to(self.session, question)
        self._asked = None
        return True

    def _retraced(self) -> Session:
        """The plan after its live answers, without what the learner wants not to be asked."""
        today = self._store.day_of(self._store.now())
        held = {key for key, how in decisions.held(self._store).items() if how.on(today)}
        session = retrace(self._plan, sessions.answers(self._store, self.id))
        return session if self._plan.mode == "drill" else session.without(held)

    def held(self) -> Counter[str]:
        """How many objectives were `suspended` or `buried` here."""
        return Counter(how for _, how in self._done if how)

    def summary(self) -> Summary:
        """How the session went up to now, over every time it was left and resumed."""
        return self.session.summary(sessions.missed_and_undone(self._store, self.id))

    def spent(self) -> timedelta:
        """How long the session took up to now, over every time it was left and resumed."""
        return time_spent(sessions.times(self._store, self.id), self._store.now())

    def report(self, text: str = "") -> Future[None]:
        """Note that the learner holds the question shown for wrong."""
        assert self._asked is not None
        question = self._asked.question
        return self._store.report(self._asked.planned.question, text, revision(question))


def asked_of(catalog: Catalog, planned: Planned, seed: str) -> Asked:
    """A question as it is shown under `seed`. Raises KeyError where content has it no longer."""
    question = catalog.question(planned.question, seed)
    topic = catalog.topic(planned.topic).topic
    source = next((s for s in topic.sources if s.id == question.source), None)
    return Asked(
        planned=planned,
        question=question,
        showing=showing.show(question, seed),
        topic_title=topic.title,
        source=source.title if source else question.source,
    )


def graded(
    store: Store,
    asked: Asked,
    response: Response,
    certainty: Certainty,
    milliseconds: int,
    where: tuple[str, str],
) -> tuple[Grade, AnswerGiven]:
    """`response` graded and rated, as the store takes it; `where`: mode and session."""
    question, planned = asked.question, asked.planned
    grade = grading.grade(question, response)
    rated = rating.rate(
        grade,
        certainty,
        milliseconds,
        rating.expected_milliseconds(question),
        first_sight=not store.was_asked(planned.question),
        recognition=rating.recognition(question),
    )
    given = AnswerGiven(
        question=planned.question,
        objective=planned.objective,
        revision=revision(question),
        seed=asked.showing.seed,
        shown=asked.showing.ids,
        response=to_payload(response),
        score=grade.score,
        certainty=certainty,
        milliseconds=milliseconds,
        rating=rated,
        mode=where[0],
        session=where[1],
    )
    return grade, given
