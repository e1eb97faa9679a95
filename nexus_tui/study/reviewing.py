"""What one review would ask of all that is due, and what it leaves to the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.learning.session import asked_at_once, minutes_for
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview

_NAMED = 3
"""How many topics a review names."""


@dataclass(frozen=True)
class Review:
    """`asked` of the objectives that are `due`, the others in a later one."""

    due: int
    asked: int
    limit: int
    """Objectives that one review asks at most, by the settings."""

    @property
    def minutes(self) -> int:
        return minutes_for(self.asked)

    @property
    def title(self) -> str:
        """What is due; where that is more than one review asks, how much of it is asked."""
        if self.asked == self.due:
            return f"{counted(self.due, 'objective')} {'is' if self.due == 1 else 'are'} due"
        if self.asked == self.limit:  # what waits beyond a session is no debt
            return f"The first {self.limit} of what is due"
        return f"{self.asked} of {counted(self.due, 'objective')} due"

    @property
    def later(self) -> str:
        """Why not all is asked at once, where that is no setting of the learner; else ""."""
        more = self.due - self.asked
        if not more or self.asked == self.limit:
            return ""
        return f"{more} more, often missed, {'comes' if more == 1 else 'come'} in the next review."


def next_review(desk: Desk, view: Overview) -> Review:
    """The review that would begin now."""
    last = sum(o.asked_last for o in view.due)
    limit = desk.choices.due_limit
    return Review(len(view.due), asked_at_once(len(view.due) - last, last, limit), limit)


def left_over(view: Overview) -> str:
    """What is due still after a review; "" where that is nothing."""
    count = len(view.due)
    if not all(o.leech for o in view.due):
        return "More is due: it comes in the next review."
    if not count:
        return ""
    words = "is due, often missed: it comes" if count == 1 else "are due, often missed: they come"
    return f"{count} more {words} in the next review."


def named_topics(due: Sequence[tuple[str, int]]) -> str:
    """The topics with most that is due, and how many others there are."""
    named = " · ".join(f"{name} {count}" for name, count in due[:_NAMED])
    more = len(due) - _NAMED
    return f"{named} and {counted(more, 'more topic')}" if more > 0 else named
