"""The app: seven places, one learner, one catalog."""

from __future__ import annotations

import gc
import os
from contextlib import suppress
from functools import partial
from importlib import import_module
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState, get_current_worker

from nexus_tui import log
from nexus_tui.learning import calendar
from nexus_tui.text import counted
from nexus_tui.tui import care, kept_place, themes
from nexus_tui.tui.place import SHORT, PlaceScreen
from nexus_tui.tui.terminal import TerminalApp
from nexus_tui.tui.widgets.places import PLACES
from nexus_tui.tui.widgets.scrollbar import use_thin_bars

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future
    from datetime import datetime

    from textual.app import SystemCommand
    from textual.command import Provider
    from textual.screen import Screen
    from textual.theme import Theme

    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview


def _place(module: str, screen: str) -> Callable[[], Screen[None]]:
    """A screen that is imported when it is first shown."""

    def make() -> Screen[None]:
        made: Screen[None] = getattr(import_module(f"nexus_tui.tui.{module}"), screen)()
        return made

    return make


def _commands() -> type[Provider]:
    from nexus_tui.tui.commands import NexusCommands

    return NexusCommands


class NexusApp(TerminalApp):
    """Opens on Today; the catalog and the history are read after the first paint."""

    TITLE = "Nexus"
    CSS_PATH = "app.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        "today": _place("today", "TodayScreen"),
        "topics": _place("topics", "TopicsScreen"),
        "challenges": _place("challenges", "ChallengesScreen"),
        "checklists": _place("practices", "ChecklistsScreen"),
        "review": _place("review", "ReviewScreen"),
        "progress": _place("progress", "ProgressScreen"),
        "library": _place("library", "LibraryScreen"),
    }
    DEFAULT_MODE = "today"
    COMMANDS = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"go('{place}')", name, id=f"go.{place}", show=False)
            for number, (place, name) in enumerate(PLACES, 1)
        ),
        Binding("slash", "search", "Search everything", id="search", show=False),
        Binding("question_mark", "help", "Keys of this screen", id="help", show=False),
        Binding("escape,backspace", "back", "Back", id="back", show=False),
        Binding("q", "quit", "Quit", id="quit", show=False),
        Binding("T", "theme", "Next theme", id="theme", show=False),
        Binding("W", "news", "What changed in what you answered", id="news", show=False),
        Binding("Y", "copy_page", "Copy the text of the page", id="copy", show=False),
    ]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Of Textual's own commands those that Nexus does not have itself."""
        kept = {"Theme", "Quit", "Screenshot"}
        return (own for own in super().get_system_commands(screen) if own.title in kept)

    def __init__(self, settings: Settings, clock: Callable[[], datetime] = calendar.now) -> None:
        super().__init__()
        self.settings = settings
        self.clock = clock
        self.ascii_only = settings.ascii
        use_thin_bars(ascii_only=settings.ascii)
        self.desk: Desk | None = None
        self.overview: Overview | None = None
        self.wanted: str | None = None
        """The step that was chosen before there was anything to open."""
        self.kept = kept_place.KeptPlace()
        self.failure: str | None = None
        """Why the history or the catalog could not be opened, in one sentence."""
        self._led_from = self.DEFAULT_MODE
        """The place from which a page of it led to this one."""
        self._not_ours: tuple[str, ...] = ()
        """The theme of Textual or of the terminal that was in use last."""
        for theme in themes.THEMES:
            self.register_theme(theme)
        named = settings.theme
        if named in self.available_themes:
            self.theme = str(named)
        elif "TEXTUAL_THEME" not in os.environ:
            self.theme = themes.DARK

    def get_css_variables(self) -> dict[str, str]:
        """Those of the theme as the house draws it, so that no widget has Textual's colours."""
        house = themes.in_house(self.current_theme)
        self.theme_variables = house.to_color_system().generate() | house.variables
        return self.theme_variables

    def on_mount(self) -> None:
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self.call_after_refresh(self._start_reading)

    def _keep_theme(self, theme: Theme) -> None:
        from nexus_tui.settings import SettingsError
        from nexus_tui.tui.of_screen import keep_theme

        try:
            keep_theme(self, theme.name)
        except SettingsError as error:
            self.notify(str(error), severity="error", markup=False)

    # ------------------------------------------------------------ catalog and history

    def _start_reading(self) -> None:
        self.run_worker(self._open, thread=True, group="open", exit_on_error=False)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What broke while opening or looking after: without a desk nothing can go on."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or self._exit or not isinstance(error, Exception):
            return
        if event.worker.group == "open":
            self._handle_exception(error)
        elif event.worker.group == "care" and self.desk is not None:
            self.desk.notes = (*self.desk.notes, care.broke(self.settings, error))
            self.refresh_place()

    def _open(self) -> None:
        """In a thread: SQLAlchemy is imported here, while keys already work."""
        try:
            self._open_desk()
        finally:
            if not gc.isenabled():  # `cli.opening` turned it off for the start
                gc.freeze()
                gc.enable()

    def _open_desk(self) -> None:
        from nexus_tui.study.desk import Desk, DeskError

        care.note_start(self.settings)
        try:
            desk = Desk.open(self.settings, self.clock)
        except DeskError as error:
            log.write(self.settings.data.path, "the content could not be opened")
            self.call_from_thread(self._failed, str(error))
            return
        self.call_from_thread(self._opened, desk, *care.read_overview(desk))

    def _opened(self, desk: Desk, overview: Overview | None, failure: str | None) -> None:
        self.desk = desk
        self.call_after_refresh(self._look_after)  # the figures first
        if overview is not None:
            self._show(overview)
            self.call_later(self._open_wanted)
        else:
            self._failed(str(failure))

    def _look_after(self) -> None:
        look_after = partial(care.look_after, self)
        self.run_worker(look_after, thread=True, group="care", exit_on_error=False)

    async def _open_wanted(self) -> None:
        wanted, self.wanted = self.wanted, None
        if wanted is None:
            await kept_place.go_back_to(self)
        else:
            from nexus_tui.tui.opening import open_step

            await open_step(self, wanted)

    def _failed(self, sentence: str) -> None:
        self.failure = sentence
        self.refresh_place()

    def reread(self, after: Future[None] | None = None) -> None:
        """Derive the overview anew, in a thread, once `after` is on disk, and show it."""
        self.run_worker(partial(self._reread, after), thread=True, group="read", exclusive=True)

    def _reread(self, after: Future[None] | None) -> None:
        from nexus_tui.progress.store import StoreError

        if self.desk is None:
            return
        worker = get_current_worker()
        try:
            if after is not None:
                after.result()
            overview = self.desk.overview()
        except StoreError as error:
            self.call_from_thread(self._failed, str(error))
            return
        if not worker.is_cancelled:
            self.call_from_thread(self._show, overview)

    def _show(self, overview: Overview) -> None:
        self.overview = overview
        self.failure = self.desk.failure if self.desk else None
        self.refresh_place()

    def refresh_place(self) -> None:
        """Show the screen again from what is known now."""
        if isinstance(self.screen, PlaceScreen):
            self.screen.refresh_view()

    def exit(self, *args: Any, **named: Any) -> None:
        kept_place.keep(self)
        super().exit(*args, **named)

    def on_unmount(self) -> None:
        if self.desk is not None:
            self.desk.close()

    # ------------------------------------------------------------ actions

    async def action_go(self, place: str) -> None:
        """Go to a place, to the page of its own that was left there; from within it, to its first.

        What is of another place is closed as one goes: a place shows only what is its own.
        """
        self.wanted = None
        self._led_from = self.DEFAULT_MODE
        with self.batch_update():
            if self.current_mode == place:
                await self._show_first_page()
            else:
                await self._close_down_to(_own_pages(self.screen_stack, self.current_mode))
                await self._change_place(place)

    async def go_to_first_page(self, place: str) -> None:
        """Go to the first page of a place, whatever was open above it."""
        await self.action_go(place)
        with self.batch_update():
            await self._show_first_page()

    async def lead_to(self, place: str) -> None:
        """Go to the first page of a place, from which back leads to the place one is in now."""
        before = self.current_mode
        await self.go_to_first_page(place)
        self._led_from = before

    async def _show_first_page(self) -> None:
        await self._close_down_to(1)
        if isinstance(self.screen, PlaceScreen):
            self.screen.turn_to_first()

    async def _close_down_to(self, count: int) -> None:
        """Close the pages on top, until so many are left."""
        while len(self.screen_stack) > max(1, count):
            await self._close_page()

    async def _close_page(self) -> None:
        """Close the page on top; one that is still coming comes first, or it would break off."""
        page: Any = self.screen
        await page._mounted_event.wait()
        await self.pop_screen()

    async def action_back(self) -> None:
        """One page back; on the first page of a place, to the one that led to it, else to Today."""
        if len(self.screen_stack) > 1:
            await self._close_page()
            return
        place, self._led_from = self._led_from, self.DEFAULT_MODE
        if self.current_mode != place:
            await self._change_place(place)

    async def _change_place(self, place: str) -> None:
        first = self.screen_stack[0]
        if isinstance(first, PlaceScreen):
            first.left()
        await self.switch_mode(place)

    def action_search(self) -> None:
        from nexus_tui.tui.search import SearchScreen

        self.push_screen(SearchScreen())

    def action_command_palette(self) -> None:
        from nexus_tui.tui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Choose one of all themes, those of Textual among them."""
        from nexus_tui.tui.of_screen import themes_to_pick
        from nexus_tui.tui.pick import PickScreen

        def picked(name: str | None) -> None:
            if name is not None:
                self.theme = name

        self.push_screen(PickScreen("Theme", themes_to_pick(self), self.theme, "use"), picked)

    def deliver_screenshot(
        self, filename: str | None = None, path: str | None = None, time_format: str | None = None
    ) -> str | None:
        """Write a picture of the screen, in a folder that is made where it is missing."""
        if path is None:
            from platformdirs import user_downloads_path

            with suppress(OSError):  # what cannot be written then is said
                user_downloads_path().mkdir(parents=True, exist_ok=True)
        return super().deliver_screenshot(filename, path, time_format)

    def action_news(self) -> None:
        from nexus_tui.tui.news import NewsScreen

        if self.desk is not None and not isinstance(self.screen, NewsScreen):
            self.push_screen(NewsScreen())

    def action_copy_page(self) -> None:
        from nexus_tui.tui.copying import text_of

        text = text_of(self.screen)
        self.copy_to_clipboard(text)
        lines = len(text.splitlines())
        self.notify(f"{counted(lines, 'line')} in the clipboard, if your terminal allows it.")

    def action_help(self) -> None:
        from nexus_tui.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def next_theme(self, step: int = 1) -> str:
        """The next of our themes; one that is none of ours comes back after the last of them."""
        if self.theme not in themes.OURS:
            self._not_ours = (self.theme,)
        names = (*themes.OURS, *self._not_ours)
        return names[(names.index(self.theme) + step) % len(names)]

    def action_theme(self) -> None:
        self.theme = self.next_theme()
        self.refresh_place()
        self.notify(f"Theme: {self.theme}", timeout=SHORT, markup=False)

    def action_help_quit(self) -> None:
        """Say how one quits: `ctrl+c` would be hit by mistake, too."""
        self.notify("q quits (ctrl+q while you type).", timeout=SHORT, markup=False)


def _own_pages(stack: Sequence[Screen[Any]], place: str) -> int:
    """How many screens, from the first page on, belong to `place` wherever they are opened."""
    own = takewhile(lambda page: isinstance(page, PlaceScreen) and place == page.PLACE, stack)
    return len(list(own))
