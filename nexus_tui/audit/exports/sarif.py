"""A report as SARIF 2.1.0, which code hosts show beside the lines of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from nexus_tui import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nexus_tui.audit.verdict import Check, Finding, Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"high": "error", "medium": "warning", "low": "note"}


def sarif(report: Report, checks: Mapping[str, Check]) -> dict[str, Any]:
    """The findings as results; what is unknown stands among the notifications of the run."""
    known = [verdict for verdict in report.verdicts if verdict.check in checks]
    rules = [_rule(checks[verdict.check]) for verdict in known]
    results = [
        _result(checks[verdict.check], place, finding)
        for place, verdict in enumerate(known)
        for finding in verdict.findings
    ]
    told = [
        {
            "level": "warning",
            "message": {"text": verdict.reason},
            "associatedRule": {"id": verdict.check, "index": place},
        }
        for place, verdict in enumerate(known)
        if verdict.state == "unknown" and not verdict.absent
    ]
    told += [{"level": "note", "message": {"text": note}} for note in report.notes]
    driver = {"name": "nexus-tui", "version": __version__, "rules": rules}
    invocation = {
        "executionSuccessful": not report.stopped,
        "endTimeUtc": report.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "toolExecutionNotifications": told,
    }
    run = {"tool": {"driver": driver}, "invocations": [invocation], "results": results}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(check: Check) -> dict[str, Any]:
    lesson = f"The lesson: nexus-tui, topic {check.topic}."
    return {
        "id": check.id,
        "shortDescription": {"text": check.holds},
        "fullDescription": {"text": check.why},
        "help": {"text": f"{check.mend} {lesson}"},
        "defaultConfiguration": {"level": _LEVELS[check.severity]},
        "properties": {"tags": [check.topic]},
    }


def _result(check: Check, place: int, finding: Finding) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path or ".")}}
    if finding.line:
        where["region"] = {"startLine": finding.line}
    rule = f" ({finding.rule})" if finding.rule else ""
    result: dict[str, Any] = {
        "ruleId": check.id,
        "ruleIndex": place,
        "level": _LEVELS[check.severity],
        "message": {"text": f"{finding.what}{rule}"},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {"nexus/v1": finding.mark or check.id},
    }
    if finding.accepted is not None:
        result["suppressions"] = [{"kind": "external", "justification": finding.accepted}]
    return result
