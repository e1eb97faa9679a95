"""The tables of projects: checklists held against them, and audits.

Apart from `tables`, because Today needs none of them: making these seven classes took a twentieth
of the time until its due figures.
"""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from nexus_tui.progress.tables import COMPACT


class Project(SQLModel, table=True):
    """A project that checklists are held against, and when it was chosen last."""

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
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

    __table_args__ = (COMPACT,)
    learner: str = Field(primary_key=True)
    project: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    reason: str
    who: str
    day: str
