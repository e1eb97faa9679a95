"""One audit: every auditor at once, each verdict as it comes, in a bounded time."""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus_tui.audit import accepted, django_project
from nexus_tui.audit.bench import Auditor, Bench, Consent, ToolError
from nexus_tui.audit.marking import Marks
from nexus_tui.audit.project import AuditError, shown, walk
from nexus_tui.audit.registry import AUDITORS
from nexus_tui.audit.verdict import Report, Verdict, decided, unknown
from nexus_tui.sandbox.rails import Rights, probe
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Collection, Generator, Iterator, Sequence
    from pathlib import Path

    from nexus_tui.audit.project import Project

__all__ = ["NOTHING", "AuditError", "Consent", "Progress", "audit", "what_would_run"]

NOTHING = Consent()
_AT_ONCE = 4
_POLL = 0.1
"""Seconds between two looks at whether the audit is to be stopped."""
_MOST = 300
"""Findings of one check."""
_SAID = 300
"""Characters of a reason."""
_NOT_ALLOWED = {
    "code": "it runs the project's code, which was not allowed",
    "network": "it asks a service on the network, which was not allowed",
}


@dataclass(frozen=True)
class Progress:
    """How far an audit is."""

    done: int
    total: int
    running: tuple[str, ...]
    """Names of the auditors that are at work."""


def audit(
    root: Path,
    work: Path,
    *,
    consent: Consent = NOTHING,
    only: Collection[str] = (),
    tell: Callable[[Verdict, Progress], None] | None = None,
    stop: threading.Event | None = None,
) -> Report:
    """Look at the project in `root`; `only` names checks, without it all are made.

    `work` is a folder for copies and temporary files, which are removed. `tell` is called in this
    thread, once for each verdict. When `stop` is set, what runs is ended and the rest is unknown.
    Raises AuditError where `root` is no folder that can be read.
    """
    began, at = time.monotonic(), datetime.now(UTC)
    project = walk(root)
    entries, notes = _accepted(project)
    marks = Marks(project, entries)
    wanted = [one for one in AUDITORS if not only or any(c.id in only for c in one.checks)]
    total = sum(_chosen(check.id, only) for one in wanted for check in one.checks)
    verdicts: list[Verdict] = []
    with Bench(project, consent, work) as bench, closing(_looked(wanted, bench, stop)) as looked:
        for auditor, future, running in looked:
            for verdict in _settled(auditor, future, project, marks):
                if _chosen(verdict.check, only):
                    verdicts.append(verdict)
                    if tell is not None:
                        tell(verdict, Progress(len(verdicts), total, running))
        stopped = bench.stopped
    verdicts.sort(key=lambda verdict: verdict.check)
    said = (*notes, *project.notes())
    seconds = time.monotonic() - began
    return Report(shown(project.root.name), at, tuple(verdicts), said, seconds, stopped)


def _looked(
    wanted: Sequence[Auditor], bench: Bench, stop: threading.Event | None
) -> Generator[tuple[Auditor, Future[list[Verdict]], tuple[str, ...]]]:
    """Each auditor as it is done, and the names of those at work; closing it ends them all."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        pending = {pool.submit(_look, one, bench): one for one in wanted}
        try:
            while pending:
                done, _ = wait(pending, _POLL, FIRST_COMPLETED)
                if stop is not None and stop.is_set():
                    bench.stop()
                for future in done:
                    auditor = pending.pop(future)
                    running = tuple(one.name for run, one in pending.items() if run.running())
                    yield auditor, future, running
        finally:
            while wait(pending, _POLL).not_done:
                bench.stop()


def what_would_run(root: Path, consent: Consent = NOTHING) -> list[str]:
    """What of the project would be executed, and what holds it, in sentences for a question.

    Empty where nothing would be. Raises AuditError where `root` is no folder that can be read.
    """
    project = walk(root)
    found = django_project.find(project, consent)
    if found is None:
        return []
    python = shown(str(found.python))
    return [
        f"{shown(found.manage)}, its settings and its apps are imported by {python}, in a copy.",
        probe().said(Rights(subprocess=True)),
    ]


def _chosen(check: str, only: Collection[str]) -> bool:
    return not only or check in only


def _look(auditor: Auditor, bench: Bench) -> list[Verdict]:
    if auditor.asks and not getattr(bench.consent, auditor.asks) and _has_subject(auditor, bench):
        return [unknown(check.id, _NOT_ALLOWED[auditor.asks]) for check in auditor.checks]
    return list(auditor.look(bench))


def _has_subject(auditor: Auditor, bench: Bench) -> bool:
    """Is there anything that the learner could allow?"""
    return auditor.asks != "code" or django_project.find(bench.project, bench.consent) is not None


def _settled(
    auditor: Auditor, future: Future[list[Verdict]], project: Project, marks: Marks
) -> Iterator[Verdict]:
    """A verdict for each check of the auditor, whatever came of it."""
    why = "it gave no answer"
    found: dict[str, Verdict] = {}
    try:
        found = {verdict.check: verdict for verdict in future.result()}
    except ToolError as error:
        why = str(error)
    except Exception as error:  # a tool's answer in a form that nobody foresaw
        why = f"its answer could not be read: {type(error).__name__}"
    for check in auditor.checks:
        verdict = found.get(check.id) or unknown(check.id, why)
        if verdict.state != "unknown":
            findings = marks.settle(check.id, verdict.findings[:_MOST])
            more = len(verdict.findings) - _MOST
            reason = f"{more:,} more findings are not listed" if more > 0 else verdict.reason
            verdict = decided(check.id, findings, reason)
        seen = _if_all_was_seen(verdict, auditor, project)
        yield replace(seen, reason=clean_line(seen.reason)[:_SAID])


def _if_all_was_seen(verdict: Verdict, auditor: Auditor, project: Project) -> Verdict:
    """What passes without having seen every file has not passed; what is missing may be there."""
    misses = auditor.looks_for and not any(finding.path for finding in verdict.open)
    if auditor.reads is None or not (
        verdict.state == "passed" or (verdict.state == "failed" and misses)
    ):
        return verdict
    skipped = sorted(path for path in project.skipped if auditor.reads.search(path))
    if project.cut:
        why = f"the walk ended early: {project.cut}"
    elif skipped:
        more = f" and {len(skipped) - 1:,} more" if len(skipped) > 1 else ""
        why = f"not looked at: {shown(skipped[0])}{more}: {project.skipped[skipped[0]]}"
    else:
        return verdict
    left = tuple(finding for finding in verdict.findings if finding.accepted is not None)
    return Verdict(verdict.check, "unknown", left, why)


def _accepted(project: Project) -> tuple[list[accepted.Accepted], list[str]]:
    if accepted.FILE not in project.files:
        return [], []
    return accepted.read(project.text(accepted.FILE) or "")
