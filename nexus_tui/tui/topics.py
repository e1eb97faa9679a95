"""Topics: the tracks and their topics, with what the learner has of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.text import counted
from nexus_tui.tui import opening
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.topic_state import (
    STATES,
    glyph,
    standing_of,
    state_of,
    state_words,
    topic_lines,
    track_lines,
)
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import TopicState, TrackState

_FILTERS = ("all topics", "with a lesson", "due", "learning", "mastered", "ready", "not started")

_LEVELS = ("foundation", "core", "advanced")
_LATER = ("due", "learning", "ready", "not started", "mastered")
_ORDERS: dict[str, Callable[[TopicState], Any]] = {
    "in order": lambda _: 0,
    "by title": lambda topic: topic.row.title.lower(),
    "by state": lambda topic: _LATER.index(state_of(topic)),
    "by time": lambda topic: topic.minutes_left,
    "by level": lambda topic: _LEVELS.index(topic.row.level),
}
"""How the topics of a track are sorted; topics that are alike stay in the order to learn in."""
_BESIDE = 61
"""Cells that title and state share on one row at 80 columns; where they need more, the state
stands below the title, and both are whole."""
_SUMMED = STATES[:-1]


class TopicsScreen(PlaceScreen):
    """A tree of two levels; a topic waiting for another is muted, but opens."""

    PLACE: ClassVar[str] = "topics"
    ABOUT: ClassVar[str] = (
        "All topics by track. Each has a few objectives, things to know or to do, which are asked "
        "one by one. Muted topics wait for another one; they open all the same."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "fold", "Fold or unfold the track", show=False),
        Binding("left,h", "fold_away", "Fold the track", show=False),
        Binding("Q", "quiz", "Quiz on the topic", show=False),
        Binding("f", "filter", "Show fewer topics", show=False),
        Binding("P", "paths", "Paths through the topics", show=False),
        Binding("s", "sort", "Sort in another way", show=False),
        Binding("m", "map", "What comes before and after the topic", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._unfolded: set[str] | None = None
        self._filter = _FILTERS[0]
        self._whole: tuple[set[str] | None, str | None] = (None, None)
        """What was unfolded before topics were filtered, and the row the cursor was on."""
        self._order = 0

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="tree")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    # ------------------------------------------------------------ showing

    def show(self, cursor: str | None = None) -> None:
        overview = self.overview
        head = self.query_one("#head", Lines)
        if overview is None:
            head.show(line(Part("Topics", "bold"), right=[self.waiting]))
            return
        if self._unfolded is None:
            self._unfolded = self._first_unfolded()
        written = sum(t.row.has_lesson for t in overview.topics.values())
        figure = _summed(overview.topics.values())
        chosen = [self._sorted] if self._order else []
        if self._filter != _FILTERS[0]:
            shown = sum(map(self._shown, overview.topics.values()))
            figure = " · ".join([f"{self._filter}: {counted(shown, 'topic')}", *chosen])
        elif chosen:
            figure = " · ".join([*chosen, figure])
        elif overview.first_day:
            figure = f"{counted(len(overview.topics), 'topic')} · {written} with a lesson"
        head.show(line(Part("Topics", "bold"), right=[Part(figure, "muted")]))
        rows: list[Row] = []
        for track in overview.tracks:
            topics = sorted(filter(self._shown, track.topics), key=_ORDERS[self._sorted])
            if not topics:
                continue
            unfolded = track.row.id in self._unfolded
            rows.append(_track_row(track, len(topics), unfolded=unfolded))
            if unfolded:
                rows += [topic_row(topic) for topic in topics]
        if not rows:
            rows = [
                Row(
                    "none",
                    (line(Part(self._none)),),
                    fixed=True,
                )
            ]
        self.query_one(Rows).show(rows, cursor)
        self._describe()

    def _first_unfolded(self) -> set[str]:
        """The track of what is read now, else the first with a lesson."""
        assert self.overview is not None
        state = self.overview.reading or self.overview.next_lesson
        return {state.row.track} if state else {t.row.id for t in self.overview.tracks[:1]}

    @property
    def _sorted(self) -> str:
        """How the topics are sorted now, in words."""
        return tuple(_ORDERS)[self._order]

    @property
    def _none(self) -> str:
        """That the filter leaves nothing, and what its key shows next."""
        return f"No topic is {self._filter}. f goes on to: {self._next_filter}."

    @property
    def _next_filter(self) -> str:
        """What comes after the filter in force: the next that shows some, but not all."""
        topics = self.overview.topics.values() if self.overview else ()
        later = _FILTERS[_FILTERS.index(self._filter) + 1 :]
        shown = ((name, sum(_passes(topic, name) for topic in topics)) for name in later)
        return next((name for name, some in shown if 0 < some < len(topics)), _FILTERS[0])

    def _shown(self, topic: TopicState) -> bool:
        return _passes(topic, self._filter)

    def left(self) -> None:
        if self._filter != _FILTERS[0]:
            self._filter, (self._unfolded, cursor) = _FILTERS[0], self._whole
            self.show(cursor)

    @on(Rows.Moved)
    def _describe(self) -> None:
        about = self.query_one("#about", Lines)
        topic, track = self._topic(), self._track_state()
        lines = track_lines(track) if track else ()
        about.show(*(topic_lines(topic, self._titles(topic)) if topic else lines))
        self.refresh_hints()

    def _topic(self) -> TopicState | None:
        row = self.query_one(Rows).row
        if row is None or self.overview is None or not row.id.startswith("topic:"):
            return None
        return self.overview.topics.get(row.id.removeprefix("topic:"))

    def _track_state(self) -> TrackState | None:
        tracks = self.overview.tracks if self.overview else ()
        return next((track for track in tracks if track.row.id == self._track()), None)

    def _titles(self, topic: TopicState) -> list[TopicState]:
        assert self.overview is not None
        known = self.overview.topics
        return [known[key] for key in topic.row.requires if key in known]

    def hints(self) -> Sequence[Hint]:
        topic = self._topic()
        quiz = topic is not None and topic.row.question_count > 0
        track = self._track()
        fold = "fold" if track in (self._unfolded or ()) else "unfold"
        moving = (
            Hint("enter", "read" if topic else fold, "enter"),
            Hint("↑ ↓", "move", "down"),
            Hint("space", fold, "space"),
        )
        return (
            *(moving if track else ()),
            *((Hint("Q", "quiz", "Q"),) if quiz else ()),
            *((SEARCH,) if track else ()),
            Hint("f", "filter", "f"),
            *(() if track else (SEARCH,)),
            Hint("s", "sort", "s"),
            *((Hint("m", "map", "m"),) if topic else ()),
            *((Hint("P", "paths", "P"),) if self._has_paths else ()),
        )

    @property
    def _has_paths(self) -> bool:
        return self.desk is not None and self.desk.catalog.has_paths

    # ------------------------------------------------------------ actions

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        kind, _, rest = event.row.id.partition(":")
        if kind == "topic":
            opening.open_topic(self.nexus, rest)
        elif kind == "track":
            self.action_fold()

    def _track(self) -> str | None:
        row = self.query_one(Rows).row
        if row is None:
            return None
        if row.id.startswith("track:"):
            return row.id.removeprefix("track:")
        topic = self._topic()
        return topic.row.track if topic else None

    def unfold(self, track: str) -> None:
        """Show the topics of one track."""
        self._unfolded = {track}
        self.show(f"track:{track}")

    def action_fold(self) -> None:
        track = self._track()
        if track is not None and self._unfolded is not None:
            self._unfolded ^= {track}
            self.show(f"track:{track}")
            if track in self._unfolded:
                tree = self.query_one(Rows)
                self.call_after_refresh(tree.reveal_below, lambda row: row.id.startswith("topic:"))

    def action_fold_away(self) -> None:
        track = self._track()
        if track is not None and self._unfolded is not None:
            self._unfolded -= {track}
            self.show(f"track:{track}")

    async def action_quiz(self) -> None:
        topic = self._topic()
        if topic is not None:
            await opening.start_session(self.nexus, "topic", topic.row.key)

    def action_paths(self) -> None:
        opening.open_paths(self.nexus)

    def action_map(self) -> None:
        topic = self._topic()
        if topic is not None:
            opening.open_map(self.nexus, topic.row.key)

    def action_sort(self) -> None:
        self._order = (self._order + 1) % len(_ORDERS)
        self.refresh_view()

    def action_filter(self) -> None:
        before, self._filter = self._filter, self._next_filter
        if self.overview is None or self._filter == before:
            return
        if before == _FILTERS[0]:
            row = self.query_one(Rows).row
            self._whole = (self._unfolded, row.id if row is not None else None)
        cursor = None
        if self._filter == _FILTERS[0]:
            self._unfolded, cursor = self._whole
        else:
            self._unfolded = {track.row.id for track in self.overview.tracks}
        self.show(cursor)


def _passes(topic: TopicState, name: str) -> bool:
    """Is the topic one of those that the filter of that name shows?"""
    if name in {"all topics", "with a lesson"}:
        return name == "all topics" or topic.row.has_lesson
    return state_of(topic) == name


def _summed(topics: Iterable[TopicState]) -> str:
    """How many topics stand where; what they are is said once, of the first."""
    states = Counter(map(state_of, topics))
    there = [state for state in _SUMMED if states[state]]
    numbers = [str(states[state]) for state in there]
    numbers[:1] = [counted(states[state], "topic") for state in there[:1]]
    return " · ".join(map(" ".join, zip(numbers, there, strict=True)))


def _track_row(track: TrackState, count: int, *, unfolded: bool) -> Row:
    figure = counted(len(track.topics), "topic")
    if count < len(track.topics):
        figure = f"{count} of {figure}"
    elif track.mastered:
        figure = f"{track.mastered} of {count} mastered"
    if track.due:
        figure = f"{counted(track.due, 'objective')} due · {figure}"
    head = line(
        Part("▾ " if unfolded else "▸ ", "muted"),
        Part(track.row.title, "bold" if unfolded else "title"),
        right=[Part(figure, "muted")],
    )
    return Row(f"track:{track.row.id}", (head,))


def topic_row(topic: TopicState) -> Row:
    """A topic with its state and how long it takes."""
    words, token = state_words(topic)
    waits = topic.after is not None and not topic.asked and topic.place is None
    title = "title-muted" if waits or not topic.row.has_lesson else "title"
    beside = cell_len(topic.row.title) + cell_len(words) <= _BESIDE
    head = line(
        Part("  "),
        glyph(standing_of(topic), due=topic.due > 0),
        Part(topic.row.title, title),
        right=[
            *([Part(words, token)] if beside else []),
            Part(f"{topic.row.minutes:>4} min", "muted"),
        ],
        indent=4,
    )
    below = () if beside else (line(Part("    "), Part(words, token), indent=4),)
    return Row(f"topic:{topic.row.key}", (head, *below))
