"""Why an objective is asked now, or not: the schedule in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.learning import scheduling
from nexus_tui.progress import decisions
from nexus_tui.study import choosing

if TYPE_CHECKING:
    from datetime import date

    from nexus_tui.learning.scheduling import CardState
    from nexus_tui.progress.decisions import LastAnswer
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import Overview

_SAID = {"sure": ", and you were sure", "guessed": ", and you said it was a guess", "unmarked": ""}


@dataclass(frozen=True)
class Why:
    """The reasons of one objective; `recall` is the chance of a right answer now, if known."""

    objective: ObjectiveState
    topic: str
    topic_title: str
    recall: float | None
    sentences: tuple[str, ...]

    @property
    def chance(self) -> float | None:
        """The chance that it is known still, None where it never was."""
        return self.recall if self.objective.may_be_known else None


def why(desk: Desk, view: Overview, objective: str) -> Why | None:
    """What is known of `objective`; None where content no longer has it."""
    return next(iter(whys(desk, view, [objective])), None)


def whys_due(desk: Desk, view: Overview) -> list[Why]:
    """All that is due, in the order in which a review asks it."""
    found = whys(desk, view, [o.key for o in view.due])
    return sorted(
        found,
        key=lambda w: (not w.objective.confident_error, w.objective.leech, w.recall or 0.0),
    )


def whys(desk: Desk, view: Overview, objectives: list[str]) -> list[Why]:
    """The reasons of several objectives, in the order given."""
    cards, preset = desk.store.cards(), choosing.in_force(desk.store)
    states = {o.key: (o, t.row) for t in view.topics.values() for o in t.objectives}
    found = []
    for key in objectives:
        if key not in states:
            continue
        state, row = states[key]
        card = cards.get(key)
        recall = scheduling.retrievability(card, view.now, preset) if card else None
        last = decisions.last_answer(desk.store, key) if state.asked else None
        sentences = [
            *_held(state),
            *_answered(state, last, view.today),
            *_memory(state, card, recall, preset.retention, desk, view.today, last),
            *_special(state, last, row.title),
        ]
        found.append(Why(state, row.key, row.title, recall, tuple(sentences)))
    return found


def _held(state: ObjectiveState) -> list[str]:
    if state.suspended:
        return ["You suspended it: it is not asked until you take that back."]
    return ["You put it off until tomorrow."] if state.buried else []


def _answered(state: ObjectiveState, last: LastAnswer | None, today: date) -> list[str]:
    if last is None:
        if state.due is not None:
            return ["You said that you know its topic. It is asked once, to make sure."]
        if state.credited:
            return ["Never asked. You mastered what builds on it, so it counts as started."]
        return ["Never asked. Its topic is open, so it may come up as something new."]
    how = "right" if last.right else "wrong"
    times = f"Right {state.right} of {state.asked} so far."
    return [f"Last answered {_when(last.day, today)}: {how}{_SAID[last.certainty]}. {times}"]


def _memory(
    state: ObjectiveState,
    card: CardState | None,
    recall: float | None,
    retention: float,
    desk: Desk,
    today: date,
    last: LastAnswer | None,
) -> list[str]:
    if card is None or recall is None:
        return []
    chance = f"The chance that you still know it is {round(100 * recall)} in 100"
    day = desk.store.day_of(card.due)
    if state.is_due:
        since = "" if day >= today else f"It has been due since {_date(day)}."
        if not state.may_be_known:
            return [since] if since else []
        return [f"{chance}; reviews come near {round(100 * retention)} in 100. {since}".rstrip()]
    falls = f"It {'is' if day > today else 'fell'} due {_when(day, today)}."
    if not state.may_be_known or (last is not None and last.day == today):
        return [falls]  # a chance of 100 in 100 is no word on what was just missed
    return [f"{chance}. {falls}"]


def _special(state: ObjectiveState, last: LastAnswer | None, title: str) -> list[str]:
    found = []
    if last is not None and not last.right:
        found.append("What was missed is asked again the next day.")
    if last is not None and last.right and last.certainty == "guessed":
        found.append("A right guess comes back within three days.")
    if state.confident_error:
        found.append("You were sure, and it was wrong: such errors come first.")
    if state.leech:
        found.append(
            f"Missed {state.asked - state.right} times: it is asked last and not twice a "
            f"session. Reading its lesson again, {title}, helps more."
        )
    return found


def _when(day: date, today: date) -> str:
    days = (day - today).days
    near = {0: "today", -1: "yesterday", 1: "tomorrow"}
    if days in near:
        return near[days]
    far = f"{-days} days ago" if days < 0 else f"in {days} days"
    return f"{far}, on {_date(day)}"


def _date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"
