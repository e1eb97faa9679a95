"""Every derived table anew from the facts: cards and sums in memory, rows written in bulk.

What an answer does is what `derive` and `cards` say; here it only costs less. Between the
answers of an objective only what is remembered of it is computed; the due date, which nothing
else depends on, is made once, by py-fsrs, for the last of them. An answer that an undo names
later is left out from the start.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, select

from nexus_tui.learning import scheduling
from nexus_tui.learning.recall import step_of
from nexus_tui.progress import (
    cards,
    checking,
    days,
    derive,
    marks,
    notes,
    planner,
    stages,
    tables,
)
from nexus_tui.progress.columns import FACT
from nexus_tui.progress.errors import Damaged
from nexus_tui.progress.files import checksum
from nexus_tui.progress.payloads import (
    ASIDE,
    AnswerPayload,
    ExamPayload,
    ReadingPayload,
    ResetPayload,
    TickPayload,
    UndoPayload,
)
from nexus_tui.progress.statements import write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Table
    from sqlalchemy.engine import Connection

    from nexus_tui.progress.cards import FactRow, Presets

    Say = Callable[[int, int], None]

_BATCH = 10_000
_DAY = 24 * 60 * 60 * 1000
_CACHE = 256 * 1024
"""KiB of pages that a rebuild may keep in memory."""
_NAMES = [column.name for column in FACT.c]
_SILENT = {"session", "report", "preset", "paper", "flag", "placement", "exam", "undo"}
"""Kinds that derive nothing here: what an undo names was left out, or came later and stays; what
an exam names was taken up when it was given."""


def rebuild(connection: Connection, say: Say | None = None) -> None:
    """Empty the derived tables and replay every fact of each learner in order of (at, id).

    `say` is told (facts done, facts in all) now and then. Raises Damaged where a fact is not
    what its checksum says; the caller's transaction then keeps what was.
    """
    connection.exec_driver_sql(f"PRAGMA cache_size=-{_CACHE}")
    total = connection.execute(select(func.count()).select_from(FACT)).scalar_one()
    for table in tables.DERIVED:
        connection.execute(delete(table))
    answers: Table = tables.Answer.__table__  # type: ignore[attr-defined]
    indexes = sorted(answers.indexes, key=lambda index: str(index.name))
    for index in indexes:  # sorting all keys once costs less than finding a place for each
        index.drop(connection, checkfirst=True)
    done = 0
    for learner in learners_of(connection):
        replay = _Replay(connection, learner)
        for row in _facts(connection, learner):
            replay.take(row)
            done += 1
            if say is not None and done % _BATCH == 0:
                say(done, total)
        replay.write()
    for index in indexes:
        index.create(connection)
    planner.advise(connection)  # what it was told of an index went with it
    if say is not None:
        say(total, total)
    connection.exec_driver_sql("PRAGMA cache_size=-2000")


def learners_of(connection: Connection) -> list[str]:
    """Every learner with facts, found by leaping through the key."""
    found: list[str] = []
    query = select(func.min(FACT.c.learner))
    while True:
        more = query.where(FACT.c.learner > found[-1]) if found else query
        learner = connection.execute(more).scalar()
        if learner is None:
            return found
        found.append(str(learner))


def _facts(connection: Connection, learner: str) -> Iterator[FactRow]:
    """The facts of a learner in order, each what its checksum says. Ids sort by time."""
    query = select(FACT).where(FACT.c.learner == learner).order_by(FACT.c.id)
    found = connection.execute(query.execution_options(yield_per=_BATCH))
    for row in chain.from_iterable(found.partitions()):
        fact = dict(zip(_NAMES, row, strict=True))
        if checksum(row) != fact["crc"]:
            raise Damaged(
                f"Fact {fact['seq']} of {fact['day']} is no longer what was written: keep the file"
                " as it is, and copy a backup to another place. Nothing was changed."
            )
        yield fact


class _Course:
    """The answers of one objective so far: what is remembered, what was counted, the last one."""

    def __init__(self, row: FactRow | None, seen: set[str]) -> None:
        self.counts = {name: (row or cards.NOTHING)[name] for name in cards.NOTHING}
        """What the card row counted before `last`."""
        self.seen = seen
        """Questions that were right."""
        self.memory = (row["stability"], row["difficulty"]) if row else None
        self.at = row["last"] if row else 0
        self.before: tuple[Any, int] = (None, 0)
        self.last: FactRow | None = None
        self.new_question = False

    def take(self, answer: FactRow, weights: tuple[float, ...]) -> None:
        """One answer more."""
        if self.last is not None:
            cards.count(self.counts, self.last, new_question=self.new_question)
        answer["review"] = cards.is_review(self.counts, answer)
        right = answer["score"] == 1.0
        self.new_question = right and answer["question"] not in self.seen
        if self.new_question:
            self.seen.add(answer["question"])
        self.before, self.last = (self.memory, self.at), answer
        at = max(self.at, answer["at"])
        since = (at - self.at) // _DAY
        self.memory, self.at = step_of(weights)(self.memory, since, answer["rating"]), at

    def made(self, presets: Presets) -> FactRow | None:
        """The whole card row, due date and all; None where nothing more was answered."""
        if self.last is None:
            return None
        memory, at = self.before
        row = None
        if memory is not None:
            known = {"stability": memory[0], "difficulty": memory[1], "due": at, "last": at}
            row = {**self.counts, **known}
        preset = presets.at(self.last["fact"])
        return cards.next_card(row, self.last, preset, new_question=self.new_question)


class _Replay:
    """The facts of one learner, taken one by one."""

    def __init__(self, connection: Connection, learner: str) -> None:
        self._connection = connection
        self._learner = learner
        self._presets = cards.presets_of(connection, learner)
        self._weights = scheduling.default_weights()
        self._taken_back = _undone(connection, learner)
        self._examined = _examined(connection, learner)
        self._courses: dict[str, _Course] = {}
        self._answers: list[FactRow] = []
        self._days: dict[str, dict[str, int]] = {}
        self._readings: dict[str, FactRow] = {}
        self._ticks: dict[tuple[str, str, str], FactRow] = {}
        self._projects: dict[str, FactRow] = {}
        self._stages: dict[str, FactRow] = {}
        self._notes: dict[str, FactRow] = {}
        self._bookmarks: dict[tuple[str, str], FactRow] = {}

    def take(self, fact: FactRow) -> None:
        """Do with a fact what `derive.apply` does, now or when the rows are written."""
        kind, payload = fact["kind"], fact["payload"]
        undone = self._taken_back.get(fact["id"], "") > fact["id"]
        if kind == "answer":
            given = AnswerPayload.model_validate_json(payload)
            # Nothing of an exam is taken back.
            in_exam = given.mode == "exam" and (fact["id"], given.session) in self._examined
            if in_exam or (given.mode not in ASIDE and not undone):
                self._answer(derive.answer_row(fact, given))
        elif kind == "reading":
            before = self._readings.get(fact["subject"], {}).get("read")
            reading = ReadingPayload.model_validate_json(payload)
            self._readings[fact["subject"]] = derive.reading_row(fact, reading, before)
            if more := days.of_reading(reading, new=derive.is_new_section(reading, before)):
                self._sum(fact["day"], more)
        elif kind in _SILENT or self._said(fact):
            pass
        elif kind in marks.KINDS:
            if undone:
                return
            # A credit writes a card only where there is none, or one that is written over later.
            marks.mark(self._connection, fact, self._presets)
            if kind == "reset":
                for objective in ResetPayload.model_validate_json(payload).objectives:
                    self._courses.pop(objective, None)
        else:
            self.write()
            derive.apply(self._connection, fact, self._presets)
            self._courses.clear()

    def _said(self, fact: FactRow) -> bool:
        """Keep what is no answer and depends on none; was it that?"""
        kind, subject = fact["kind"], fact["subject"]
        if kind == "tick":
            tick = checking.tick_row(fact, TickPayload.model_validate_json(fact["payload"]))
            self._ticks[tick["project"], tick["item"], tick["run"]] = tick
        elif kind == "project":
            self._projects[subject] = checking.project_row(fact, self._projects.get(subject))
        elif kind in checking.KINDS:
            checking.keep(self._connection, fact)
        elif kind == "note":
            self._notes[subject] = notes.note_row(fact)
        elif kind == "bookmark":
            bookmark = notes.bookmark_row(fact)
            self._bookmarks[subject, bookmark["heading"]] = bookmark
        elif kind in stages.KINDS:
            self._stages[subject] = stages.stage_row(fact, self._stages.get(subject))
            if sums := stages.sums_of(fact):
                self._sum(fact["day"], sums)
        else:
            return False
        return True

    def _answer(self, row: FactRow) -> None:
        objective = row["objective"]
        course = self._courses.get(objective)
        if course is None:
            course = self._courses[objective] = self._read(objective)
        weights = self._presets.at(row["fact"]).weights or self._weights
        course.take(row, weights)
        self._answers.append(row)
        if len(self._answers) >= _BATCH:
            self._write_answers()
        self._sum(row["day"], days.of_answer(row))

    def _sum(self, day: str, more: dict[str, int]) -> None:
        sums = self._days.get(day)
        if sums is None:
            sums = self._days[day] = dict(days.SUMS)
        for name, number in more.items():
            sums[name] += number

    def _read(self, objective: str) -> _Course:
        """What was written of an objective: a credit, or what a fact of another kind made anew."""
        row = cards.card_row(self._connection, self._learner, objective)
        if row is None or not row["asked"]:
            return _Course(dict(row) if row else None, set())
        self._write_answers()
        seen = cards.right_questions(self._connection, self._learner, objective)
        return _Course(dict(row), seen)

    def write(self) -> None:
        """Write what is kept in memory."""
        self._write_answers()
        made = [row for course in self._courses.values() if (row := course.made(self._presets))]
        for keep, rows in (
            (cards.KEEP_CARD, made),
            (derive.KEEP_READING, list(self._readings.values())),
            (checking.KEEP_TICK, list(self._ticks.values())),
            (checking.KEEP_PROJECT, list(self._projects.values())),
            (stages.KEEP_STAGE, list(self._stages.values())),
            (notes.KEEP_NOTE, list(self._notes.values())),
            (notes.KEEP_BOOKMARK, list(self._bookmarks.values())),
        ):
            if rows:
                write(self._connection, keep, rows)
        days.add(self._connection, self._learner, self._days)
        self._days.clear()

    def _write_answers(self) -> None:
        if self._answers:
            write(self._connection, derive.KEEP_ANSWER, self._answers)
            self._answers.clear()


def _examined(connection: Connection, learner: str) -> set[tuple[str, str]]:
    """(fact, exam) of the answers that exams count, each given before its exam ended."""
    query = select(FACT.c.id, FACT.c.subject, FACT.c.payload).where(FACT.c.learner == learner)
    found = set()
    for row in connection.execute(query.where(cards.is_kind("exam"))):
        items = ExamPayload.model_validate_json(row.payload).items
        found |= {(i.answer, row.subject) for i in items if i.answer and i.answer < row.id}
    return found


def _undone(connection: Connection, learner: str) -> dict[str, str]:
    """Fact → the last undo that names it."""
    query = select(FACT.c.id, FACT.c.payload).where(FACT.c.learner == learner)
    rows = connection.execute(query.where(cards.is_kind("undo")).order_by(FACT.c.at))
    return {UndoPayload.model_validate_json(row.payload).fact: row.id for row in rows}
