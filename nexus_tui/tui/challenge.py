"""One challenge: what failed, its stages to solve, what the programme did about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import ContentSwitcher

from nexus_tui.text import clean, counted
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.reading import Page
from nexus_tui.tui.stage_lines import GLYPHS
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows
from nexus_tui.tui.widgets.tabs import TabRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import TopicRow
    from nexus_tui.catalog.models import Challenge
    from nexus_tui.study.solving import StageView

_TABS = ("Story", "Stages", "Solution")


class ChallengeScreen(PlaceScreen):
    """Three tabs. The solution is the last of them, and says so before it tells."""

    PLACE: ClassVar[str] = "challenges"
    ABOUT: ClassVar[str] = (
        "What failed, its stages, and last what the programme did about it. Read the "
        "story, measure, and only then look at the solution."
    )
    AUTO_FOCUS = "Page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "tab(1)", "Next tab", show=False, priority=True),
        Binding("shift+tab", "tab(-1)", "Previous tab", show=False, priority=True),
        Binding("space", "page_on", "Page on", show=False),
        Binding("enter", "stages", "The stages", show=False),
    ]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._tab = 0
        self._shown: int | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="column")
        yield TabRow(*_TABS)
        yield ContentSwitcher(Page(id="page"), Vertical(Rows(id="list"), id="rows"), initial="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="topics")

    def _challenge(self) -> Challenge | None:
        if self.desk is None:
            return None
        found = [c.model for c in self.desk.catalog.challenges() if c.key == self._key]
        return found[0] if found else None

    @property
    def step(self) -> str:
        return f"challenge:{self._key}"

    @property
    def subject(self) -> str:
        challenge = self._challenge()
        return challenge.title if challenge else ""

    def show(self) -> None:
        challenge = self._challenge()
        if challenge is None or self.desk is None:
            return
        minutes = sum(stage.minutes for stage in challenge.stages)
        crumb = (Part("Challenges › ", "muted"), Part(challenge.title, "bold"))
        figure = f"{counted(len(challenge.stages), 'stage')} · {minutes} min"
        self.query_one("#head", Lines).show(line(*crumb, right=[Part(figure, "muted")]))
        self.query_one(TabRow).active = self._tab
        switcher = self.query_one(ContentSwitcher)
        if self._tab == 1:
            switcher.current = "rows"
            self.query_one(Rows).show(_stage_rows(self._ladder()))
            self.query_one(Rows).focus()
        else:
            switcher.current = "page"
            self.query_one(Page).focus()
            if self._shown != self._tab:
                text = challenge.story if self._tab == 0 else _solution(challenge)
                self.query_one(Page).read(clean(text))
        self._shown = self._tab
        lines = [line(Part("Read for it", "bold")), Line()]
        lines += [
            line(Part(topic.title), right=[Part(f"{topic.minutes} min", "muted")])
            for topic in self._topics(challenge)
        ]
        self.query_one("#topics", Lines).show(*lines)

    def _topics(self, challenge: Challenge) -> list[TopicRow]:
        """What to read for it, of what the content has."""
        rows = self.desk.catalog.topics() if self.desk else ()
        topics = {row.id: row for row in rows}
        return [topics[name] for name in challenge.topics if name in topics]

    @on(Lines.Clicked, "#topics")
    def _topic_clicked(self, event: Lines.Clicked) -> None:
        challenge = self._challenge()
        topics = self._topics(challenge) if challenge else []
        if 2 <= event.number < len(topics) + 2:
            opening.open_topic(self.nexus, topics[event.number - 2].key)

    def hints(self) -> Sequence[Hint]:
        tabs = Hint("tab", "next tab", "tab")
        if self._tab == 1:
            return (Hint("enter", "solve it", "enter"), tabs, BACK)
        return (Hint("enter", "the stages", "enter"), Hint("space", "page", "space"), tabs, BACK)

    def action_tab(self, step: int) -> None:
        self._tab = (self._tab + step) % len(_TABS)
        self.refresh_view()

    @on(TabRow.Clicked)
    def _tab_clicked(self, event: TabRow.Clicked) -> None:
        self._tab = event.index
        self.refresh_view()

    def action_stages(self) -> None:
        self._tab = 1
        self.refresh_view()

    def action_page_on(self) -> None:
        if self._tab != 1:
            self.query_one(Page).page_on()

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        """Solve the stage; one that cannot be run opens the lesson behind its first objective."""
        view = next((v for v in self._ladder() if v.key == event.row.id), None)
        if self.desk is None or view is None:
            return
        if view.files is not None:
            await opening.open_stage(self.nexus, view.key)
            return
        topic = view.stage.objectives[0].partition("/")[0]
        found = [row.key for row in self.desk.catalog.topics() if row.id == topic]
        if found:
            opening.open_topic(self.nexus, found[0])

    def _ladder(self) -> list[StageView]:
        """The stages as they are now; none where their files cannot be read, which is said."""
        from nexus_tui.labs.challenges.stage import StageError
        from nexus_tui.study.solving import ladder

        found = (
            [c for c in self.desk.catalog.challenges() if c.key == self._key] if self.desk else []
        )
        if self.desk is None or not found:
            return []
        try:
            return ladder(self.desk, found[0])
        except StageError as error:
            self.nexus.notify(str(error), severity="error", markup=False)
            return []


def _stage_rows(views: Sequence[StageView]) -> list[Row]:
    return [
        Row(
            view.key,
            (
                line(
                    Part(f"{GLYPHS[view.standing]} ", "muted"),
                    Part(view.stage.title, "title"),
                    right=[Part(_figure(view), "figure")],
                    indent=2,
                ),
                line(Part("  "), Part(clean(view.stage.summary), "muted"), indent=2),
            ),
            after=1,
        )
        for view in views
    ]


def _figure(view: StageView) -> str:
    """How far a stage is, then how long it takes."""
    said = "" if view.standing == "new" else f"{view.standing} · "
    return f"{said}{view.stage.minutes} min"


def _solution(challenge: Challenge) -> str:
    return f"**What the programme did.** Try the stages first.\n\n{challenge.solution}"
