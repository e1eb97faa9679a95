"""The learner's history: a few calls that screens need, each durable before it returns."""

from __future__ import annotations

import queue
import sqlite3
import threading
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.exc import DBAPIError

from nexus_tui.learning import calendar
from nexus_tui.progress import cards, learners, opening
from nexus_tui.progress.columns import ANSWER, FACT, LEARNER, META
from nexus_tui.progress.engine import FileLock, reader_engine, writer_engine
from nexus_tui.progress.errors import StoreError, explain
from nexus_tui.progress.history import History
from nexus_tui.progress.ids import uuid7
from nexus_tui.progress.statements import first, write
from nexus_tui.progress.watch import OpenFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from nexus_tui.learning.rating import Certainty, Rating
    from nexus_tui.learning.scheduling import CardState

__all__ = ["AnswerGiven", "Answered", "Store", "StoreError"]

Result = TypeVar("Result")
# Ids sort by time, so the last time is found in the key.
_LAST_AT = (
    select(FACT.c.at)
    .where(FACT.c.learner == bindparam("learner"))
    .order_by(FACT.c.id.desc())
    .limit(1)
)
_LAST_SEQ = select(func.max(FACT.c.seq)).where(
    FACT.c.learner == bindparam("learner"), FACT.c.device == bindparam("device")
)
_LAST = select(_LAST_AT.scalar_subquery(), _LAST_SEQ.scalar_subquery())


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

    @property
    def payload(self) -> dict[str, Any]:
        """What the fact of this answer holds besides its question and revision."""
        return {
            "objective": self.objective,
            "seed": self.seed,
            "shown": self.shown,
            "response": self.response,
            "score": self.score,
            "certainty": self.certainty.value,
            "milliseconds": self.milliseconds,
            "rating": int(self.rating),
            "mode": self.mode,
            "session": self.session,
        }


@dataclass(frozen=True)
class Answered:
    """An answer that is on disk."""

    fact: str
    card: CardState


