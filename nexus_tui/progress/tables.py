"""The tables: facts that are only ever added, and what is derived from them.

These SQLModel classes are, with those of `project_tables`, the one definition of the schema; every
query is built on them. `schema` knows all of them.
Times are milliseconds since the epoch (UTC), days are ISO dates of the learner's calendar.
"""

from __future__ import annotations

from sqlalchemy import Index, Table, text
from sqlmodel import Field, SQLModel

USER_VERSION = 6
"""Goes up with every change of the schema, see `migrations`; a higher one is not touched."""

COMPACT = {"sqlite_with_rowid": False}


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
        COMPACT,
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
        COMPACT,
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (Index("mark_objective", "learner", "objective"), COMPACT)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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


class Reading(SQLModel, table=True):
    """Where a lesson was left, and which of its sections were read: `read` are their headings."""

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
    learner: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    text: str
    at: int


class Bookmark(SQLModel, table=True):
    """A heading of a lesson that the learner wants to find again; `on` until it was taken off."""

    __table_args__ = (COMPACT,)
    learner: str = Field(primary_key=True)
    topic: str = Field(primary_key=True)
    heading: str = Field(primary_key=True)
    on: bool
    at: int


# As SQLAlchemy's own statements name them.
FACT: Table = Fact.__table__  # type: ignore[attr-defined]
ANSWER: Table = Answer.__table__  # type: ignore[attr-defined]
CARD: Table = Card.__table__  # type: ignore[attr-defined]
MARK: Table = Mark.__table__  # type: ignore[attr-defined]
DAY: Table = Day.__table__  # type: ignore[attr-defined]
STAGE: Table = Stage.__table__  # type: ignore[attr-defined]
READING: Table = Reading.__table__  # type: ignore[attr-defined]
NOTE: Table = Note.__table__  # type: ignore[attr-defined]
BOOKMARK: Table = Bookmark.__table__  # type: ignore[attr-defined]
