"""What the learner decides about objectives and scheduling: written, and read back.

Every decision is a fact, and each but a preset can be taken back by naming that fact.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import select

from nexus_tui.progress import cards
from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import ANSWER, FACT, MARK
from nexus_tui.progress.history import mine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from nexus_tui.progress.history import History
    from nexus_tui.progress.preset import PresetPayload
    from nexus_tui.progress.store import Store

# Built once: building a statement costs more than running it.
_HELD = mine(MARK).where(MARK.c.kind != "credit").order_by(MARK.c.at, MARK.c.fact)
_CREDITED = mine(MARK).where(MARK.c.kind.in_(("credit", "reset"))).order_by(MARK.c.at, MARK.c.fact)
_LAST_PRESET = (
    mine(FACT).where(is_kind("preset")).order_by(FACT.c.at.desc(), FACT.c.id.desc()).limit(1)
)


@dataclass(frozen=True)
class Held:
    """Why an objective is not asked; `facts` are what to take back to have it asked again."""

    suspended: bool
    until: date | None
    facts: tuple[str, ...]

    def on(self, day: date) -> bool:
        """Is it kept back on `day`?"""
        return self.suspended or (self.until is not None and day < self.until)


@dataclass(frozen=True)
class LastAnswer:
    """The answer given last to an objective."""

    question: str
    at: datetime
    day: date
    right: bool
    certainty: str
    mode: str


# ---------------------------------------------------------------- read


def held(history: History) -> dict[str, Held]:
    """Objective → how it is kept back; days of burying that are over are left out."""
    found: dict[str, Held] = {}
    for row in history._read(_HELD):
        key = history._key(row["objective"])
        before = found.get(key, Held(suspended=False, until=None, facts=()))
        if row["kind"] == "reset":
            found.pop(key, None)
            continue
        until = date.fromisoformat(row["until"]) if row["until"] else before.until
        suspended = before.suspended or row["kind"] == "suspend"
        found[key] = Held(suspended, until, (*before.facts, row["fact"]))
    return found


def credited(history: History) -> frozenset[str]:
    """Topics that the learner or a placement holds for known, and that were not begun anew since.

    They stay so once their objectives were asked.
    """
    found: dict[str, bool] = {}
    for row in history._read(_CREDITED):
        found[history._key(row["objective"]).rsplit("/", 1)[0]] = row["kind"] == "credit"
    return frozenset(topic for topic, known in found.items() if known)


def last_answer(history: History, objective: str) -> LastAnswer | None:
    """How an objective was answered last, whether it counts still or was reset."""
    keys = history._moves.ever(objective)
    c = ANSWER.c
    query = mine(ANSWER).where(c.objective.in_(keys)).order_by(c.at.desc(), c.fact.desc())
    for row in history._read(query.limit(1)):
        return LastAnswer(
            question=history._key(row["question"]),
            at=cards.moment(row["at"]),
            day=date.fromisoformat(row["day"]),
            right=row["score"] == 1.0,
            certainty=row["certainty"],
            mode=row["mode"],
        )
    return None


def last_topic_mark(history: History, topic: str) -> tuple[str, str] | None:
    """(kind, fact) of the last live credit or reset of a topic, None where there is none."""
    query = (
        select(MARK.c.kind, MARK.c.fact, MARK.c.objective)
        .where(MARK.c.learner == history.learner, MARK.c.kind.in_(("credit", "reset")))
        .order_by(MARK.c.at.desc(), MARK.c.fact.desc())
    )
    for row in history._read(query):
        if history._key(row["objective"]).rsplit("/", 1)[0] == topic:
            return row["kind"], row["fact"]
    return None


def said_preset(history: History) -> dict[str, Any]:
    """What the preset in force says, as JSON has it; empty where none was ever set."""
    for row in history._read(_LAST_PRESET):
        said: dict[str, Any] = json.loads(row["payload"])
        return said
    return {}


def preset(history: History) -> PresetPayload | None:
    """The preset in force, None where none was ever set."""
    from nexus_tui.progress.preset import PresetPayload

    said = said_preset(history)
    return PresetPayload.model_validate(said) if said else None


# ---------------------------------------------------------------- written


def suspend(store: Store, objective: str) -> Future[str]:
    """Ask an objective no more until this is taken back; the result is the fact's id."""
    return _say(store, "suspend", objective, {"objectives": (objective,)})


def bury(store: Store, objective: str) -> Future[str]:
    """Ask an objective no more today; the result is the fact's id."""
    tomorrow = store.day_of(store.now()) + timedelta(days=1)
    payload = {"objectives": (objective,), "until": tomorrow.isoformat()}
    return _say(store, "bury", objective, payload)


def credit(
    store: Store,
    topic: str,
    objectives: Sequence[str],
    why: Literal["known", "placement"] = "known",
) -> Future[str]:
    """Hold objectives of a topic for known; those that were answered keep their card."""
    return _say(store, "credit", topic, {"objectives": tuple(objectives), "why": why})


def reset(store: Store, topic: str, objectives: Sequence[str]) -> Future[str]:
    """Begin the objectives of a topic anew, under every id they ever had; answers stay."""
    stored = sorted({key for objective in objectives for key in store._moves.ever(objective)})
    return _say(store, "reset", topic, {"objectives": tuple(stored)})


def take_back(store: Store, facts: Sequence[str]) -> Future[None]:
    """Take decisions back, as if they had never been; what was taken back already stays so."""

    def act(connection: Connection) -> None:
        for fact in facts:
            where = (MARK.c.learner == store.learner, MARK.c.fact == fact)
            found = connection.execute(select(FACT.c.subject).where(FACT.c.id == fact)).scalar()
            if connection.execute(select(MARK.c.fact).where(*where).limit(1)).first():
                store._add(connection, "undo", str(found), {"fact": fact})

    return store._write(act)


def set_preset(store: Store, said: PresetPayload) -> Future[str]:
    """Put a preset in force for every answer from now on."""
    return _say(store, "preset", "", said.model_dump())


def _say(store: Store, kind: str, subject: str, payload: dict[str, Any]) -> Future[str]:
    return store._write(lambda c: str(store._add(c, kind, subject, payload)["id"]))
