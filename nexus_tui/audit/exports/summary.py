"""What all reports for people say in the same order: failed by severity, then what is unknown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nexus_tui.audit.verdict import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.audit.verdict import Check, Finding, Report, Verdict


def figure(report: Report, checks: Mapping[str, Check]) -> str:
    """The score and the counts, in one line."""
    score = report.score(lambda check: checks[check].severity)
    states = Counter(verdict.state for verdict in report.verdicts)
    absent = sum(verdict.absent for verdict in report.verdicts)
    percent = "Nothing is known" if score.percent is None else f"{score.percent} % of what is known"
    counts = f"passed {states['passed']}, failed {states['failed']}, unknown {states['unknown']}"
    beside = f", {absent} of them about what it does not have" if absent else ""
    return f"{percent}: {counts}{beside}"


def failed(report: Report, checks: Mapping[str, Check]) -> Iterator[tuple[Check, Verdict]]:
    """The checks that failed, the gravest first."""
    found = [(checks[one.check], one) for one in report.verdicts if one.state == "failed"]
    yield from sorted(found, key=lambda pair: (-WEIGHTS[pair[0].severity], pair[0].id))


def blind(report: Report) -> Iterator[tuple[str, list[str]]]:
    """Each reason for which something is unknown, with the checks; not what is only absent."""
    reasons: dict[str, list[str]] = {}
    for verdict in report.verdicts:
        if verdict.state == "unknown" and not verdict.absent:
            reasons.setdefault(verdict.reason, []).append(verdict.check)
    yield from sorted(reasons.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def accepted(report: Report) -> Iterator[tuple[str, Finding]]:
    """What was left as it is, with its check."""
    for verdict in report.verdicts:
        for finding in verdict.findings:
            if finding.accepted is not None:
                yield verdict.check, finding
