"""Challenges: real failures, each repaired in stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from nexus_tui.text import clean, counted
from nexus_tui.tui import opening
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.catalog.catalog import ChallengeView


class ChallengesScreen(PlaceScreen):
    """The list; a challenge opens with its story and its ladder of stages."""

    PLACE: ClassVar[str] = "challenges"
    ABOUT: ClassVar[str] = (
        "Real failures, each repaired in stages: your code is run, and every requirement that "
        "it does not meet says what was observed and what expected."
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
        figure = f"{counted(len(challenges), 'challenge')} · {counted(stages, 'stage')}"
        head.show(line(Part("Challenges", "bold"), right=[Part(figure, "muted")]))
        self.query_one(Rows).show(
            [
                Row(
                    challenge.key,
                    (
                        line(
                            Part(challenge.model.title, "title"),
                            right=[Part(self._figure(challenge), "figure")],
                        ),
                        line(Part(clean(challenge.model.summary), "muted")),
                    ),
                    after=1,
                )
                for challenge in challenges
            ]
        )
        self._ladder()

    def _figure(self, challenge: ChallengeView) -> str:
        """Stages passed and in all, and minutes."""
        assert self.desk is not None
        rows, stages = self.desk.store.stages(), challenge.model.stages
        kept = [rows.get(f"{challenge.key}/{stage.id}") for stage in stages]
        passed = sum(row is not None and row.passed is not None for row in kept)
        said = f"{passed} of {len(stages)} passed" if any(kept) else counted(len(stages), "stage")
        return f"{said} · {sum(stage.minutes for stage in stages)} min"

    @on(Rows.Moved)
    def _ladder(self) -> None:
        row = self.query_one(Rows).row
        if self.desk is None or row is None:
            return
        found = next((c for c in self.desk.catalog.challenges() if c.key == row.id), None)
        lines: list[Line] = [line(Part("Stages", "bold")), Line()] if found else []
        rows = self.desk.store.stages()
        for stage in found.model.stages if found else ():
            key = f"{row.id}/{stage.id}"
            kept = rows.get(key)
            passed = kept is not None and kept.passed is not None
            mark = "●" if passed else "◐" if kept else "○"
            figure = "passed" if passed else f"{stage.minutes} min"
            left, right = (Part(f"{mark} ", "muted"), Part(stage.title)), [Part(figure, "muted")]
            lines.append(line(*left, right=right, indent=2, opens=f"stage:{key}"))
        self.query_one("#ladder", Lines).show(*lines)

    def hints(self) -> Sequence[Hint]:
        return (Hint("enter", "open", "enter"), Hint("↑ ↓", "choose", "down"), SEARCH)

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        await opening.open_challenge(self.nexus, event.row.id)
