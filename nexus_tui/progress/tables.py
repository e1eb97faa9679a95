"""The tables: facts that are only ever added, and what is derived from them.

These SQLModel classes are the one definition of the schema: files are made, migrated and checked
by them. Statements are built on the same names in `columns`.
Times are milliseconds since the epoch (UTC), days are ISO dates of the learner's calendar.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

_COMPACT = {"sqlite_with_rowid": False}


class Meta(SQLModel, table=True):
    """What is known of this file: the device it belongs to."""

    key: str = Field(primary_key=True)
    value: str


class Learner(SQLModel, table=True):
    """Who learns: an id for ever, a name that can change."""

    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    made: int
    archived: int | None = None
    """When it was put aside; None while it is in use."""


class Fact(SQLModel, table=True):
    """One thing that happened. Never changed, never deleted."""

    __table_args__ = (
        Index("fact_seq", "learner", "device", "seq", unique=True),
        Index("fact_kind", "learner", "kind", "at"),
        Index("fact_session", "learner", "subject", sqlite_where=text("kind = 'session'")),
        _COMPACT,
    )
    learner: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    device: str
    seq: int
    at: int
    day: str
    kind: str
    subject: str
    revision: str
    payload: str
    crc: int


class Answer(SQLModel, table=True):
    """A live answer: the learner's quiz results. Answers taken back are not here."""

    __table_args__ = (
        Index("answer_objective", "learner", "objective", "at"),
        Index("answer_question", "learner", "question", "at"),
        Index("answer_session", "learner", "session"),
        _COMPACT,
    )
    learner: str = Field(primary_key=True)
    fact: str = Field(primary_key=True)
    device: str
    question: str
    objective: str
    at: int
    day: str
    score: float
    certainty: str
    milliseconds: int
    rating: int
    mode: str
    session: str
    review: bool
    """Was its objective answered on an earlier day, since it was last reset?"""


class Card(SQLModel, table=True):
    """The state of FSRS for one objective, and the counts that mastery is made of."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    objective: str = Field(primary_key=True)
    stability: float
    difficulty: float
    due: int
    last: int
    repetitions: int
    lapses: int
    asked: int
    right: int
    sure_wrong: int
    last_missed: str | None
    right_days: int
    first_right: str | None
    last_right: str | None
    right_questions: int
    first_asked: str | None
    confident_error: str | None


class Mark(SQLModel, table=True):
    """A live decision about an objective: `suspend`, `bury` (`until` a day), `reset`, `credit`."""

    __table_args__ = (Index("mark_objective", "learner", "objective"), _COMPACT)
    learner: str = Field(primary_key=True)
    fact: str = Field(primary_key=True)
    objective: str = Field(primary_key=True)
    device: str
    kind: str
    at: int
    day: str
    until: str | None


class Day(SQLModel, table=True):
    """Sums of one local day."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    answers: int = 0
    right: int = 0
    milliseconds: int = 0
    sections: int = 0
    sure: int = 0
    sure_right: int = 0
    guessed: int = 0
    guessed_right: int = 0
    reviews: int = 0
    """Answers to what had been answered on an earlier day: they measure what was kept."""
    recalled: int = 0
    """Reviews that were right."""
    attempts: int = 0
    """Checks of stages."""
    worked: int = 0
    """Milliseconds of work on stages before those checks, and of reading: beyond a minute for each
    of the sections, or short of it, and all of what was read again or not to its end."""


class Stage(SQLModel, table=True):
    """How far a stage of a challenge is: its attempts and hints."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    attempts: int
    passed: str | None
    """The first day on which an attempt passed that counts, see `learning.solving`."""
    hints: int
    """How many were shown; one more than there are: the solution."""
    seen: str | None
    """The day on which the solution was opened before a pass."""
    milliseconds: int
    """Worked on it, up to the first pass."""
    at: int
    """The last attempt or hint."""


class Project(SQLModel, table=True):
    """A project that checklists are held against, and when it was chosen last."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    folder: str
    """Where its files are; empty where that was not said."""
    stack: str
    """What it is made with, as JSON."""
    asked: str
    """The device on which it was said what an audit of this folder may do; empty: nowhere."""
    runs: bool
    network: bool
    aside: bool
    at: int


class Tick(SQLModel, table=True):
    """What was said last of an item of a checklist, in one run of it, for one project."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    run: str = Field(primary_key=True)
    """The fact that began the run; empty before the first."""
    status: str
    note: str
    who: str
    day: str
    at: int


class Run(SQLModel, table=True):
    """A run through a checklist that comes again, such as one for each release."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    checklist: str = Field(primary_key=True)
    fact: str = Field(primary_key=True)
    name: str
    who: str
    day: str
    at: int


class Audit(SQLModel, table=True):
    """An audit of a project, in figures."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    fact: str = Field(primary_key=True)
    seconds: float
    passed: int
    """Weight of the items that passed, of `known`: the weight of those that were decided."""
    known: int
    unknown: int
    """How many items could not be decided."""
    new: int
    """How many findings no audit before it had."""
    mended: int
    notes: str
    """What was left out, as JSON."""
    day: str
    at: int


class Verdict(SQLModel, table=True):
    """What the last audit that had a check came to with it."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    check: str = Field(primary_key=True)
    fact: str
    state: str
    reason: str
    absent: bool
    day: str
    at: int


class Finding(SQLModel, table=True):
    """Something that audits found in a project, under a key that outlives moved lines."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    check: str
    payload: str
    """What it is, as the last audit that saw it says: a `FindingPayload`."""
    first: str
    """The audit that found it; after it was mended, the one that found it again."""
    day: str
    """The day of `first`."""
    last: str
    """The last audit that saw it."""
    mended: str | None
    """The first audit that looked there and saw it no more."""


class Suppression(SQLModel, table=True):
    """A finding that the learner accepts, and why."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    reason: str
    who: str
    day: str


class Reading(SQLModel, table=True):
    """Where a lesson was left, and which of its sections were read: `read` are their headings."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    section: int
    sections: int
    heading: str
    day: str
    at: int
    read: str


class Note(SQLModel, table=True):
    """What the learner wrote about a topic, in Markdown; empty where it was taken away."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    text: str
    at: int


class Bookmark(SQLModel, table=True):
    """A heading of a lesson that the learner wants to find again; `on` until it was taken off."""

    __table_args__ = (_COMPACT,)
    learner: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    heading: str = Field(primary_key=True)
    on: bool
    at: int


DERIVED: tuple[type[SQLModel], ...] = (
    Answer, Card, Mark, Day, Stage, Project, Tick, Run, Audit, Verdict, Finding, Suppression,
    Reading, Note, Bookmark,
)  # fmt: skip
METADATA = SQLModel.metadata
"""All tables, as SQLModel collected them."""
