"""What an exam is to be about, stepped through as a learner chooses it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.study import exams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Wanted
    from nexus_tui.study.overview import Overview

QUESTIONS = (5, 10, 15, 20, 30, 40, 50)
MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)
MOST_PARTS = 5


def stepped(values: Sequence[int], value: int, step: int) -> int:
    """The next usual value above or below; the ends hold."""
    beyond = [v for v in values if (v > value if step > 0 else v < value)]
    return value if not beyond else (beyond[0] if step > 0 else beyond[-1])


def scope_of(desk: Desk, view: Overview, wanted: Wanted) -> str:
    """In words, which topics were chosen."""
    everything = frozenset(row.key for row in exams.askable(desk))
    if wanted.topics == everything:
        return "all that have questions"
    if wanted.topics == exams.started(desk, view):
        return "those you started"
    return f"{len(wanted.topics)} of {len(everything)} by your choice"


def next_scope(desk: Desk, view: Overview, wanted: Wanted) -> Wanted:
    """All topics, or those that were started, whichever it is not."""
    everything = frozenset(row.key for row in exams.askable(desk))
    begun = exams.started(desk, view)
    other = begun if wanted.topics == everything and begun else everything
    return replace(wanted, topics=other)


def toggled(wanted: Wanted, topic: str) -> Wanted:
    """One topic more, or one less; the last one stays."""
    topics = wanted.topics ^ {topic}
    return replace(wanted, topics=topics) if topics else wanted


def parted(desk: Desk, wanted: Wanted, track: str, step: int) -> Wanted:
    """One part more or less of a track, from one part of each; the last track stays."""
    tracks = {row.track for row in exams.askable(desk) if row.key in wanted.topics}
    if track not in tracks:
        return wanted
    parts = {t: wanted.parts.get(t, 0) if wanted.parts else 1 for t in tracks}
    parts[track] = max(0, min(MOST_PARTS, parts[track] + step))
    return replace(wanted, parts=parts) if any(parts.values()) else wanted
