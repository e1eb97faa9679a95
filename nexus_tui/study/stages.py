"""How far the learner is with every stage, by the index alone: no file of a stage is read.

Today asks it at each showing, on the thread that draws; `solving` opens one stage with its files.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nexus_tui.learning.solving import comes_back

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from nexus_tui.catalog.catalog import StageTitle
    from nexus_tui.progress.history import StageRow
    from nexus_tui.study.desk import Desk

    Rows = Mapping[str, StageRow]

Standing = Literal["passed", "tomorrow", "started", "new", "to read"]
"""`tomorrow`: the solution was read today, so a pass counts from the next day on; `to read`: the
stage has no checks."""


WRONG_FIX = "This is a known wrong fix. Its idea: "
OTHERS_IDEA = "A wrong idea others have: "
WHY_IT_FAILS = "Why it fails: "
"""What leads to the idea of a wrong solution, which stands in quotes, and to what refutes it."""


@dataclass(frozen=True)
class StageState:
    """One stage as the learner has it."""

    title: StageTitle
    row: StageRow | None
    standing: Standing

    @property
    def key(self) -> str:
        """`<pack>/<challenge>/<stage>`."""
        return self.title.key


def standing(row: StageRow | None, today: date, *, solvable: bool) -> Standing:
    """What a stage is to the learner, of whom `row` says how far it is."""
    if not solvable:
        return "to read"
    if row is None:
        return "new"
    if row.passed is not None:
        return "passed"
    return "tomorrow" if row.seen == today else "started"


def states(desk: Desk, rows: Rows | None = None) -> list[StageState]:
    """All stages in the order in which a learner meets them; `rows` if they were read already."""
    today = desk.store.day_of(desk.clock())
    rows = desk.store.stages() if rows is None else rows
    found = []
    for title in desk.catalog.stages():
        row = rows.get(title.key)
        found.append(StageState(title, row, standing(row, today, solvable=title.solvable)))
    return found


def first_stage(desk: Desk) -> StageTitle | None:
    """The stage that a newcomer meets."""
    return next((title for title in desk.catalog.stages() if title.solvable), None)


def next_stage(desk: Desk, rows: Rows | None = None) -> StageState | None:
    """The stage that was worked on last and is not passed, else the first that is not."""
    open_ = [state for state in states(desk, rows) if state.standing in {"new", "started"}]
    begun = [state for state in open_ if state.row is not None]
    if begun:
        return max(begun, key=lambda state: state.row.at if state.row else 0)
    return open_[0] if open_ else None


def come_back(desk: Desk, rows: Rows | None = None) -> list[tuple[StageState, str, date]]:
    """Stages solved weeks ago, with the question on their code that is due now, and that day."""
    passed = [
        (state, state.title.prediction, state.row.passed)
        for state in states(desk, rows)
        if state.title.prediction and state.row is not None and state.row.passed is not None
    ]
    last = desk.store.last_asked(question for _, question, _ in passed)
    today = desk.store.day_of(desk.clock())
    return [
        (state, question, day)
        for state, question, day in passed
        if comes_back(day, desk.store.day_of(last[question]) if question in last else None, today)
    ]
