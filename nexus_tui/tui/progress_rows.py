"""The rows of Progress that can be chosen: tracks, and weak objectives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.tui.figures import bar
from nexus_tui.tui.widgets.lines import Part, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import Overview, TrackState

_NAME = 15
_FIGURES = 20


def track_row(track: TrackState, room: int, *, as_text: bool) -> Row:
    """A track: its name, a bar that fills the rest of `room`, and figures."""
    width = max(6, room - _NAME - _FIGURES - 1)
    count = len(track.topics)
    drawn = () if as_text else bar(track.mastered / max(1, count), width)
    figure = f"{track.mastered:>4} of {count}"
    due = f"{track.due} due" if track.due else ""
    token = "text" if track.mastered else "muted"
    head = line(
        Part(track.row.title.ljust(_NAME), "title"),
        *drawn,
        Part(figure.ljust(12), token),
        Part(due, "strong"),
    )
    return Row(track.row.id, (head,))


def weak_row(weak: ObjectiveState, overview: Overview) -> Row:
    """A weak objective: the chance that it is still known, and how it was answered."""
    chance = f"known {round(100 * weak.recall)} %"
    topic = overview.topics[weak.topic].row.title
    return Row(
        weak.key,
        (
            line(Part(weak.text, "title"), right=[Part(chance, "figure")]),
            line(Part(f"{topic}: {weak.record}", "muted")),
        ),
        after=1,
    )
