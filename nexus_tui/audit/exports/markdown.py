"""A report as Markdown, for a comment on a pull request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.audit.exports.summary import accepted, blind, failed, figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nexus_tui.audit.comparing import Changes
    from nexus_tui.audit.verdict import Check, Finding, Report

_SHOWN = 10
"""Findings of one check."""


def markdown(report: Report, checks: Mapping[str, Check], changes: Changes | None = None) -> str:
    """The whole report; text of the project is never markup in it."""
    return "\n".join(_lines(report, checks, changes)) + "\n"


def _lines(report: Report, checks: Mapping[str, Check], changes: Changes | None) -> Iterator[str]:
    yield f"## Audit of {_code(report.project)}"
    yield f"\n{figure(report, checks)}."
    if report.stopped:
        yield "\nIt was stopped before its end."
    if changes is not None:
        said = f"{len(changes.new)} new, {len(changes.mended)} mended, {len(changes.still)} still"
        unclear = f", {len(changes.unclear)} that could not be looked at" if changes.unclear else ""
        yield f"\nSince the audit before: {said} there{unclear}."
    marks = {finding.mark for _, finding in changes.new} if changes is not None else set()
    severity = ""
    for check, verdict in failed(report, checks):
        if check.severity != severity:
            severity = check.severity
            yield f"\n### {severity.capitalize()}"
        yield f"\n**{check.holds}**: no. `{check.id}`\n"
        for finding in verdict.open[:_SHOWN]:
            yield f"- {'new: ' if finding.mark in marks else ''}{_finding(finding)}"
        more = len(verdict.open) - _SHOWN
        if more > 0:
            yield f"- and {more} more"
        yield f"\n{check.why} {check.mend} Lesson: `{check.topic}`."
    yield from _rest(report)


def _rest(report: Report) -> Iterator[str]:
    unknown = list(blind(report))
    if unknown:
        yield "\n### Unknown\n"
        yield from (f"- {_text(why)}: {', '.join(map(_code, ids))}" for why, ids in unknown)
    left = list(accepted(report))
    if left:
        yield "\n### Accepted\n"
        yield from (
            f"- {_finding(one)} {_code(id_)}: {_text(one.accepted or '')}" for id_, one in left
        )
    if report.notes:
        yield "\n### Not looked at\n"
        yield from (f"- {_text(note)}" for note in report.notes)


def _finding(finding: Finding) -> str:
    rule = f" ({_text(finding.rule)})" if finding.rule else ""
    return f"{_code(finding.place)} {_text(finding.what)}{rule}"


def _code(text: str) -> str:
    """Text between backticks that cannot leave them."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _text(text: str) -> str:
    """Text that is no markup, no link and no mention."""
    return re.sub(r"([\\`*_\[\]<>|#@~!])", r"\\\1", text)
