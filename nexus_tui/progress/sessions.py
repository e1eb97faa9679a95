"""The sessions that were begun, read back: their plans, and the live answers given in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, select

from nexus_tui.progress import cards
from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import ANSWER, FACT
from nexus_tui.progress.history import mine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.engine import RowMapping

    from nexus_tui.progress.history import History


@dataclass(frozen=True)
class SessionRow:
    """The plan of a session that was begun, and its live answers."""

    id: str
    mode: str
    queue: tuple[dict[str, str], ...]
    day: date
    began: int
    answered: int
    """When it was answered last; 0 where nothing of it was. Both in milliseconds."""
    answers: tuple[tuple[str, bool], ...]
    """(question, right), in order."""


_LATEST = 10
"""Sessions that are looked at for one to go on with."""
_SESSIONS = mine(FACT).where(is_kind("session")).order_by(FACT.c.at.desc()).limit(_LATEST)
_OF_SESSIONS = (
    mine(ANSWER)
    .with_only_columns(ANSWER.c.session, ANSWER.c.question, ANSWER.c.score, ANSWER.c.at)
    .where(ANSWER.c.session.in_(_SESSIONS.with_only_columns(FACT.c.subject)))
    .order_by(ANSWER.c.at, ANSWER.c.fact)
)


def latest(history: History) -> list[SessionRow]:
    """The sessions that were begun last, ten at most, the newest first."""
    with history.snapshot():
        begun = history._read(_SESSIONS)
        given = history._read(_OF_SESSIONS) if begun else ()
    answers: dict[str, list[RowMapping]] = {}
    for row in given:
        answers.setdefault(row["session"], []).append(row)
    return [_session(history, row, answers.get(row["subject"], ())) for row in begun]


def _session(history: History, begun: RowMapping, answers: Sequence[RowMapping]) -> SessionRow:
    plan = json.loads(begun["payload"])
    return SessionRow(
        plan["id"],
        plan["mode"],
        tuple({name: history._key(key) for name, key in asked.items()} for asked in plan["queue"]),
        date.fromisoformat(begun["day"]),
        begun["at"],
        answers[-1]["at"] if answers else 0,
        _asked(history, answers),
    )


def _asked(history: History, answers: Iterable[RowMapping]) -> tuple[tuple[str, bool], ...]:
    return tuple((history._key(row["question"]), row["score"] == 1.0) for row in answers)


def _live(history: History, session: str) -> Sequence[RowMapping]:
    query = mine(ANSWER).where(ANSWER.c.session == session)
    return history._read(query.order_by(ANSWER.c.at, ANSWER.c.fact))


def answers(history: History, session: str) -> list[tuple[str, bool]]:
    """(question, right) of the live answers of a session, in order."""
    return list(_asked(history, _live(history, session)))


def times(history: History, session: str) -> list[tuple[datetime, timedelta]]:
    """When each live answer of a session was given and how long it took, in order."""
    return [
        (cards.moment(row["at"]), timedelta(milliseconds=row["milliseconds"]))
        for row in _live(history, session)
    ]


def missed_and_undone(history: History, session: str) -> set[str]:
    """Questions of a session that were missed, and whose answer was then taken back."""
    began = select(FACT.c.at).where(
        FACT.c.learner == bindparam("learner"), is_kind("session"), FACT.c.subject == session
    )
    query = mine(FACT).where(is_kind("undo"), FACT.c.at >= began.scalar_subquery())
    undone = [json.loads(row["payload"])["fact"] for row in history._read(query)]
    taken_back = history._read(mine(FACT).where(is_kind("answer"), FACT.c.id.in_(undone)))
    given = [(row["subject"], json.loads(row["payload"])) for row in taken_back]
    return {
        history._key(question)
        for question, said in given
        if said["session"] == session and said["score"] < 1
    }
