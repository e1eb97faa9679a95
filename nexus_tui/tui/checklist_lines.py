"""What the screens of checklists show, as lines: figures, items, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.text import clean, clean_line, counted, unticked
from nexus_tui.tui.widgets.lines import Line, Part, inline, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nexus_tui.audit.verdict import Check
    from nexus_tui.catalog.models import ChecklistItem
    from nexus_tui.progress.projects import AuditRow, FindingRow, TickRow
    from nexus_tui.study.holding import Holding, ItemState, ListState, ProjectState, Status

GROUPS = {
    "code-quality": "Code quality",
    "security": "Security",
    "performance": "Performance",
    "deployment": "Deployment",
    "beyond-programme": "Beyond the programme",
}
LABEL = 11
"""Cells of a mark and its word."""
_MARKS: dict[Status, tuple[Part, Part]] = {
    "failed": (Part("✗ ", "bad-bold"), Part("failed   ", "bad-bold")),
    "unknown": (Part("? ", "bold"), Part("unknown  ", "bold")),
    "passed": (Part("✓ ", "ok"), Part("passed   ", "muted")),
    "by you": (Part("• ", "muted"), Part("by you   ", "muted")),
    "not applicable": (Part("– ", "muted"), Part("left out ", "muted")),
}
_STATES = {
    "new": (Part("✗ ", "bad-bold"), Part("new      ", "bad-bold")),
    "still there": (Part("✗ ", "bad-bold"), Part("still    ", "bad-bold")),
    "not looked at": (Part("? ", "bold"), Part("unknown  ", "bold")),
    "mended": (Part("✓ ", "ok"), Part("mended   ", "muted")),
}


def day_of(day: date) -> str:
    """`12 Nov`."""
    return f"{day.day} {day:%b}"


def project_head(state: ProjectState, title: str = "", looked: str = "") -> Line:
    """The project and what it is made with, or `title`; at the right end its last audit, or
    what `looked` says of it."""
    project = state.project
    if project is None:
        return line(Part("No project yet", "bold"), Part(f"  {title}", "muted"))
    about = title or " · ".join(project.stack) or project.folder or "no folder named"
    return line(
        Part(project.name, "bold"),
        Part(f"  {about}", "muted"),
        right=[Part(looked or audited(state.audits), "muted")],
    )


def audited(audits: tuple[AuditRow, ...]) -> str:
    """When it was audited last, and how long that took."""
    if not audits:
        return "not audited yet"
    return f"audited {day_of(audits[0].day)}, {audits[0].seconds:.0f} s"


def score_line(holding: Holding) -> Line:
    """The share of what is known, and beside it what is not."""
    if not holding.known:
        return line(Part(f"Nothing is known yet · {holding.unknown} unknown", "text"))
    held = f"{holding.held} of {holding.known} known items hold"
    weight = f", {holding.score.percent} % by weight"
    are = "is" if holding.unknown == 1 else "are"
    unknown = f" · {holding.unknown} unknown {are} not counted" if holding.unknown else ""
    return line(Part(held + weight), Part(unknown, "muted"))


def list_row(state: ListState, *, narrow: bool = False) -> Row:
    """A checklist and how much of it holds; what is unknown where there is room for it."""
    holding = state.holding
    figure = counted(len(state.items), "item")
    if holding.known:
        known = " known" if holding.unknown else ""
        figure = f"{holding.held} of {holding.known}{known} hold"
        if holding.unknown and not narrow:
            figure += f" · {holding.unknown} unknown"
    if holding.failed:
        figure = f"{holding.failed} failed · {figure}"
    title = Part(state.view.model.title, "title")
    run = [Part(f"  run {state.run.name}", "muted")] if state.run else []
    head = line(Part("  "), title, *run, right=[Part(figure, "figure")], indent=2)
    return Row(state.view.key, (head,))


def item_row(item: ItemState, right: str) -> Row:
    """An item: how it stands, its text, and below that on what ground."""
    lines = [
        line(
            *_MARKS[item.status],
            Part(item.item.text, "title"),
            right=[Part(right, "muted")],
            indent=LABEL,
        )
    ]
    evidence = clean_line(item.evidence)
    if item.status == "not applicable":
        evidence = f"not applicable, {evidence}"
    if evidence:
        token = "text" if item.status == "failed" else "muted"
        lines.append(line(Part(" " * LABEL), Part(evidence, token), indent=LABEL))
    if item.status == "failed" and item.tick is not None and item.tick.done:
        said = Part(f"{_by_you(item.tick)} · the audit outweighs it", "muted")
        lines.append(line(Part(" " * LABEL), said, indent=LABEL))
    return Row(item.key, tuple(lines))


def _by_you(tick: TickRow) -> str:
    """What the learner said of an item, when and why."""
    word = {"done": "ticked", "open": "noted"}.get(tick.status, tick.status)
    who = f", {tick.who}" if tick.who else ""
    note = f": {tick.note}" if tick.note else ""
    return clean_line(f"You: {word}, {day_of(tick.day)}{who}{note}")


def mark_of(item: ItemState) -> list[Part]:
    """How an item stands, for the right end of a heading."""
    mark, word = _MARKS[item.status]
    return [mark, Part(word.text.strip(), word.token)]


def why_lines(item: ChecklistItem) -> list[Line]:
    """Why it matters."""
    return [line(*inline(clean(item.why)))]


def do_lines(item: ChecklistItem) -> list[Line]:
    """What to do, and the command that tells."""
    lines = [line(Part("Do", "bold"))]
    lines += [line(Part(text.replace("`", ""))) for text in clean(item.how).strip().split("\n")]
    lines += [Line(), line(Part("Verify", "bold")), line(clean_line(item.verify))]
    if item.expect:
        lines.append(line(Part(f"expect: {unticked(item.expect)}", "muted")))
    return lines


def evidence_lines(item: ItemState, *, listed: bool = False) -> list[Line]:
    """What audits saw, and what the learner said; `listed`: the findings stand below."""
    lines = [line(Part("Evidence", "bold"), right=mark_of(item))]
    if item.evidence and not (listed and item.status == "failed"):
        lines.append(line(clean_line(item.evidence)))
    tick = item.tick
    said = tick is not None and (tick.status != "open" or tick.note)
    if tick is not None and said and item.status in {"failed", "passed"}:
        lines.append(line(Part(_by_you(tick), "muted")))
    return lines


def finding_row(row: FindingRow, check: Check | None, more: Sequence[str] = ()) -> Row:
    """A finding: since when it is there, where, what; below that why it is accepted, and `more`."""
    found = row.found
    reason = row.suppressed.reason if row.suppressed else found.accepted
    mark = _STATES[row.state]
    if reason is not None and row.state != "mended":
        mark = (Part("– ", "muted"), Part("accepted ", "muted"))
    place = f"{found.path}:{found.line}" if found.line else found.path
    title = place or (check.holds if check else found.check)
    severity = check.severity if check else ""
    lines = [
        line(
            *mark,
            Part(clean_line(title), "title"),
            right=[Part(severity, "muted")],
            indent=LABEL,
        ),
        line(Part(" " * LABEL), Part(clean_line(found.what)), indent=LABEL),
    ]
    if reason is not None:
        by = "in the project"
        if row.suppressed:
            by = f"by {row.suppressed.who}, {day_of(row.suppressed.day)}"
        said = clean_line(f"accepted {by}: {reason}")
        lines.append(line(Part(" " * LABEL), Part(said, "muted"), indent=LABEL))
    pad = Part(" " * LABEL)
    lines += [line(pad, *inline(clean_line(t), "muted", "text"), indent=LABEL) for t in more]
    return Row(found.key, tuple(lines))
