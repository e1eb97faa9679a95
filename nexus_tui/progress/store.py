"""The learner's history: a few calls that screens need, each durable before it returns."""

from __future__ import annotations

import hashlib
import json
import os
import queue
import sqlite3
import threading
import time
import zlib
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from sqlalchemy import Table, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from nexus_tui.learning import calendar
from nexus_tui.learning.mastery import ObjectiveHistory
from nexus_tui.progress import derive, tables
from nexus_tui.progress.derive import ANSWER, CARD, DAY, FACT, READING, TICK
from nexus_tui.progress.engine import FileLock, reader_engine, writer_engine
from nexus_tui.progress.errors import EmptyFile, NewerDatabase, StoreError, explain
from nexus_tui.progress.ids import uuid7
from nexus_tui.progress.payloads import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from sqlalchemy.engine import Connection, RowMapping

    from nexus_tui.learning.rating import Certainty, Rating
    from nexus_tui.learning.scheduling import CardState

__all__ = ["AnswerGiven", "Answered", "DayRow", "ReadingRow", "Store", "StoreError", "TickRow"]

Result = TypeVar("Result")
_META: Table = tables.Meta.__table__  # type: ignore[attr-defined]
_LEARNER: Table = tables.Learner.__table__  # type: ignore[attr-defined]


@dataclass(frozen=True)
class AnswerGiven:
    """An answer as the learner gave it, graded and rated."""

    question: str
    objective: str
    revision: str
    seed: str
    shown: tuple[str, ...]
    response: dict[str, Any]
    score: float
    certainty: Certainty
    milliseconds: int
    rating: Rating
    mode: str
    session: str


