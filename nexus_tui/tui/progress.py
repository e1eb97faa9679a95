"""Progress: what is mastered, the year, how well you answer and remember, and what is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from nexus_tui.learning.weakness import RULE
from nexus_tui.progress.store import StoreError
from nexus_tui.study.figures import TITLES, Figure, figures
from nexus_tui.text import counted
from nexus_tui.tui import charts, opening, plots
from nexus_tui.tui.figures import MINUTES, forecast_lines, opening_due
from nexus_tui.tui.place import SEARCH, PlaceScreen
from nexus_tui.tui.progress_rows import track_row, weak_row
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Rows
from nexus_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.overview import Overview

_BAR = 38
_GAP = " " * 3
_PAGES: dict[str, tuple[str, ...]] = {
    "Mastery": ("tracks", "levels"),
    "Year": ("days", "forecast"),
    "Answers": ("accuracy", "calibration"),
    "Memory": ("retention", "time"),
    "Weakest": ("weakest",),
}
"""Page at 80 columns → its figures."""
_WIDE_PAGES: dict[str, tuple[str, ...]] = {
    "Mastery": ("tracks", "days", "forecast"),
    "Over time": ("accuracy", "retention", "time"),
    "Weakest": ("weakest",),
}
"""The same from 110 columns; levels and calibration stand aside."""


_BARS = line(Part("In a bar: topics mastered, then, paler, begun. Due are objectives.", "muted"))
_COUNTED = line(Part("Mastered and begun are topics; due are objectives.", "muted"))


class ProgressScreen(PlaceScreen):
    """Five pages at 80 columns, three with an aside from 110."""

    PLACE: ClassVar[str] = "progress"
    ABOUT: ClassVar[str] = (
        "What you have mastered, when you learned, how well you answer and remember, and what "
        "is weak. A topic is mastered when each of its objectives was right on three days, the "
        "last a week after the first. Reviews are answers to what you had answered on an "
        "earlier day: they measure what you keep, against the retention you want (settings). "
        f"{MINUTES} {RULE}"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "page(1)", "The next page", show=False, priority=True),
        Binding("shift+tab", "page(-1)", "The page before", show=False, priority=True),
        Binding("w", "drill", "Drill the weakest objective", show=False),
        Binding("o", "reasons", "Why the weak objective is asked, or not", show=False),
        Binding("y", "due", "What is due, and why", show=False),
        Binding("t", "text", "The figures as text", show=False),
        Binding("x", "exam", "Take an exam, or see earlier ones", show=False),
        Binding("comma", "settings", "Settings of reviewing", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = "Mastery"
        self._as_text = False
        self._found: tuple[Overview, dict[str, Figure]] | None = None
        """The figures, and the overview they followed from."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Scroll(Rows(id="tracks"), Lines(id="days", classes="column"), id="page")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="forecast")
        yield Lines(id="levels")
        yield Lines(id="said")
        yield Lines(id="weakest")

    # ------------------------------------------------------------ pages

    @property
    def _pages(self) -> dict[str, tuple[str, ...]]:
        return _WIDE_PAGES if self.wide else _PAGES

    def _open_page(self) -> str:
        """The page that is shown: the one that was, or that holds its figures at this width."""
        if self._page in self._pages:
            return self._page
        wanted = {**_PAGES, **_WIDE_PAGES}[self._page][0]
        return next(page for page, names in self._pages.items() if wanted in names)

    @property
    def _figures(self) -> dict[str, Figure]:
        """As they were reckoned last, until they are reckoned anew."""
        return self._found[1] if self._found else {}

    @property
    def _room(self) -> int:
        """Cells of the main column."""
        return 74 if self.wide else max(30, self.size.width - 5)

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        head, rows = self.query_one("#head", Lines), self.query_one(Rows)
        overview = self.overview
        if overview is None:
            head.show(line(Part("Progress", "bold"), right=[self.waiting]))
            return
        if self._found is None or self._found[0] is not overview:
            self._reckon(overview)
        page = self._open_page()
        head.show(self._heading(overview, page))
        rows.display = page in {"Mastery", "Weakest"}
        if page == "Weakest":
            rows.show([weak_row(o, overview) for o in overview.weak])
        else:
            room, text = self._room, self._as_text
            rows.show([track_row(track, room, as_text=text) for track in overview.tracks])
        rows.display = rows.display and rows.row is not None
        self.query_one("#days", Lines).show(*self._below(page, overview))
        self._show_aside(overview)
        (rows if rows.display else self.query_one("#page")).focus()

    def _show_aside(self, overview: Overview) -> None:
        self.query_one("#forecast", Lines).show(*forecast_lines(overview))
        for place, name, draw in (
            ("#levels", "levels", charts.mastered),
            ("#said", "calibration", charts.calibration),
        ):
            lines = [charts.heading(TITLES[name])]
            if figure := self._figures.get(name):
                lines += draw(figure, 0 if self._as_text else charts.ASIDE)
            if figure and name == "calibration":
                lines += [Line(), charts.sentence(figure)]
            self.query_one(place, Lines).show(*lines)
        weak = overview.weakest
        words = []
        if weak is not None:
            opens = f"objective:{weak.key}"
            record = Part(weak.record, "muted")
            words = [line(weak.text, opens=opens), line(record, opens=opens)]
        none = line(Part("No objective was missed often.", "muted"))
        self.query_one("#weakest", Lines).show(charts.heading("Weakest"), *(words or [none]))

    def _heading(self, overview: Overview, page: str) -> Line:
        """The names of the pages, and how much is mastered where there is room for it."""
        parts: list[Part] = []
        for name in self._pages:
            parts += [Part(name, "underline" if name == page else "muted"), Part(_GAP)]
        figure = f"{overview.mastered} of {len(overview.topics)}"
        figure = figure if self.size.width < 80 else f"{figure} topics mastered"
        return line(*parts[:-1], right=[Part(figure, "muted")])

    def _below(self, page: str, overview: Overview) -> list[Line]:
        """The figures of a page, those that are rows left out, each with its sentence."""
        lines: list[Line] = []
        for name in self._pages[page]:
            if lines or (name in {"levels", "days"} and page == "Mastery"):
                lines.append(Line())
            figure = self._figures.get(name)
            if name == "tracks":
                lines.append(_COUNTED if self._as_text else _BARS)
            elif figure is None:
                waiting = [Part("reading…", "muted")]
                lines.append(line(Part(TITLES[name], "bold"), right=waiting))
            elif name == "weakest":
                lines += self._of_rows(figure, overview)
            else:
                lines += self._shown(figure, overview)
        return lines

    def _of_rows(self, figure: Figure, overview: Overview) -> list[Line]:
        """What is said below the rows of what is weak."""
        if overview.weak:
            return [Line(), charts.sentence(figure)]
        done = "Everything is mastered." if overview.all_mastered else "Nothing is weak."
        return [line(Part(done, "bold")), Line(), line(figure.sentence)]

    def _shown(self, figure: Figure, overview: Overview) -> list[Line]:
        """A figure, drawn or as text, below its name and above its sentence."""
        drawn = self._drawn(figure, self._drawing(figure, overview))
        named = charts.heading(figure.title, _sum(figure, overview))
        lines = [named, *drawn, charts.sentence(figure)]
        if figure.name != "forecast":
            return lines
        return opening_due(lines, overview, 0, 2 if self._as_text else 1)  # today, by its row

    def _drawn(self, figure: Figure, drawing: list[Line]) -> list[Line]:
        """The drawing, or the numbers where text is wanted; of the year, those of its months."""
        if not self._as_text:
            return drawing
        return charts.table(self._figures["months"] if figure.name == "days" else figure)

    def _drawing(self, figure: Figure, overview: Overview) -> list[Line]:
        size = (self._room - 1, 6 if self.wide else 5)
        plain = self.nexus.ascii_only
        match figure.name:
            case "levels":
                return charts.mastered(figure, min(self._room - 24, _BAR))
            case "calibration":
                return charts.calibration(figure, min(self._room - 24, _BAR))
            case "days":
                return charts.year(figure, overview.today, self._room - 1)
            case "forecast":
                some = any(figure.column("reviews"))
                return charts.strip(figure, self._room) if some else []
            case "time":
                return charts.minutes(figure, size, ascii_only=plain)
            case _:
                return charts.shares(figure, size, ascii_only=plain)

    # ------------------------------------------------------------ reckoning

    @work(thread=True, exclusive=True, group="figures", exit_on_error=False)
    def _reckon(self, overview: Overview) -> None:
        """In a thread: FSRS and plotext are imported for it, and reviews are played through."""
        desk = self.desk
        if desk is None:
            return
        try:
            found = figures(desk, overview)
        except StoreError:
            return  # the overview itself says what is wrong with the history
        plots.load()
        self.app.call_from_thread(self._reckoned, overview, found)

    def _reckoned(self, overview: Overview, found: dict[str, Figure]) -> None:
        self._found = (overview, found)
        if self.overview is overview:
            self.refresh_view()

    # ------------------------------------------------------------ keys

    def hints(self) -> Sequence[Hint]:
        page, overview = self._open_page(), self.overview
        found: list[Hint] = []
        weak = overview is not None and overview.weakest is not None
        if page == "Mastery":
            found.append(Hint("enter", "open", "enter"))
        elif page == "Weakest" and weak:
            found += [Hint("enter", "drill", "enter"), Hint("o", "reasons", "o")]
        found.append(Hint("tab", "next page", "tab"))
        if page != "Weakest":
            found.append(Hint("t", "drawn" if self._as_text else "as text", "t"))
        if page != "Weakest" and weak:
            found.append(Hint("w", "drill the weakest", "w"))
        if overview is not None and overview.due:
            found.append(Hint("y", "why due", "y"))
        return (*found, Hint("x", "exams", "x"), Hint(",", "settings", "comma"), SEARCH)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is weak is for where something is, its reasons for the page that lists it."""
        weak = self.overview is not None and self.overview.weakest is not None
        if (action == "drill" and not weak) or (
            action == "reasons" and not (weak and self._open_page() == "Weakest")
        ):
            return False
        return super().check_action(action, parameters)

    def action_page(self, step: int) -> None:
        names = list(self._pages)
        self._turn_to(names[(names.index(self._open_page()) + step) % len(names)])

    @on(Lines.Clicked, "#head")
    def _page_clicked(self, event: Lines.Clicked) -> None:
        start = 0
        for name in self._pages:
            if start <= event.x < start + len(name):
                self._turn_to(name)
            start += len(name) + len(_GAP)

    def _turn_to(self, page: str) -> None:
        self._page = page
        self.query_one("#page", Scroll).scroll_home(animate=False)
        self.refresh_view()

    def turn_to_first(self) -> None:
        first = next(iter(self._pages))
        if self._open_page() != first:
            self._turn_to(first)

    def action_text(self) -> None:
        if self._open_page() == "Weakest" and not self.wide:
            self.notify("This page is text already.")
            return
        self._as_text = not self._as_text
        self.refresh_view()

    async def action_exam(self) -> None:
        if self.desk is not None:
            await opening.open_exam(self.nexus)

    def action_due(self) -> None:
        opening.open_due(self.nexus)

    def action_settings(self) -> None:
        opening.open_settings(self.nexus)

    async def action_drill(self) -> None:
        if self.overview is not None and self.overview.weakest is not None:
            await opening.start_session(self.nexus, "drill", self.overview.weakest.key)

    def action_reasons(self) -> None:
        row = self.query_one(Rows).row
        if self._open_page() == "Weakest" and row is not None:
            opening.open_objective(self.nexus, row.id)

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        if self._open_page() == "Weakest":
            await opening.start_session(self.nexus, "drill", event.row.id)
            return
        await self.nexus.lead_to("topics")
        unfold = getattr(self.app.screen, "unfold", None)
        if unfold is not None:
            unfold(event.row.id)


def _sum(figure: Figure, overview: Overview) -> str:
    """What stands at the right of the name of a figure."""
    if figure.name == "days":
        return overview.streak.words
    if figure.name == "retention":
        return f"wanted ─ {round(100 * float(figure.rows[-1][-1] or 0))} %"
    if figure.name == "forecast":
        total = sum(int(count or 0) for count in figure.column("reviews"))
        return counted(total, "review")
    return ""
