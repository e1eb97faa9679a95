"""A tour of two minutes: a few words over each real screen, left by any of the leaving keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical

from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import RULE, Line, Lines, Part, line
from nexus_tui.tui.widgets.places import PLACES, Places

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from nexus_tui.tui.app import NexusApp


class Stop(NamedTuple):
    """A place, and what is said of it."""

    place: str
    title: str
    words: str


STOPS = (
    Stop(
        "today",
        "Today",
        "What to do next, with the reason and the minutes; enter starts the entry under the "
        "cursor. 1 to 7 lead to the seven places, at the page of each that you left; a second "
        "press leads to its first page.",
    ),
    Stop(
        "topics",
        "Topics",
        "Lessons by track, each with its quiz, cheat sheet and troubleshooting. Nothing is "
        "locked: what comes after another topic only says so. f shows fewer, Q asks.",
    ),
    Stop(
        "challenges",
        "Challenges",
        "Repair real code in stages of 10 to 30 minutes. e opens your editor, r or saving runs "
        "the checks; each says what it saw and what it wants.",
    ),
    Stop(
        "checklists",
        "Checklists",
        "What a project needs before it is shipped. Space ticks an item with a note that says "
        "how you know; what is unknown is never green.",
    ),
    Stop(
        "review",
        "Review",
        "What you are about to forget is asked here, a few minutes a day. Say with s or g whether "
        "you are sure or guess: it decides when a question comes again.",
    ),
    Stop(
        "progress",
        "Progress",
        "What you mastered and began of each track, what is coming, and where your feeling "
        "misleads you. A comma opens the settings.",
    ),
    Stop(
        "library",
        "Library",
        "Everything to look up. / searches all of it, ctrl+p finds every command, and ? lists the "
        "keys of the screen you are on. That is all you need.",
    ),
)


class _Places(Places):
    """The seven places, a click on which ends the tour there."""

    def chosen(self, place: str) -> None:
        self.app.call_later(self.screen.run_action, f"leave('{place}')")


class TourScreen(Modal[None]):
    """What is said of one place; enter goes on, everything that leaves ends the tour."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,right,l,n", "step(1)", "Next place", show=False),
        Binding("left,h,p", "step(-1)", "The place before", show=False),
        Binding("escape,backspace,q", "dismiss", "End the tour", show=False),
        *(
            Binding(str(number), f"leave('{place}')", "End the tour there", show=False)
            for number, (place, _) in enumerate(PLACES, 1)
        ),
    ]

    def __init__(self, number: int = 0) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        stop = STOPS[self._number]
        count = f"stop {self._number + 1} of {len(STOPS)}"
        yield _Places(stop.place)
        with Vertical(id="tour"):
            yield Lines(
                RULE,
                Line(),
                line(Part(stop.title, "bold"), right=[Part(count, "muted")]),
                line(stop.words),
                classes="column",
            )
        yield Hints()

    def on_mount(self) -> None:
        last = self._number + 1 == len(STOPS)
        self.query_one(Hints).show(
            (
                Hint("enter", "done" if last else "next", "enter"),
                *((Hint("←", "before", "left"),) if self._number else ()),
                Hint("esc", "end the tour", "escape"),
            )
        )

    def action_step(self, step: int) -> None:
        from nexus_tui.tui.app import NexusApp

        app, number = self.app, self._number + step
        assert isinstance(app, NexusApp)
        if number < 0:
            return
        if number < len(STOPS):
            app.call_later(partial(self._go_on, app, number))
        else:
            self.dismiss()
            app.call_later(partial(app.action_go, app.DEFAULT_MODE))

    async def _go_on(self, app: NexusApp, number: int) -> None:
        """To another stop; the page of its place is drawn with what is said of it."""
        if app.screen is self:
            with app.batch_update():
                await self.dismiss()
                await show(app, number)

    def action_leave(self, place: str) -> None:
        self.dismiss()
        self.app.call_later(partial(self.app.run_action, f"app.go('{place}')"))


async def show(app: NexusApp, number: int = 0) -> None:
    """Go to the first page of the place of a stop, and say what it is for."""
    await app.go_to_first_page(STOPS[number].place)
    await app.push_screen(TourScreen(number))
