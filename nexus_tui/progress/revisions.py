"""Which wording of a question a learner answered last, and which checks of a stage were run."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import ANSWER, FACT

if TYPE_CHECKING:
    from nexus_tui.progress.history import History


class Answered(NamedTuple):
    """The last live answer to a question, or check of a stage: its revision then, and the day."""

    revision: str
    day: date


def answered(history: History) -> dict[str, Answered]:
    """Question → its last live answer of the learner in use, where its revision is known."""
    c = ANSWER.c
    last = (
        select(c.question, func.max(c.at).label("at"))
        .where(c.learner == history.learner)
        .group_by(c.question)
        .subquery()
    )
    query = (
        select(c.question, FACT.c.revision, c.day)
        .join(last, (last.c.question == c.question) & (last.c.at == c.at))
        .join(FACT, (FACT.c.learner == c.learner) & (FACT.c.id == c.fact))
        .where(c.learner == history.learner, FACT.c.revision != "")
        .order_by(c.at)
    )
    return {
        history._key(row["question"]): Answered(row["revision"], date.fromisoformat(row["day"]))
        for row in history._read(query)
    }


def attempted(history: History) -> dict[str, Answered]:
    """Stage → its last check by the learner in use."""
    c = FACT.c
    query = (
        select(c.subject, c.revision, c.day)
        .where(c.learner == history.learner, is_kind("attempt"))
        .order_by(c.at)
    )
    return {
        history._key(row["subject"]): Answered(row["revision"], date.fromisoformat(row["day"]))
        for row in history._read(query)
    }
