"""What holds of a project, from its facts: the same for a new fact and for a replay."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from nexus_tui.progress.columns import FINDING, PROJECT, SUPPRESSION
from nexus_tui.progress.payloads import (
    AuditPayload,
    FindingPayload,
    ProjectPayload,
    RunPayload,
    SuppressPayload,
    TickPayload,
)
from nexus_tui.progress.statements import keeping, write

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from nexus_tui.progress.cards import FactRow


KEEP_PROJECT = keeping("project", "learner", "name")
KEEP_TICK = keeping("tick", "learner", "project", "item", "run")
_KEEP_RUN = keeping("run")
_KEEP_AUDIT = keeping("audit")
_KEEP_VERDICT = keeping("verdict", "learner", "project", "check")
_KEEP_FINDING = keeping("finding", "learner", "project", "key")
_KEEP_SUPPRESSION = keeping("suppression", "learner", "project", "key")
_NOTHING_ALLOWED = {"asked": "", "runs": False, "network": False}
KINDS = frozenset({"run", "audit", "suppress"})
"""Kinds that `keep` derives from; ticks and projects are written over by what is said later."""


def keep(connection: Connection, fact: FactRow) -> None:
    """Bring what is known of a project up to date with one more fact of `KINDS`."""
    if fact["kind"] == "run":
        write(connection, _KEEP_RUN, [_run_row(fact)])
    elif fact["kind"] == "suppress":
        _suppress(connection, fact)
    else:
        _audit(connection, fact, AuditPayload.model_validate_json(fact["payload"]))


def keep_project(connection: Connection, fact: FactRow) -> None:
    """Bring the row of a project up to date."""
    where = (PROJECT.c.learner == fact["learner"], PROJECT.c.name == fact["subject"])
    before = connection.execute(select(PROJECT).where(*where)).mappings().first()
    write(connection, KEEP_PROJECT, [project_row(fact, dict(before) if before else None)])


def project_row(fact: FactRow, before: FactRow | None) -> FactRow:
    """A project after `fact`; `before` is the row that was there.

    What an audit may do holds for one folder on one device: another folder ends it, and what
    was said elsewhere holds there.
    """
    said = ProjectPayload.model_validate_json(fact["payload"])
    row = dict(before) if before else {"folder": "", "stack": "[]", **_NOTHING_ALLOWED}
    row |= {
        "learner": fact["learner"],
        "name": fact["subject"],
        "aside": said.aside,
        "at": fact["at"],
    }
    if said.folder is not None and said.folder != row["folder"]:
        row |= {"folder": said.folder, **_NOTHING_ALLOWED}
    if said.stack is not None:
        row["stack"] = json.dumps(said.stack)
    if said.ask:
        row |= _NOTHING_ALLOWED
    if said.runs is not None:
        row |= {"asked": fact["device"], "runs": said.runs, "network": bool(said.network)}
    return row


def tick_row(fact: FactRow, said: TickPayload) -> FactRow:
    """What is said of an item now."""
    return {
        "learner": fact["learner"],
        "project": said.project,
        "item": fact["subject"],
        "run": said.run,
        "status": said.status,
        "note": said.note,
        "who": said.who,
        "day": fact["day"],
        "at": fact["at"],
    }


def _run_row(fact: FactRow) -> FactRow:
    said = RunPayload.model_validate_json(fact["payload"])
    return {
        "learner": fact["learner"],
        "project": said.project,
        "checklist": fact["subject"],
        "fact": fact["id"],
        "name": said.name,
        "who": said.who,
        "day": fact["day"],
        "at": fact["at"],
    }


def _suppress(connection: Connection, fact: FactRow) -> None:
    said = SuppressPayload.model_validate_json(fact["payload"])
    key = {"learner": fact["learner"], "project": said.project, "key": fact["subject"]}
    if said.reason:
        row = {**key, "reason": said.reason, "who": said.who, "day": fact["day"]}
        write(connection, _KEEP_SUPPRESSION, [row])
    else:
        where = [SUPPRESSION.c[name] == value for name, value in key.items()]
        connection.execute(delete(SUPPRESSION).where(*where))


def _audit(connection: Connection, fact: FactRow, said: AuditPayload) -> None:
    of = {"learner": fact["learner"], "project": fact["subject"]}
    when = {"day": fact["day"], "at": fact["at"]}
    for checked in said.checks:
        verdict = {**of, "fact": fact["id"], **checked.model_dump(), **when}
        write(connection, _KEEP_VERDICT, [verdict])
    found = {finding.key: finding for finding in said.findings}
    before = _findings(connection, of)
    rows = [
        {**of, **_finding_row(fact, finding, before.get(key))} for key, finding in found.items()
    ]
    decided = {checked.check for checked in said.checks if checked.state != "unknown"}
    mended = [
        {**row, "mended": fact["id"]}
        for key, row in before.items()
        if key not in found and row["mended"] is None and row["check"] in decided
    ]
    if rows or mended:
        write(connection, _KEEP_FINDING, [*rows, *mended])
    audit = {
        **of,
        "fact": fact["id"],
        "seconds": said.seconds,
        "passed": said.passed,
        "known": said.known,
        "unknown": said.unknown,
        "new": sum(row["first"] == fact["id"] for row in rows),
        "mended": len(mended),
        "notes": json.dumps(said.notes),
        **when,
    }
    write(connection, _KEEP_AUDIT, [audit])


def _findings(connection: Connection, of: dict[str, str]) -> dict[str, FactRow]:
    where = (FINDING.c.learner == of["learner"], FINDING.c.project == of["project"])
    rows = connection.execute(select(FINDING).where(*where)).mappings()
    return {row["key"]: dict(row) for row in rows}


def _finding_row(fact: FactRow, finding: FindingPayload, before: FactRow | None) -> FactRow:
    known = before if before is not None and before["mended"] is None else None
    return {
        "key": finding.key,
        "check": finding.check,
        "payload": finding.model_dump_json(),
        "first": known["first"] if known else fact["id"],
        "day": known["day"] if known else fact["day"],
        "last": fact["id"],
        "mended": None,
    }
