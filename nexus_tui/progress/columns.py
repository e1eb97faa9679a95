"""The tables as queries name them: what is read without importing the models of `tables`.

A file is made, migrated and checked by those models, and every fact and what derives from it is
written by them (`statements.Keep`). A query needs names alone, and importing SQLModel for them,
with pydantic and the mapper, was almost half of the time until Today's figures and a fifth of the
memory. A test holds these names to the models.
"""

from __future__ import annotations

from sqlalchemy import Boolean, TableClause, column, table

USER_VERSION = 6
"""Goes up with every change of the schema, see `migrations`; a higher one is not touched."""

_BOOLEAN = frozenset({"absent", "aside", "network", "on", "review", "runs"})


def _table(name: str, columns: str) -> TableClause:
    kinds = ((name, Boolean if name in _BOOLEAN else None) for name in columns.split())
    return table(name, *(column(name, kind) for name, kind in kinds))


META = _table("meta", "key value")
LEARNER = _table("learner", "id name made archived")
FACT = _table("fact", "learner id device seq at day kind subject revision payload crc")
ANSWER = _table(
    "answer",
    "learner fact device question objective at day score certainty milliseconds rating mode "
    "session review",
)
CARD = _table(
    "card",
    "learner objective stability difficulty due last repetitions lapses asked right "
    "sure_wrong last_missed right_days first_right last_right right_questions first_asked "
    "confident_error",
)
MARK = _table("mark", "learner fact objective device kind at day until")
DAY = _table(
    "day",
    "learner day answers right milliseconds sections sure sure_right guessed guessed_right "
    "reviews recalled attempts worked",
)
STAGE = _table("stage", "learner stage attempts passed hints seen milliseconds at")
PROJECT = _table("project", "learner name folder stack asked runs network aside at")
TICK = _table("tick", "learner project item run status note who day at")
RUN = _table("run", "learner project checklist fact name who day at")
AUDIT = _table("audit", "learner project fact seconds passed known unknown new mended notes day at")
VERDICT = _table("verdict", "learner project check fact state reason absent day at")
FINDING = _table("finding", "learner project key check payload first day last mended")
SUPPRESSION = _table("suppression", "learner project key reason who day")
READING = _table("reading", "learner topic section sections heading day at read")
NOTE = _table("note", "learner topic text at")
BOOKMARK = _table("bookmark", "learner topic heading on at")
