"""A report as plain JSON values, and back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nexus_tui.audit.verdict import Finding, Report, Verdict

FORMAT = 1


def as_json(report: Report) -> dict[str, Any]:
    """The report; it holds no line of the project's files."""
    return {
        "format": FORMAT,
        "project": report.project,
        "at": report.at.isoformat(),
        "seconds": round(report.seconds, 2),
        "stopped": report.stopped,
        "notes": list(report.notes),
        "verdicts": [verdict_as_json(verdict) for verdict in report.verdicts],
    }


def from_json(value: dict[str, Any]) -> Report:
    """What `as_json` made. Raises ValueError where it is something else."""
    if value.get("format") != FORMAT:
        raise ValueError(f"a report of format {value.get('format')!r}, not {FORMAT}")
    try:
        return Report(
            value["project"],
            datetime.fromisoformat(value["at"]),
            tuple(verdict_from_json(one) for one in value["verdicts"]),
            tuple(value["notes"]),
            float(value["seconds"]),
            bool(value["stopped"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a whole report: {error}") from error


def verdict_as_json(verdict: Verdict) -> dict[str, Any]:
    """One verdict; what is empty is left out."""
    found: dict[str, Any] = {"check": verdict.check, "state": verdict.state}
    if verdict.reason:
        found["reason"] = verdict.reason
    if verdict.absent:
        found["absent"] = True
    if verdict.findings:
        found["findings"] = [_finding(finding) for finding in verdict.findings]
    return found


def verdict_from_json(value: dict[str, Any]) -> Verdict:
    """What `verdict_as_json` made. Raises KeyError and TypeError."""
    findings = tuple(Finding(**one) for one in value.get("findings", ()))
    reason, missing = value.get("reason", ""), value.get("absent", False)
    return Verdict(value["check"], value["state"], findings, reason, missing)


def _finding(finding: Finding) -> dict[str, Any]:
    every = {
        "what": finding.what,
        "path": finding.path,
        "line": finding.line,
        "rule": finding.rule,
        "mark": finding.mark,
        "accepted": finding.accepted,
    }
    return {key: value for key, value in every.items() if value not in ("", 0, None)}
