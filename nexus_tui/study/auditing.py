"""Audits of a learner's projects: run, kept, and what became of the findings since the last."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.progress import projects
from nexus_tui.progress.payloads import AuditPayload, CheckedPayload, FindingPayload
from nexus_tui.progress.projects import Allowed
from nexus_tui.study import holding

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Mapping

    from nexus_tui.audit.auditing import Progress
    from nexus_tui.audit.verdict import Finding, Report, Score, Verdict
    from nexus_tui.progress.projects import FindingRow, Project, Suppressed
    from nexus_tui.study.desk import Desk


@dataclass(frozen=True)
class Kept:
    """An audit that is on disk, and what became of the findings."""

    score: Score
    """Of the project, as the checklists say it."""
    new: tuple[FindingRow, ...]
    still: tuple[FindingRow, ...]
    mended: tuple[FindingRow, ...]
    unclear: tuple[FindingRow, ...]
    """Found before; this time the check could not tell."""
    suppressed: tuple[FindingRow, ...]


def run(
    desk: Desk,
    project: Project,
    tell: Callable[[Verdict, Progress], None],
    stop: threading.Event,
) -> Report:
    """Audit a project as far as was allowed; blocks, so for a thread. Raises AuditError."""
    from nexus_tui.audit.auditing import Consent, audit

    assert desk.settings is not None
    allowed = project.allowed or Allowed(code=False, network=False)
    consent = Consent(code=allowed.code, network=allowed.network)
    work = desk.settings.cache.path / "audits"
    return audit(_root(project), work, consent=consent, tell=tell, stop=stop)


def would_run(project: Project) -> list[str]:
    """What of a project an audit would execute if it may, in sentences. Raises AuditError."""
    from nexus_tui.audit.auditing import Consent, what_would_run

    return what_would_run(_root(project), Consent(code=True))


def _root(project: Project) -> Path:
    from nexus_tui.audit.auditing import AuditError

    if not project.folder:
        raise AuditError(f"{project.name} has no folder yet: name it under Projects, with e.")
    return Path(project.folder)


def keep_report(desk: Desk, project: str, report: Report) -> Kept | None:
    """Keep what an audit came to; one that was stopped is not kept: None. Raises a StoreError."""
    if report.stopped:
        return None
    said = AuditPayload(
        seconds=round(report.seconds, 1),
        checks=tuple(
            CheckedPayload(check=v.check, state=v.state, reason=v.reason, absent=v.absent)
            for v in report.verdicts
        ),
        findings=tuple(_payload(v.check, f) for v in report.verdicts for f in v.findings),
        passed=0,
        known=0,
        unknown=0,
        notes=report.notes,
    )
    holds = holding.with_audit(desk, project, said)
    figures = {"passed": holds.score.passed, "known": holds.score.known, "unknown": holds.unknown}
    projects.keep_audit(desk.store, project, said.model_copy(update=figures)).result()
    return kept(desk, project)


def kept(desk: Desk, project: str) -> Kept:
    """What the last audit of a project comes to, with what is accepted since."""
    rows = projects.findings(desk.store, project)
    there = [row for row in rows if row.state != "mended"]
    free = [row for row in there if holding.is_open(row)]

    def those(state: str) -> tuple[FindingRow, ...]:
        return tuple(row for row in free if row.state == state)

    return Kept(
        score=holding.state(desk, project).holding.score,
        new=those("new"),
        still=those("still there"),
        mended=tuple(row for row in rows if row.state == "mended"),
        unclear=those("not looked at"),
        suppressed=tuple(row for row in there if row not in free),
    )


def with_accepted(verdict: Verdict, accepted: Mapping[str, Suppressed]) -> Verdict:
    """A verdict by which what the learner accepts does not fail, as in the checklists."""
    if not accepted:
        return verdict
    findings = tuple(
        replace(found, accepted=found.accepted or why.reason)
        if (why := accepted.get(_payload(verdict.check, found).key)) is not None
        else found
        for found in verdict.findings
    )
    shown = replace(verdict, findings=findings)
    left = verdict.state == "failed" and findings and not shown.open
    return replace(shown, state="passed") if left else shown


def _payload(check: str, found: Finding) -> FindingPayload:
    return FindingPayload(
        check=check,
        mark=found.mark,
        what=found.what,
        path=found.path,
        line=found.line,
        rule=found.rule,
        accepted=found.accepted,
    )


def place_of(folder: str, path: str) -> Path | None:
    """The file of a finding in the project's folder; None where it is not in there any more."""
    root = Path(folder)
    try:
        file = (root / path).resolve()
        return file if folder and file.is_relative_to(root) and file.is_file() else None
    except OSError:
        return None


def new_place_of(folder: str, path: str) -> Path | None:
    """Where a file that a finding misses would be; None where its folder is not in the project."""
    root = Path(folder)
    try:
        file = root / path
        inside = file.parent.resolve().is_relative_to(root.resolve()) and file.parent.is_dir()
        return file if folder and path and inside and not os.path.lexists(file) else None
    except OSError:
        return None
