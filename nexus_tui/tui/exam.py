"""Exams: choose one on one small screen, go on with one, look at earlier ones."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.choices import whole
from nexus_tui.learning.exam import MOST_MINUTES, MOST_QUESTIONS
from nexus_tui.progress import papers
from nexus_tui.progress.store import StoreError
from nexus_tui.study import exam_choice, exam_report, exams, paths
from nexus_tui.text import counted, unticked
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.settings import SettingScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, heading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.progress.papers import EndedExam
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Examination, Wanted
    from nexus_tui.study.overview import Overview

_TYPED = {
    "questions": ("Questions", "How many are asked.", MOST_QUESTIONS),
    "minutes": ("Minutes", "How much time there is for all of them.", MOST_MINUTES),
}
"""What is typed: its name, what it means, and the most that it can be."""


class ExamScreen(PlaceScreen):
    """The first row begins what the rows below it say."""

    NAME: ClassVar[str] = "Exam"
    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = (
        "An exam asks without telling how you do. Its time runs by the clock on the wall, also "
        "while Nexus is closed; what you answered counts when it ends, and what you left open is "
        "wrong. Shares say how much of it each track gets. While one runs, the next is not chosen."
    )
    ASIDE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "step(1)", "More", show=False),
        Binding("minus", "step(-1)", "Less", show=False),
        Binding("space", "unfold", "Show the topics of a track, or take one", show=False),
    ]

    def __init__(self, wanted: Wanted | None = None) -> None:
        super().__init__()
        self._wanted: Wanted | None = wanted
        self._usual: Wanted | None = None
        """What is offered before anything is chosen; it changes with what is begun."""
        self._unfolded: set[str] = set()
        self._ended: dict[str, EndedExam] = {}
        self._exam: Examination | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="exam")
        yield Lines(id="failed", classes="column")

    def show(self) -> None:
        head, rows = self.query_one("#head", Lines), self.query_one(Rows)
        desk, view = self.desk, self.overview
        if desk is None or view is None:
            head.show(line(Part("Exam", "bold"), right=[self.waiting]))
            return
        able = exams.askable(desk)
        figure = f"{len(able)} of {len(view.topics)} topics have questions"
        head.show(line(Part("Exam", "bold"), right=[Part(figure, "muted")]))
        self.query_one("#failed", Lines).show(*self.not_saved)
        if not able:
            text = "No topic has questions yet, so there is nothing to ask about."
            rows.show([Row("none", (line(text),), fixed=True)])
            return
        if self._wanted is None or self._wanted == self._usual:
            self._wanted = self._usual = exams.usual(desk, view)
        try:
            self._exam = exams.running(desk)
            self._ended = {ended.id: ended for ended in papers.exams(desk.store)}
        except StoreError as error:
            head.show(line(Part("✗ not read: ", "bad-bold"), Part(str(error))))
            return
        rows.show(
            [
                *_first(desk, self._wanted, self._exam),
                *([] if self._exam else self._asked(desk, view, self._wanted)),
                *_earlier(list(self._ended.values())),
            ]
        )

    def _asked(self, desk: Desk, view: Overview, wanted: Wanted) -> list[Row]:
        """What may be chosen; of the closing exam of a path, what its blueprint says."""
        if wanted.path is not None:
            return _blueprint(desk, view, wanted.path)
        return [*_choices(desk, view, wanted), *_tracks(desk, wanted, self._unfolded)]

    def hints(self) -> Sequence[Hint]:
        row = self.query_one(Rows).row
        kind = row.id.partition(":")[0] if row else ""
        verb = {
            "begin": "begin",
            "go on": "go on",
            "ended": "open",
            "track": "its topics",
            "topic": "take or leave",
            "scope": "others",
        }.get(kind, "change")
        step = (Hint("+ -", "more, less", "plus"),) if kind in {*_TYPED, "track"} else ()
        return (Hint("enter", verb, "enter"), *step, Hint("↑ ↓", "move", "down"), BACK)

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of an exam that runs can be changed any more."""
        if action in {"step", "unfold"} and self._exam is not None:
            return False
        return super().check_action(action, parameters)

    # ------------------------------------------------------------ choosing

    @on(Rows.Chosen)
    async def _choose(self, event: Rows.Chosen) -> None:
        kind, _, key = event.row.id.partition(":")
        if kind == "begin":
            await self._begin()
        elif kind == "go on" and self._exam is not None:
            await self._open(self._exam)
        elif kind == "ended":
            from nexus_tui.tui.exam_result import ExamResultScreen

            self.app.push_screen(ExamResultScreen(self._ended[key]))
        elif kind in {"track", "topic"}:
            self.action_unfold()
        elif kind in _TYPED:
            self._type(kind)
        else:
            self.action_step(1)

    def _type(self, name: str) -> None:
        """Ask for the number of questions or minutes."""
        wanted = self._wanted
        assert wanted is not None
        title, explanation, most = _TYPED[name]

        def chosen(number: int | None) -> None:
            if number is not None:
                self._wanted = replace(wanted, **{name: number})  # type: ignore[arg-type]
                self.refresh_view()

        value, take = str(getattr(wanted, name)), whole(f"the number of {name}", 1, most)
        screen = SettingScreen(title, explanation, f"1 to {most}", value, take)
        self.app.push_screen(screen, chosen)

    async def _begin(self) -> None:
        """Begin what is chosen; while one is running it is gone on with first."""
        assert self.desk is not None and self._wanted is not None
        try:
            found = exams.begin(self.desk, self._wanted)
        except StoreError as error:
            self.not_saved = (line(Part("✗ not begun: ", "bad-bold"), Part(str(error))),)
            self.refresh_view()
            return
        if found is not None:
            await self._open(found)

    async def _open(self, examination: Examination) -> None:
        from nexus_tui.tui.exam_paper import ExamPaperScreen

        await self.app.push_screen(ExamPaperScreen(examination))

    def action_step(self, step: int) -> None:
        """More or less of what the cursor is on."""
        desk, view, row, wanted = self.desk, self.overview, self.query_one(Rows).row, self._wanted
        if desk is None or view is None or row is None or wanted is None:
            return
        kind, _, key = row.id.partition(":")
        if kind == "questions":
            number = exam_choice.stepped(exam_choice.QUESTIONS, wanted.questions, step)
            wanted = replace(wanted, questions=number)
        elif kind == "minutes":
            number = exam_choice.stepped(exam_choice.MINUTES, wanted.minutes, step)
            wanted = replace(wanted, minutes=number)
        elif kind == "scope":
            wanted = exam_choice.next_scope(desk, view, wanted)
        elif kind == "track":
            wanted = exam_choice.parted(desk, wanted, key, step)
        self._wanted = wanted
        self.refresh_view()

    def action_unfold(self) -> None:
        """Show or hide the topics of a track; take or leave a topic."""
        row = self.query_one(Rows).row
        kind, _, key = row.id.partition(":") if row else ("", "", "")
        if kind == "track":
            self._unfolded ^= {key}
        elif kind == "topic" and self._wanted is not None:
            self._wanted = exam_choice.toggled(self._wanted, key)
        self.refresh_view()


