"""What every screen shares: the places above, the hints below, a column and an aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical

from nexus_tui.tui.steady import SteadyScreen, is_left
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.places import PLACES, Places
from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview
    from nexus_tui.tui.app import NexusApp
    from nexus_tui.tui.widgets.lines import Line
    from nexus_tui.tui.widgets.prose import Prose

NARROW, WIDE, VAST = 80, 110, 160
"""Widths: below the first, lines are drawn shorter; from the second on there is a second pane;
from the third on what stands in it stands side by side: three panes."""
SHORT, LONG = 2, 15
"""Seconds for which a word in passing is shown, and a sentence with a path in it."""
BACK = Hint("esc", "back", "escape", stays=True)
SEARCH = Hint("/", "search", "slash")
ELSEWHERE = (Hint("1 to 7", "go to a place", "1"), Hint("q", "quit", "q"))
"""What can be done before anything is read."""


class PlaceScreen(SteadyScreen[None]):
    """A screen in one of the seven places.

    Subclasses give `main` and, where they have one, `aside`; they fill them in
    `show`, which is called whenever the overview, the width or the screen changes.
    """

    PLACE: ClassVar[str] = ""
    """The place it belongs to; empty: the one that it was opened from."""
    ABOUT: ClassVar[str] = ""
    """What the screen is for, as its help says it to the learner."""
    NAME: ClassVar[str] = ""
    """What the screen is called, where it is not the first page of its place."""
    ASIDE: ClassVar[bool] = True
    READS: ClassVar[bool] = True
    """Do its own keys need what is read at the start?"""
    AUTO_FOCUS = "Rows"

    def __init__(self) -> None:
        super().__init__(classes="" if self.ASIDE else "-lone")
        self.place = self.PLACE
        self.narrow = self.wide = False
        self.not_saved: tuple[Line, ...] = ()
        """What the screen says of something it could not keep; nothing once it could."""

    # ------------------------------------------------------------ for subclasses

    def main(self) -> Iterable[Widget]:
        """The widgets of the main column."""
        raise NotImplementedError

    def aside(self) -> Iterable[Widget]:
        """The widgets of the second pane, which opens from 110 columns."""
        return ()

    def show(self) -> None:
        """Fill the screen from `self.overview`, which is None while it is being read."""

    def hints(self) -> Sequence[Hint]:
        """Keys for the last row, the main one first."""
        return ()

    @property
    def subject(self) -> str:
        """What is open here, in words for the title of the terminal; empty: the place itself."""
        return self.NAME

    @property
    def step(self) -> str:
        """What `opening.open_step` opens this screen by; empty where it is not opened again."""
        return ""

    def opened(self) -> None:
        """What a screen begins with, once it is shown.

        Textual calls the `on_mount` of each class by itself, that of a subclass first: one that
        called ours would show everything twice.
        """

    def left(self) -> None:
        """Forget what holds only until one goes to another place; for the first page of one."""

    def turn_to_first(self) -> None:
        """Show the first of its pages, where the screen has several."""

    # ------------------------------------------------------------ shared

    @property
    def kept_as(self) -> str:
        """The name of the screen among those whose place is kept."""
        return self.step or type(self).__name__

    @property
    def where(self) -> str:
        """The place, and what is open in it."""
        place = dict(PLACES)[self.place or self._opened_from()]
        return f"{place} › {self.subject}" if self.subject else place

    def _opened_from(self) -> str:
        """The place of the screen that this one was opened from, which back leads to."""
        below = (screen for screen in self.app.screen_stack[::-1] if screen is not self)
        found = (screen.place for screen in below if isinstance(screen, PlaceScreen))
        return next(filter(None, found), self.nexus.current_mode)

    @property
    def nexus(self) -> NexusApp:
        """The app, typed."""
        from nexus_tui.tui.app import NexusApp

        assert isinstance(self.app, NexusApp)
        return self.app

    def keep(self, write: Callable[[], object]) -> None:
        """Write something to the history, then show the screen again, saying if it failed."""
        from nexus_tui.progress.store import StoreError

        self.not_saved = ()
        try:
            write()
        except StoreError as error:
            self.not_saved = (line(Part("✗ not saved: ", "bad-bold"), Part(str(error))),)
        self.refresh_view()

    @property
    def waiting(self) -> Part:
        """What stands at the right end of a heading while there is nothing to show."""
        return Part("not read, see Today" if self.nexus.failure else "reading…", "muted")

    @property
    def desk(self) -> Desk | None:
        return self.nexus.desk

    @property
    def overview(self) -> Overview | None:
        return self.nexus.overview

    def set_focus(
        self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False
    ) -> None:
        """Focus; a list shows the row under its cursor itself: its middle hides what is above."""
        super().set_focus(widget, scroll_visible and not isinstance(widget, Rows), from_app_focus)

    def compose(self) -> ComposeResult:
        self.place = self.PLACE or self._opened_from()
        yield Places(self.place)
        with Horizontal(id="body"):
            yield Vertical(*self.main(), id="main")
            if self.ASIDE:
                yield Vertical(*self.aside(), id="aside")
        yield Hints()

    def refresh_view(self) -> None:
        """Show again, and say which keys do what now."""
        if self.is_mounted and not is_left(self) and self.query("Hints"):
            if self.desk is None:
                self.show()
            else:
                self._show_or_say()
            self.refresh_hints()

    def _show_or_say(self) -> None:
        """Show; where a damaged page is met on the way, say so instead of breaking off."""
        from nexus_tui.progress.errors import StoreError

        try:
            self.show()
        except StoreError as error:
            self.nexus.notify(str(error), severity="error", markup=False)

    def refresh_hints(self) -> None:
        if is_left(self):
            return
        unread = self.READS and self.desk is None
        self.query_one(Hints).show(ELSEWHERE if unread else self.hints())
        if self.is_current:
            self.nexus.show_title(self.where)

    def on_mount(self) -> None:
        self.app.clear_notifications()  # they were said of the page before
        self._measure(self.app.size.width)
        self.set_class(self.app.size.width >= VAST, "-vast")
        self.nexus.kept.put_back(self, self.kept_as)
        self.refresh_view()
        self.opened()

    def on_prose_topic_chosen(self, event: Prose.TopicChosen) -> None:
        """A link in a text leads to another topic."""
        if self.overview is not None and event.key in self.overview.topics:
            from nexus_tui.tui import opening

            opening.open_topic(self.nexus, event.key)

    @on(Lines.Clicked)
    async def _open_named(self, event: Lines.Clicked) -> None:
        """A line that names a page leads to it."""
        if event.opens and self.is_current:  # of clicks that come at once, the first counts
            from nexus_tui.tui import opening

            await opening.open_step(self.nexus, event.opens)

    def on_screen_resume(self) -> None:
        self.refresh_view()

    def on_resize(self, event: events.Resize) -> None:
        before = self.narrow, self.wide
        self._measure(event.size.width)
        self.set_class(event.size.width >= VAST, "-vast")
        if (self.narrow, self.wide) != before:
            self.refresh_view()

    def _measure(self, width: int) -> None:
        self.narrow, self.wide = width < NARROW, width >= WIDE
