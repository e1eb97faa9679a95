"""Find my level: what it is, the questions, and what is concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widgets import Input

from nexus_tui.learning.placement import MINUTES, MOST, Standing
from nexus_tui.progress import papers
from nexus_tui.progress.store import StoreError
from nexus_tui.study import exam_report, exams, placing
from nexus_tui.text import counted
from nexus_tui.tui import opening
from nexus_tui.tui.paper import PaperScreen
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.answers import LEAVE, Answer
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.progress.papers import EndedPlacement
    from nexus_tui.study.placing import Placed, Placing

_ABOUT = (
    "At most 25 questions that adapt to your answers. If you know a topic, what it builds on "
    "counts as known, too, unless you missed it before; if you do not, what builds on it counts as "
    "not known yet. What you know is credited, never mastered: it is asked once in about a week, "
    "to make sure. You can take it again."
)
_STATES = {
    Standing.KNOWN: Part("✓ credited", "ok"),
    Standing.NEW: Part("○ new to you", "muted"),
    Standing.OPEN: Part("? not settled", "strong"),
}


class PlacementScreen(PlaceScreen):
    """What it can ask about, said honestly; begin, go on, or look at what was concluded."""

    NAME: ClassVar[str] = "Find my level"
    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = _ABOUT
    ASIDE: ClassVar[bool] = False

    def __init__(self) -> None:
        super().__init__()
        self._ended: dict[str, EndedPlacement] = {}
        self._left = False
        """Is there one to go on with?"""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="placement")
        yield Lines(id="failed", classes="column")

    def show(self) -> None:
        head, desk = self.query_one("#head", Lines), self.desk
        title = Part("Find my level", "bold")
        if desk is None:
            head.show(line(title, right=[self.waiting]))
            return
        figure = Part(f"about {MINUTES} min", "muted")
        scope = placing.scope(desk)
        head.show(line(title, right=[figure]), Line(), line(_ABOUT), Line(), line(scope), Line())
        self.query_one("#failed", Lines).show(*self.not_saved)
        try:
            left = placing.left_over(desk)
            self._left = left is not None
            self._ended = {one.id: one for one in papers.placements(desk.store)}
        except StoreError as error:
            head.show(line(Part("✗ not read: ", "bad-bold"), Part(str(error))))
            return
        rows = []
        if exams.askable(desk):
            words = ("Begin", f"At most {MOST} questions; fewer when all is settled before.")
            if left is not None:
                words = ("Go on", f"{len(left.answers)} answered.")
            rows.append(_row("begin", *words))
        rows += [
            _row(f"ended:{one.id}", f"What was concluded on {one.day.day} {one.day:%B %Y}", summary)
            for one in self._ended.values()
            if (summary := placing.in_short(placing.placed(desk, one)))
        ]
        self.query_one(Rows).show(rows)

    def hints(self) -> Sequence[Hint]:
        row = self.query_one(Rows).row
        verb = "open"
        if row is not None and row.id == "begin":
            verb = "go on" if self._left else "begin"
        return (Hint("enter", verb, "enter"), Hint("↑ ↓", "move", "down"), BACK)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_hints()

    @on(Rows.Chosen)
    async def _choose(self, event: Rows.Chosen) -> None:
        assert self.desk is not None
        if event.row.id != "begin":
            ended = self._ended[event.row.id.partition(":")[2]]
            self.app.push_screen(PlacedScreen(ended))
            return
        try:
            found = placing.begin(self.desk)
        except StoreError as error:
            self.not_saved = (line(Part("✗ not begun: ", "bad-bold"), Part(str(error))),)
            self.refresh_view()
            return
        if found is not None:
            await self.app.push_screen(PlacingScreen(found))


def _row(id: str, title: str, reason: str) -> Row:
    return Row(id, (line(Part(title, "title")), line(Part(reason, "muted"))), after=1)


class PlacingScreen(PaperScreen):
    """One question after the other; how it goes is said at the end."""

    NAME: ClassVar[str] = "Find my level"
    ABOUT: ClassVar[str] = _ABOUT
    NOTHING: ClassVar[str] = "an answer first, or tab"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "confirm", "Keep the answer, then the next question", show=False),
        Binding("tab", "unknown", "I do not know", show=False, priority=True),
    ]

    def __init__(self, sitting: Placing) -> None:
        super().__init__()
        self._sitting = sitting

    def opened(self) -> None:
        self.open_question()

    @work(exclusive=True, group="ask")
    async def _open(self) -> None:
        """The next question, or what follows from all of them."""
        self._asked = self._sitting.asked()
        if self._asked is None:
            self._ready = True
            self._end()
            return
        await self.put(self._asked)
        self.refresh_view()

    def show(self) -> None:
        done = len(self._sitting.answers)
        self.progress(done / MOST)
        right = Part(self.note, "strong") if self.note else Part(f"at most {MOST}", "muted")
        self.query_one("#head", Lines).show(
            line(
                Part(f"Question {done + 1}", "bold"),
                Part("" if self.note else " · find my level", "muted"),
                right=[right],
            )
        )

    def hints(self) -> Sequence[Hint]:
        back = LEAVE if self.typing else Hint("esc", "later", "escape", stays=True)
        save, *own = self.keeping()
        return (save, Hint("tab", "I do not know", "tab"), *own, back, *self.besides())

    @on(Answer.Confirmed)
    @on(Input.Submitted)
    def action_confirm(self) -> None:
        self._take(known=True)

    def action_unknown(self) -> None:
        self._take(known=False)

    def _take(self, *, known: bool) -> None:
        if self._busy or not self._ready:
            return
        if self._asked is None:
            self._end()
        elif not (known and self.action_type_on()):
            self._busy = True
            self._keep(known=known)

    @work(group="keep")
    async def _keep(self, *, known: bool) -> None:
        """Keep the answer, wait until it is on disk, then go on."""
        answer = self.answer
        assert answer is not None
        again = "Nothing was recorded; enter tries again."
        try:
            response = self.taken(answer) if known else None
            if known and response is None:
                return
            answer.hold()
            try:
                write = self._sitting.answer(response)
            except StoreError as error:
                answer.release()
                self.say_not_saved(str(error), again)
                return
            fact = await self.kept(write, again)
            if fact is None:
                answer.release()
                return
        finally:
            self._busy = False
        self._sitting.answered(fact)
        self.open_question()

    def _end(self) -> None:
        try:
            ended = self._sitting.end()
        except StoreError as error:
            rest = "Every answer is kept; enter tries again."
            self.say_not_saved(str(error), rest)
            return
        self.nexus.reread()
        self.app.switch_screen(PlacedScreen(ended))


class PlacedScreen(PlaceScreen):
    """Each topic with what was concluded and why."""

    NAME: ClassVar[str] = "My level"
    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = _ABOUT
    ASIDE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "review", "Go through the questions", show=False),
    ]

    def __init__(self, ended: EndedPlacement) -> None:
        super().__init__()
        self._ended = ended

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="placed")

    def show(self) -> None:
        desk, ended = self.desk, self._ended
        if desk is None:
            return
        found = placing.placed(desk, ended)
        count = len(ended.result.answers)
        questions = counted(count, "question")
        self.query_one("#head", Lines).show(
            line(Part("Your level", "bold"), right=[Part(questions, "muted")]),
            Line(),
            line(placing.in_short(found)),
        )
        rows: list[Row] = []
        track = None
        for one in found:
            if one.track != track:
                blank = (Line(),) if track is not None else ()
                track = one.track
                heading = (*blank, line(Part(track, "bold")))
                rows.append(Row(f"track:{track}", heading, fixed=True))
            rows.append(_placed_row(one))
        self.query_one(Rows).show(rows)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "the topic", "enter"),
            Hint("r", "the questions", "r"),
            Hint("↑ ↓", "move", "down"),
            BACK,
        )

    @on(Rows.Chosen)
    def _choose(self, event: Rows.Chosen) -> None:
        opening.open_topic(self.nexus, event.row.id)

    def action_review(self) -> None:
        from nexus_tui.tui.paper_review import PaperReviewScreen

        if self.desk is not None:
            found = exam_report.of_placement(self.desk, self._ended)
            if found:
                self.app.push_screen(PaperReviewScreen(found))


def _placed_row(one: Placed) -> Row:
    head = line(Part(one.row.title, "title"), right=[_STATES[one.standing]])
    return Row(one.row.key, (head, line(Part(one.why, "muted"))))
