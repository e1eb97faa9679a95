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
_JUST = 0.99
"""The chance of recall from which on it says nothing but that the answer was just seen."""


def track_row(track: TrackState, room: int, *, as_text: bool) -> Row:
    """A track: its name, a bar that fills the rest of `room`, and figures.

    What is due is said rather than what is begun, where there is both.
    """
    width = max(6, room - _NAME - _FIGURES - 1)
    count = len(track.topics)
    whole = max(1, count)
    drawn = () if as_text else bar(track.mastered / whole, width, track.begun / whole)
    figure = f"{track.mastered:>4} of {count}"
    begun = f"{track.begun} begun" if track.begun else ""
    due = f"{track.due} due" if track.due else begun
    token = "text" if track.mastered else "muted"
    head = line(
        Part(track.row.title.ljust(_NAME), "title"),
        *drawn,
        Part(figure.ljust(12), token),
        Part(due, "strong" if track.due else "muted"),
    )
    return Row(track.row.id, (head,))


def weak_row(weak: ObjectiveState, overview: Overview) -> Row:
    """A weak objective: the chance that it is still known, if it ever was, and its answers."""
    known = f"known {round(100 * weak.recall)} %" if weak.may_be_known else ""
    chance = known if weak.recall < _JUST else "just asked"
    topic = overview.topics[weak.topic].row.title
    return Row(
        weak.key,
        (
            line(Part(weak.text, "title"), right=[Part(chance, "figure")]),
            line(Part(f"{topic}: {weak.record}", "muted")),
        ),
        after=1,
    )
