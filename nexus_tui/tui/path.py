"""Paths: which ones there are, and one of them with its topics, stages and closing exam."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.study import paths
from nexus_tui.text import counted, hours, unticked
from nexus_tui.tui import opening
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.topics import topic_row
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.next_steps import Step
    from nexus_tui.study.overview import TopicState
    from nexus_tui.study.paths import ExamLine, PathState, Proof


class PathsScreen(PlaceScreen):
    """Every path, with how far the learner is on it."""

    NAME: ClassVar[str] = "Paths"
    ABOUT: ClassVar[str] = (
        "A path leads through topics in the order in which they build on each other, from "
        "foundation to advanced. Stages and a closing exam prove it. Nothing is locked."
    )
    ASIDE: ClassVar[bool] = False

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="list")

    def show(self) -> None:
        head, rows = self.query_one("#head", Lines), self.query_one(Rows)
        if self.desk is None or self.overview is None:
            head.show(line(Part("Paths", "bold"), right=[self.waiting]))
            return
        found = paths.every_path(self.desk, self.overview)
        figure = Part(counted(len(found), "path"), "muted")
        head.show(line(Part("Paths", "bold"), right=[figure]))
        if not found:
            text = "This content has no paths. Topics show what builds on what."
            rows.show([Row("none", (line(text),), fixed=True)])
            return
        rows.show([_path_row(path) for path in found])

    def hints(self) -> Sequence[Hint]:
        return (Hint("enter", "open", "enter"), Hint("↑ ↓", "choose", "down"), BACK)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        opening.open_path(self.nexus, event.row.id)


class PathScreen(PlaceScreen):
    """One path: the next step first, then all of it in order."""

    NAME: ClassVar[str] = "A path"
    ABOUT: ClassVar[str] = (
        "What comes next stands first; below it are all topics of the path in order, the stages "
        "that prove it, and its closing exam. Hours count lessons, stages and the exam."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next", "What comes next", show=False),
        Binding("e", "exam", "The closing exam", show=False),
    ]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._path: PathState | None = None

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="path")

    def aside(self) -> Iterable[Widget]:
        yield Lines(id="about")

    @property
    def subject(self) -> str:
        return self._path.view.model.title if self._path is not None else self.NAME

    def show(self) -> None:
        head = self.query_one("#head", Lines)
        desk, view = self.desk, self.overview
        if desk is None or view is None:
            head.show(line(Part("Paths", "bold"), right=[self.waiting]))
            return
        found = [path for path in paths.every_path(desk, view) if path.view.key == self._key]
        if not found:
            head.show(line(Part("Paths › ", "muted"), Part("content has it no longer")))
            return
        self._path = path = found[0]
        crumb = (Part("Paths › ", "muted"), Part(path.view.model.title, "bold"))
        head.show(line(*crumb, right=[Part(_figure(path), "muted")]))
        before = [view.topics[key] for key in path.before if key in view.topics]
        self.query_one(Rows).show(
            [
                *_about(path),
                *_next(path.next),
                *_topics(path),
                *_stages(path.stages),
                *_exam(path),
                *([] if self.wide else _known(before)),
            ]
        )
        self.query_one("#about", Lines).show(*_aside(path, before))

    def hints(self) -> Sequence[Hint]:
        row = self.query_one(Rows).row
        kind = row.id.partition(":")[0] if row else ""
        verb = {"next": "go on", "topic": "read", "stage": "solve"}.get(kind, "open")
        following = self._path is not None and self._path.next is not None
        return (
            Hint("enter", verb, "enter"),
            *((Hint("n", "next step", "n"),) if following else ()),
            Hint("e", "exam", "e"),
            Hint("↑ ↓", "move", "down"),
            BACK,
        )

    @on(Rows.Moved)
    def _moved(self) -> None:
        self.refresh_hints()

    @on(Rows.Chosen)
    async def _choose(self, event: Rows.Chosen) -> None:
        await self._open(event.row.id.removeprefix("next:"))

    async def action_next(self) -> None:
        if self._path is not None and self._path.next is not None:
            await self._open(self._path.next.id)

    async def action_exam(self) -> None:
        await self._open(f"closing:{self._key}")

    async def _open(self, step: str) -> None:
        kind, _, key = step.partition(":")
        if kind == "quiz":
            await opening.start_session(self.nexus, "topic", key)
        elif kind == "closing" and self._path is not None:
            await opening.open_exam(self.nexus, paths.closing_exam(self._path))
        else:
            await opening.open_step(self.nexus, step)


def _path_row(path: PathState) -> Row:
    model = path.view.model
    head = line(Part(model.title, "title"), right=[Part(_figure(path), "figure")])
    return Row(path.view.key, (head, line(Part(model.summary, "muted"))), after=1)


def _figure(path: PathState) -> str:
    done = f"{path.mastered} of {len(path.topics)} mastered"
    whole = done if path.mastered else counted(len(path.topics), "topic")
    return f"{whole} · {hours(path.minutes)}"


def _about(path: PathState) -> list[Row]:
    model = path.view.model
    lines = (line(model.summary), line(Part(f"For: {model.audience}", "muted")))
    return [Row("about", lines, fixed=True, after=1)]


def _next(step: Step | None) -> list[Row]:
    if step is None:
        text = "All of it was done once. Reviews keep it; what is due stands in Today."
        return [Row("done", (line(Part(text)),), fixed=True, after=1)]
    head = line(
        Part(f"{step.verb}  ", "verb"),
        Part(step.title, "title"),
        right=[Part(step.figure, "figure")],
    )
    return [Row(f"next:{step.id}", (head, line(Part(unticked(step.reason), "muted"))), after=1)]


def _topics(path: PathState) -> list[Row]:
    found: list[Row] = []
    for level, topics in path.levels:
        minutes = sum(topic.row.minutes for topic in topics)
        found.append(heading(f"level:{level}", level.capitalize(), hours(minutes)))
        found += spaced([topic_row(topic) for topic in topics])
    return found


def _stages(stages: Sequence[Proof]) -> list[Row]:
    if not stages:
        return []
    minutes = sum(stage.minutes for stage in stages)
    return spaced(
        [
            heading("stages", "Stages that prove it", hours(minutes)),
            *(_stage(stage) for stage in stages),
        ]
    )


def _stage(stage: Proof) -> Row:
    mark = "●" if stage.passed else "◐" if stage.begun else "○"
    word = "passed" if stage.passed else "started" if stage.begun else "new"
    head = line(
        Part("  "),
        Part(f"{mark} ", "muted"),
        Part(stage.title, "title"),
        right=[Part(word, "figure"), Part(f"{stage.minutes:>4} min", "muted")],
        indent=4,
    )
    return Row(f"stage:{stage.key}", (head,))


def _exam(path: PathState) -> list[Row]:
    plan = path.view.model.exam
    right = f"{counted(plan.questions, 'question')}, {plan.minutes} min"
    state = Part(paths.result(path) or "not taken", "figure")
    head = line(Part("  "), Part("Take it", "title"), right=[state], indent=2)
    return [
        heading("exam", "Closing exam", right),
        Row(f"closing:{path.view.key}", (head,)),
        *(
            Row(
                f"line:{number}",
                (
                    line(
                        Part("  "),
                        Part(unticked(one.title), "muted"),
                        right=[_weight(one)],
                        indent=2,
                    ),
                ),
                fixed=True,
            )
            for number, one in enumerate(path.blueprint)
        ),
    ]


def _weight(one: ExamLine) -> Part:
    return Part(f"{one.weight:>3} %  {one.questions:>2} asked", "muted")


def _known(before: Sequence[TopicState]) -> list[Row]:
    """What the path takes for known, where there is no second pane to say it."""
    if not before:
        return []
    lines = [line(Part("  "), Part(topic.row.title, "muted"), indent=2) for topic in before]
    return [Row("known", (Line(), line(Part("Takes for known", "bold")), *lines), fixed=True)]


def _aside(path: PathState, before: Sequence[TopicState]) -> list[Line]:
    """The second pane: how far it is, and what the path takes for known."""
    done = [
        ("Topics mastered", f"{path.mastered} of {len(path.topics)}"),
        ("Stages passed", f"{path.passed} of {len(path.stages)}"),
        ("Closing exam", paths.result(path) or "not taken"),
    ]
    lines = [line(Part("How far", "bold")), Line()]
    lines += [line(Part(name), right=[Part(figure, "muted")]) for name, figure in done]
    if before:
        lines += [Line(), line(Part("Takes for known", "bold")), Line()]
        lines += [line(Part(topic.row.title), indent=2) for topic in before]
    return lines
