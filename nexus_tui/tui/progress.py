"""Progress: mastery by track, the week, what falls due, how well you judge yourself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from nexus_tui.learning import calibration
from nexus_tui.progress.store import StoreError
from nexus_tui.study import choosing
from nexus_tui.tui import opening
from nexus_tui.tui.figures import bar, forecast_lines, week_lines
from nexus_tui.tui.load import load_lines
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import Overview, TrackState

_NAME = 15
_FIGURES = 20
_CERTAINTY = ("sure", "unmarked", "guessed")


class ProgressScreen(PlaceScreen):
    """Two pages at 80 columns (tracks, days); both panes from 110."""

    PLACE: ClassVar[str] = "progress"
    ABOUT: ClassVar[str] = (
        "What you have mastered, when you learned, and what falls due. A topic is "
        "mastered when each of its objectives was right on three days, the last a week "
        "after the first."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "page", "The other page", show=False, priority=True),
        Binding("w", "drill", "Drill the weakest objective", show=False),
        Binding("y", "due", "What is due, and why", show=False),
        Binding("t", "text", "The next 30 days as text", show=False),
        Binding("x", "exam", "Take an exam, or see earlier ones", show=False),
        Binding("comma", "settings", "Settings of reviewing", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._second = False
        self._as_text = False
        self._load: tuple[Overview, tuple[int, ...], tuple[int, ...]] | None = None
        """The next 30 days as they followed from an overview: known, and with new ones."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield VerticalScroll(Rows(id="tracks"), Lines(id="days", classes="column"), id="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="forecast")
        yield Lines(id="said")
        yield Lines(id="weakest")

    def show(self) -> None:
        head, tracks = self.query_one("#head", Lines), self.query_one(Rows)
        days = self.query_one("#days", Lines)
        overview = self.overview
        if overview is None:
            head.show(line(Part("Progress", "bold"), right=[self.waiting]))
            return
        head.show(self._heading(overview))
        tracks.display = self.wide or not self._second
        width = max(10, (74 if self.wide else self.size.width - 5) - _NAME - _FIGURES - 2)
        tracks.show([_track_row(track, width) for track in overview.tracks])
        if self._load is None or self._load[0] is not overview:
            self._reckon(overview)
        week = [*week_lines(overview), Line(), *_sums(overview), Line(), *self._next(overview)]
        if self.wide:
            lines = [Line(), *week]
        elif self._second:
            lines = week
        else:
            lines = [Line(), *_said(overview, min(60, self.size.width - 6), spacious=False)]
        days.show(*lines)
        self.query_one("#forecast", Lines).show(*forecast_lines(overview))
        self.query_one("#said", Lines).show(*_said(overview, 28))
        self.query_one("#weakest", Lines).show(*_weakest(overview))
        if tracks.display:
            tracks.focus()
        else:
            self.query_one("#page").focus()

    def _heading(self, overview: Overview) -> Line:
        """The names of the pages, or of the one page, and how much is mastered."""
        figure = Part(f"{overview.mastered} of {len(overview.topics)} topics mastered", "muted")
        if self.wide:
            return line(Part("Mastery by track", "bold"), right=[figure])
        tokens = ("muted", "underline") if self._second else ("underline", "muted")
        names = (Part("Mastery", tokens[0]), Part("   "), Part("Days", tokens[1]))
        return line(*names, right=[figure])

    def _next(self, overview: Overview) -> list[Line]:
        """The next 30 days; as they were reckoned last, until they are reckoned anew."""
        known, learning = self._load[1:] if self._load else (None, ())
        easy = self.nexus.settings.choices.easy_days
        return load_lines(known, learning, overview.today, easy, as_text=self._as_text)

    @work(thread=True, exclusive=True, group="load", exit_on_error=False)
    def _reckon(self, overview: Overview) -> None:
        """In a thread: FSRS is imported for it, and hundreds of reviews are played through."""
        desk = self.desk
        if desk is None:
            return
        try:
            known, learning = choosing.forecasts(desk, overview)
        except StoreError:
            return  # the overview itself says what is wrong with the history
        self.app.call_from_thread(self._reckoned, overview, known, learning)

    def _reckoned(
        self, overview: Overview, known: tuple[int, ...], learning: tuple[int, ...]
    ) -> None:
        self._load = (overview, known, learning)
        if self.overview is overview:
            self.refresh_view()

    def hints(self) -> Sequence[Hint]:
        page = () if self.wide else (Hint("tab", "next page", "tab"),)
        drill: tuple[Hint, ...] = ()
        if self.overview is not None and self.overview.weakest is not None:
            drill = (Hint("w", "drill the weakest", "w"),)
        why: tuple[Hint, ...] = ()
        if self.overview is not None and self.overview.due:
            why = (Hint("y", "why due", "y"),)
        text = (Hint("t", "as text", "t"),) if self.wide or self._second else ()
        settings = Hint(",", "settings", "comma")
        main = (Hint("enter", "open the track", "enter"),) if self.wide or not self._second else ()
        exam = Hint("x", "exams", "x")
        return (*main, *page, *why, *text, *drill, settings, exam, SEARCH)

    def action_page(self) -> None:
        self._second = not self._second and not self.wide
        self.refresh_view()

    async def action_exam(self) -> None:
        if self.desk is not None:
            await opening.open_exam(self.nexus)

    def action_due(self) -> None:
        opening.open_due(self.nexus)

    def action_text(self) -> None:
        self._as_text = not self._as_text
        self.refresh_view()

    def action_settings(self) -> None:
        opening.open_settings(self.nexus)

    async def action_drill(self) -> None:
        if self.overview is not None and self.overview.weakest is not None:
            await opening.start_session(self.nexus, "drill", self.overview.weakest.key)

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        await self.nexus.action_go("topics")
        screen = self.app.screen
        unfold = getattr(screen, "unfold", None)
        if unfold is not None:
            unfold(event.row.id)


