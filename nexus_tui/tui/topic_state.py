"""How a topic stands, in a mark and in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from nexus_tui.learning.mastery import Standing
from nexus_tui.text import clean, counted, hours
from nexus_tui.tui.widgets.lines import Line, Part, line

if TYPE_CHECKING:
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.overview import TopicState, TrackState


STATES = ("mastered", "due", "learning", "ready", "not started")
"""What `state_of` says, the furthest first."""
_BESIDE = 9
"""Cells of words that stand beside an objective in the second pane."""


def glyph(standing: Standing, *, due: bool) -> Part:
    """The mark of a state; its word always stands beside it."""
    if due:
        return Part("◔ ", "accent")
    if standing is Standing.MASTERED:
        return Part("● ", "muted")
    if standing is Standing.STARTED:
        return Part("◐ ", "accent")
    return Part("○ ", "muted")


def standing_of(topic: TopicState) -> Standing:
    """What is known of a topic; one whose lesson was opened is started."""
    return Standing.STARTED if topic.begun else topic.standing


def state_of(topic: TopicState) -> str:
    """One word for a topic: due, mastered, learning, ready or not started."""
    if topic.due:
        return "due"
    if topic.standing is Standing.MASTERED:
        return "mastered"
    if standing_of(topic) is not Standing.NOT_STARTED:
        return "learning"
    return "ready" if topic.row.has_lesson and topic.after is None else "not started"


def state_words(topic: TopicState) -> tuple[str, str]:
    """How a topic stands, and the token it is said in."""
    state = state_of(topic)
    if state == "due":
        return f"{topic.due} due", "strong"
    if state == "mastered":
        return "mastered", "muted"
    if state == "learning":
        return _how_far(topic), "figure"
    if not topic.row.has_lesson:
        return "no lesson yet", "muted"
    if topic.after:
        return f"after {topic.after}", "muted"
    return "ready", "muted"


def _how_far(topic: TopicState) -> str:
    """What was reached of a topic that is learned: it moves from the first day on."""
    count = len(topic.objectives)
    if topic.mastered:
        return f"learning · {topic.mastered} of {count} mastered"
    if topic.asked:
        return f"learning · {topic.asked} of {count} asked"
    return "reading" if topic.place is not None else "credited"


def topic_lines(topic: TopicState, requires: list[TopicState]) -> list[Line]:
    """The second pane: summary, objectives, what comes before."""
    row = topic.row
    lines = [
        line(
            Part(row.title, "bold"),
            right=[Part(f"{row.level} · {row.minutes} min", "muted")]
            if len(row.title) < 12
            else [],
        )
    ]
    if len(row.title) >= 12:
        lines.append(line(Part(f"{row.level} · {row.minutes} min", "muted")))
    lines += [Line(), line(row.summary), Line()]
    if not row.has_lesson:
        lines += [line("Its lesson is not written yet; objectives and sources are."), Line()]
    mastered = f"{topic.mastered} of {len(topic.objectives)} mastered" if topic.mastered else ""
    lines += [line(Part("Objectives", "bold"), right=[Part(mastered, "muted")]), Line()]
    lines += [each for objective in topic.objectives for each in _objective_lines(objective)]
    if requires:
        lines += [Line(), line(Part("Comes after", "bold")), Line()]
        lines += [
            line(
                glyph(standing_of(t), due=t.due > 0),
                Part(t.row.title),
                indent=2,
                opens=f"topic:{t.row.key}",
            )
            for t in requires
        ]
    if topic.place is not None:
        day = topic.place.day
        where = f"on {day:%A} {day.day} {day:%B}, in section {topic.place.section + 1}"
        lines += [Line(), line(Part("You left it", "bold")), Line()]
        lines.append(line(f"{where} of {topic.place.sections}"))
    return lines


def track_lines(track: TrackState) -> list[Line]:
    """The second pane of a track: what it is about, how far it is, what comes next in it."""
    minutes = sum(topic.row.minutes for topic in track.topics)
    figure = f"{counted(len(track.topics), 'topic')} · {hours(minutes)}"
    lines = [line(Part(track.row.title, "bold")), line(Part(figure, "muted"))]
    lines += [
        Line(),
        line(clean(track.row.summary)),
        Line(),
        line(Part("Its topics", "bold")),
        Line(),
    ]
    states = Counter(map(state_of, track.topics))
    there = [state for state in STATES if states[state]]
    lines += [line(state, right=[Part(str(states[state]), "muted")]) for state in there]
    following = next((t for t in track.topics if state_of(t) in {"learning", "ready"}), None)
    if following is not None:
        mark = glyph(standing_of(following), due=False)
        lines += [Line(), line(Part("Next", "bold")), Line()]
        lines.append(
            line(mark, Part(following.row.title), indent=2, opens=f"topic:{following.row.key}")
        )
    return lines


def _objective_lines(objective: ObjectiveState) -> list[Line]:
    """An objective, and how it stands: below it where it would leave no room beside it."""
    head = (glyph(objective.standing, due=objective.is_due), Part(objective.text))
    words = Part(objective.words, "muted")
    beside = len(words.text) <= _BESIDE
    opens = f"objective:{objective.key}"
    lines = [line(*head, right=[words] if beside else [], indent=2, opens=opens)]
    return lines if beside else [*lines, line(Part("  "), words, indent=2, opens=opens)]
