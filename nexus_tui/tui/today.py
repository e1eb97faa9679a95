"""Today: what to do next, why, and how long it takes."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.learning import calendar
from nexus_tui.study.next_steps import Step, fitting, next_steps, welcome
from nexus_tui.tui import opening
from nexus_tui.tui.figures import MINUTES, forecast_lines, week_lines
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import RULE, Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from textual.widget import Widget

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview

    _Make = Callable[[Desk | None, Overview | None], Sequence[Step]]

_MANY = 15
"""What is due beyond it is not counted: a backlog is no debt."""
_VERB = 13
_ENTRIES, _WIDE_ENTRIES = 4, 6
"""Entries that are shown at most, by width."""
_KEYS = {
    "x": "The exam",
    "o": "Go on with the session you left",
    "r": "Start the review",
    "p": "Predict what code you wrote does",
    "c": "Read the lesson",
    "n": "Learn something new",
    "s": "Solve the stage",
    "w": "Drill the weakest objective",
    "f": "Find my level",
}
"""Key of an entry → what it does, as help says it."""
_COMMANDS = Hint("ctrl+p", "commands", "ctrl+p")
_QUIT = Hint("q", "quit", "q")
_SETTINGS = Hint(",", "settings", "comma")
_WELCOME = (
    "Learn backend engineering by doing it: read a little, answer from memory, "
    "repair real code. Nexus remembers what you knew and asks again before you "
    "would forget. Everything stays on this computer."
)

_WITHOUT_HISTORY = (
    Step("place:topics", "Read", "Topics and their lessons", "", "They need no history."),
    Step("place:library", "Look up", "The library", "", "Guides, cheat sheets, troubleshooting."),
)


class TodayScreen(PlaceScreen):
    """The first screen: it paints before anything is read."""

    PLACE: ClassVar[str] = "today"
    READS: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "What to do next, why, and how long it takes. An objective is one thing to know or to do: "
        "each is asked by itself, and again before you forget it. The streak counts days on which "
        "you answered, read something new or had a stage checked. A missed day pauses it, and the "
        "next day of learning goes on with it; only more than two weeks without any end it. "
        f"{MINUTES}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, f"step('{key}')", words, show=False) for key, words in _KEYS.items()),
        Binding("y", "due", "What is due, and why", show=False),
        Binding("comma", "settings", "Settings", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._first = ""
        """The entry that was first when they were shown last."""
        self._offered: Sequence[Step] = ()
        """The entries that are shown."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="entries")
        yield Lines(id="week", classes="column")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="forecast")
        yield Lines(id="why")

    @cached_property
    def _began_without(self) -> bool:
        """Was there no history when Nexus began? Opening it makes the file."""
        return not self.nexus.settings.database.path.exists()

    @property
    def _fresh(self) -> bool:
        """Is it the first day, as far as is known yet?"""
        overview = self.overview
        return overview.first_day if overview else self._began_without

    def show(self) -> None:
        overview = self.overview
        if self.nexus.failure:
            self._show_failed(overview)
        elif self._fresh:
            self._show_welcome(overview)
        else:
            self._show_day(overview)

    def _show_welcome(self, overview: Overview | None) -> None:
        self.query_one("#head", Lines).show(
            line(Part("Welcome to Nexus", "bold"), *_who(overview)),
            line(""),
            line(_WELCOME),
            *([line(""), *failure] if (failure := self._failure()) else []),
            *([line("")] if self.wide else []),
        )
        steps = self._steps(overview, welcome)
        rows = [
            Row(
                step.id,
                (
                    line(Part(step.title, "title"), right=_right(step)),
                    line(Part(step.reason, "muted")),
                ),
                after=1,
            )
            for step in steps
        ]
        self.query_one(Rows).show(rows, self._anew(steps))
        self.query_one("#week", Lines).show()
        self.query_one("#forecast", Lines).show()
        self.query_one("#why", Lines).show()

    def _show_day(self, overview: Overview | None) -> None:
        starts = self.nexus.settings.choices.day_starts
        day = overview.today if overview else calendar.day_of(self.nexus.clock(), starts=starts)
        date = f"{day:%A} {day.day} {day:%B}"
        right = [Part(overview.streak.words if overview else "", "muted")]
        self.query_one("#head", Lines).show(line(Part(date, "bold"), *_who(overview), right=right))
        gap = 2 if self.wide else 1
        steps = self._steps(overview)
        drawn = [_narrowed(step) if self.narrow else step for step in steps]
        self.query_one(Rows).show([_entry(step, gap) for step in drawn], self._anew(steps))
        week = week_lines(overview, narrow=self.narrow)
        self.query_one("#week", Lines).show(*self._failure(), RULE, Line(), *week)
        self.query_one("#forecast", Lines).show(*(forecast_lines(overview) if overview else ()))
        desk = self.desk
        why = _why_due(overview, desk.store.day_of) if overview and desk else ()
        self.query_one("#why", Lines).show(*why)

    def _anew(self, steps: Sequence[Step]) -> str | None:
        """Where the cursor goes: to the first entry, whenever that is another than before."""
        before, self._first = self._first, steps[0].id if steps else ""
        return self._first if self._first != before else None

    def _show_failed(self, overview: Overview | None) -> None:
        """What is wrong comes first and whole; what is possible stays below it."""
        what = "The content needs you" if self.desk is None else "Your history needs you"
        head = line(Part(what, "bold"), *_who(overview))
        self.query_one("#head", Lines).show(head, line(""), *self._failure(), line(""))
        steps = self._steps(overview) if self.desk is not None else ()
        self.query_one(Rows).show([_entry(step, 1) for step in steps])
        for place in ("#week", "#forecast", "#why"):
            self.query_one(place, Lines).show()

    def _steps(self, overview: Overview | None, make: _Make = next_steps) -> Sequence[Step]:
        """What to do next, each with its key from now on."""
        most = _WIDE_ENTRIES if self.wide else _ENTRIES
        self._offered = fitting(self._made(overview, make), most)
        return self._offered

    def _made(self, overview: Overview | None, make: _Make) -> Sequence[Step]:
        """Where the history cannot be read for it, the places."""
        if self.desk is None:
            return make(None, overview)
        from nexus_tui.progress.errors import StoreError

        try:
            return make(self.desk, overview)
        except StoreError as error:
            if self.nexus.failure is None:
                self.nexus.failure = str(error)
                self.call_after_refresh(self.refresh_view)
            return _WITHOUT_HISTORY

    def _failure(self) -> list[Line]:
        """What could not be opened, where it is seen and stays."""
        return [
            line(Part("? ", "strong"), Part(text, "muted"), indent=2) for text in self._notices()
        ]

    def _notices(self) -> list[str]:
        desk = self.desk
        texts = [self.nexus.failure] if self.nexus.failure else []
        texts += list(desk.notices) if desk else []
        return list(dict.fromkeys(texts))

    def hints(self) -> Sequence[Hint]:
        if self._fresh and not self.nexus.failure:
            return (
                Hint("enter", "begin", "enter"),
                Hint("↑ ↓", "choose", "down"),
                Hint("1 to 7", "go to a place", "2"),
                _QUIT,
                SEARCH,
                _COMMANDS,
                _SETTINGS,
            )
        return (
            Hint("enter", "start", "enter"),
            Hint("↑ ↓", "choose", "down"),
            SEARCH,
            _COMMANDS,
            _QUIT,
            _SETTINGS,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A key of an entry is there as long as the entry is."""
        if action == "step" and self._step(str(parameters[0])) is None:
            return False
        return super().check_action(action, parameters)

    def _step(self, key: str) -> Step | None:
        return next((step for step in self._offered if step.key == key), None)

    async def action_step(self, key: str) -> None:
        if (step := self._step(key)) is not None:
            await opening.open_step(self.nexus, step.id)

    def action_due(self) -> None:
        opening.open_due(self.nexus)

    def action_settings(self) -> None:
        opening.open_settings(self.nexus)

    @on(Lines.Clicked, "#week")
    def _notice_clicked(self, event: Lines.Clicked) -> None:
        """A notice that names a list leads to it."""
        from nexus_tui.study.news import SHOWN_BY

        notices = self._notices()
        if event.number < len(notices) and SHOWN_BY in notices[event.number]:
            opening.open_news(self.nexus)

    @on(Rows.Chosen)
    async def start(self, event: Rows.Chosen) -> None:
        await opening.open_step(self.nexus, event.row.id)


def _who(overview: Overview | None) -> list[Part]:
    """Whose history this is, where several learn here."""
    return [Part(f"  {overview.learner}", "muted")] if overview and overview.learner else []


def _right(step: Step) -> list[Part]:
    """How long it takes, and the key that starts it."""
    return [Part(step.figure, "figure"), Part(f"   {step.key or ' '}", "bold")]


def _narrowed(step: Step) -> Step:
    """That nothing is due, whole: when the next reviews are has no room beside it."""
    if step.id != "rest" or not step.figure:
        return step
    following = f"{step.figure[0].upper()}{step.figure[1:]}"
    return replace(step, figure="", reason=f"{following}. {step.reason}")


def _entry(step: Step, gap: int) -> Row:
    head = line(
        Part(step.verb.ljust(_VERB), "verb"),
        Part(step.title, "title"),
        right=_right(step),
        indent=_VERB,
    )
    reason = line(Part(" " * _VERB), Part(step.reason, "muted"), indent=_VERB)
    return Row(step.id, (head, reason), fixed=step.id == "rest", after=gap)


def _why_due(overview: Overview, day_of: Callable[[datetime], date]) -> list[Line]:
    """Which topics are due and why, in the words of the schedule."""
    due = overview.due
    if not due:
        return []
    words = {1: "Why this one"}.get(len(due), f"Why these {len(due)}")
    if len(due) > _MANY:
        words = "Why these are due"
    lines = [line(Part(words, "bold")), Line()]
    for title, count in overview.due_by_topic[:4]:
        late = [o for t in overview.topics.values() if t.row.title == title for o in t.objectives]
        oldest = min((o.due for o in late if o.is_due and o.due), default=None)
        days = (overview.today - day_of(oldest)).days if oldest else 0
        since = {0: "today", 1: "since yesterday"}.get(days, f"for {days} days")
        lines.append(line(f"{title}: {count} likely to be forgotten, due {since}."))
    return lines
