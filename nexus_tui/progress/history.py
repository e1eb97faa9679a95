"""What was learned, read back: the reading half of the store."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import TableClause, bindparam, func, select
from sqlalchemy.exc import DBAPIError

from nexus_tui.learning import calendar
from nexus_tui.learning.mastery import ObjectiveHistory
from nexus_tui.progress import cards
from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import (
    ANSWER,
    BOOKMARK,
    CARD,
    DAY,
    FACT,
    MARK,
    NOTE,
    READING,
    STAGE,
)
from nexus_tui.progress.errors import StoreError, explain
from nexus_tui.progress.moved import Moves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime, tzinfo
    from pathlib import Path

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection, Engine, RowMapping

    from nexus_tui.learning.scheduling import CardState
    from nexus_tui.progress.payloads import AttemptPayload


@dataclass(frozen=True)
class DayRow:
    """Sums of one local day."""

    day: date
    answers: int
    right: int
    milliseconds: int
    """Of answering."""
    sections: int
    reviews: int = 0
    """Answers to what had been answered on an earlier day."""
    recalled: int = 0
    """Reviews that were right."""
    attempts: int = 0
    """Checks of stages."""
    worked: int = 0
    """Milliseconds of work on stages, and of reading beyond a minute a section."""


@dataclass(frozen=True)
class ReadingRow:
    """Where a lesson was left, and the headings of the sections that were read."""

    section: int
    sections: int
    heading: str
    day: date
    at: int
    read: frozenset[str]

    def place_in(self, headings: Sequence[str]) -> int:
        """The section to go on at: where its heading stands today, else where it stood."""
        if self.heading in headings:
            return headings.index(self.heading)
        return max(0, min(self.section, len(headings) - 1))


@dataclass(frozen=True)
class NoteRow:
    """What the learner wrote about a topic; `at` in milliseconds since the epoch."""

    text: str
    at: int


@dataclass(frozen=True)
class StageRow:
    """How far a stage of a challenge is."""

    attempts: int
    passed: date | None
    """The first day with a pass that counts."""
    hints: int
    seen: date | None
    """When the solution was opened before a pass."""
    milliseconds: int
    """Of work up to the first pass."""
    at: int


@dataclass(frozen=True)
class AttemptRow:
    """A check of a stage; `at` in milliseconds since the epoch."""

    day: date
    at: int
    said: AttemptPayload


def mine(table: TableClause) -> Any:
    """The rows of `table` that are of the learner whose history reads them."""
    return select(table).where(table.c.learner == bindparam("learner"))


def _ever() -> Any:
    names = ("answers", "right", "sure", "sure_right", "guessed", "guessed_right")
    sums = [func.coalesce(func.sum(DAY.c[name]), 0).label(name) for name in names]
    days = func.group_concat(DAY.c.day).label("days")
    return select(days, *sums).where(DAY.c.learner == bindparam("learner"))


# Built once: building a statement costs more than running it.
_CARDS = mine(CARD)
_DAYS = mine(DAY).with_only_columns(*(DAY.c[field.name] for field in fields(DayRow)))
_EVER = _ever()
_READINGS = mine(READING).order_by(READING.c.at)
_STAGES = mine(STAGE).order_by(STAGE.c.at)


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
        self._here = threading.local()
        """The open snapshot of each thread."""
        self.day_starts = calendar.DAY_STARTS
        """Hour of the local clock at which the learner's days begin."""

    def _exclusive(self) -> AbstractContextManager[object]:
        """A history in memory has one connection, which its threads take by turns."""
        return self._memory or nullcontext()

    def _read(self, query: Any) -> Sequence[RowMapping]:
        with self.snapshot() as connection:
            return connection.execute(query, {"learner": self.learner}).mappings().all()

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that goes on seeing one moment, for reading much in several steps.

        Everything that its thread reads meanwhile is of that moment. Raises a StoreError where
        something cannot be read.
        """
        connection: Connection | None = getattr(self._here, "connection", None)
        if connection is not None:
            yield connection
            return
        try:
            with self._exclusive(), self._reader.connect() as connection:
                self._here.connection = connection
                try:
                    yield connection
                finally:
                    self._here.connection = None
        except (DBAPIError, sqlite3.Error) as error:
            raise explain(error, self.path) if self.path else StoreError(str(error)) from error

    def _key(self, key: str) -> str:
        """The id under which content knows `key` today."""
        return self._moves.today(key)

    def day_of(self, at: datetime) -> date:
        """The learner's day of an instant."""
        return calendar.day_of(at, self._zone, self.day_starts)

    def _cards(self) -> dict[str, Any]:
        """Objective → its card row. What was answered before and after a move is one card."""
        found: dict[str, list[RowMapping]] = {}
        for row in self._read(_CARDS):
            found.setdefault(self._key(row["objective"]), []).append(row)
        return {
            key: rows[0] if len(rows) == 1 else self._joined(key, [r["objective"] for r in rows])
            for key, rows in found.items()
        }

    def _joined(self, objective: str, stored: Sequence[str]) -> dict[str, Any]:
        """One card of what several ids of an objective hold."""
        events: list[dict[str, Any]] = []
        for table in (ANSWER, MARK):
            for row in self._read(mine(table).where(table.c.objective.in_(stored))):
                question = {"question": self._key(row["question"])} if table is ANSWER else {}
                events.append({**row, "objective": objective, **question})
        events.sort(key=lambda event: (event["at"], event["fact"]))
        return cards.card_of(events, self._presets())

    def _presets(self) -> cards.Presets:
        query = mine(FACT).where(is_kind("preset")).order_by(FACT.c.at, FACT.c.id)
        return cards.Presets((row["id"], row["payload"]) for row in self._read(query))

    def objectives(self) -> tuple[dict[str, CardState], dict[str, ObjectiveHistory]]:
        """`cards` and `history`, of one moment and read once."""
        rows = self._cards()
        states = {key: cards.state_of(row) for key, row in rows.items()}
        return states, {key: _history(row) for key, row in rows.items()}

    def cards(self) -> dict[str, CardState]:
        """Objective → what FSRS remembers of it."""
        return {key: cards.state_of(row) for key, row in self._cards().items()}

    def history(self) -> dict[str, ObjectiveHistory]:
        """Objective → the counts that mastery is made of."""
        return {key: _history(row) for key, row in self._cards().items()}

    def last_asked(self, questions: Iterable[str]) -> dict[str, datetime]:
        """Question → when it was last answered, of `questions` those that ever were."""
        stored = {old: key for key in questions for old in self._moves.ever(key)}
        if not stored:
            return {}
        asked = func.json_each(json.dumps(sorted(stored))).table_valued("value", name="asked")
        c = ANSWER.c
        last = (
            select(func.max(c.at))
            .where(c.learner == self.learner, c.question == asked.c.value)
            .scalar_subquery()
        )
        found: dict[str, datetime] = {}
        for row in self._read(select(asked.c.value, last.label("at"))):
            if row["at"] is not None:
                key, at = stored[row["value"]], cards.moment(row["at"])
                found[key] = max(at, found.get(key, at))
        return found

    def was_asked(self, question: str) -> bool:
        """Was this question answered before?"""
        keys = self._moves.ever(question)
        query = mine(ANSWER).where(ANSWER.c.question.in_(keys)).limit(1)
        return bool(self._read(query))

    def days(self, since: date | None = None) -> list[DayRow]:
        """Sums of every day on which something was done, in order, from `since` on."""
        query = _DAYS.order_by(DAY.c.day)
        if since is not None:
            query = query.where(DAY.c.day >= since.isoformat())
        return [
            DayRow(**{**row, "day": date.fromisoformat(row["day"])}) for row in self._read(query)
        ]

    def certainty(self) -> dict[str, tuple[int, int]]:
        """What was said of an answer → (right, answered)."""
        return self.ever()[1]

    def ever(self) -> tuple[set[date], dict[str, tuple[int, int]]]:
        """Every day on which something was done, and `certainty`; ten years in one row."""
        row = self._read(_EVER)[0]
        sure, guessed = (row["sure_right"], row["sure"]), (row["guessed_right"], row["guessed"])
        rest = (row["right"] - sure[0] - guessed[0], row["answers"] - sure[1] - guessed[1])
        learned = {date.fromisoformat(day) for day in (row["days"] or "").split(",") if day}
        return learned, {"sure": sure, "unmarked": rest, "guessed": guessed}

    def readings(self) -> dict[str, ReadingRow]:
        """Topic → where its lesson was left."""
        found: dict[str, ReadingRow] = {}
        for row in self._read(_READINGS):
            key = self._key(row["topic"])
            before = found[key].read if key in found else frozenset[str]()
            found[key] = ReadingRow(
                row["section"],
                row["sections"],
                row["heading"],
                date.fromisoformat(row["day"]),
                row["at"],
                before | frozenset(json.loads(row["read"])),
            )
        return found

    def notes(self, learner: str | None = None) -> dict[str, NoteRow]:
        """Topic → what was noted of it, the one written last first; by another `learner`."""
        found: dict[str, NoteRow] = {}
        whose = select(NOTE).where(NOTE.c.learner == (learner or self.learner))
        for row in self._read(whose.order_by(NOTE.c.at.desc())):
            found.setdefault(self._key(row["topic"]), NoteRow(row["text"], row["at"]))
        return {topic: note for topic, note in found.items() if note.text}

    def note(self, topic: str) -> str:
        """What was noted of a topic; empty where nothing is."""
        with self.snapshot() as connection:
            return self._note(connection, topic)

    def _note(self, connection: Connection, topic: str) -> str:
        stored = mine(NOTE).where(NOTE.c.topic.in_(self._moves.ever(topic)))
        last = stored.order_by(NOTE.c.at.desc()).limit(1)
        found = connection.execute(last, {"learner": self.learner}).mappings().first()
        return str(found["text"]) if found else ""

    def bookmarks(self) -> list[tuple[str, str]]:
        """(topic, heading) of what is marked, the mark made last first."""
        found: dict[tuple[str, str], bool] = {}
        for row in self._read(mine(BOOKMARK).order_by(BOOKMARK.c.at.desc())):
            found.setdefault((self._key(row["topic"]), row["heading"]), bool(row["on"]))
        return [marked for marked, on in found.items() if on]

    def stages(self) -> dict[str, StageRow]:
        """Stage → how far it is; only those that were attempted, or of which a hint was shown."""
        return {
            self._key(row["stage"]): StageRow(
                row["attempts"],
                date.fromisoformat(row["passed"]) if row["passed"] else None,
                row["hints"],
                date.fromisoformat(row["seen"]) if row["seen"] else None,
                row["milliseconds"],
                row["at"],
            )
            for row in self._read(_STAGES)
        }

    def last_attempt(self, stage: str) -> AttemptRow | None:
        """What the last check of a stage came to."""
        keys = self._moves.ever(stage)
        query = mine(FACT).where(is_kind("attempt"), FACT.c.subject.in_(keys))
        rows = self._read(query.order_by(FACT.c.at.desc(), FACT.c.id.desc()).limit(1))
        if not rows:
            return None
        from nexus_tui.progress.payloads import AttemptPayload

        said = AttemptPayload.model_validate_json(rows[0]["payload"])
        return AttemptRow(date.fromisoformat(rows[0]["day"]), rows[0]["at"], said)

    def counts(self) -> dict[str, int]:
        """How many rows of each kind there are, for `doctor`."""
        found = {}
        for name, table in (("facts", FACT), ("answers", ANSWER), ("objectives", CARD)):
            query = select(func.count().label("n")).where(table.c.learner == self.learner)
            found[name] = int(self._read(query.select_from(table))[0]["n"])
        return found

    def digest(self) -> dict[str, str]:
        """Table → SHA-256 of its rows in order: rebuilt equals kept, digest by digest."""
        from nexus_tui.progress.tables import DERIVED

        found = {}
        with self.snapshot() as connection:
            for model in DERIVED:
                table: Table = model.__table__  # type: ignore[attr-defined]
                query = select(table).order_by(*table.primary_key.columns)
                hashed = hashlib.sha256()
                for row in connection.execute(query.execution_options(yield_per=5_000)):
                    hashed.update(json.dumps(list(row)).encode())
                found[table.name] = hashed.hexdigest()
        return found


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _history(row: Mapping[str, Any]) -> ObjectiveHistory:
    return ObjectiveHistory(
        asked=row["asked"],
        right=row["right"],
        sure_wrong=row["sure_wrong"],
        right_days=row["right_days"],
        first_right=_date(row["first_right"]),
        last_right=_date(row["last_right"]),
        right_questions=row["right_questions"],
        lapses=row["lapses"],
        last_missed=_date(row["last_missed"]),
        first_asked=_date(row["first_asked"]),
        confident_error=_date(row["confident_error"]),
    )
