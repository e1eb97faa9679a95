"""One topic: its lesson by section, its quiz, what to look up, its sources, and notes on it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from nexus_tui.catalog import links
from nexus_tui.tui import browser, opening
from nexus_tui.tui.noted import NotedScreen
from nexus_tui.tui.notes import Notes
from nexus_tui.tui.place import BACK
from nexus_tui.tui.reading import Page, Sections
from nexus_tui.tui.sight import Sight
from nexus_tui.tui.topic_quiz import decide, quiz_rows, touched, untouched
from nexus_tui.tui.topic_text import contents_lines, no_text, source_lines, source_rows
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part
from nexus_tui.tui.widgets.rows import Rows
from nexus_tui.tui.widgets.tabs import TabRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual import events
    from textual.widget import Widget

    from nexus_tui.catalog.catalog import TopicView
    from nexus_tui.study.overview import TopicState
    from nexus_tui.tui.widgets.rows import Row

_TABS = {
    "lesson": "Lesson",
    "quiz": "Quiz",
    "cheatsheet": "Cheat sheet",
    "troubleshooting": "Troubleshooting",
    "sources": "Sources",
    "notes": "Notes",
}
_IDS = tuple(_TABS)


class TopicScreen(NotedScreen):
    """Opens where the lesson was left.

    A section counts as read when it is left after its end was in sight, or for the next one. One
    that was looked up leaves the lesson where it was, until one goes on from it.
    """

    PLACE: ClassVar[str] = "topics"
    ABOUT: ClassVar[str] = (
        "A topic: its lesson, one section a page, its quiz, what to look up, where the facts "
        "come from, and your notes. It opens where you left it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "tab(1)", "Next tab", show=False, priority=True),
        Binding("shift+tab", "tab(-1)", "Previous tab", show=False, priority=True),
        Binding("m", "map", "What comes before and after this topic", show=False),
        Binding("N", "topic(1)", "Next topic", show=False),
        Binding("P", "topic(-1)", "Previous topic", show=False),
        Binding("Q", "quiz", "Quiz on the topic", show=False),
        Binding("K", "decide('known')", "I know this topic", show=False),
        Binding("R", "decide('reset')", "Begin the topic anew", show=False),
        Binding("U", "decide('take-back')", "Take back what K or R did", show=False),
    ]

    def __init__(self, key: str, *, tab: str = "lesson", section: int | str | None = None) -> None:
        """Open at `section`, its number or its heading; without it, where the lesson was left.

        Of the quiz, `section` is the objective that the cursor is on.
        """
        super().__init__(key, tab)
        self._wanted = section
        self._page_key: tuple[str, int] | None = None
        self._view: TopicView | None = None
        self._sight: Sight | None = None
        """The section of the lesson that is being read."""
        self._objective = f"objective:{section}" if tab == "quiz" and section else None
        self._first = ""
        """The first row of the quiz, or of the sources, that was shown last."""
        self._listed = ""
        """The tab whose list was shown last."""
        self._cursors: dict[str, str] = {}
        """The row that the cursor was on, by tab."""
        self._looked_up: int | None = None
        """The section that was asked for, until one goes on from it: the lesson is left where
        it was."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="crumb", classes="column")
        yield TabRow(*_TABS.values())
        yield ContentSwitcher(
            Page(id="page"),
            Vertical(Rows(id="list"), Lines(id="failed", classes="column"), id="rows"),
            Notes(self.keep_note, id="notes"),
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
            self._view = desk.catalog.topic(self.key)
            self.section = self._first_section(state)
        self.section = min(self.section, max(0, len(self.sections()) - 1))
        self.read_bookmarks()
        self.query_one(TabRow).active = _IDS.index(self.tab)
        self._show_crumb(state)
        self._show_body(state)
        sections = [heading for heading, _ in self.sections()]
        lines = contents_lines(sections, self.section, self.marks)
        self.query_one("#contents", Lines).show(*lines)
        self.query_one("#sources", Lines).show(*source_lines(self._view))

    def reload(self) -> None:
        """Show the topic as its files are now, at the same place."""
        self._wanted, self._view, self._page_key = self.section, None, None
        self.refresh_view()

    def _state(self) -> TopicState | None:
        return self.overview.topics.get(self.key) if self.overview else None

    def sections(self) -> Sections:
        view = self._view
        texts = (
            {
                "lesson": view.lesson,
                "cheatsheet": view.cheatsheet,
                "troubleshooting": view.troubleshooting,
            }
            if view
            else {}
        )
        document = texts.get(self.tab)
        return [(s.heading, s.body) for s in document.sections] if document else []

    def text(self) -> str:
        return self.query_one(Notes).shown if self.tab == "notes" else super().text()

    @property
    def page(self) -> Page:
        return self.query_one("#notes Page" if self.tab == "notes" else "#page", Page)

    def _first_section(self, state: TopicState | None) -> int:
        """The section to open the tab at: the one that was asked for, else the one left."""
        wanted, self._wanted = self._wanted, None
        headings = [heading for heading, _ in self.sections()]
        if wanted in headings:
            wanted = headings.index(str(wanted))
        lesson = self.tab == "lesson"
        if isinstance(wanted, int):
            self._looked_up = wanted if lesson else None
            return wanted
        if lesson and self._looked_up is not None:
            return self._looked_up
        if not lesson or state is None or state.place is None:
            return 0
        return state.place.place_in(headings)

    def _show_crumb(self, state: TopicState) -> None:
        track = next(t.row for t in self.overview.tracks if t.row.id == state.row.track)  # type: ignore[union-attr]
        crumb = (Part(track.title, "muted"), Part(" › ", "muted"), Part(state.row.title, "bold"))
        below = () if self.tab in {"quiz", "sources"} else self.not_saved
        self.query_one("#crumb", Lines).show(self.heading_of(*crumb), *below)

    def _show_body(self, state: TopicState) -> None:
        switcher = self.query_one(ContentSwitcher)
        if self.tab in {"quiz", "sources"}:
            assert self.desk is not None and self._view is not None and self.overview is not None
            quiz = self.tab == "quiz"
            topics = self.overview.topics
            rows = quiz_rows(state, self.desk) if quiz else source_rows(self._view, topics)
            objective, self._objective = self._objective, None
            cursor = objective or self._anew(rows) or self._cursor_of(rows)
            self.query_one("#list", Rows).show(rows, cursor)
            self.query_one("#failed", Lines).show(*self.not_saved)
            switcher.current = "rows"
            self.query_one("#list", Rows).focus()
        elif self.tab == "notes":
            switcher.current = "notes"
            self.show_note()
        else:
            switcher.current = "page"
            self.query_one("#page", Page).focus()
            page = (self.tab, self.section)
            if page != self._page_key:
                self._page_key = page
                self.read(self.text() if self.sections() else no_text(self.tab, state))
                self._remember()

    def _anew(self, rows: Sequence[Row]) -> str | None:
        """Where the cursor goes: to the first row, where that is a quiz left just now."""
        before, self._first = self._first, rows[0].id if rows else ""
        return "resume" if (before, self._first) == ("start", "resume") else None

    def _cursor_of(self, rows: Sequence[Row]) -> str | None:
        """Where the cursor was in the list of the tab, if another one was shown since."""
        before, self._listed = self._listed, self.tab
        if before in {"", self.tab}:
            return None
        first = next((row.id for row in rows if not row.fixed), None)
        return self._cursors.get(self.tab, first)

    @on(Rows.Moved, "#list")
    def _moved(self, event: Rows.Moved) -> None:
        self._cursors[self._listed] = event.row.id

    # ------------------------------------------------------------ reading

    def _remember(self) -> None:
        sections = self.sections()
        if self.tab == "lesson" and sections and self.desk is not None:
            heading = sections[self.section][0]
            self._sight = Sight(self.section, heading)
            self._turn()
            if self._looked_up is None:
                self.nexus.reread(self.desk.show(self.key, self.section, heading, len(sections)))

    def opened(self) -> None:
        self.watch(self.query_one("#page", Page), "scroll_y", self._turn, init=False)

    def laid_out(self) -> None:
        if self._sight is not None:
            self._sight.laid_out = True
            self._turn()

    def on_resize(self, event: events.Resize) -> None:
        self.call_after_refresh(self._turn)

    def on_screen_resume(self) -> None:
        self._turn()

    def _turn(self) -> None:
        """More of the section came in sight."""
        if self._sight is not None and self.tab == "lesson" and self.is_current:
            self._sight.turn(self.nexus.clock(), at_end=self.query_one("#page", Page).at_end)

    def _leave(self, *, on: bool = False) -> None:
        """The section is left; with `on`, for the next one."""
        sight, view = self._sight, self._view
        if sight is None or self.desk is None or view is None or view.lesson is None:
            return
        sight.rest(self.nexus.clock())
        read = not sight.kept and (on or sight.ended)
        if self._looked_up is not None or not (read or sight.is_worth):
            return
        keep, spent = self.desk.read if read else self.desk.show, sight.spent
        sight.kept, sight.spent = sight.kept or read, timedelta()
        count = len(view.lesson.sections)
        kept = keep(self.key, sight.section, sight.heading, count, spent)
        if self.is_running:
            self.nexus.reread(kept)

    def on_screen_suspend(self) -> None:
        self._leave()

    def on_unmount(self) -> None:
        self._leave()

    def marks(self, heading: str) -> list[str]:
        state = self._state()
        if self.tab != "lesson" or state is None:
            return []
        read = state.place is not None and heading in state.place.read
        return [*(["bookmark"] if heading in self.bookmarks else []), *(["read"] if read else [])]

    @property
    def step(self) -> str:
        return f"topic:{self.key}:{self.tab}"

    @property
    def subject(self) -> str:
        state = self._state()
        return state.row.title if state else ""

    def hints(self) -> Sequence[Hint]:
        tabs, state = Hint("tab", "next tab", "tab"), self._state()
        if self.tab == "notes":
            return self.note_hints(tabs)
        if self.tab == "sources":
            return (Hint("enter", "open", "enter"), tabs, BACK)
        quiz = state is not None and state.row.question_count > 0
        if self.tab != "quiz":
            return self._reading_hints(tabs, quiz=quiz)
        if not quiz or state is None:
            return (tabs, BACK)
        return (
            Hint("enter", "start or open", "enter"),
            Hint("↑ ↓", "move", "down"),
            *((Hint("K", "I know this", "K"),) if untouched(state) else ()),
            *((Hint("R", "begin anew", "R"),) if touched(state) else ()),
            tabs,
            BACK,
        )

    def _reading_hints(self, tabs: Hint, *, quiz: bool) -> Sequence[Hint]:
        asked = (Hint("Q", "quiz", "Q"),) if quiz else ()
        more = (Hint("w", "note", "w"), Hint("m", "map", "m"), *self.taking())
        if not self.sections():
            return (*asked, tabs, BACK, *more)
        page, section = Hint("space", "page", "space"), Hint("n p", "section", "n")
        contents, bookmark = Hint("t", "contents", "t"), Hint("b", "bookmark", "b")
        return (page, section, *asked, tabs, BACK, contents, bookmark, *more)

    # ------------------------------------------------------------ moving

    async def action_page_on(self) -> None:
        if self.tab in {"quiz", "sources"} or self.page.page_on():
            return
        if self.section + 1 < len(self.sections()):
            self.action_section(1)
        elif self.tab == "lesson" and self.sections():
            self.go_to_tab("quiz")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the field of a note tab is text."""
        if action == "tab" and self.writing:
            return False
        return super().check_action(action, parameters)

    def action_tab(self, step: int) -> None:
        self.go_to_tab(_IDS[(_IDS.index(self.tab) + step) % len(_IDS)])

    @on(TabRow.Clicked)
    def _tab_clicked(self, event: TabRow.Clicked) -> None:
        self.go_to_tab(_IDS[event.index])

    @on(Lines.Clicked, "#contents")
    def _section_clicked(self, event: Lines.Clicked) -> None:
        self.go_to(event.number - 2)

    @on(Lines.Clicked, "#sources")
    def _source_clicked(self, event: Lines.Clicked) -> None:
        sources = self._view.topic.sources if self._view else ()
        if 2 <= event.number < len(sources) + 2:
            self._open_source(sources[event.number - 2].url)

    def _open_source(self, url: str) -> None:
        self.say(browser.follow(self.app, url))

    def go_to(self, section: int) -> None:
        if 0 <= section < len(self.sections()):
            lesson = self.tab == "lesson"
            self._looked_up = None if lesson else self._looked_up
            self._leave(on=lesson and section == self.section + 1)
        super().go_to(section)

    def go_to_tab(self, tab: str) -> None:
        self._leave()
        self.query_one(Notes).leave()
        self.tab, self.said, self.not_saved = tab, "", ()
        self.section = self._first_section(self._state())
        self.refresh_view()

    def action_topic(self, step: int) -> None:
        """Go to the next topic in the order of the tracks, or the one before."""
        order = list(self.overview.topics) if self.overview else []
        place = order.index(self.key) + step if self.key in order else -1
        if 0 <= place < len(order):
            self._leave()
            self.query_one(Notes).leave()
            self.key, self.tab, self.said = order[place], "lesson", ""
            self._view = self._page_key = self.note = self._wanted = self._looked_up = None
            self._cursors.clear()
            self.refresh_view()

    def action_map(self) -> None:
        opening.open_map(self.nexus, self.key)

    # ------------------------------------------------------------ the quiz

    async def action_quiz(self) -> None:
        if self.desk is not None:
            await opening.start_session(self.nexus, "topic", self.key)

    def action_decide(self, what: str) -> None:
        """Keep what was decided of the topic, and show its objectives as they stand then."""
        desk, state = self.desk, self._state()
        if desk is None or state is None or not state.row.question_count:
            return
        self.tab = "quiz"

        def write() -> None:
            if refused := decide(what, state, desk):
                self.notify(refused, markup=False)

        self.keep(write)
        self.nexus.reread()

    @on(Rows.Chosen)
    async def _chosen(self, event: Rows.Chosen) -> None:
        if event.row.id == "start":
            await self.action_quiz()
        elif event.row.id == "resume":
            await opening.start_session(self.nexus, "resume", self.key)
        elif event.row.id.startswith("objective:"):
            opening.open_objective(self.nexus, event.row.id.removeprefix("objective:"))
        elif event.row.id in {"known", "reset", "take-back"}:
            self.action_decide(event.row.id)
        elif event.row.id.startswith(links.SCHEME):
            opening.open_topic(self.nexus, event.row.id.removeprefix(links.SCHEME))
        elif event.row.id.startswith("http"):
            self._open_source(event.row.id)
