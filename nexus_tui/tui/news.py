"""What changed in the content since the learner answered or tried it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work

from nexus_tui.progress.errors import StoreError
from nexus_tui.study import news
from nexus_tui.text import unticked
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

_NONE = "All that you answered and every stage that you tried is as it was then."


class NewsScreen(PlaceScreen):
    """The questions by topic, then the stages; enter opens the topic, or the stage."""

    NAME: ClassVar[str] = "What changed"
    ASIDE: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "Questions and stages that are not as they were when you answered or tried them last: "
        "the content was mended or renewed since. Your answers and passes stay, and what you "
        "remember is kept by objective, so nothing falls due by this."
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[news.Changed] | None = None
        self._failed = ""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="changed")

    def on_mount(self) -> None:
        self._look()

    @work(thread=True, exclusive=True, group="news")
    def _look(self) -> None:
        if self.desk is None:
            return
        try:
            found: Sequence[news.Changed] = news.changed(self.desk)
        except StoreError as error:
            self._failed, found = str(error), ()
        self.app.call_from_thread(self._show_found, found)

    def _show_found(self, found: Sequence[news.Changed]) -> None:
        self._found = found
        self.refresh_view()

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        title = Part("What changed since you answered or tried it", "bold")
        if self._failed:
            head.show(line(title), line(Part("✗ not read: ", "bad-bold"), Part(self._failed)))
            return
        if self._found is None:
            head.show(line(title, right=[self.waiting]))
            return
        head.show(line(title, right=[Part(str(len(self._found)), "muted")]))
        rows = [_row(one) for one in self._found]
        self.query_one(Rows).show(rows or [Row("none", (line(_NONE),), fixed=True)])

    def hints(self) -> Sequence[Hint]:
        if not self._found:
            return (BACK,)
        return (Hint("enter", "open", "enter"), Hint("↑ ↓", "move", "down"), BACK)

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        key = event.row.id
        topic = key.rpartition("/")[0]
        if key.startswith(news.STAGE):
            await opening.open_step(self.nexus, key)
        elif self.overview is not None and topic in self.overview.topics:
            opening.open_topic(self.nexus, topic, tab="quiz")


def _row(one: news.Changed) -> Row:
    gone = one.revision == news.GONE
    done = "Checked" if one.of_stage else "Answered"
    said = "It is there no more." if one.of_stage else "It is not asked any more."
    if one.text:
        said = unticked(" ".join(one.text.strip().split("\n\n")[0].split()))
        said = f"Stage: {said}." if one.of_stage else said
    right = [Part("? gone" if gone else "changed", "figure")]
    day = f"{one.day.day} {one.day:%B}"
    head = line(Part(one.title, "title"), right=right)
    return Row(one.key, (head, line(Part(f"{said} {done} on {day}.", "muted"))), after=1)
