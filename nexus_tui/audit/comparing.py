"""Two audits of one project: what is new, what was mended, what is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from nexus_tui.audit.verdict import Finding, Report

Found = tuple[str, "Finding"]
"""The id of a check, and what it found."""


class Changes(NamedTuple):
    """Findings that are not accepted, in the order of the reports."""

    new: tuple[Found, ...]
    mended: tuple[Found, ...]
    still: tuple[Found, ...]
    unclear: tuple[Found, ...]
    """Found before; this time the check could not tell."""


def compare(before: Report, after: Report) -> Changes:
    """What became of the findings of `before`, and what came since."""
    old, now = _open(before), _open(after)
    blind = {verdict.check for verdict in after.verdicts if verdict.state == "unknown"}
    blind |= {check for check, _ in old} - {verdict.check for verdict in after.verdicts}
    gone = [(key, found) for key, found in old.items() if key not in now]
    return Changes(
        new=tuple((key[0], found) for key, found in now.items() if key not in old),
        mended=tuple((key[0], found) for key, found in gone if key[0] not in blind),
        still=tuple((key[0], found) for key, found in now.items() if key in old),
        unclear=tuple((key[0], found) for key, found in gone if key[0] in blind),
    )


def _open(report: Report) -> dict[tuple[str, str], Finding]:
    return {
        (verdict.check, finding.mark): finding
        for verdict in report.verdicts
        for finding in verdict.open
    }
