"""Traces: patterns that a practice leaves in files, looked for by the table of `trace_checks`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.checks.trace_checks import ALERT_RUNBOOKS, ALERTS, TRACES, Trace
from nexus_tui.audit.checks.yaml_files import documents
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

_LINE = 1000
"""Characters of a line that are looked at."""


def look(project: Project) -> list[Verdict]:
    """The verdicts of this family."""
    return [*(_trace(project, trace) for trace in TRACES), _runbooks(project)]


def _trace(project: Project, trace: Trace) -> Verdict:
    name = trace.check.id
    paths = project.find(trace.files)
    if not paths and trace.subject is not None:
        return absent(name, trace.subject)
    if trace.text is None:
        return decided(name, () if paths else [Finding("there is no such file")])
    if trace.forbidden:
        return decided(name, _matches(project, trace))
    wanted = [trace.text, *trace.every]
    for path in paths:
        text = project.text(path) or ""
        lines = "\n".join(line[:_LINE] for line in text.split("\n"))
        wanted = [pattern for pattern in wanted if not pattern.search(lines)]
        if not wanted:
            return decided(name, ())
    read = f"{len(paths):,} file{'s' * (len(paths) != 1)} read" if paths else "no file of the kind"
    return decided(name, [Finding(f"no trace of it: {read}")])


def _matches(project: Project, trace: Trace) -> Iterator[Finding]:
    assert trace.text is not None
    for path, text in project.texts(trace.files):
        for number, line in enumerate(text.split("\n"), 1):
            found = trace.text.search(line[:_LINE])
            if found and not (trace.unless and trace.unless.search(line[:_LINE])):
                what = re.split(r"=|:\s", found[0].strip())[0].strip()
                yield Finding(f"`{what[:60]}` stands here", path, number)


def _runbooks(project: Project) -> Verdict:
    """Each alert has `for`, or `keep_firing_for`, and a `runbook_url`."""
    findings, alerts = list[Finding](), 0
    for path, value in documents(project, ALERTS):
        for rule in _rules(value):
            alerts += 1
            notes = rule.get("annotations")
            lacks = [] if "for" in rule else ["for"]
            if not isinstance(notes, dict) or not {"runbook_url", "runbook"} & set(notes):
                lacks.append("runbook_url")
            if lacks:
                findings.append(Finding(f"{rule['alert']} has no {' and no '.join(lacks)}", path))
    if not alerts:
        return absent(ALERT_RUNBOOKS.id, "there are no alert rules")
    return decided(ALERT_RUNBOOKS.id, findings)


def _rules(value: Any) -> Iterator[dict[str, Any]]:
    """The alerting rules of a Prometheus rule file, also inside a PrometheusRule."""
    spec = value.get("spec", value) if isinstance(value, dict) else None
    groups = spec.get("groups") if isinstance(spec, dict) else None
    for group in groups if isinstance(groups, list) else ():
        rules = group.get("rules") if isinstance(group, dict) else None
        for rule in rules if isinstance(rules, list) else ():
            if isinstance(rule, dict) and "alert" in rule:
                yield rule
