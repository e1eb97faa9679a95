"""Today: what to do next, why, and how long it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from nexus_tui.learning import calendar
from nexus_tui.study.next_steps import Step, next_steps, welcome
from nexus_tui.tui import opening
from nexus_tui.tui.figures import forecast_lines, week_lines
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import RULE, Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import Overview

_VERB = 13
_WELCOME = (
    "Learn backend engineering by doing it: read a little, answer from memory, "
    "repair real code. Nexus remembers what you knew and asks again before you "
    "would forget. Everything stays on this computer."
)


class TodayScreen(PlaceScreen):
    """The first screen: it paints before anything is read."""

    PLACE: ClassVar[str] = "today"
    ABOUT: ClassVar[str] = "What to do next, why, and how long it takes."

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="entries")
        yield Lines(id="week", classes="column")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="forecast")
        yield Lines(id="why")

    def show(self) -> None:
        overview = self.overview
        fresh = overview.first_day if overview else not self.nexus.settings.database.path.exists()
        if fresh:
            self._show_welcome(overview)
        else:
            self._show_day(overview)

    def _show_welcome(self, overview: Overview | None) -> None:
        self.query_one("#head", Lines).show(
            line(Part("Welcome to Nexus", "bold")), line(""), line(_WELCOME), line("")
        )
        steps = welcome(self.desk, overview)
        rows = [
            Row(
                step.id,
                (
                    line(Part(step.title, "title"), right=[Part(step.figure, "figure")]),
                    line(Part(step.reason, "muted")),
                ),
                after=1,
            )
            for step in steps
        ]
        self.query_one(Rows).show(rows)
        self.query_one("#week", Lines).show(*self._failure())
        self.query_one("#forecast", Lines).show()
        self.query_one("#why", Lines).show()

    def _show_day(self, overview: Overview | None) -> None:
        day = overview.today if overview else calendar.day_of(self.nexus.clock())
        date = f"{day:%A} {day.day} {day:%B}"
        right = [Part(overview.streak.words if overview else "–", "muted")]
        self.query_one("#head", Lines).show(line(Part(date, "bold"), right=right))
        gap = 2 if self.wide else 1
        self.query_one(Rows).show([_entry(step, gap) for step in next_steps(self.desk, overview)])
        self.query_one("#week", Lines).show(*self._failure(), RULE, Line(), *week_lines(overview))
        self.query_one("#forecast", Lines).show(*(forecast_lines(overview) if overview else ()))
        self.query_one("#why", Lines).show(*(_why_due(overview) if overview else ()))

    def _failure(self) -> list[Line]:
        """What could not be opened, where it is seen and stays."""
        desk = self.desk
        texts = [self.nexus.failure] if self.nexus.failure else []
        texts += list(desk.notices) if desk else []
        return [line(Part("? ", "strong"), Part(text, "muted"), indent=2) for text in texts]

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "start", "enter"),
            Hint("↑ ↓", "choose", "down"),
            SEARCH,
            Hint("ctrl+p", "commands", "ctrl+p"),
            Hint("q", "quit", "q"),
        )

    @on(Rows.Chosen)
    async def start(self, event: Rows.Chosen) -> None:
        await opening.open_step(self.nexus, event.row.id)


def _entry(step: Step, gap: int) -> Row:
    head = line(
        Part(step.verb.ljust(_VERB), "verb"),
        Part(step.title, "title"),
        right=[Part(step.figure, "figure")],
        indent=_VERB,
    )
    return Row(
        step.id,
        (head, line(Part(" " * _VERB), Part(step.reason, "muted"), indent=_VERB)),
        after=gap,
    )


def _why_due(overview: Overview) -> list[Line]:
    """Which topics are due and why, in the words of the schedule."""
    due = overview.due
    if not due:
        return []
    words = f"Why {'this one' if len(due) == 1 else f'these {len(due)}'}"
    lines = [line(Part(words, "bold")), Line()]
    for title, count in overview.due_by_topic[:4]:
        late = [o for t in overview.topics.values() if t.row.title == title for o in t.objectives]
        oldest = min((o.due for o in late if o.is_due and o.due), default=None)
        since = f"since {oldest:%A}" if oldest else "now"
        lines.append(line(f"{title}: {count} likely to be forgotten, due {since}."))
    return lines
