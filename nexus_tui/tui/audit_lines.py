"""What the screen of an audit shows, as rows: what it may do, verdicts, what it came to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nexus_tui.text import clean_line, counted
from nexus_tui.tui.checklist_lines import LABEL
from nexus_tui.tui.widgets.lines import Part, line
from nexus_tui.tui.widgets.rows import Row, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.audit.verdict import Verdict

READ, RUN, ASK = ":read", ":run", ":ask"
"""What may be allowed; running and asking both: one after the other."""


def result_rows(verdicts: Sequence[Verdict], notes: Sequence[str]) -> list[Row]:
    """What failed, what could not be looked at and why, what was left out, what passed."""
    rows: list[Row] = []
    groups = (
        ("Failed", sorted((v for v in verdicts if v.state == "failed"), key=_gravity)),
        ("Passed", [v for v in verdicts if v.state == "passed"]),
    )
    blind = Counter(v.reason for v in verdicts if v.state == "unknown" and not v.absent)
    for title, own in groups:
        if own:
            rows.append(heading(f":{title}", title, str(len(own))))
            rows += spaced([verdict_row(verdict) for verdict in own])
        if title == "Failed" and (blind or notes):
            rows.append(heading(":blind", "Not looked at", str(blind.total())))
            reasons = [_reason_row(reason, count) for reason, count in blind.most_common()]
            rows += spaced([*reasons, *(_note_row(n, note) for n, note in enumerate(notes))])
    absent = sum(v.absent for v in verdicts)
    if absent:
        said = f"{absent} checks found nothing of their kind, such as no Dockerfile."
        rows.append(Row(":absent", (line(Part(said, "muted")),), fixed=True))
    return rows


def _gravity(verdict: Verdict) -> int:
    """The gravest first."""
    from nexus_tui.audit.registry import CHECKS
    from nexus_tui.audit.verdict import WEIGHTS

    check = CHECKS.get(verdict.check)
    return -WEIGHTS[check.severity] if check else 0


def choice_rows(sentences: list[str]) -> list[Row]:
    """What the learner may allow; what would be executed stands with it."""
    network = "The names and versions of your requirements are sent to the service of pip-audit."
    only = "Nothing of the project is executed."
    if not sentences:
        only = "Nothing of the project is executed: there is no manage.py that starts Django."
    rows = [_choice(READ, "Only read its files", [only])]
    if sentences:
        rows.append(_choice(RUN, "Also run its code", sentences))
        both = [*sentences[:1], network]
        rows.append(_choice(f"{RUN}{ASK}", "Also run its code, and look up known flaws", both))
    rows.append(_choice(ASK, "Only read its files, and look up known flaws", [network]))
    return rows


def _choice(id: str, title: str, sentences: Sequence[str]) -> Row:
    lines = [line(Part(title, "title"))]
    lines += [line(Part(clean_line(sentence), "muted")) for sentence in sentences]
    return Row(id, tuple(lines), after=1)


def verdict_row(verdict: Verdict) -> Row:
    from nexus_tui.audit.registry import CHECKS

    check = CHECKS.get(verdict.check)
    text = check.holds if check else verdict.check
    mark, word, figure = Part("? ", "bold"), Part("unknown  ", "bold"), ""
    if verdict.state == "failed":
        mark, word = Part("✗ ", "bad-bold"), Part("failed   ", "bad-bold")
        figure = f"{len(verdict.open)}"
    elif verdict.state == "passed":
        mark, word = Part("✓ ", "ok"), Part("passed   ", "muted")
        figure = f"{len(verdict.findings)} accepted" if verdict.findings else ""
    elif verdict.absent:
        mark, word = Part("– ", "muted"), Part("no such  ", "muted")
    lines = [line(mark, word, Part(text, "title"), right=[Part(figure, "muted")], indent=LABEL)]
    if verdict.state == "unknown" and verdict.reason:
        reason = Part(clean_line(verdict.reason), "muted")
        lines.append(line(Part(" " * LABEL), reason, indent=LABEL))
    return Row(verdict.check, tuple(lines))


def _reason_row(reason: str, count: int) -> Row:
    """Why checks could not look; a row of its own, so that the cursor reaches it."""
    mark, word = Part("? ", "bold"), Part("unknown  ", "bold")
    text, checks = Part(clean_line(reason), "title"), Part(counted(count, "check"), "muted")
    return Row(f":{reason}", (line(mark, word, text, right=[checks], indent=LABEL),))


def _note_row(number: int, note: str) -> Row:
    lead = Part("– left out ", "muted")
    return Row(f":note{number}", (line(lead, Part(clean_line(note), "title"), indent=LABEL),))