def _first(desk: Desk, wanted: Wanted, running: Examination | None) -> list[Row]:
    if running is not None:
        minutes = -(-running.seconds_left() // 60)
        done = f"{len(running.sheet.answered)} of {len(running.sheet.items)} answered"
        head = line(Part("Go on", "title"), right=[Part(f"{minutes} min left", "figure")])
        about = line(Part(f"{running.paper.plan.about}. {done}; its time runs.", "muted"))
        return [Row("go on", (head, about), after=1)]
    count = wanted.questions
    if wanted.path is None:
        count = sum(got for got, _ in exams.allotted(desk, wanted).values())
    figure = Part(f"{counted(count, 'question')}, {wanted.minutes} min", "figure")
    head = line(Part("Begin", "title"), right=[figure])
    return [Row("begin", (head, line(Part(exams.in_words(desk, wanted), "muted"))), after=1)]


def _choices(desk: Desk, view: Overview, wanted: Wanted) -> list[Row]:
    values = {
        "questions": ("Questions", str(wanted.questions)),
        "minutes": ("Minutes", str(wanted.minutes)),
        "scope": ("Topics", exam_choice.scope_of(desk, view, wanted)),
    }
    return [
        Row(name, (line(Part(title, "title"), right=[Part(value, "figure")]),))
        for name, (title, value) in values.items()
    ]


def _blueprint(desk: Desk, view: Overview, path: str) -> list[Row]:
    found = [heading("blueprint", "Shares")]
    [chosen] = [one for one in paths.every_path(desk, view) if one.view.key == path]
    for number, one in enumerate(chosen.blueprint):
        figure = f"{one.weight} % · {counted(one.questions, 'question')}"
        words = line(Part(unticked(one.title)), right=[Part(figure, "muted")])
        found.append(Row(f"line:{number}", (words,), fixed=True))
    return found


def _tracks(desk: Desk, wanted: Wanted, unfolded: set[str]) -> list[Row]:
    """Every track with questions: its share, and how many it gets."""
    gets = exams.allotted(desk, wanted)
    able = exams.askable(desk)
    found = [Row("tracks", (Line(), line(Part("Shares", "bold"))), fixed=True)]
    for track in desk.catalog.tracks():
        own = [row for row in able if (row.pack, row.track) == (track.pack, track.id)]
        if not own:
            continue
        got = gets.get(track.id, (0, 0))[0]
        share = f"share {wanted.parts.get(track.id, 0)} · " if wanted.parts else ""
        figure = f"{share}{counted(got, 'question')}" if got else "left out"
        mark = Part("▾ " if track.id in unfolded else "▸ ", "muted")
        title = line(mark, Part(track.title, "title"), right=[Part(figure, "figure")])
        found.append(Row(f"track:{track.id}", (title,)))
        for row in own if track.id in unfolded else ():
            taken = row.key in wanted.topics
            state = Part("✓ taken" if taken else "○ left out", "text" if taken else "muted")
            words = line(Part("    "), Part(row.title, "title"), right=[state], indent=4)
            found.append(Row(f"topic:{row.key}", (words,)))
    return found


def _earlier(ended: list[EndedExam]) -> list[Row]:
    if not ended:
        return []
    found = [Row("earlier", (Line(), line(Part("Earlier exams", "bold"))), fixed=True)]
    for one in ended:
        whole = exam_report.total(one)
        figure = Part(f"{whole.right} of {whole.asked} right", "figure")
        date = f"{one.day.day} {one.day:%B %Y}"
        words = line(Part(date, "title"), Part(f"  {one.result.about}", "muted"), right=[figure])
        found.append(Row(f"ended:{one.id}", (words,)))
    return found
