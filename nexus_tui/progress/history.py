"""What was learned, read back: the reading half of the store."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, func, select
from sqlalchemy.exc import DBAPIError

from nexus_tui.learning import calendar
from nexus_tui.learning.mastery import ObjectiveHistory
from nexus_tui.progress import derive, tables
from nexus_tui.progress.derive import ANSWER, CARD, DAY, FACT, READING, TICK
from nexus_tui.progress.errors import StoreError, explain
from nexus_tui.progress.moved import Moves

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime, tzinfo
    from pathlib import Path

    from sqlalchemy.engine import Engine, RowMapping

    from nexus_tui.learning.scheduling import CardState


@dataclass(frozen=True)
class DayRow:
    """Sums of one local day."""

    day: date
    answers: int
    right: int
    milliseconds: int
    sections: int


@dataclass(frozen=True)
class ReadingRow:
    """Where a lesson was left, and which sections were shown."""

    section: int
    sections: int
    heading: str
    day: date
    at: int
    read: frozenset[int]


@dataclass(frozen=True)
class TickRow:
    """What the learner said of an item of a checklist."""

    done: bool
    note: str
    day: date


class History:
    """One learner's facts and what follows from them; may be read from several threads."""

    def __init__(
        self,
        path: Path | None,
        reader: Engine,
        *,
        zone: tzinfo | None,
        moved: Mapping[str, str],
        memory: threading.RLock | None,
    ) -> None:
        self.path = path
        self.learner = ""
        self._reader = reader
        self._zone = zone
        self._moves = Moves(moved)
        self._memory = memory

    def _exclusive(self) -> AbstractContextManager[object]:
        """A history in memory has one connection, which its threads take by turns."""
        return self._memory or nullcontext()

    def _read(self, query: Any) -> list[RowMapping]:
        try:
            with self._exclusive(), self._reader.connect() as connection:
                return list(connection.execute(query).mappings())
        except (DBAPIError, sqlite3.Error) as error:
            raise explain(error, self.path) if self.path else StoreError(str(error)) from error

    def _mine(self, table: Table) -> Any:
        return select(table).where(table.c.learner == self.learner)

    def _key(self, key: str) -> str:
        """The id under which content knows `key` today."""
        return self._moves.today(key)

    def day_of(self, at: datetime) -> date:
        """The learner's day of an instant."""
        return calendar.day_of(at, self._zone)

    def _cards(self) -> dict[str, Any]:
        """Objective → its card row. What was answered before and after a move is one card."""
        found: dict[str, list[RowMapping]] = {}
        for row in self._read(self._mine(CARD)):
            found.setdefault(self._key(row["objective"]), []).append(row)
        return {
            key: rows[0] if len(rows) == 1 else self._joined(key, [r["objective"] for r in rows])
            for key, rows in found.items()
        }

    def _joined(self, objective: str, stored: Sequence[str]) -> dict[str, Any]:
        query = self._mine(ANSWER).where(ANSWER.c.objective.in_(stored))
        answers = [
            {**row, "objective": objective, "question": self._key(row["question"])}
            for row in self._read(query.order_by(ANSWER.c.at, ANSWER.c.fact))
        ]
        return derive.card_of(answers)

    def cards(self) -> dict[str, CardState]:
        """Objective → what FSRS remembers of it."""
        return {key: derive.state_of(row) for key, row in self._cards().items()}

    def history(self) -> dict[str, ObjectiveHistory]:
        """Objective → the counts that mastery is made of."""
        return {
            key: ObjectiveHistory(
                asked=row["asked"],
                right=row["right"],
                sure_wrong=row["sure_wrong"],
                right_days=row["right_days"],
                first_right=_date(row["first_right"]),
                last_right=_date(row["last_right"]),
                right_questions=row["right_questions"],
            )
            for key, row in self._cards().items()
        }

    def last_asked(self) -> dict[str, datetime]:
        """Question → when it was last answered."""
        c = ANSWER.c
        query = (
            select(c.question, func.max(c.at).label("at"))
            .where(c.learner == self.learner)
            .group_by(c.question)
            .order_by(func.max(c.at))
        )
        return {self._key(r["question"]): derive.moment(r["at"]) for r in self._read(query)}

    def was_asked(self, question: str) -> bool:
        """Was this question answered before?"""
        keys = self._moves.ever(question)
        query = self._mine(ANSWER).where(ANSWER.c.question.in_(keys)).limit(1)
        return bool(self._read(query))

    def days(self) -> list[DayRow]:
        """Sums of every day on which something was done, in order."""
        return [
            DayRow(
                date.fromisoformat(row["day"]),
                row["answers"],
                row["right"],
                row["milliseconds"],
                row["sections"],
            )
            for row in self._read(self._mine(DAY).order_by(DAY.c.day))
        ]

    def certainty(self) -> dict[str, tuple[int, int]]:
        """What was said of an answer → (right, answered)."""
        names = ("answers", "right", "sure", "sure_right", "guessed", "guessed_right")
        sums = [func.coalesce(func.sum(DAY.c[name]), 0).label(name) for name in names]
        row = self._read(select(*sums).where(DAY.c.learner == self.learner))[0]
        sure, guessed = (row["sure_right"], row["sure"]), (row["guessed_right"], row["guessed"])
        rest = (row["right"] - sure[0] - guessed[0], row["answers"] - sure[1] - guessed[1])
        return {"sure": sure, "unmarked": rest, "guessed": guessed}

    def readings(self) -> dict[str, ReadingRow]:
        """Topic → where its lesson was left."""
        found: dict[str, ReadingRow] = {}
        for row in self._read(self._mine(READING).order_by(READING.c.at)):
            key = self._key(row["topic"])
            before = found[key].read if key in found else frozenset[int]()
            found[key] = ReadingRow(
                row["section"],
                row["sections"],
                row["heading"],
                date.fromisoformat(row["day"]),
                row["at"],
                before | frozenset(json.loads(row["read"])),
            )
        return found

    def ticks(self, project: str) -> dict[str, TickRow]:
        """Item → what was said of it, for one project."""
        rows = self._read(self._mine(TICK).where(TICK.c.project == project))
        # What was said under the id of today was said last.
        rows.sort(key=lambda row: (row["item"] == self._key(row["item"]), row["day"]))
        return {
            self._key(row["item"]): TickRow(
                row["done"], row["note"], date.fromisoformat(row["day"])
            )
            for row in rows
        }

    def projects(self) -> list[str]:
        """Names of the projects, the one chosen last first."""
        c = FACT.c
        query = (
            select(c.subject, func.max(c.at).label("at"))
            .where(c.learner == self.learner, c.kind == "project")
            .group_by(c.subject)
            .order_by(func.max(c.at).desc())
        )
        return [row["subject"] for row in self._read(query)]

    def last_session(self) -> dict[str, Any] | None:
        """The plan of the session answered last: id, mode, queue, day."""
        c = ANSWER.c
        latest = select(c.session).where(c.learner == self.learner).order_by(c.fact.desc()).limit(1)
        query = self._mine(FACT).where(FACT.c.kind == "session")
        rows = self._read(query.where(FACT.c.subject == latest.scalar_subquery()).limit(1))
        if not rows:
            return None
        plan = json.loads(rows[0]["payload"])
        queue = [{name: self._key(key) for name, key in asked.items()} for asked in plan["queue"]]
        return {**plan, "queue": queue, "day": rows[0]["day"]}

    def answers_of(self, session: str) -> list[tuple[str, bool]]:
        """(question, right) of the live answers of a session, in order."""
        c = ANSWER.c
        query = self._mine(ANSWER).where(c.session == session).order_by(c.at, c.fact)
        return [(self._key(row["question"]), row["score"] == 1.0) for row in self._read(query)]

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are, for `doctor`."""
        found = {}
        for name, table in (("facts", FACT), ("answers", ANSWER), ("objectives", CARD)):
            query = select(func.count().label("n")).where(table.c.learner == self.learner)
            found[name] = int(self._read(query.select_from(table))[0]["n"])
        return found

    def digest(self) -> dict[str, str]:
        """Table → SHA-256 of its rows in order: rebuilt equals kept, digest by digest."""
        found = {}
        for model in tables.DERIVED:
            table: Table = model.__table__  # type: ignore[attr-defined]
            rows = self._read(select(table).order_by(*table.primary_key.columns))
            text = json.dumps([list(row.values()) for row in rows])
            found[table.name] = hashlib.sha256(text.encode()).hexdigest()
        return found


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
