"""Review: what is due now, or what else there is to do when nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.study.next_steps import Step, after_review, next_reviews
from nexus_tui.study.reviewing import named_topics, next_review
from nexus_tui.tui import opening
from nexus_tui.tui.figures import forecast_lines
from nexus_tui.tui.place import BACK, SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import Overview


class ReviewScreen(PlaceScreen):
    """The way into a session."""

    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = (
        "What you are about to forget, most likely forgotten first, at most as "
        "many at a time as your settings say."
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "due", "What is due, and why", show=False),
        Binding("x", "exam", "Take an exam, or see earlier ones", show=False),
        Binding("f", "level", "Find my level", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._first = ""
        """The entry that was first when they were shown last: another one gets the cursor."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="entries")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="forecast")

    def show(self) -> None:
        head, entries = self.query_one("#head", Lines), self.query_one(Rows)
        overview, desk = self.overview, self.desk
        if overview is None or desk is None:
            head.show(line(Part("Review", "bold"), right=[self.waiting]))
            return
        steps = after_review(desk, overview)
        if overview.due:
            found = next_review(desk, overview)
            about = [Part(f"about {found.minutes} min", "muted")]
            head.show(line(Part(found.title, "bold"), right=about))
            topics = f"{named_topics(overview.due_by_topic)}. Most likely forgotten first."
            review = Step(
                "review",
                "Review",
                "Start the review",
                f"{found.minutes} min",
                f"{topics} {found.later}".rstrip(),
            )
            left = [step for step in steps if step.id in {"exam", "resume"}]
            steps = (*left, review, *(step for step in steps if step not in left))
        else:
            head.show(*_nothing_due(overview))
        before, self._first = self._first, steps[0].id if steps else ""
        rows = [_row(step, 2 if self.wide else 1) for step in steps]
        entries.show(rows, self._first if before and self._first != before else None)
        self.query_one("#forecast", Lines).show(*forecast_lines(overview))

    def hints(self) -> Sequence[Hint]:
        due = self.overview is not None and self.overview.due
        why = (Hint("y", "why due", "y"),) if due else ()
        move = Hint("↑ ↓", "choose", "down")
        exam = Hint("x", "exam", "x")
        level = Hint("f", "find my level", "f")
        return (Hint("enter", "start", "enter"), move, *why, exam, level, SEARCH, BACK)

    async def action_exam(self) -> None:
        if self.desk is not None:
            await opening.open_exam(self.nexus)

    def action_level(self) -> None:
        opening.open_placement(self.nexus)

    def action_due(self) -> None:
        opening.open_due(self.nexus)

    @on(Rows.Chosen)
    async def start(self, event: Rows.Chosen) -> None:
        await opening.open_step(self.nexus, event.row.id)


def _nothing_due(overview: Overview) -> list[Line]:
    """A fact, and one reason."""
    reason = (
        "A review too early teaches little, so Nexus waits until you are about to forget."
        if overview.answers
        else "Reviews begin once you have answered the first questions of a topic."
    )
    head = line(Part("Nothing is due", "bold"), right=[Part(next_reviews(overview), "muted")])
    return [head, Line(), line(reason), Line()]


def _row(step: Step, gap: int) -> Row:
    head = line(Part(step.title, "title"), right=[Part(step.figure, "figure")])
    return Row(step.id, (head, line(Part(step.reason, "muted"))), after=gap)
