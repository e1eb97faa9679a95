"""What an audit comes to: checks, verdicts with their findings, a report and its score; pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

State = Literal["passed", "failed", "unknown"]
Severity = Literal["low", "medium", "high"]

WEIGHTS: dict[Severity, int] = {"high": 5, "medium": 3, "low": 1}


@dataclass(frozen=True)
class Check:
    """One thing that is looked at; content and reports name it by its id."""

    id: str
    holds: str
    """What is true of a project that passes."""
    severity: Severity
    why: str
    mend: str
    topic: str
    """The topic of the bundled pack that teaches it."""
    stage: str | None = None
    """The stage of a challenge, `<challenge>/<stage>`, in which it is practised."""


@dataclass(frozen=True)
class Finding:
    """One place at which a check fails."""

    what: str
    path: str = ""
    """From the root of the project, with `/`; nothing: the project as a whole."""
    line: int = 0
    """From 1; 0: the file as a whole."""
    rule: str = ""
    """What the tool itself calls it."""
    mark: str = ""
    """The same in two audits where the finding is the same, also after lines have moved."""
    accepted: str | None = None
    """The reason for which it is left as it is."""

    @property
    def place(self) -> str:
        """`path:line`."""
        where = self.path or "the project"
        return f"{where}:{self.line}" if self.line else where


@dataclass(frozen=True)
class Verdict:
    """What one check came to. What is unknown says why, and is never taken for passed."""

    check: str
    state: State
    findings: tuple[Finding, ...] = ()
    """Those that were accepted stay in sight; they do not make it fail."""
    reason: str = ""
    absent: bool = False
    """Unknown because the project has nothing of the kind."""

    @property
    def open(self) -> tuple[Finding, ...]:
        """The findings that make it fail."""
        return tuple(finding for finding in self.findings if finding.accepted is None)


def decided(check: str, findings: Iterable[Finding], reason: str = "") -> Verdict:
    """Failed where a finding is not accepted, else passed."""
    found = tuple(findings)
    bad = any(finding.accepted is None for finding in found)
    return Verdict(check, "failed" if bad else "passed", found, reason)


def unknown(check: str, reason: str) -> Verdict:
    """It could not be looked at."""
    return Verdict(check, "unknown", reason=reason)


def absent(check: str, reason: str) -> Verdict:
    """There is nothing to look at."""
    return Verdict(check, "unknown", reason=reason, absent=True)


def together(name: str, verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict of several, such as those that prove an item of a checklist.

    Failed if one failed, else unknown if one is; where one is unknown only because there is
    nothing of its kind, the others decide.
    """
    findings = tuple(finding for one in verdicts for finding in one.findings)
    blind = [one for one in verdicts if one.state == "unknown" and not one.absent]
    if any(one.state == "failed" for one in verdicts):
        return Verdict(name, "failed", findings)
    if blind:
        return Verdict(name, "unknown", findings, blind[0].reason)
    if any(one.state == "passed" for one in verdicts):
        return Verdict(name, "passed", findings)
    return absent(name, verdicts[0].reason if verdicts else "no audit looks at it")


class Score(NamedTuple):
    """Weights; what is unknown stands beside and counts for nothing."""

    passed: int
    known: int
    unknown: int

    @property
    def percent(self) -> int | None:
        """Rounded down, so that 100 means all of what is known; None where nothing is."""
        return self.passed * 100 // self.known if self.known else None


def score(judged: Iterable[tuple[Severity, State]]) -> Score:
    """Weight passed of weight known: high 5, medium 3, low 1."""
    weights = dict.fromkeys(("passed", "failed", "unknown"), 0)
    for severity, state in judged:
        weights[state] += WEIGHTS[severity]
    return Score(weights["passed"], weights["passed"] + weights["failed"], weights["unknown"])


@dataclass(frozen=True)
class Report:
    """One audit of one project."""

    project: str
    """The name of its folder."""
    at: datetime
    """UTC."""
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    """What was left out of the audit as a whole, and why."""
    seconds: float = 0.0
    stopped: bool = False
    """Somebody ended it before its end."""

    def of(self, checks: Iterable[str], name: str = "") -> Verdict:
        """One verdict of these checks, such as those of an item of a checklist."""
        known = {verdict.check: verdict for verdict in self.verdicts}
        missing = "this audit did not look at it"
        return together(name, [known.get(each) or unknown(each, missing) for each in checks])

    def score(self, severity_of: Callable[[str], Severity]) -> Score:
        """The score over all checks."""
        return score((severity_of(one.check), one.state) for one in self.verdicts)
