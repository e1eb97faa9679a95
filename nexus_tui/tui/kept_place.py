"""Where one was: kept when the app is left, so that the next start opens there.

It is no fact of the history: a small file of its own, and whatever is wrong with it, the app
opens on Today. So it does on a new day; the other places stand as they were left even then.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from nexus_tui import small_file
from nexus_tui.tui.widgets.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from textual.screen import Screen
    from textual.widget import Widget

    from nexus_tui.tui.app import NexusApp

_NAMES = frozenset(place for place, _ in PLACES)
_ANEW = "TodayScreen"
"""Its first entry is what to do now, whatever was chosen before."""


@dataclass
class KeptPlace:
    """The place, the step that opens the page in it, and how far each screen was scrolled."""

    place: str = "today"
    step: str = ""
    """What `opening.open_step` opens above the first page of the place; empty: nothing."""
    views: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Screen → widget → the row under its cursor, or the line at its top."""

    def note(self, screen: Screen[Any], key: str) -> None:
        """Remember the rows and the lines at which `screen` stands."""
        from nexus_tui.tui.reading import Page
        from nexus_tui.tui.widgets.rows import Rows

        found: dict[str, Any] = {}
        for widget in _lasting(screen):
            if isinstance(widget, Rows) and widget.row is not None:
                found[str(widget.id)] = widget.row.id
            elif isinstance(widget, Page):
                found[str(widget.id)] = widget.scroll_offset.y
        self.views[key] = found

    def put_back(self, screen: Screen[Any], key: str) -> bool:
        """Let a screen that opens for the first time begin where it stood, if that is known."""
        found = self.views.pop(key, {})
        if not found or key == _ANEW:  # nor is anything imported for it before the first paint
            return False
        from nexus_tui.tui.reading import Page
        from nexus_tui.tui.widgets.rows import Rows

        for widget in _lasting(screen):
            at = found.get(str(widget.id))
            if (isinstance(widget, Rows) and isinstance(at, str)) or (
                isinstance(widget, Page) and isinstance(at, int)
            ):
                widget.begin_at = at
        return True


def _lasting(screen: Screen[Any]) -> Iterable[Widget]:
    return (widget for widget in screen.query("Rows, Page") if widget.id)


def path_in(data: Path) -> Path:
    """Where the file of a data directory is."""
    return data / "place.json"


def read(data: Path, learner: str, day: date) -> KeptPlace:
    """Where `learner` was; Today where that is not known, or was another day."""
    try:
        found = small_file.read(path_in(data))
        kept = KeptPlace(found["place"], found["step"], found["views"])
        whole = isinstance(kept.step, str) and isinstance(kept.views, dict)
        whole = whole and all(isinstance(view, dict) for view in kept.views.values())
        if found["learner"] == learner and kept.place in _NAMES and whole:
            today = found["day"] == day.isoformat()
            return kept if today else KeptPlace(views=kept.views)
    except (TypeError, KeyError):
        pass
    return KeptPlace()


def write(data: Path, learner: str, day: date, kept: KeptPlace) -> None:
    """Keep where `learner` is, in one step; where that is not possible, it is not kept."""
    where = {"place": kept.place, "step": kept.step, "views": kept.views}
    said = {"learner": learner, "day": day.isoformat(), **where}
    small_file.write(path_in(data), said)


# ---------------------------------------------------------------- the app


async def go_back_to(app: NexusApp) -> None:
    """Open what was left, unless the learner went somewhere already."""
    from nexus_tui.tui import opening
    from nexus_tui.tui.place import PlaceScreen

    desk = app.desk
    if desk is None:
        return
    store = desk.store
    app.kept = kept = read(app.settings.data.path, store.learner, store.day_of(app.clock()))
    screen = app.screen
    if isinstance(screen, PlaceScreen) and kept.put_back(screen, screen.kept_as):
        screen.refresh_view()
    moved = app.current_mode != app.DEFAULT_MODE or len(app.screen_stack) > 1
    # While an exam's time runs, Today, which says so first, is where that is gone on with.
    if moved or app.wanted is not None or desk.exam() is not None:
        return
    if kept.place != app.DEFAULT_MODE:
        await app.action_go(kept.place)
    if kept.step and opening.is_there(desk, kept.step):
        await opening.open_step(app, kept.step)


def keep(app: NexusApp) -> None:
    """Keep where the learner is now."""
    from nexus_tui.tui.place import PlaceScreen

    if app.desk is None or app.desk.failure is not None:
        return
    kept = app.kept
    kept.place, kept.step = app.current_mode, ""
    for stack in app._screen_stacks.values():
        for screen in stack:
            if isinstance(screen, PlaceScreen) and (screen.step or screen is stack[0]):
                kept.note(screen, screen.kept_as)
    for screen in app.screen_stack:
        if isinstance(screen, PlaceScreen) and screen.step:
            kept.step = screen.step
    store = app.desk.store
    write(app.settings.data.path, store.learner, store.day_of(app.clock()), kept)
