"""What holds of a project: each item of the checklists, from ticks and audits together.

An audit's word goes before a tick: what it saw fail, fails, whoever ticked it. What neither
says is unknown, and counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from nexus_tui.audit.verdict import Finding, Verdict, score, together
from nexus_tui.progress import projects
from nexus_tui.progress.projects import FindingRow, VerdictRow
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nexus_tui.audit.verdict import Score, State
    from nexus_tui.catalog.catalog import ChecklistView
    from nexus_tui.catalog.models import ChecklistItem
    from nexus_tui.progress.payloads import AuditPayload
    from nexus_tui.progress.projects import AuditRow, Project, RunRow, Said, Suppressed, TickRow
    from nexus_tui.study.desk import Desk

Status = Literal["failed", "unknown", "passed", "by you", "not applicable"]
ORDER: tuple[Status, ...] = ("failed", "unknown", "passed", "by you", "not applicable")
_KNOWN: dict[Status, State] = {
    "failed": "failed",
    "unknown": "unknown",
    "passed": "passed",
    "by you": "passed",
}


@dataclass(frozen=True)
class ItemState:
    """One item of a checklist, for one project."""

    key: str
    item: ChecklistItem
    status: Status
    evidence: str
    """On what ground, in one line; empty where nothing is to be said."""
    tick: TickRow | None
    findings: tuple[FindingRow, ...]
    """What audits found that bears on it, those that are accepted among them."""


@dataclass(frozen=True)
class ListState:
    """A checklist, for one project."""

    view: ChecklistView
    items: tuple[ItemState, ...]
    run: RunRow | None
    """The run that is shown, of a checklist that comes again."""
    runs: tuple[RunRow, ...] = ()
    audits: tuple[AuditRow, ...] = ()
    """Those that have a say in it: of a checklist that comes again, those of its run."""

    @property
    def holding(self) -> Holding:
        return Holding(self.items)


class Holding:
    """How many of some items hold."""

    def __init__(self, items: Iterable[ItemState]) -> None:
        states = [(i.item.severity, _KNOWN[i.status]) for i in items if i.status in _KNOWN]
        self.score: Score = score(states)
        self.held = sum(state == "passed" for _, state in states)
        self.failed = sum(state == "failed" for _, state in states)
        self.unknown = sum(state == "unknown" for _, state in states)

    @property
    def known(self) -> int:
        return self.held + self.failed


@dataclass(frozen=True)
class ProjectState:
    """A project, or none yet, with every checklist held against it."""

    project: Project | None
    lists: tuple[ListState, ...]
    audits: tuple[AuditRow, ...]
    findings: tuple[FindingRow, ...]

    @cached_property
    def holding(self) -> Holding:
        return Holding(item for each in self.lists for item in each.items)

    @property
    def open_findings(self) -> int:
        """Places of findings that are there and not accepted."""
        return places(row for row in self.findings if is_open(row))


def is_open(row: FindingRow) -> bool:
    """Is it there, and accepted by nobody?"""
    return row.state != "mended" and reason(row) is None


def places(rows: Iterable[FindingRow]) -> int:
    """At how many places they are: a line counts once, however many checks find it wrong."""
    found = (row.found for row in rows)
    return len({(one.path, one.line) if one.line else one.key for one in found})


def reason(row: FindingRow) -> str | None:
    """Why a finding is accepted: by the learner, or in the project itself."""
    return row.suppressed.reason if row.suppressed else row.found.accepted


def state(desk: Desk, name: str | None = None) -> ProjectState:
    """How things stand for the project of that name, or for the one in use."""
    found = projects.projects(desk.store)
    project = next((p for p in found if name in {None, p.name}), None)
    if project is None:
        lists = tuple(_list_state(view, _Said({}, {}, {}, (), ())) for view in desk.checklists)
        return ProjectState(None, lists, (), ())
    findings = tuple(projects.findings(desk.store, project.name))
    said = _said(desk, project.name, findings)
    lists = tuple(_list_state(view, said) for view in desk.checklists)
    return ProjectState(project, lists, said.audits, findings)


def of_run(desk: Desk, project: str, view: ChecklistView, run: str) -> ListState:
    """A checklist as it stood at the end of an earlier run: its ticks, and what audits came to
    while it went on. `run` is its fact, empty for the time before the first."""
    store = desk.store
    runs = tuple(r for r in projects.runs(store, project) if r.checklist == view.key)
    place = next((n for n, row in enumerate(runs) if row.fact == run), len(runs))
    own = runs[place] if place < len(runs) else None
    until = runs[place - 1].at if place else None

    def then(at: datetime) -> bool:
        return (own is None or at >= own.at) and (until is None or at < until)

    verdicts: dict[str, VerdictRow] = {}
    findings: dict[str, tuple[FindingRow, ...]] = {}
    accepted = projects.accepted_at(store, project, until) if until else {}
    for day, at, audit in reversed(projects.audits_said(store, project)):
        if then(at):
            _count(audit, (day, at), accepted, verdicts, findings)
    audits = tuple(audit for audit in projects.audits(store, project) if then(audit.at))
    said = _Said(projects.ticks(store, project, run), verdicts, findings, runs, audits)
    items = tuple(
        _item_state(f"{view.key}/{i.id}", i, said, None, "not audited then")
        for i in view.model.items
    )
    return ListState(view, items, own, runs, audits)


def with_audit(desk: Desk, project: str, audit: AuditPayload) -> Holding:
    """What will hold of a project once this audit is kept."""
    said = _said(desk, project, projects.findings(desk.store, project))
    verdicts, findings = dict(said.verdicts), dict(said.findings)
    latest = date.max, datetime.max.replace(tzinfo=UTC)  # whatever run goes on began before it
    _count(audit, latest, projects.accepted(desk.store, project), verdicts, findings)
    then = replace(said, verdicts=verdicts, findings=findings)
    return Holding(item for view in desk.checklists for item in _list_state(view, then).items)


def _count(
    audit: AuditPayload,
    when: tuple[date, datetime],
    accepted: Mapping[str, Suppressed],
    verdicts: dict[str, VerdictRow],
    findings: dict[str, tuple[FindingRow, ...]],
) -> None:
    """Put what an audit came to in the place of what those before it did."""
    for checked in audit.checks:
        check = checked.check
        verdicts[check] = VerdictRow(checked.state, checked.reason, checked.absent, *when)
        if checked.state != "unknown":
            findings[check] = tuple(
                FindingRow(found, "still there", when[0], accepted.get(found.key))
                for found in audit.findings
                if found.check == check
            )


@dataclass(frozen=True)
class _Said:
    """All that was said of a project."""

    ticks: Mapping[str, TickRow]
    verdicts: Mapping[str, VerdictRow]
    findings: Mapping[str, tuple[FindingRow, ...]]
    """Check → what it found that is there."""
    runs: tuple[RunRow, ...]
    audits: tuple[AuditRow, ...]


def _said(desk: Desk, project: str, findings: Iterable[FindingRow]) -> _Said:
    store = desk.store
    by_check: dict[str, tuple[FindingRow, ...]] = {}
    for row in findings:
        if row.state != "mended":
            by_check[row.found.check] = (*by_check.get(row.found.check, ()), row)
    return _Said(
        projects.ticks(store, project),
        projects.verdicts(store, project),
        by_check,
        tuple(projects.runs(store, project)),
        tuple(projects.audits(store, project)),
    )


def _list_state(view: ChecklistView, said: _Said) -> ListState:
    runs = tuple(run for run in said.runs if run.checklist == view.key)
    run = runs[0] if runs else None
    items = tuple(_item_state(f"{view.key}/{i.id}", i, said, run) for i in view.model.items)
    audits = tuple(audit for audit in said.audits if run is None or audit.at >= run.at)
    return ListState(view, items, run, runs, audits)


def _item_state(
    key: str, item: ChecklistItem, said: _Said, run: RunRow | None, never: str = "not audited yet"
) -> ItemState:
    """`run`: what audits said before it began counts no more. `never`: that none looked."""
    own = tuple(f for check in item.audit for f in said.findings.get(check, ()))
    judged = [
        _judged(check, row, said.findings.get(check, ()))
        for check in item.audit
        if (row := said.verdicts.get(check)) is not None and (run is None or row.at >= run.at)
    ]
    if not judged:
        if run is not None and any(check in said.verdicts for check in item.audit):
            never = f"not audited since run {run.name} began"
        return _by_tick(key, item, said.ticks, own, never if item.audit else "")
    verdict = together(key, judged)
    tick = said.ticks.get(key)
    if verdict.state == "unknown" or (tick is not None and tick.status == "not applicable"):
        return _by_tick(key, item, said.ticks, own, verdict.reason)
    evidence = _evidence(verdict)
    if verdict.state == "passed" and item.auto == "part" and not evidence:
        evidence = "as far as files show it"
    return ItemState(key, item, verdict.state, evidence, tick, own)


def _judged(check: str, row: VerdictRow, own: tuple[FindingRow, ...]) -> Verdict:
    """A check with its findings that are there now; accepted ones do not make it fail."""
    shown = tuple(
        Finding(f.found.what, f.found.path, f.found.line, f.found.rule, f.found.mark, reason(f))
        for f in own
    )
    state = row.state
    if state == "failed" and own and not any(is_open(f) for f in own):
        state = "passed"
    return Verdict(check, state, shown, row.reason, row.absent)


def _evidence(verdict: Verdict) -> str:
    if verdict.state == "failed" and verdict.open:
        first, more = verdict.open[0], len(verdict.open) - 1
        place = f"{first.place} " if first.path else ""
        return f"{place}{first.what}" + (f", and {more} more" if more else "")
    accepted = [f for f in verdict.findings if f.accepted]
    if verdict.state == "passed" and accepted:
        return f"{counted(len(accepted), 'finding')} accepted: {accepted[0].accepted}"
    return verdict.reason


def _by_tick(
    key: str,
    item: ChecklistItem,
    ticks: Mapping[str, TickRow],
    findings: tuple[FindingRow, ...],
    why: str,
) -> ItemState:
    """What the learner said; else unknown, and `why` no audit tells."""
    tick = ticks.get(key)
    when = f"{tick.day.day} {tick.day:%b}" + (f", {tick.who}" if tick.who else "") if tick else ""
    if tick is None or tick.status == "open":
        said = why or "no audit sees it: tick what you saw"
        noted = f" · {when}: {tick.note}" if tick is not None and tick.note else ""
        return ItemState(key, item, "unknown", said + noted, tick, findings)
    status: Status = "by you" if tick.status == "done" else "not applicable"
    return ItemState(
        key, item, status, f"{when}: {tick.note}" if tick.note else when, tick, findings
    )


def item_history(desk: Desk, project: str, item: ItemState) -> list[Said]:
    """All that was said of an item, and each change of what audits came to; the last first."""
    found = projects.item_history(desk.store, project, item.key)
    before = None
    for day, at, audit in reversed(projects.audits_said(desk.store, project)):
        own = {c.check: c for c in audit.checks if c.check in item.item.audit}
        judged = [Verdict(c.check, c.state, (), c.reason, c.absent) for c in own.values()]
        if not judged:
            continue
        verdict = together(item.key, judged)
        if (verdict.state, verdict.reason) != before:
            before = verdict.state, verdict.reason
            found.append(projects.Said(day, at, verdict.state, verdict.reason, "", ""))
    return sorted(found, key=lambda said: said.at, reverse=True)