def _track_row(track: TrackState, width: int) -> Row:
    count = len(track.topics)
    full, rest = bar(track.mastered / max(1, count), width)
    figure = f"{track.mastered:>4} of {count}"
    due = f"{track.due} due" if track.due else ""
    token = "text" if track.mastered else "muted"
    head = line(
        Part(track.row.title.ljust(_NAME), "title"),
        full,
        rest,
        Part(figure.ljust(12), token),
        Part(due, "strong"),
    )
    return Row(track.row.id, (head,))


def _sums(overview: Overview) -> list[Line]:
    days = sum(1 for day in overview.week if day.answers)
    share = (
        f", {round(100 * overview.right / overview.answers)} % right" if overview.answers else ""
    )
    asked = sum(t.asked for t in overview.topics.values())
    total = sum(len(t.objectives) for t in overview.topics.values())
    answers = "1 answer" if overview.answers == 1 else f"{overview.answers} answers"
    return [
        line(Part("Answers", "bold"), right=[Part(overview.streak.words, "muted")]),
        line(
            f"{answers}{share}. {asked} of {total} objectives asked, {len(overview.due)} due now."
        ),
        line(Part(f"This week you answered on {days} of 7 days.", "muted")),
    ]


def _said(overview: Overview, width: int, *, spacious: bool = True) -> list[Line]:
    """How often each kind of certainty was right."""
    lines = [line(Part("Right, by what you said", "bold")), *([Line()] if spacious else [])]
    for name in _CERTAINTY:
        right, asked = overview.certainty.get(name, (0, 0))
        if not asked:
            lines.append(line(Part(name.ljust(10), "muted"), Part("not yet", "muted")))
            continue
        full, rest = bar(right / asked, max(6, width - 26))
        share = f" {round(100 * right / asked):>3} %"
        lines.append(
            line(
                Part(name.ljust(10)),
                full,
                rest,
                Part(share, "bold"),
                Part(f"  {right} of {asked}", "muted"),
            )
        )
    blank = [Line()] if spacious else []
    return [*lines, *blank, line(Part(calibration.sentence(overview.certainty), "muted"))]


def _weakest(overview: Overview) -> list[Line]:
    weak = overview.weakest
    lines = [line(Part("Weakest", "bold")), Line()]
    if weak is None:
        return [*lines, line(Part("No objective was missed often.", "muted"))]
    return [*lines, line(weak.text), line(Part(f"right {weak.right} of {weak.asked}", "muted"))]
