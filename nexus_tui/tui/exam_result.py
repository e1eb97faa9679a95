"""What came of an exam: the whole, each objective, the way to its questions and to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.progress.store import StoreError
from nexus_tui.study import exam_report
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.progress.papers import EndedExam


class ExamResultScreen(PlaceScreen):
    """The result by objective, the weakest first."""

    NAME: ClassVar[str] = "Result of an exam"
    PLACE: ClassVar[str] = "review"
    ABOUT: ClassVar[str] = (
        "The result of an exam. The interval holds, with 95 % confidence, the share of such "
        "questions that you would get right: few questions say little. Go through the questions "
        "once, with what is right and why."
    )
    ASIDE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "review(0)", "Go through the questions", show=False),
        Binding("m", "save", "Write it to a file, as Markdown", show=False),
    ]

    def __init__(self, ended: EndedExam) -> None:
        super().__init__()
        self._ended = ended
        self._saved: tuple[Line, ...] = ()

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="result")
        yield Lines(id="failed", classes="column")

    def show(self) -> None:
        ended, whole = self._ended, exam_report.total(self._ended)
        result = ended.result
        date = f"Exam of {ended.day.day} {ended.day:%B}"
        right = Part(f"{whole.right} of {whole.asked} right", "bold")
        open_ones = sum(item.answer is None for item in result.items)
        left = f", {open_ones} left open" if open_ones else ""
        time = f"{exam_report.minutes(result.seconds)} of {result.minutes} min"
        self.query_one("#head", Lines).show(
            line(Part(date, "bold"), right=[right]),
            line(
                Part(f"{result.about}. {time}, {exam_report.ENDED[result.ended]}{left}.", "muted"),
            ),
            line(
                f"Of such questions you would get {exam_report.interval(whole)} right"
                " (95 % interval)."
            ),
        )
        self.query_one("#failed", Lines).show(*self._saved)
        if self.desk is None:
            return
        rows = [
            Row(
                "review:0",
                (
                    line(Part("Go through the questions", "title")),
                    line(Part("What you answered, what is right, and why.", "muted")),
                ),
                after=1,
            )
        ]
        first: dict[str, int] = {}
        for place, item in enumerate(result.items):
            first.setdefault(item.objective, place)
        for one in exam_report.by_objective(self.desk, ended):
            share = one.share
            figure = f"{share.right} of {share.asked}   {exam_report.interval(share):>11}"
            head = line(Part(one.text, "title"), right=[Part(figure, "figure")])
            rows.append(Row(f"review:{first[share.key]}", (head, line(Part(one.topic, "muted")))))
        self.query_one(Rows).show(rows)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "go through", "enter"),
            Hint("m", "to a file", "m"),
            Hint("↑ ↓", "move", "down"),
            BACK,
        )

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        self.action_review(int(event.row.id.partition(":")[2]))

    def action_review(self, place: int) -> None:
        from nexus_tui.tui.paper_review import PaperReviewScreen

        if self.desk is not None:
            try:
                found = exam_report.of_exam(self.desk, self._ended)
            except StoreError as error:
                self._say("✗ not read: ", "bad-bold", str(error))
                return
            self.app.push_screen(PaperReviewScreen(found, place))

    # ------------------------------------------------------------ to a file

    def action_save(self) -> None:
        from nexus_tui.tui.ask import AskScreen

        name = f"exam-{self._ended.day.isoformat()}-{self._ended.id}.md"
        ask = AskScreen(
            f"Write the exam to which file? Left empty, it is {name}.",
            name,
            empty=True,
            verb="write",
        )
        self.app.push_screen(ask, lambda said: self._save(said, name))

    def _save(self, said: str | None, name: str) -> None:
        if said is None or self.desk is None:
            return
        path = Path(said or name).expanduser().absolute()
        try:
            text = exam_report.markdown(self.desk, self._ended)
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
        except FileExistsError:
            self._say("✗ not written: ", "bad-bold", f"{path} exists already, name another file.")
        except (OSError, StoreError) as error:
            why = getattr(error, "strerror", None) or str(error)
            self._say("✗ not written: ", "bad-bold", f"{path}: {why}.")
        else:
            self._say("✓ written: ", "ok", str(path))

    def _say(self, mark: str, token: str, words: str) -> None:
        self._saved = (Line(), line(Part(mark, token), Part(words)))
        self.refresh_view()
