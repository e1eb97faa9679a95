"""What a learner has on projects: written as facts, and read back.

A project is known by its name. Where a checklist comes again, what is said of its items belongs
to a run; without one, to the time before the first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from sqlalchemy import select

from nexus_tui.progress import cards, learners
from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import (
    AUDIT,
    FACT,
    FINDING,
    PROJECT,
    RUN,
    SUPPRESSION,
    TICK,
    VERDICT,
)
from nexus_tui.progress.history import mine
from nexus_tui.progress.payloads import (
    AuditPayload,
    FindingPayload,
    ProjectPayload,
    RunPayload,
    SuppressPayload,
    TickPayload,
)

if TYPE_CHECKING:
    from concurrent.futures import Future
    from datetime import datetime

    from sqlalchemy import TableClause
    from sqlalchemy.engine import Connection, RowMapping

    from nexus_tui.progress.history import History
    from nexus_tui.progress.payloads import TickStatus
    from nexus_tui.progress.preset import Payload
    from nexus_tui.progress.store import Store

FindingState = Literal["new", "still there", "mended", "not looked at"]


class Allowed(NamedTuple):
    """What an audit of a project may do besides reading its files."""

    code: bool
    """Run the project's own code."""
    network: bool
    """Ask a service for known flaws."""


@dataclass(frozen=True)
class Project:
    """A project that checklists are held against."""

    name: str
    folder: str
    """Where its files are; empty where that was not said."""
    stack: tuple[str, ...]
    allowed: Allowed | None
    """What an audit may do, on this device; None: it was not asked yet."""
    at: datetime
    """When it was chosen last."""


@dataclass(frozen=True)
class TickRow:
    """What was said of an item of a checklist."""

    status: TickStatus
    note: str
    who: str
    day: date
    at: datetime

    @property
    def done(self) -> bool:
        return self.status == "done"


@dataclass(frozen=True)
class RunRow:
    """A run through a checklist that comes again."""

    fact: str
    checklist: str
    name: str
    who: str
    day: date
    at: datetime


@dataclass(frozen=True)
class VerdictRow:
    """What the last audit that had a check came to with it."""

    state: Literal["passed", "failed", "unknown"]
    reason: str
    absent: bool
    day: date
    at: datetime


@dataclass(frozen=True)
class Suppressed:
    """Why a finding is accepted."""

    reason: str
    who: str
    day: date


@dataclass(frozen=True)
class FindingRow:
    """A finding, and how it stands since the last audit."""

    found: FindingPayload
    state: FindingState
    since: date
    """The day of the audit that found it."""
    suppressed: Suppressed | None