class Store(History):
    """One learner's facts. Writes run on one thread; reads may come from any.

    What derives from a fact is imported with the first one: opening and reading need none of it.

    A write returns a future that is done when the transaction is on disk; it raises a
    StoreError where that failed, and then nothing of it was written.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        clock: Callable[[], datetime] = calendar.now,
        zone: tzinfo | None = None,
        moved: Mapping[str, str] | None = None,
    ) -> None:
        self._clock = clock
        self._lock = FileLock(path)
        self._file = OpenFile(path)
        self._writer = writer_engine(path)
        self._connection: Connection | None = None
        """Of the writer, between its transactions too: see `_transaction`."""
        super().__init__(
            path,
            reader_engine(path) if path is not None else self._writer,
            zone=zone,
            moved=moved or {},
            memory=threading.RLock() if path is None else None,
        )
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="nexus-writer", daemon=True)
        self._door = threading.Lock()
        self._closed = False
        self._device = ""

    # ------------------------------------------------------------ opening

    @classmethod
    def open(
        cls,
        path: Path | None,
        *,
        learner: str | None = None,
        clock: Callable[[], datetime] = calendar.now,
        zone: tzinfo | None = None,
        moved: Mapping[str, str] | None = None,
        backups: Path | None = None,
        copy_of: Path | None = None,
    ) -> Store:
        """Open or make the history at `path`; None keeps it in memory, until closed.

        `learner` is a name, made if it is new; without it, whoever was chosen last. An older file
        is backed up to `backups` and migrated. What is kept in memory begins with what the file
        `copy_of` holds. Raises a StoreError and touches nothing where the file is newer, damaged,
        empty or no database.
        """
        store: Store | None = None
        try:
            if path is not None:
                opening.make_folder(path)
                opening.prepare(path, FileLock(path), backups)
            store = cls(path, clock=clock, zone=zone, moved=moved)
            if path is None and copy_of is not None:
                opening.load_copy(store._writer, copy_of)
            elif path is None:
                opening.make_schema(store._writer)
            store._file.remember()
            store._thread.start()
            store._write(lambda connection: store._settle(connection, learner)).result()
        except (DBAPIError, OSError, sqlite3.Error, StoreError) as error:
            if store is not None:
                store.close()
            if isinstance(error, StoreError):
                raise
            raise explain(error, path) if path else StoreError(str(error)) from error
        return store

    def _settle(self, connection: Connection, name: str | None) -> None:
        """Find or make this file's device and the learner."""
        device = connection.execute(select(META.c.value).where(META.c.key == "device")).scalar()
        if device is None:
            device = str(uuid4())
            connection.execute(insert(META).values(key="device", value=device))
        self._device = str(device)
        if name is None:
            found = learners.in_use(connection)
        else:
            found = connection.execute(select(LEARNER.c.id).where(LEARNER.c.name == name)).scalar()
        if found is None:
            found = str(uuid4())
            made = cards.milliseconds(self._clock())
            row = {"id": found, "name": name or learners.FIRST, "made": made}
            connection.execute(insert(LEARNER).values(**row))
        self.learner = str(found)

    def close(self) -> None:
        """Write what is waiting, then close: readers first, so that the writer checkpoints."""
        with self._door:
            self._closed = True
        if self._thread.is_alive():
            self._jobs.put(None)
            self._thread.join()
        if self._reader is not self._writer:
            self._reader.dispose()
        with self._exclusive():  # one connection: who still reads must not lose it meanwhile
            try:
                with self._lock.held():
                    self._let_go()
                    self._writer.dispose()
            except OSError:
                self._let_go()
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
                self._file.check()
                with self._lock.held(), self._exclusive(), self._transaction() as connection:
                    self._file.check()
                    opening.stay_of_today(connection)
                    result = act(connection)
            except (DBAPIError, OSError, sqlite3.Error, StoreError) as error:
                future.set_exception(explain(error, self.path) if self.path else error)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        with self._door:
            if self._closed:
                future.set_exception(StoreError("The history is closed: open Nexus again."))
            else:
                self._jobs.put(job)
        return future

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One transaction, on a connection that is kept until one fails.

        To take it from its engine and give it back each time is a sixth of the work of an answer.
        """
        if self._connection is None:
            self._connection = self._writer.connect()
        try:
            with self._connection.begin():
                yield self._connection
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        """Give the writer's connection back to its engine, while it is in no transaction."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _append(
        self,
        connection: Connection,
        kind: str,
        subject: str,
        payload: dict[str, Any],
        revision: str = "",
    ) -> dict[str, Any]:
        """Append a fact, from which nothing is derived yet; returns its row."""
        from nexus_tui.progress.derive import checksum
        from nexus_tui.progress.payloads import KINDS

        text = KINDS[kind].model_validate(payload).model_dump_json()
        mine = {"learner": self.learner, "device": self._device}
        last, seq = first(connection, _LAST, mine)
        at = max(cards.milliseconds(self._clock()), (last or 0) + 1)
        row: dict[str, Any] = {
            "learner": self.learner,
            "id": str(uuid7(at)),
            "device": self._device,
            "seq": (seq or 0) + 1,
            "at": at,
            "day": self.day_of(cards.moment(at)).isoformat(),
            "kind": kind,
            "subject": subject,
            "revision": revision,
            "payload": text,
        }
        row["crc"] = checksum(row)
        write(connection, cards.KEEP_FACT, [row])
        return row

    def _add(
        self,
        connection: Connection,
        kind: str,
        subject: str,
        payload: dict[str, Any],
        revision: str = "",
    ) -> dict[str, Any]:
        """Append a fact and derive from it; returns its row."""
        from nexus_tui.progress import derive

        row = self._append(connection, kind, subject, payload, revision)
        derive.apply(connection, row)
        return row

    def now(self) -> datetime:
        """This instant, by the store's clock."""
        return self._clock()

    def answer(self, given: AnswerGiven) -> Future[Answered]:
        """Keep an answer: its fact, the card of its objective and the sums of the day."""

        def act(connection: Connection) -> Answered:
            from nexus_tui.progress import derive

            subject, revision = given.question, given.revision
            fact = self._append(connection, "answer", subject, given.payload, revision)
            card = derive.answer(connection, fact)
            return Answered(fact["id"], cards.state_of(card))

        return self._write(act)

    def undo(self, session: str | None = None) -> Future[str | None]:
        """Take back the last live answer given on this device; the result is its question.

        With `session`, the last one of that session: another window may have gone on since.
        """

        def act(connection: Connection) -> str | None:
            from nexus_tui.progress import derive

            fact = derive.last_live_answer(connection, self.learner, self._device, session)
            if fact is None:
                return None
            where = (ANSWER.c.learner == self.learner, ANSWER.c.fact == fact)
            question = connection.execute(select(ANSWER.c.question).where(*where)).scalar_one()
            self._add(connection, "undo", question, {"fact": fact})
            return self._key(str(question))

        return self._write(act)

    def reading(
        self,
        topic: str,
        section: int,
        heading: str,
        sections: int,
        *,
        read: bool = True,
        milliseconds: int | None = None,
    ) -> Future[None]:
        """Remember that a section of a lesson was shown, and whether it was read, how long."""
        payload = {
            "section": section,
            "sections": sections,
            "heading": heading,
            "read": read,
            "milliseconds": milliseconds,
        }
        return self._write(lambda c: _nothing(self._add(c, "reading", topic, payload)))

    def write_note(self, topic: str, text: str, began: str | None = None) -> Future[str]:
        """Keep what is noted of a topic, whole; an empty text takes the note away.

        The result is what is kept. `began` is the note that `text` was made from: where another
        one is there by now, written in another window, both are kept, or neither if that is more
        than a note may have.
        """

        def act(connection: Connection) -> str:
            from nexus_tui.progress.notes import together
            from nexus_tui.progress.payloads import NOTE

            there = self._note(connection, topic)
            kept = text if began in {None, there} else together(there, text)
            if len(text) <= NOTE < len(kept):
                raise StoreError(
                    "This note was also written in another window, and both texts together have "
                    f"{len(kept):,} characters; a note has at most {NOTE:,}. Shorten this one."
                )
            self._add(connection, "note", topic, {"text": kept})
            return kept

        return self._write(act)

    def set_bookmark(self, topic: str, heading: str, *, on: bool) -> Future[None]:
        """Mark a heading of a lesson, or take its mark off."""
        payload = {"heading": heading, "on": on}
        return self._write(lambda c: _nothing(self._add(c, "bookmark", topic, payload)))

    def session(self, id: str, mode: str, queue: Sequence[dict[str, str]]) -> Future[None]:
        """Remember the plan of a session that begins; its answers name it."""
        payload = {"id": id, "mode": mode, "queue": tuple(queue)}
        return self._write(lambda c: _nothing(self._add(c, "session", id, payload)))

    def attempt(self, stage: str, revision: str, payload: dict[str, Any]) -> Future[None]:
        """Keep what a check of a stage came to, see `AttemptPayload`."""
        return self._write(lambda c: _nothing(self._add(c, "attempt", stage, payload, revision)))

    def hint(self, stage: str, number: int, *, solution: bool = False) -> Future[None]:
        """Remember that a hint of a stage was shown, or its solution."""
        payload = {"number": number, "solution": solution}
        return self._write(lambda c: _nothing(self._add(c, "hint", stage, payload)))

    def report(self, question: str, text: str, revision: str = "") -> Future[None]:
        """Note that the learner holds a question for wrong."""
        payload = {"text": text}
        return self._write(lambda c: _nothing(self._add(c, "report", question, payload, revision)))

    def change(self, act: Callable[[Connection], Result]) -> Result:
        """Run `act` in one transaction, which is on disk when this returns."""
        return self._write(act).result()

    @property
    def gone(self) -> bool:
        """Was the file taken away while it is open?"""
        return self._file.gone

    def put_back(self) -> None:
        """Write the history, which is still open, to its path again, and go on with that file.

        Raises a StoreError where something lies there now, or nothing can be written.
        """
        assert self.path is not None
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self._lock.held():
                self._let_go()
                opening.put_back(self.path, self._writer)
                self._reader.dispose()
                self._writer.dispose()
                self._file.remember()
        except (DBAPIError, OSError, sqlite3.Error) as error:
            raise explain(error, self.path) from error

    @property
    def device(self) -> str:
        """The device that this file's new facts are of."""
        return self._device

    def rebuild(self, say: Callable[[int, int], None] | None = None) -> None:
        """Derive every table anew from the facts, in one transaction.

        `say` is told (facts done, facts in all) now and then, on the writer's thread.
        """
        from nexus_tui.progress.replay import rebuild

        self.change(lambda connection: rebuild(connection, say))


def _nothing(_: object) -> None:
    return None