@dataclass(frozen=True)
class Answered:
    """An answer that is on disk."""

    fact: str
    card: CardState


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


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One learner's facts. Writes run on one thread; reads may come from any.

    A write returns a future that is done when the transaction is on disk; it raises a
    StoreError where that failed, and then nothing of it was written.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        clock: Callable[[], datetime] = _now,
        zone: tzinfo | None = None,
        moved: Mapping[str, str] | None = None,
    ) -> None:
        self.path = path
        self._clock = clock
        self._zone = zone
        self._moved = dict(moved or {})
        self._lock = FileLock(path)
        self._writer = writer_engine(path)
        self._reader = reader_engine(path) if path is not None else self._writer
        self._memory = threading.RLock() if path is None else None
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="nexus-writer", daemon=True)
        self.learner = ""
        self._device = ""

    # ------------------------------------------------------------ opening

    @classmethod
    def open(
        cls,
        path: Path | None,
        *,
        learner: str | None = None,
        clock: Callable[[], datetime] = _now,
        zone: tzinfo | None = None,
        moved: Mapping[str, str] | None = None,
    ) -> Store:
        """Open or make the history at `path`; None keeps it in memory, until closed.

        `learner` is a name, made if it is new; without it, whoever was here first. Raises a
        StoreError and touches nothing where the file is newer, damaged, empty or no database.
        """
        store: Store | None = None
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                _look_before_opening(path)
            store = cls(path, clock=clock, zone=zone, moved=moved)
            if path is None:
                _make_schema(store._writer)
            elif not path.exists():
                _make_file(path, store._lock)
            store._thread.start()
            store._write(lambda connection: store._settle(connection, learner)).result()
        except (DBAPIError, OSError, sqlite3.Error) as error:
            raise explain(error, path) if path else StoreError(str(error)) from error
        return store

    def _settle(self, connection: Connection, name: str | None) -> None:
        """Find or make this file's device and the learner."""
        device = connection.execute(select(_META.c.value).where(_META.c.key == "device")).scalar()
        if device is None:
            device = str(uuid4())
            connection.execute(insert(_META).values(key="device", value=device))
        self._device = str(device)
        query = select(_LEARNER.c.id).order_by(_LEARNER.c.made).limit(1)
        if name is not None:
            query = query.where(_LEARNER.c.name == name)
        found = connection.execute(query).scalar()
        if found is None:
            found = str(uuid4())
            made = derive.milliseconds(self._clock())
            connection.execute(insert(_LEARNER).values(id=found, name=name or "learner", made=made))
        self.learner = str(found)

    def close(self) -> None:
        """Write what is waiting, then close: readers first, so that the writer checkpoints."""
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        if self._reader is not self._writer:
            self._reader.dispose()
        try:
            with self._lock.held():
                self._writer.dispose()
        except OSError:
            self._writer.dispose()

    # ------------------------------------------------------------ writing

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()

    def _write(self, act: Callable[[Connection], Result]) -> Future[Result]:
        """Run `act` in one transaction on the writer's thread."""
        future: Future[Result] = Future()

        def job() -> None:
            try:
                with self._lock.held(), self._exclusive(), self._writer.begin() as connection:
                    result = act(connection)
            except (DBAPIError, OSError, sqlite3.Error, StoreError) as error:
                future.set_exception(explain(error, self.path) if self.path else error)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        self._jobs.put(job)
        return future

    def _exclusive(self) -> Any:
        from contextlib import nullcontext

        return self._memory or nullcontext()

    def _add(
        self,
        connection: Connection,
        kind: str,
        subject: str,
        payload: dict[str, Any],
        revision: str = "",
    ) -> dict[str, Any]:
        """Append a fact and derive from it; returns its row."""
        text = KINDS[kind].model_validate(payload).model_dump_json()
        c = FACT.c
        last = connection.execute(select(func.max(c.at)).where(c.learner == self.learner)).scalar()
        seq = connection.execute(
            select(func.max(c.seq)).where(c.learner == self.learner, c.device == self._device)
        ).scalar()
        at = max(derive.milliseconds(self._clock()), (last or 0) + 1)
        row: dict[str, Any] = {
            "learner": self.learner,
            "id": str(uuid7(at)),
            "device": self._device,
            "seq": (seq or 0) + 1,
            "at": at,
            "day": self.day_of(derive.moment(at)).isoformat(),
            "kind": kind,
            "subject": subject,
            "revision": revision,
            "payload": text,
        }
        row["crc"] = checksum(row)
        connection.execute(insert(FACT).values(row))
        derive.apply(connection, row)
        return row

    def answer(self, given: AnswerGiven) -> Future[Answered]:
        """Keep an answer: its fact, the card of its objective and the sums of the day."""
        payload = {
            "objective": given.objective,
            "seed": given.seed,
            "shown": given.shown,
            "response": given.response,
            "score": given.score,
            "certainty": given.certainty.value,
            "milliseconds": given.milliseconds,
            "rating": int(given.rating),
            "mode": given.mode,
            "session": given.session,
        }

        def act(connection: Connection) -> Answered:
            fact = self._add(connection, "answer", given.question, payload, given.revision)
            where = (CARD.c.learner == self.learner, CARD.c.objective == given.objective)
            card = connection.execute(select(CARD).where(*where)).mappings().one()
            return Answered(fact["id"], derive.state_of(card))

        return self._write(act)

    def undo(self) -> Future[str | None]:
        """Take back the last live answer given on this device; the result is its question."""

        def act(connection: Connection) -> str | None:
            fact = derive.last_live_answer(connection, self.learner, self._device)
            if fact is None:
                return None
            where = (ANSWER.c.learner == self.learner, ANSWER.c.fact == fact)
            question = connection.execute(select(ANSWER.c.question).where(*where)).scalar_one()
            self._add(connection, "undo", question, {"fact": fact})
            return str(question)

        return self._write(act)

    def reading(self, topic: str, section: int, heading: str, sections: int) -> Future[None]:
        """Remember that a section of a lesson was shown."""
        payload = {"section": section, "sections": sections, "heading": heading}
        return self._write(lambda c: _nothing(self._add(c, "reading", topic, payload)))

    def tick(self, project: str, item: str, done: bool, note: str) -> Future[None]:
        """Say whether an item of a checklist holds for a project."""
        payload = {"project": project, "done": done, "note": note}
        return self._write(lambda c: _nothing(self._add(c, "tick", item, payload)))

    def session(self, id: str, mode: str, queue: Sequence[dict[str, str]]) -> Future[None]:
        """Remember the plan of a session that begins; its answers name it."""
        payload = {"id": id, "mode": mode, "queue": tuple(queue)}
        return self._write(lambda c: _nothing(self._add(c, "session", id, payload)))

    def project(self, name: str) -> Future[None]:
        """Make a project, or choose it."""
        return self._write(lambda c: _nothing(self._add(c, "project", name, {})))

    def report(self, question: str, text: str, revision: str = "") -> Future[None]:
        """Note that the learner holds a question for wrong."""
        payload = {"text": text}
        return self._write(lambda c: _nothing(self._add(c, "report", question, payload, revision)))

    def rebuild(self) -> None:
        """Derive every table anew from the facts, in one transaction."""
        self._write(derive.rebuild).result()

    # ------------------------------------------------------------ reading

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
        return self._moved.get(key, key)

    def day_of(self, at: datetime) -> date:
        """The learner's day of an instant."""
        return calendar.day_of(at, self._zone)

    def cards(self) -> dict[str, CardState]:
        """Objective → what FSRS remembers of it."""
        return {self._key(r["objective"]): derive.state_of(r) for r in self._read(self._mine(CARD))}

    def history(self) -> dict[str, ObjectiveHistory]:
        """Objective → the counts that mastery is made of."""
        return {
            self._key(row["objective"]): ObjectiveHistory(
                asked=row["asked"],
                right=row["right"],
                sure_wrong=row["sure_wrong"],
                right_days=row["right_days"],
                first_right=_date(row["first_right"]),
                last_right=_date(row["last_right"]),
                right_questions=row["right_questions"],
            )
            for row in self._read(self._mine(CARD))
        }

    def last_asked(self) -> dict[str, datetime]:
        """Question → when it was last answered."""
        c = ANSWER.c
        query = (
            select(c.question, func.max(c.at).label("at"))
            .where(c.learner == self.learner)
            .group_by(c.question)
        )
        return {self._key(r["question"]): derive.moment(r["at"]) for r in self._read(query)}

    def was_asked(self, question: str) -> bool:
        """Was this question answered before?"""
        query = self._mine(ANSWER).where(ANSWER.c.question == question).limit(1)
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
        return {
            self._key(row["topic"]): ReadingRow(
                row["section"],
                row["sections"],
                row["heading"],
                date.fromisoformat(row["day"]),
                row["at"],
                frozenset(json.loads(row["read"])),
            )
            for row in self._read(self._mine(READING))
        }

    def ticks(self, project: str) -> dict[str, TickRow]:
        """Item → what was said of it, for one project."""
        return {
            self._key(row["item"]): TickRow(
                row["done"], row["note"], date.fromisoformat(row["day"])
            )
            for row in self._read(self._mine(TICK).where(TICK.c.project == project))
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
        """The plan of the session begun last: id, mode, queue, day."""
        c = FACT.c
        query = self._mine(FACT).where(c.kind == "session").order_by(c.at.desc()).limit(1)
        rows = self._read(query)
        return {**json.loads(rows[0]["payload"]), "day": rows[0]["day"]} if rows else None

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


def checksum(row: Mapping[str, Any]) -> int:
    """CRC-32 over all columns of a fact but the checksum itself."""
    names = [column.name for column in FACT.c if column.name != "crc"]
    return zlib.crc32("\x1f".join(str(row[name]) for name in names).encode())


def _nothing(_: object) -> None:
    return None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _look_before_opening(path: Path) -> None:
    """Refuse what must not be opened, without touching it."""
    if not path.exists():
        return
    if path.stat().st_size == 0:
        raise EmptyFile(
            f"{path} is empty: it was cut off or never written. Move it away to begin anew."
        )
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone()
    finally:
        connection.close()
    if version > tables.USER_VERSION:
        raise NewerDatabase(
            f"{path} was written by a newer Nexus (format {version}, this one knows "
            f"{tables.USER_VERSION}): update nexus-tui. The file was not touched."
        )
    if version < 1 or known is None:
        raise StoreError(f"{path} is a database, but not one of Nexus: name another with --db.")


def _make_file(path: Path, lock: FileLock) -> None:
    """Make a whole new database beside `path`, then give it its name: never a half one."""
    with lock.held():
        if path.exists():
            return
        fresh = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns():x}")
        engine = writer_engine(fresh)
        try:
            _make_schema(engine)
        finally:
            engine.dispose()
        fresh.replace(path)


def _make_schema(engine: Any) -> None:
    with engine.begin() as connection:
        SQLModel.metadata.create_all(connection)
        connection.exec_driver_sql(f"PRAGMA user_version={tables.USER_VERSION}")
