"""What the screen of a stage shows, as lines: ladder, requirements, a verdict, output."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.study.stages import OTHERS_IDEA, WHY_IT_FAILS, WRONG_FIX
from nexus_tui.text import clean, counted
from nexus_tui.tui.widgets.lines import Line, Part, inline, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.models import Mutant
    from nexus_tui.labs.challenges.verdict import Decided, Verdict
    from nexus_tui.study.solving import LastCheck, StageView

GLYPHS = {"passed": "●", "started": "◐", "tomorrow": "◔", "new": "○", "to read": "○"}
_LABEL = 11
"""Cells of a mark and its word."""
_UNDER = 10
"""Cells of `observed` and `expected`."""
_PLACE = re.compile(r"\(([^\s():]+):(\d+)\)")


def ladder_parts(views: Sequence[StageView], here: str) -> list[Part]:
    """One glyph a stage, the open one in the accent."""
    return [_glyph(view, here) for view in views]


def _glyph(view: StageView, here: str) -> Part:
    """How a stage stands; the open one is begun."""
    is_here = view.key == here
    glyph = "◐" if is_here and view.standing == "new" else GLYPHS[view.standing]
    return Part(f"{glyph} ", "accent" if is_here else "muted")


def where_lines(folder: str, opens: str) -> list[Line]:
    """Where the files of a stage are, and which of them comes first."""
    lead = len("Begin with  ")
    said = (("Folder", folder), ("Begin with", opens))
    return [line(Part(f"{name:<{lead}}{text}", "muted"), indent=lead) for name, text in said]


def requirement_row(decided: Decided | None, text: str, key: str) -> Row:
    """A requirement, with what was observed where it is not met."""
    mark, token, word = "○", "muted", "open"
    if decided is not None and decided.status == "passed":
        mark, token, word = "✓", "ok", "passed"
    elif decided is not None and decided.status == "failed":
        mark, token, word = "✗", "bad-bold", "failed"
    elif decided is not None:
        mark, word = "·", "unreached"
    failed = word == "failed"
    said = Part(f" {word}".ljust(_LABEL - 1), "bad-bold" if failed else "muted")
    lines = [
        line(Part(mark, token), said, Part(text, "bold" if failed else "title"), indent=_LABEL)
    ]
    if decided is not None and failed:
        for name, value in (("observed", decided.observed), ("expected", decided.expected)):
            if value:
                lead = Part(" " * _LABEL + name.ljust(_UNDER), "muted")
                token = "strong" if name == "observed" else "text"
                lines.append(line(lead, Part(value, token), indent=_LABEL + _UNDER))
    return Row(key, tuple(lines))


def ladder_lines(views: Sequence[StageView], here: str) -> list[Line]:
    """The stages of a challenge, one a line, the open one in bold."""
    lines = [line(Part("Stages", "bold")), Line()]
    for view in views:
        is_here = view.key == here
        right = view.standing if view.standing == "passed" else f"{view.stage.minutes} min"
        mark = _glyph(view, here)
        title = Part(f"{view.number} {view.stage.title}", "bold" if is_here else "text")
        lines.append(line(mark, title, right=[Part(right, "muted")], indent=4))
    return lines


def file_lines(files: Sequence[tuple[str, bool]]) -> list[Line]:
    """The files of a workspace, each with whether it was changed."""
    lines = [line(Part("Files", "bold")), Line()]
    for name, changed in files:
        right = [Part("changed" if changed else "as given", "muted")]
        lines.append(line(Part(name, "text" if changed else "muted"), right=right))
    return lines


def place_in(text: str) -> tuple[str, int] | None:
    """The file and line that an observation names, such as `(shop/views.py:41)`."""
    found = _PLACE.search(text)
    return (found[1], int(found[2])) if found else None


def figure(decided: Sequence[Decided], verdict: Verdict | None, seconds: float | None) -> Part:
    """The right end of the heading of the checks."""
    if seconds is not None:
        return Part(f"running · {seconds:.1f} s", "muted")
    if verdict is None:
        return Part("not run yet", "muted")
    if verdict.status not in {"passed", "failed"}:
        return Part(f"{verdict.status} · {verdict.seconds:.1f} s", "muted")
    passed = sum(d.status == "passed" for d in decided)
    return Part(f"{passed} of {len(decided)} passed · {verdict.seconds:.1f} s", "muted")


def last_figure(last: LastCheck, total: int) -> Part:
    """The same of a check before the stage was opened, with its age."""
    passed = sum(d.status == "passed" for d in last.decided)
    when = {0: "today", 1: "yesterday"}.get(last.days, f"{last.days} days ago")
    changed = ", changed since" if last.changed else ""
    return Part(f"{passed} of {total} passed {when}{changed}", "muted")


def last_meaning(last: LastCheck) -> list[Line]:
    """What follows from it, while the files are still those that were checked."""
    failed = [d for d in last.decided if d.status == "failed"]
    if last.changed or not failed:
        return []
    if last.mutant is not None:
        return _idea(WRONG_FIX, last.mutant)
    if any(d.observed for d in failed):
        return []
    return [line(Part("r runs the checks again, and says what was observed.", "muted"))]


def meaning(
    verdict: Verdict,
    mutant: Mutant | None,
    nearest: Mutant | None,
    *,
    counts: bool,
    untouched: bool,
) -> list[Line]:
    """What follows from a verdict, below the checks; `untouched`: nothing was changed before it."""
    if verdict.status == "passed":
        head = line(Part("✓ ", "ok"), Part("Solved. ", "bold"))
        if not counts:
            said = "You read the solution today, so it counts when you solve it on another day."
            head = line(Part("✓ ", "ok"), Part("Right. ", "bold"), Part(said))
        lines = [head]
        if nearest is not None:
            lines += _idea(OTHERS_IDEA, nearest)
        return lines
    if verdict.status == "failed" and mutant is not None:
        return _idea(WRONG_FIX, mutant)
    if verdict.status == "failed" and untouched and _any_passed(verdict):
        held = "You have changed nothing yet: what passed held from the start."
        return [line(Part(held, "muted"))]
    if verdict.status == "cancelled":
        return [line(Part("Stopped. Nothing was recorded.", "muted"))]
    if verdict.why:
        mark = [Part("✗ not checked  ", "bad-bold")]
        return [line(*mark, Part(clean(verdict.why)), indent=2)]
    return []


def _any_passed(verdict: Verdict) -> bool:
    return any(requirement.status == "passed" for requirement in verdict.requirements)


def _idea(lead: str, mutant: Mutant) -> list[Line]:
    """The idea behind a wrong solution, as somebody's words, and what refutes it."""
    idea, debrief = clean(mutant.misconception), " ".join(clean(mutant.debrief).split())
    return [
        line(Part(lead, "bold"), *inline(f'"{idea}"')),
        line(Part(WHY_IT_FAILS, "bold"), *inline(debrief, "muted", "text")),
    ]


def output_lines(output: str, most: int) -> list[Line]:
    """The end of what the code printed."""
    lines = clean(output).rstrip("\n").split("\n") if output.strip() else []
    if not lines:
        return []
    shown = lines[-most:]
    many = len(lines)
    said = f"last {len(shown)} of {many} lines" if many > len(shown) else counted(many, "line")
    head = line(Part("Output", "bold"), right=[Part(said, "muted")])
    return [head, *(line(Part(text)) for text in shown)]
