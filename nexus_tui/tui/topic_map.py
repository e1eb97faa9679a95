"""The map of a topic: what comes before it and what after, drawn as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.study.prerequisites import Branch, mapped
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, SEARCH, PlaceScreen
from nexus_tui.tui.topic_state import glyph, standing_of, state_of, topic_lines
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import TopicState

_NEAR, _ALL = 2, 99
"""Steps from the topic that are drawn at first, and when all is."""


class MapScreen(PlaceScreen):
    """Read from the top, the map is an order to learn in; the topic itself is in bold."""

    PLACE: ClassVar[str] = "topics"
    ABOUT: ClassVar[str] = (
        "What a topic rests on stands above it, what rests on it below; from the top down it is "
        "an order to learn in. A topic that is reached on several ways is drawn out once and "
        "says “again” elsewhere. Nothing waits: every topic opens."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "centre", "The map of the topic under the cursor", show=False),
        Binding("space", "reach", "Draw all of it, or two steps only", show=False),
    ]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._depth = _NEAR
        self._branches: list[Branch] = []
        self._further = False
        """Is there more than is drawn at first?"""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="map")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    @property
    def subject(self) -> str:
        topic = self.overview.topics.get(self._key) if self.overview else None
        return f"Map of {topic.row.title}" if topic else ""

    def show(self, cursor: str | None = None) -> None:
        if self.overview is None or self._key not in self.overview.topics:
            return
        topics = self.overview.topics
        requires = {key: state.row.requires for key, state in topics.items()}
        first = not self._branches
        self._branches = mapped(self._key, requires, self._depth)
        self._further = any(branch.more for branch in mapped(self._key, requires, _NEAR))
        before = len({b.key for b in self._branches if b.step < 0})
        after = len({b.key for b in self._branches if b.step > 0})
        crumb = (Part("Map › ", "muted"), Part(topics[self._key].row.title, "bold"))
        figure = Part(f"{before} before · {after} after", "muted")
        self.query_one("#head", Lines).show(line(*crumb, right=[figure]))
        rows = map_rows(self._branches, topics)
        centre = next(n for n, branch in enumerate(self._branches) if branch.step == 0)
        self.query_one(Rows).show(rows, rows[centre].id if first else cursor)
        self._describe()

    def _topic(self) -> TopicState | None:
        row = self.query_one(Rows).row
        if row is None or self.overview is None:
            return None
        return self.overview.topics.get(row.id.partition(" ")[0])

    @on(Rows.Moved)
    def _describe(self) -> None:
        topic = self._topic()
        known = self.overview.topics if self.overview else {}
        needed = [known[key] for key in topic.row.requires if key in known] if topic else []
        self.query_one("#about", Lines).show(*(topic_lines(topic, needed) if topic else ()))
        self.refresh_hints()

    @property
    def _elsewhere(self) -> bool:
        """Is the cursor on another topic than the one whose map it is?"""
        topic = self._topic()
        return topic is not None and topic.row.key != self._key

    def hints(self) -> Sequence[Hint]:
        reach = "all of it" if self._depth == _NEAR else "less"
        return (
            Hint("enter", "read", "enter"),
            Hint("↑ ↓", "move", "down"),
            *((Hint("m", "its own map", "m"),) if self._elsewhere else ()),
            *((Hint("space", reach, "space"),) if self._further else ()),
            BACK,
            SEARCH,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if (action == "reach" and not self._further) or (
            action == "centre" and not self._elsewhere
        ):
            return False
        return super().check_action(action, parameters)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        opening.open_topic(self.nexus, event.row.id.partition(" ")[0])

    def action_centre(self) -> None:
        topic = self._topic()
        if topic is not None:
            self._key, self._branches = topic.row.key, []
            self.refresh_view()

    def action_reach(self) -> None:
        self._depth = _ALL if self._depth == _NEAR else _NEAR
        self.refresh_view()


def map_rows(branches: Sequence[Branch], topics: Mapping[str, TopicState]) -> list[Row]:
    """A row for each branch: its lines, the state of the topic by mark and word, what is left."""
    return [_map_row(n, branch, topics[branch.key]) for n, branch in enumerate(branches)]


def _map_row(number: int, branch: Branch, topic: TopicState) -> Row:
    words = "again" if branch.again else state_of(topic)
    if branch.more:
        words = f"{branch.more} more · {words}"
    token = "title-muted" if branch.again else "title"
    head = line(
        Part(branch.stem, "muted"),
        glyph(standing_of(topic), due=topic.due > 0),
        Part(topic.row.title, token if branch.step else "bold"),
        right=[Part(words, "figure")],
        indent=len(branch.stem) + 2,
    )
    return Row(f"{branch.key} {number if branch.again else ''}".rstrip(), (head,))