@dataclass(frozen=True)
class AuditRow:
    """An audit in figures; `passed` and `known` are weights, the others are counts."""

    fact: str
    day: date
    at: datetime
    seconds: float
    passed: int
    known: int
    unknown: int
    new: int
    mended: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One entry of the history of an item."""

    day: date
    at: datetime
    status: str
    note: str
    who: str
    run: str
    """The name of the run it was said in, empty before the first."""


# ---------------------------------------------------------------- read


def projects(store: Store) -> list[Project]:
    """Every project that was not put aside, the one chosen last first."""
    query = mine(PROJECT).where(PROJECT.c.aside.is_(False)).order_by(PROJECT.c.at.desc())
    return [
        Project(
            name=row["name"],
            folder=row["folder"],
            stack=tuple(json.loads(row["stack"])),
            allowed=Allowed(row["runs"], row["network"]) if row["asked"] == store.device else None,
            at=cards.moment(row["at"]),
        )
        for row in store._read(query)
    ]


def ticks(history: History, project: str, run: str | None = None) -> dict[str, TickRow]:
    """Item → what was said of it, in the run with that fact or else in the last of its list."""
    last = {row.checklist: row.fact for row in reversed(runs(history, project))}
    rows = history._read(_of(TICK, project))
    found = {}
    # What was said under the id of today was said last.
    for row in sorted(rows, key=lambda r: (r["item"] == history._key(r["item"]), r["at"])):
        item = history._key(row["item"])
        wanted = last.get(item.rpartition("/")[0], "") if run is None else run
        if row["run"] == wanted:
            found[item] = TickRow(
                row["status"], row["note"], row["who"], *_when(row)
            )  # fmt: skip
    return found


def runs(history: History, project: str) -> list[RunRow]:
    """Every run of every checklist, the last first."""
    query = _of(RUN, project).order_by(RUN.c.at.desc(), RUN.c.fact.desc())
    return [
        RunRow(row["fact"], history._key(row["checklist"]), row["name"], row["who"], *_when(row))
        for row in history._read(query)
    ]


def verdicts(history: History, project: str) -> dict[str, VerdictRow]:
    """Check → what the last audit that had it came to."""
    return {
        row["check"]: VerdictRow(row["state"], row["reason"], row["absent"], *_when(row))
        for row in history._read(_of(VERDICT, project))
    }


def findings(history: History, project: str) -> list[FindingRow]:
    """What is there of findings, and what the last audit found mended; by file and line."""
    [last] = [row.fact for row in audits(history, project)[:1]] or [""]
    reasons, found = accepted(history, project), []
    for row in history._read(_of(FINDING, project)):
        if row["mended"] not in {None, last}:
            continue
        payload = FindingPayload.model_validate_json(row["payload"])
        since = date.fromisoformat(row["day"])
        found.append(FindingRow(payload, _state(row, last), since, reasons.get(row["key"])))
    return sorted(found, key=lambda row: (row.found.path, row.found.line, row.found.key))


def accepted(history: History, project: str) -> dict[str, Suppressed]:
    """Key of a finding → why the learner accepts it."""
    return {
        row["key"]: Suppressed(row["reason"], row["who"], date.fromisoformat(row["day"]))
        for row in history._read(_of(SUPPRESSION, project))
    }


def _state(row: RowMapping, last: str) -> FindingState:
    if row["mended"] is not None:
        return "mended"
    if row["last"] != last:
        return "not looked at"
    return "new" if row["first"] == last else "still there"


def audits(history: History, project: str) -> list[AuditRow]:
    """Every audit in figures, the last first."""
    query = _of(AUDIT, project).order_by(AUDIT.c.at.desc(), AUDIT.c.fact.desc())
    return [
        AuditRow(
            row["fact"],
            *_when(row),
            **{name: row[name] for name in _FIGURES},
            notes=tuple(json.loads(row["notes"])),
        )
        for row in history._read(query)
    ]


_FIGURES = ("seconds", "passed", "known", "unknown", "new", "mended")


def item_history(history: History, project: str, item: str) -> list[Said]:
    """All that was said of an item, the last first."""
    keys, names = history._moves.ever(item), {r.fact: r.name for r in runs(history, project)}
    query = mine(FACT).where(is_kind("tick"), FACT.c.subject.in_(keys))
    found = []
    for row in history._read(query.order_by(FACT.c.at.desc(), FACT.c.id.desc())):
        tick = TickPayload.model_validate_json(row["payload"])
        if tick.project == project:
            run = names.get(tick.run, "")
            found.append(Said(*_when(row), tick.status, tick.note, tick.who, run))
    return found


def audits_said(history: History, project: str) -> list[tuple[date, datetime, AuditPayload]]:
    """Every audit of a project in full, the last first."""
    query = mine(FACT).where(is_kind("audit"), FACT.c.subject == project)
    rows = history._read(query.order_by(FACT.c.at.desc(), FACT.c.id.desc()))
    return [(*_when(row), AuditPayload.model_validate_json(row["payload"])) for row in rows]


def accepted_at(history: History, project: str, at: datetime) -> dict[str, Suppressed]:
    """Key of a finding → why it was accepted, as it stood before `at`."""
    found: dict[str, Suppressed] = {}
    for row in history._read(mine(FACT).where(is_kind("suppress")).order_by(FACT.c.at, FACT.c.id)):
        said, (day, then) = SuppressPayload.model_validate_json(row["payload"]), _when(row)
        if said.project == project and then < at:
            found[row["subject"]] = Suppressed(said.reason, said.who, day)
    return {key: why for key, why in found.items() if why.reason}


def _of(table: TableClause, project: str) -> Any:
    return mine(table).where(table.c.project == project)


def _when(row: RowMapping) -> tuple[date, datetime]:
    return date.fromisoformat(row["day"]), cards.moment(row["at"])


# ---------------------------------------------------------------- written


def keep(store: Store, name: str, said: ProjectPayload | None = None) -> Future[str]:
    """Make a project or choose it, and change what `said` says of it."""
    return _say(store, "project", name, said or ProjectPayload())


def tick(
    store: Store, project: str, item: str, status: TickStatus, note: str = ""
) -> Future[str]:  # fmt: skip
    """Say how an item of a checklist stands for a project, in the run that goes on."""

    def act(connection: Connection) -> str:
        run = _last_run(connection, store, project, item.rpartition("/")[0])
        who = _name(connection, store)
        said = TickPayload(project=project, status=status, note=note, who=who, run=run)
        return str(store._add(connection, "tick", item, said.model_dump())["id"])

    return store._write(act)


def begin_run(store: Store, project: str, checklist: str, name: str) -> Future[str]:
    """Begin a run through a checklist: nothing is said of its items in it yet."""

    def act(connection: Connection) -> str:
        said = RunPayload(project=project, name=name, who=_name(connection, store))
        return str(store._add(connection, "run", checklist, said.model_dump())["id"])

    return store._write(act)


def keep_audit(store: Store, project: str, said: AuditPayload) -> Future[str]:
    """Keep what an audit of a project came to; the result is its fact."""
    return _say(store, "audit", project, said)


def suppress(store: Store, project: str, finding: str, reason: str) -> Future[str]:
    """Accept the finding with that key for a reason; with an empty one, no more."""

    def act(connection: Connection) -> str:
        said = SuppressPayload(project=project, reason=reason, who=_name(connection, store))
        return str(store._add(connection, "suppress", finding, said.model_dump())["id"])

    return store._write(act)


def _say(store: Store, kind: str, subject: str, said: Payload) -> Future[str]:
    return store._write(lambda c: str(store._add(c, kind, subject, said.model_dump())["id"]))


def _name(connection: Connection, store: Store) -> str:
    return str(learners.row_of(connection, store.learner)["name"])


def _last_run(connection: Connection, store: Store, project: str, checklist: str) -> str:
    query = (
        select(RUN.c.fact)
        .where(RUN.c.learner == store.learner, RUN.c.project == project)
        .where(RUN.c.checklist.in_(store._moves.ever(checklist)))
        .order_by(RUN.c.at.desc(), RUN.c.fact.desc())
    )
    return str(connection.execute(query.limit(1)).scalar() or "")
