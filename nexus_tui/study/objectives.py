"""One objective as the learner has it: its card, its history and what they decided of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning import mastery, weakness
from nexus_tui.learning.mastery import Standing
from nexus_tui.learning.recall import retrievability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from nexus_tui.catalog.catalog import TopicRow
    from nexus_tui.learning.mastery import ObjectiveHistory
    from nexus_tui.learning.scheduling import CardState
    from nexus_tui.progress.decisions import Held


@dataclass(frozen=True)
class ObjectiveState:
    """One objective as the learner has it."""

    key: str
    text: str
    standing: Standing
    right_days: int
    asked: int
    right: int
    sure_wrong: int
    due: datetime | None
    is_due: bool
    credited: bool = False
    """Held for known, because the learner says so or mastered what builds on it."""
    suspended: bool = False
    buried: bool = False
    leech: bool = False
    lapses: int = 0
    forgotten: bool = False
    """Was it missed on a later day than it was first right?"""
    confident_error: bool = False
    missed: bool = False
    """Was it answered wrong, and not right on a later day since?"""
    recall: float = 0.0
    """The chance of a right answer now, by the forgetting curve; 0 without a card."""

    @property
    def topic(self) -> str:
        """The key of its topic."""
        return self.key.rsplit("/", 1)[0]

    @property
    def asked_last(self) -> bool:
        """Is it one of those of which a review asks few, see `session.plan`?"""
        return self.leech and not self.confident_error

    @property
    def may_be_known(self) -> bool:
        """Is there a chance that it is known still? Not of what was asked and never right."""
        return self.due is not None and (self.right > 0 or not self.asked)

    @property
    def held(self) -> bool:
        """The learner wants it not to be asked today."""
        return self.suspended or self.buried

    @property
    def is_weak(self) -> bool:
        """Does drilling it help? Not where it is mastered, or not to be asked."""
        if self.held or self.standing is Standing.MASTERED:
            return False
        return weakness.is_weak(self.asked, self.right, confident_error=self.confident_error)

    @property
    def strength(self) -> float:
        """How well it is known, from 0 to 1."""
        return weakness.strength(
            self.recall,
            self.asked,
            self.right,
            self.lapses,
            confident_error=self.confident_error,
        )

    @property
    def record(self) -> str:
        """What its answers were, in words."""
        words = [f"right {self.right} of {self.asked}"]
        if self.sure_wrong:
            words.append(f"{_times(self.sure_wrong)} sure and wrong")
        if self.forgotten:
            words.append("forgotten once" if self.lapses == 1 else "forgotten at least once")
        return ", ".join(words)

    @property
    def words(self) -> str:
        """The state in words, as the screens say it."""
        if self.suspended:
            return "suspended"
        if self.buried:
            return "not today"
        if self.is_due:
            return "due, missed often" if self.leech else "due"
        if self.standing is Standing.MASTERED:
            return "mastered"
        if not self.asked:
            return "credited" if self.credited else "not asked"
        if self.leech:
            return "missed often"
        return f"right on {min(self.right_days, 3)} of 3 days"


def _is_forgotten(history: ObjectiveHistory) -> bool:
    """What was never right before was not forgotten, whatever lapses are counted of it."""
    first, missed = history.first_right, history.last_missed
    return first is not None and missed is not None and first < missed


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


@dataclass(frozen=True)
class Known:
    """All that the history holds of objectives, on one day."""

    cards: Mapping[str, CardState]
    history: Mapping[str, ObjectiveHistory]
    held: Mapping[str, Held]
    now: datetime
    today: date
    day_of: Callable[[datetime], date]

    def begun(self, topic: TopicRow) -> bool:
        """Was one of its objectives answered right, or is it credited?"""
        keys = [key for key, _ in topic.objectives]
        return any(
            (found.right > 0 or not found.asked)
            for key in keys
            if (found := self.history.get(key)) is not None
        )

    def state(self, key: str, text: str, *, credited: bool) -> ObjectiveState:
        """The state of one objective; `credited` where mastery elsewhere says it is known."""
        card, history, held = self.cards.get(key), self.history.get(key), self.held.get(key)
        suspended = held is not None and held.suspended
        buried = held is not None and not suspended and held.on(self.today)
        falls_due = card is not None and self.day_of(card.due) <= self.today
        is_due = falls_due and not suspended and not buried
        asked = history.asked if history else 0
        by_card = card is not None and not asked
        error = history.confident_error if history else None
        days = (self.now - card.last) / timedelta(days=1) if card else 0.0
        return ObjectiveState(
            key=key,
            text=text,
            standing=mastery.objective_standing(
                history, due=is_due, credited=by_card or (credited and card is None)
            ),
            right_days=history.right_days if history else 0,
            asked=asked,
            right=history.right if history else 0,
            sure_wrong=history.sure_wrong if history else 0,
            due=card.due if card else None,
            is_due=is_due,
            credited=by_card or (credited and not asked),
            suspended=suspended,
            buried=buried,
            leech=mastery.is_leech(history),
            lapses=history.lapses if history else 0,
            forgotten=history is not None and _is_forgotten(history),
            confident_error=error is not None,
            missed=history is not None
            and weakness.is_missed(history.last_missed, history.last_right),
            recall=retrievability(card.stability, days) if card else 0.0,
        )
