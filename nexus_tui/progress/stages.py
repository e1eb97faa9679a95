"""How far a stage is, from its attempts and hints: the same for a new fact and for a replay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from nexus_tui.learning.solving import pass_counts
from nexus_tui.progress import days
from nexus_tui.progress.columns import STAGE
from nexus_tui.progress.payloads import AttemptPayload, HintPayload
from nexus_tui.progress.statements import keeping, write

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from nexus_tui.progress.cards import FactRow

KEEP_STAGE = keeping("stage", "learner", "stage")
KINDS = frozenset({"attempt", "hint"})


def keep(connection: Connection, fact: FactRow) -> None:
    """Bring the row of a stage up to date with one more fact."""
    where = (STAGE.c.learner == fact["learner"], STAGE.c.stage == fact["subject"])
    before = connection.execute(select(STAGE).where(*where)).mappings().first()
    write(connection, KEEP_STAGE, [stage_row(fact, dict(before) if before else None)])
    if sums := sums_of(fact):
        days.add(connection, fact["learner"], {fact["day"]: sums})


def sums_of(fact: FactRow) -> dict[str, int]:
    """What a fact adds to the sums of its day: nothing for a hint."""
    if fact["kind"] != "attempt":
        return {}
    attempt = AttemptPayload.model_validate_json(fact["payload"])
    return {"attempts": 1, "worked": attempt.worked}


def stage_row(fact: FactRow, before: FactRow | None) -> FactRow:
    """The row of a stage after `fact`; `before` is the row that was there."""
    row = dict(before) if before else _untouched(fact)
    row["at"] = fact["at"]
    if fact["kind"] == "hint":
        hint = HintPayload.model_validate_json(fact["payload"])
        row["hints"] = max(row["hints"], hint.number)
        if hint.solution and row["passed"] is None:
            row["seen"] = fact["day"]
        return row
    attempt = AttemptPayload.model_validate_json(fact["payload"])
    if row["passed"] is None:
        row["milliseconds"] += attempt.worked
    row["attempts"] += 1
    if attempt.passed and row["passed"] is None and pass_counts(fact["day"], row["seen"]):
        row["passed"] = fact["day"]
    return row


def _untouched(fact: FactRow) -> FactRow:
    return {
        "learner": fact["learner"],
        "stage": fact["subject"],
        "attempts": 0,
        "passed": None,
        "hints": 0,
        "seen": None,
        "milliseconds": 0,
        "at": fact["at"],
    }
