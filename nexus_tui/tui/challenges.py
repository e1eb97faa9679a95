"""Challenges: four real failures, each repaired in stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from nexus_tui.text import clean
from nexus_tui.tui import opening
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget


class ChallengesScreen(PlaceScreen):
    """The list; a challenge opens with its story and its ladder of stages."""

    PLACE: ClassVar[str] = "challenges"
    ABOUT: ClassVar[str] = (
        "Four real failures, each repaired in stages. Their story is here to read; "
        "running your code on them comes with a later version."
    )

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="list")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="ladder")

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        if self.desk is None:
            head.show(line(Part("Challenges", "bold"), right=[self.waiting]))
            return
        challenges = self.desk.catalog.challenges()
        stages = sum(len(c.model.stages) for c in challenges)
        figure = f"{len(challenges)} challenges · {stages} stages"
        head.show(line(Part("Challenges", "bold"), right=[Part(figure, "muted")]))
        self.query_one(Rows).show(
            [
                Row(
                    challenge.key,
                    (
                        line(
                            Part(challenge.model.title, "title"),
                            right=[
                                Part(
                                    f"{len(challenge.model.stages)} stages · "
                                    f"{sum(s.minutes for s in challenge.model.stages)} min",
                                    "figure",
                                )
                            ],
                        ),
                        line(Part(clean(challenge.model.summary), "muted")),
                    ),
                    after=1,
                )
                for challenge in challenges
            ]
        )
        self._ladder()

    @on(Rows.Moved)
    def _ladder(self) -> None:
        row = self.query_one(Rows).row
        if self.desk is None or row is None:
            return
        found = next((c for c in self.desk.catalog.challenges() if c.key == row.id), None)
        lines: list[Line] = [line(Part("Stages", "bold")), Line()] if found else []
        lines += [
            line(
                Part("○ ", "muted"),
                Part(stage.title),
                right=[Part(f"{stage.minutes} min", "muted")],
                indent=2,
            )
            for stage in (found.model.stages if found else ())
        ]
        self.query_one("#ladder", Lines).show(*lines)

    def hints(self) -> Sequence[Hint]:
        return (Hint("enter", "read", "enter"), Hint("↑ ↓", "choose", "down"), SEARCH)

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        await opening.open_challenge(self.nexus, event.row.id)
