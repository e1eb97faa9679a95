"""Exams and placements: their facts written, and read back.

A paper is begun, its answers are kept as they are given, and it ends with an `exam` or a
`placement`. The answer given last to a question is the one that counts; the fact that ends an
exam names it, so that replay needs no rule of that day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from nexus_tui.progress import cards
from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import FACT, MARK
from nexus_tui.progress.history import mine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future
    from datetime import date, datetime

    from sqlalchemy.engine import Connection, RowMapping

    from nexus_tui.progress.history import History
    from nexus_tui.progress.payloads import ExamPayload, PaperPayload, PlacementPayload
    from nexus_tui.progress.store import AnswerGiven, Store

_LEFT = timedelta(days=1)
"""A placement that was left can be gone on with so long."""


@dataclass(frozen=True)
class Paper:
    """An exam or a placement as it was begun."""

    id: str
    began: datetime
    day: date
    plan: PaperPayload


@dataclass(frozen=True)
class Kept:
    """An answer of a paper that is on disk; an empty `response` says: I do not know."""

    fact: str
    question: str
    objective: str
    response: dict[str, Any]
    score: float


@dataclass(frozen=True)
class EndedExam:
    """An exam that ended, and when it was begun."""

    id: str
    day: date
    began: datetime
    result: ExamPayload


@dataclass(frozen=True)
class EndedPlacement:
    """A placement that ended."""

    id: str
    day: date
    at: datetime
    result: PlacementPayload


# ---------------------------------------------------------------- written


def begin(store: Store, plan: PaperPayload) -> Future[str]:
    """Begin a paper; the result is its id: the time in hexadecimal, counted on if it is taken."""

    def act(connection: Connection) -> str:
        number = cards.milliseconds(store.now())
        papers = select(FACT.c.subject).where(FACT.c.learner == store.learner, is_kind("paper"))
        taken = set(connection.execute(papers).scalars())
        while f"{number:x}" in taken:
            number += 1
        store._add(connection, "paper", f"{number:x}", plan.model_dump())
        return f"{number:x}"

    return store._write(act)


def answer(store: Store, given: AnswerGiven) -> Future[str]:
    """Keep an answer of a paper (its session); the result is its fact. It derives nothing yet."""
    return store._write(
        lambda c: str(store._add(c, "answer", given.question, given.payload, given.revision)["id"])
    )


def flag(store: Store, paper: str, question: str, *, on: bool) -> Future[None]:
    """Flag a question of an exam, or take the flag away."""

    def act(connection: Connection) -> None:
        store._add(connection, "flag", question, {"paper": paper, "on": on})

    return store._write(act)


def end_exam(store: Store, paper: str, result: ExamPayload) -> Future[bool]:
    """End an exam: its answers count now. False where it had ended already, elsewhere."""

    def act(connection: Connection) -> bool:
        if _ended(connection, store.learner, "exam", paper):
            return False
        store._add(connection, "exam", paper, result.model_dump())
        return True

    return store._write(act)


def end_placement(
    store: Store, paper: str, result: PlacementPayload, credits: Mapping[str, Sequence[str]]
) -> Future[bool]:
    """End a placement and credit the objectives of each topic in `credits`.

    What an earlier placement credited and this one does not is taken back. False where it had
    ended already, elsewhere.
    """

    def act(connection: Connection) -> bool:
        if _ended(connection, store.learner, "placement", paper):
            return False
        store._add(connection, "placement", paper, result.model_dump())
        before = _credited(connection, store)
        for topic, fact in before:
            if topic not in credits:
                store._add(connection, "undo", topic, {"fact": fact})
        known = {topic for topic, _ in before}
        for topic, objectives in credits.items():
            if topic not in known and objectives:
                payload = {"objectives": tuple(objectives), "why": "placement"}
                store._add(connection, "credit", topic, payload)
        return True

    return store._write(act)


def _credited(connection: Connection, store: Store) -> list[tuple[str, str]]:
    """(topic, fact) of every live credit that a placement gave."""
    live = select(MARK.c.fact).where(MARK.c.learner == store.learner, MARK.c.kind == "credit")
    query = select(FACT.c.id, FACT.c.subject, FACT.c.payload).where(
        FACT.c.learner == store.learner, is_kind("credit"), FACT.c.id.in_(live)
    )
    return [
        (store._key(row.subject), row.id)
        for row in connection.execute(query)
        if json.loads(row.payload)["why"] == "placement"
    ]


def _ended(connection: Connection, learner: str, kind: str, paper: str) -> bool:
    where = (FACT.c.learner == learner, is_kind(kind), FACT.c.subject == paper)
    return connection.execute(select(FACT.c.id).where(*where).limit(1)).first() is not None


# ---------------------------------------------------------------- read


@cache
def _of_kind(kind: str) -> Any:
    return mine(FACT).where(is_kind(kind)).order_by(FACT.c.at.desc())


def unfinished(history: History, mode: str) -> list[Paper]:
    """Papers of a mode that were begun and have not ended, the newest first."""
    begun = history._read(_of_kind("paper"))
    if not begun:
        return []
    from nexus_tui.progress.payloads import PaperPayload

    ended = {row["subject"] for row in history._read(_of_kind(mode))}
    found = []
    for row in begun:
        plan = PaperPayload.model_validate_json(row["payload"])
        if plan.mode == mode and row["subject"] not in ended:
            began = cards.moment(row["at"])
            found.append(Paper(row["subject"], began, history.day_of(began), _today(history, plan)))
    return found


def _today(history: History, plan: PaperPayload) -> PaperPayload:
    """The plan under the ids of today."""
    items = tuple(
        item.model_copy(
            update={name: history._key(getattr(item, name)) for name in type(item).model_fields}
        )
        for item in plan.items
    )
    topics = tuple(history._key(key) for key in plan.topics)
    return plan.model_copy(update={"items": items, "topics": topics})


def answers(history: History, paper: str, began: datetime) -> list[Kept]:
    """The answers of an open paper in the order given, those replaced later among them."""
    query = _of_kind("answer").where(FACT.c.at >= cards.milliseconds(began))
    rows = [row for row in history._read(query) if json.loads(row["payload"])["session"] == paper]
    return [_kept(history, row) for row in reversed(rows)]


def left_placement(store: Store) -> tuple[Paper, list[Kept]] | None:
    """The placement that was left since yesterday, with its answers; None without any."""
    for paper in unfinished(store, "placement")[:1]:
        if store.now() - paper.began < _LEFT and (given := answers(store, paper.id, paper.began)):
            return paper, given
    return None


def named(history: History, facts: Sequence[str]) -> list[Kept]:
    """The answers that these facts are, in the order given."""
    query = mine(FACT).where(FACT.c.id.in_(facts), is_kind("answer"))
    return [_kept(history, row) for row in history._read(query.order_by(FACT.c.id))]


def _kept(history: History, row: RowMapping) -> Kept:
    payload = json.loads(row["payload"])
    return Kept(
        fact=row["id"],
        question=history._key(row["subject"]),
        objective=history._key(payload["objective"]),
        response=payload["response"],
        score=payload["score"],
    )


def flags(history: History, paper: str) -> set[str]:
    """The questions of an exam that are flagged."""
    found: set[str] = set()
    for row in reversed(history._read(_of_kind("flag"))):
        payload = json.loads(row["payload"])
        if payload["paper"] == paper:
            change = found.add if payload["on"] else found.discard
            change(history._key(row["subject"]))
    return found


def exams(history: History) -> list[EndedExam]:
    """Every exam that ended, the newest first."""
    from nexus_tui.progress.payloads import ExamPayload

    found: dict[str, EndedExam] = {}
    for row in reversed(history._read(_of_kind("exam"))):
        result = ExamPayload.model_validate_json(row["payload"])
        names = ("question", "objective", "topic")
        items = tuple(
            item.model_copy(update={name: history._key(getattr(item, name)) for name in names})
            for item in result.items
        )
        began = cards.moment(result.began)
        result = result.model_copy(update={"items": items})
        # The first to end it is the one that counts.
        found.setdefault(
            row["subject"], EndedExam(row["subject"], history.day_of(began), began, result)
        )
    return sorted(found.values(), key=lambda exam: exam.began, reverse=True)


def placements(history: History) -> list[EndedPlacement]:
    """Every placement that ended, the newest first."""
    from nexus_tui.progress.payloads import PlacementPayload

    return [
        EndedPlacement(
            row["subject"],
            history.day_of(cards.moment(row["at"])),
            cards.moment(row["at"]),
            PlacementPayload.model_validate_json(row["payload"]),
        )
        for row in history._read(_of_kind("placement"))
    ]
