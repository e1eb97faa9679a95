"""The quiz tab of a topic: its quiz, its objectives, and what can be said of the whole topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.progress import decisions
from nexus_tui.text import counted
from nexus_tui.tui.topic_state import glyph
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import TopicState

_SAID = {
    "credit": "You said that you know this topic",
    "reset": "You began this topic anew",
}


def quiz_rows(state: TopicState, desk: Desk) -> list[Row]:
    """The quiz first, then the objectives with their states, then the decisions."""
    count = state.row.question_count
    if not count:
        text = "No questions are written for this topic yet."
        return [Row("none", (line(Part(text, "bold")), Line()), fixed=True)]
    objectives = [
        Row(
            f"objective:{o.key}",
            (
                line(
                    glyph(o.standing, due=o.is_due),
                    Part(o.text, "title"),
                    right=[Part(o.words, "muted")],
                    indent=2,
                ),
            ),
            after=int(o is state.objectives[-1]),
        )
        for o in state.objectives
    ]
    number = len(state.objectives)
    start = _row(
        "start",
        "Start the quiz",
        f"One for each objective, from a bank of {count}",
        counted(number, "question"),
    )
    return [*_left(state, desk), start, *objectives, *_decisions(state, desk)]


def _left(state: TopicState, desk: Desk) -> list[Row]:
    """The quiz of the topic that was left half done."""
    left = desk.open_session(state.row.key)
    if left is None or not left.session.position:
        return []
    figure = f"{left.session.position} of {left.session.total} answered"
    return [_row("resume", "Go on with the quiz", "It stands as you left it.", figure)]


def _decisions(state: TopicState, desk: Desk) -> list[Row]:
    found = []
    if untouched(state):
        found.append(
            _row(
                "known",
                "I know this topic",
                "What was not asked yet is asked once, in about a week, to make sure. "
                "Only right answers make it mastered.",
            )
        )
    if touched(state):
        found.append(
            _row(
                "reset",
                "Begin this topic anew",
                "Its objectives count as never asked from now on. Your answers stay.",
            )
        )
    last = decisions.last_topic_mark(desk.store, state.row.key)
    if last is not None:
        found.append(_row("take-back", f"{_SAID[last[0]]}: take it back", "As if it never was."))
    return found


def decide(what: str, state: TopicState, desk: Desk) -> str:
    """Do what a row of decisions names, or say why there is nothing to do.

    Raises StoreError where it could not be kept.
    """
    key, objectives = state.row.key, [o.key for o in state.objectives]
    if what == "known":
        if not untouched(state):
            return "Each of its objectives was asked or credited already."
        decisions.credit(desk.store, key, untouched(state)).result()
    elif what == "reset":
        if not touched(state):
            return "None of its objectives was asked yet."
        decisions.reset(desk.store, key, objectives).result()
    elif (last := decisions.last_topic_mark(desk.store, key)) is not None:
        decisions.take_back(desk.store, [last[1]]).result()
    else:
        return "There is nothing to take back."
    return ""


def touched(state: TopicState) -> bool:
    """Is there anything to begin anew?"""
    return any(o.asked or o.due for o in state.objectives)


def untouched(state: TopicState) -> list[str]:
    """The objectives that were neither asked nor credited."""
    return [o.key for o in state.objectives if not o.asked and o.due is None]


def _row(id: str, title: str, reason: str, figure: str = "") -> Row:
    head = line(Part(title, "title"), right=[Part(figure, "figure")] if figure else [])
    return Row(id, (head, line(Part(reason, "muted"))), after=1)
