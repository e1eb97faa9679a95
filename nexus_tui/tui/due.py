"""What is due and why: every objective in the order in which a review asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.progress.store import StoreError
from nexus_tui.study.reviewing import next_review
from nexus_tui.study.why import whys_due
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.why import Why


class DueScreen(PlaceScreen):
    """A list; each entry opens with all its reasons."""

    NAME: ClassVar[str] = "What is due"
    ABOUT: ClassVar[str] = (
        "Everything that is due, in the order in which a review asks it, with the chance that "
        "you still know it, if you did. Open one for all its reasons, to suspend it or to "
        "put it off."
    )
    ASIDE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "review", "Start the review", show=False),
    ]

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="due")

    def show(self) -> None:
        head, rows = self.query_one("#head", Lines), self.query_one(Rows)
        if self.overview is None or self.desk is None:
            head.show(line(Part("What is due, and why", "bold"), right=[self.waiting]))
            return
        try:
            found = whys_due(self.desk, self.overview)
        except StoreError as error:
            head.show(line(Part("✗ not read: ", "bad-bold"), Part(str(error))))
            return
        asked = next_review(self.desk, self.overview).asked
        figure = f"the first {asked} of {len(found)}" if asked < len(found) else f"{len(found)}"
        head.show(line(Part("What is due, and why", "bold"), right=[Part(figure, "muted")]))
        if not found:
            text = "Nothing is due: what you know is not asked before you are about to forget it."
            rows.show([Row("none", (line(text),), fixed=True)])
            return
        rows.show([_row(one) for one in found])

    def hints(self) -> Sequence[Hint]:
        if not (self.overview and self.overview.due):
            return (BACK,)
        return (
            Hint("enter", "all reasons", "enter"),
            Hint("↑ ↓", "move", "down"),
            Hint("r", "start the review", "r"),
            BACK,
        )

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        opening.open_objective(self.nexus, event.row.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "review" and not (self.overview and self.overview.due):
            return False
        return super().check_action(action, parameters)

    async def action_review(self) -> None:
        if self.overview is not None and self.overview.due:
            await opening.start_session(self.nexus, "review")


def _row(why: Why) -> Row:
    chance = f"{round(100 * why.chance)} %" if why.chance is not None else ""
    lines: list[Line] = [
        line(Part(why.objective.text, "title"), right=[Part(chance, "figure")]),
        line(Part(f"{why.topic_title}. {why.sentences[0]}", "muted")),
    ]
    if why.objective.confident_error or why.objective.leech:
        lines.append(line(Part(why.sentences[-1], "muted")))
    return Row(why.objective.key, tuple(lines), after=1)
