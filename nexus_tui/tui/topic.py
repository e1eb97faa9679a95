"""One topic: its lesson by section, its quiz, cheat sheet, troubleshooting and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from nexus_tui.catalog import links
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.reading import Page
from nexus_tui.tui.topic_quiz import decide, quiz_rows, touched, untouched
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows
from nexus_tui.tui.widgets.tabs import TabRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import TopicView
    from nexus_tui.study.overview import TopicState

_TABS = {
    "lesson": "Lesson",
    "quiz": "Quiz",
    "cheatsheet": "Cheat sheet",
    "troubleshooting": "Troubleshooting",
    "sources": "Sources",
}
_IDS = tuple(_TABS)


class TopicScreen(PlaceScreen):
    """Opens where the lesson was left; what is shown counts as read."""

    PLACE: ClassVar[str] = "topics"
    ABOUT: ClassVar[str] = (
        "A topic: its lesson, one section a page, its quiz, what to look up, and where "
        "the facts come from. It opens where you left it."
    )
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_on", "Page on, then the next section", show=False),
        Binding("n", "section(1)", "Next section", show=False),
        Binding("p", "section(-1)", "Previous section", show=False),
        Binding("tab", "tab(1)", "Next tab", show=False, priority=True),
        Binding("shift+tab", "tab(-1)", "Previous tab", show=False, priority=True),
        Binding("Q", "quiz", "Quiz on the topic", show=False),
        Binding("K", "decide('known')", "I know this topic", show=False),
        Binding("R", "decide('reset')", "Begin the topic anew", show=False),
        Binding("U", "decide('take-back')", "Take back the one or the other", show=False),
    ]

    def __init__(self, key: str, *, tab: str = "lesson", section: int | None = None) -> None:
        super().__init__()
        self.add_class("-lesson")
        self._key = key
        self._tab = tab
        self._section = section
        self._page_key: tuple[str, int] | None = None
        self._view: TopicView | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="crumb", classes="column")
        yield TabRow(*_TABS.values())
        yield ContentSwitcher(
            Page(id="page"),
            Vertical(Rows(id="list"), Lines(id="failed", classes="column"), id="rows"),
            initial="page",
        )

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="contents")
        yield Lines(id="sources")

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        desk, state = self.desk, self._state()
        if desk is None or state is None:
            return
        if self._view is None:
            self._view = desk.catalog.topic(self._key)
            if self._section is None:
                self._section = self._left_at(state)
        self._section = min(self._section or 0, max(0, len(self._sections()) - 1))
        self.query_one(TabRow).active = _IDS.index(self._tab)
        self._show_crumb(state)
        self._show_body(state)
        self._show_aside(state)

    def reload(self) -> None:
        """Show the topic as its files are now, at the same place."""
        self._view = self._page_key = None
        self.refresh_view()

    def _state(self) -> TopicState | None:
        return self.overview.topics.get(self._key) if self.overview else None

    def _sections(self) -> Sequence[tuple[str, str]]:
        """(heading, Markdown) of what the tab pages through."""
        assert self._view is not None
        document = {
            "lesson": self._view.lesson,
            "cheatsheet": self._view.cheatsheet,
            "troubleshooting": self._view.troubleshooting,
        }.get(self._tab)
        return [(s.heading, s.body) for s in document.sections] if document else ()

    def _left_at(self, state: TopicState | None) -> int:
        """The section to open the tab at: of the lesson, the one that was left."""
        if self._tab != "lesson" or state is None or state.place is None:
            return 0
        return state.place.place_in([heading for heading, _ in self._sections()])

    def _show_crumb(self, state: TopicState) -> None:
        track = next(t.row for t in self.overview.tracks if t.row.id == state.row.track)  # type: ignore[union-attr]
        sections = self._sections()
        figure = f"section {(self._section or 0) + 1} of {len(sections)}" if sections else ""
        crumb = (Part(track.title, "muted"), Part(" › ", "muted"), Part(state.row.title, "bold"))
        self.query_one("#crumb", Lines).show(line(*crumb, right=[Part(figure, "muted")]))

    def _show_body(self, state: TopicState) -> None:
        switcher = self.query_one(ContentSwitcher)
        if self._tab in {"quiz", "sources"}:
            assert self.desk is not None
            quiz = self._tab == "quiz"
            rows = quiz_rows(state, self.desk) if quiz else self._source_rows()
            self.query_one(Rows).show(rows)
            self.query_one("#failed", Lines).show(*self.not_saved)
            switcher.current = "rows"
            self.query_one(Rows).focus()
            return
        switcher.current = "page"
        self.query_one(Page).focus()
        page = (self._tab, self._section or 0)
        if page != self._page_key:
            self._page_key = page
            self._read(self._text(state))
            self._remember()

    @work(exclusive=True, group="page")
    async def _read(self, text: str) -> None:
        await self.query_one(Page).read(text)

    def _text(self, state: TopicState) -> str:
        sections = self._sections()
        if sections:
            heading, body = sections[self._section or 0]
            return f"## {heading}\n\n{body}" if heading else body
        what = {
            "lesson": "The lesson of this topic is not written yet.",
            "cheatsheet": "There is no cheat sheet for this topic yet.",
            "troubleshooting": "There is no troubleshooting guide for this topic yet.",
        }[self._tab]
        lines = [f"**{what}**", "", state.row.summary, ""]
        if self._tab == "lesson":
            lines += ["After it you will be able to:", ""]
            lines += [f"- {objective.text}" for objective in state.objectives]
            lines += ["", "Its sources are under *Sources*: press `tab`."]
        return "\n".join(lines)

    def _remember(self) -> None:
        sections = self._sections()
        if self._tab == "lesson" and sections and self.desk is not None:
            index = self._section or 0
            read = self.desk.read(self._key, index, sections[index][0], len(sections))
            self.nexus.reread(read)

    def _source_rows(self) -> list[Row]:
        """The sources, and below them the topics that the lesson names: links for the keyboard."""
        assert self._view is not None and self.overview is not None
        rows = [
            Row(
                source.url,
                (line(Part(source.title, "title")), line(Part(source.url, "muted"))),
                after=1,
            )
            for source in self._view.topic.sources
        ]
        lesson = self._view.lesson
        text = "\n".join(section.body for section in lesson.sections) if lesson else ""
        for key in links.named(text):
            if named := self.overview.topics.get(key):
                head = line(Part(named.row.title, "title"))
                said = line(Part("a topic that the lesson names", "muted"))
                rows.append(Row(f"topic:{key}", (head, said), after=1))
        return rows

    def _show_aside(self, state: TopicState) -> None:
        sections = self._sections()
        read = state.place.read if state.place and self._tab == "lesson" else frozenset[str]()
        lines = [line(Part("Contents", "bold")), Line()] if sections else []
        for number, (heading, _) in enumerate(sections):
            here = number == (self._section or 0)
            token = "bold" if here else ("muted" if heading in read else "text")
            mark = [Part("read", "muted")] if heading in read and not here else []
            lines.append(line(Part(heading, token), right=mark, indent=2))
        self.query_one("#contents", Lines).show(*lines)
        assert self._view is not None
        titles = [line(Part(s.title, "muted"), indent=2) for s in self._view.topic.sources]
        self.query_one("#sources", Lines).show(
            *([Line()] if lines else []), line(Part("Sources", "bold")), Line(), *titles
        )

    def hints(self) -> Sequence[Hint]:
        tabs = Hint("tab", "next tab", "tab")
        state = self._state()
        quiz = state is not None and state.row.question_count > 0
        sections = self._view is not None and len(self._sections()) > 0
        if self._tab == "quiz" and not quiz:
            return (tabs, BACK)
        if self._tab == "quiz" and state is not None:
            return (
                Hint("enter", "start or open", "enter"),
                Hint("↑ ↓", "move", "down"),
                *((Hint("K", "I know this", "K"),) if untouched(state) else ()),
                *((Hint("R", "begin anew", "R"),) if touched(state) else ()),
                tabs,
                BACK,
            )
        if self._tab == "sources":
            return (Hint("enter", "open", "enter"), tabs, BACK)
        return (
            *((Hint("space", "page", "space"), Hint("n p", "section", "n")) if sections else ()),
            *((Hint("Q", "quiz", "Q"),) if quiz else ()),
            tabs,
            BACK,
        )

    # ------------------------------------------------------------ actions

    def action_section(self, step: int) -> None:
        target = (self._section or 0) + step
        if 0 <= target < len(self._sections()):
            self._section = target
            self.refresh_view()

    async def action_page_on(self) -> None:
        if self._tab in {"quiz", "sources"} or self.query_one(Page).page_on():
            return
        if (self._section or 0) + 1 < len(self._sections()):
            self.action_section(1)
        elif self._tab == "lesson" and self._sections():
            self._go_to_tab("quiz")

    def action_tab(self, step: int) -> None:
        self._go_to_tab(_IDS[(_IDS.index(self._tab) + step) % len(_IDS)])

    @on(TabRow.Clicked)
    def _tab_clicked(self, event: TabRow.Clicked) -> None:
        self._go_to_tab(_IDS[event.index])

    def _go_to_tab(self, tab: str) -> None:
        self._tab = tab
        self._section = self._left_at(self._state())
        self.refresh_view()

    async def action_quiz(self) -> None:
        if self.desk is not None:
            await opening.start_session(self.nexus, "topic", self._key)

    def action_decide(self, what: str) -> None:
        """Keep what was decided of the topic, and show its objectives as they stand then."""
        desk, state = self.desk, self._state()
        if desk is None or state is None or not state.row.question_count:
            return
        self._tab = "quiz"
        self.keep(lambda: decide(what, state, desk))
        self.nexus.reread()

    @on(Rows.Chosen)
    async def _chosen(self, event: Rows.Chosen) -> None:
        if event.row.id == "start":
            await self.action_quiz()
        elif event.row.id.startswith("objective:"):
            opening.open_objective(self.nexus, event.row.id.removeprefix("objective:"))
        elif event.row.id in {"known", "reset", "take-back"}:
            self.action_decide(event.row.id)
        elif event.row.id.startswith(links.SCHEME):
            opening.open_topic(self.nexus, event.row.id.removeprefix(links.SCHEME))
        elif event.row.id.startswith("http"):
            self.app.open_url(event.row.id)
