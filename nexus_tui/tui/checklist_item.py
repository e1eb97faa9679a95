"""One item of a checklist on a page: why, evidence, what to do, where to learn it, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from nexus_tui.text import clean, clean_line
from nexus_tui.tui import checking
from nexus_tui.tui.checklist_lines import (
    day_of,
    do_lines,
    evidence_lines,
    finding_row,
    mark_of,
    why_lines,
)
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, spaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.widget import Widget

    from nexus_tui.study.holding import ItemState, ProjectState

_LESSON, _STAGE, _REVIEW, _HISTORY = ":lesson", ":stage", ":review", ":history"


class ItemScreen(PlaceScreen):
    """Read, then go on: to the place in the code, the lesson, the stage, the questions."""

    NAME: ClassVar[str] = "An item"
    PLACE: ClassVar[str] = "checklists"
    ASIDE: ClassVar[bool] = False
    ABOUT: ClassVar[str] = (
        "Why the item matters, what is known of it in your project, and what to do. Enter opens "
        "the place in your editor, the lesson, the stage or the questions."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("L", "lesson", "The lesson behind it", show=False),
        Binding("S", "stage", "The stage that trains it", show=False),
        Binding("r", "review", "Questions on its topic", show=False),
        Binding("space", "page_on", "Page on", show=False),
    ]

    def __init__(self, key: str) -> None:
        super().__init__()
        self._key = key
        self._state: ProjectState | None = None
        self._said = ""
        """Why something that was asked for was not possible."""

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="page")

    @property
    def subject(self) -> str:
        item = self._item()
        return item.item.text if item is not None else self.NAME

    def show(self) -> None:
        if self.desk is None:
            return
        from nexus_tui.study import holding

        self._state = holding.state(self.desk)
        item = self._item()
        if item is None:
            return
        view = next(each.view for each in self._state.lists if self._key in _keys(each.items))
        project = self._state.project
        where = [*([project.name] if project is not None else []), view.model.title]
        head = [
            line(Part(" › ".join(where), "muted"), right=mark_of(item)),
            line(Part(item.item.text, "bold"), right=[Part(item.item.severity, "muted")]),
        ]
        if self._said:
            head.append(line(Part("✗ ", "bad-bold"), Part(clean(self._said))))
        self.query_one("#head", Lines).show(*head)
        self.query_one(Rows).show(self._rows(item))

    def _item(self) -> ItemState | None:
        lists = self._state.lists if self._state else ()
        return next((i for each in lists for i in each.items if i.key == self._key), None)

    def _rows(self, item: ItemState) -> list[Row]:
        from nexus_tui.audit.registry import CHECKS

        rows = [
            _text("why", why_lines(item.item)),
            _text(
                "evidence",
                evidence_lines(item, listed=bool(item.findings)),
                after=0 if item.findings else 1,
            ),
        ]
        found = [finding_row(f, CHECKS.get(f.found.check)) for f in item.findings]
        rows += [Row(r.id, r.lines, after=int(r is found[-1])) for r in found]
        rows += [
            _text("do", do_lines(item.item)),
            _text("learn", [line(Part("Learn", "bold"))], after=0),
            _entry(_LESSON, "Read", checking.topic_title(self, item.item.topic), "L"),
        ]
        if item.item.stage:
            rows.append(_entry(_STAGE, "Do", checking.stage_title(self, item.item.stage), "S"))
        rows.append(_entry(_REVIEW, "Review", "questions on this topic", "r"))
        # The cursor comes to the history, so that it can be scrolled into sight.
        return [*spaced(rows), Row(_HISTORY, tuple(self._history(item)))]

    def _history(self, item: ItemState) -> list[Line]:
        from nexus_tui.study.holding import item_history

        desk, state = self.desk, self._state
        if desk is None or state is None or state.project is None:
            return []
        lines = [line(Part("History", "bold"))]
        for said in item_history(desk, state.project.name, item):
            run = f" · run {said.run}" if said.run else ""
            who = said.who or "audit"
            note = f": {said.note}" if said.note else ""
            lead = Part(f"{day_of(said.day):<8}", "muted")
            text = clean_line(f"{said.status}, {who}{run}{note}")
            lines.append(line(lead, Part(text), indent=8))
        if len(lines) == 1:
            lines.append(line(Part("Nothing was said of it yet.", "muted")))
        return lines

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "open", "enter"),
            Hint("L", "lesson", "L"),
            *((Hint("S", "stage", "S"),) if self._stage() else ()),
            Hint("r", "review", "r"),
            BACK,
        )

    @on(Rows.Chosen)
    async def _open(self, event: Rows.Chosen) -> None:
        if event.row.id == _LESSON:
            self.action_lesson()
        elif event.row.id == _STAGE:
            await self.action_stage()
        elif event.row.id == _REVIEW:
            await self.action_review()
        else:
            from nexus_tui.tui.findings import open_in_editor

            item, state = self._item(), self._state
            rows = [f for f in (item.findings if item else ()) if f.found.key == event.row.id]
            if rows and state is not None and state.project is not None:
                self._said = open_in_editor(self.nexus, state.project, rows[0].found) or ""
                self.refresh_view()

    def action_page_on(self) -> None:
        self.query_one(Rows).action_page(1)

    def action_lesson(self) -> None:
        if (item := self._item()) is not None:
            checking.read_lesson(self, item.item.topic)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        there = super().check_action(action, parameters)
        return False if there and action == "stage" and self._stage() is None else there

    def _stage(self) -> str | None:
        item = self._item()
        return item.item.stage if item is not None else None

    async def action_stage(self) -> None:
        if (stage := self._stage()) is not None:
            await checking.do_stage(self, stage)

    async def action_review(self) -> None:
        if (item := self._item()) is not None:
            await checking.review_topic(self, item.item.topic)


def _keys(items: Sequence[ItemState]) -> set[str]:
    return {item.key for item in items}


def _text(id: str, lines: Sequence[Line], after: int = 1) -> Row:
    return Row(id, tuple(lines), fixed=True, after=after)


def _entry(id: str, verb: str, text: str, key: str) -> Row:
    parts = Part(f"{verb:<8}", "verb"), Part(clean_line(text), "title")
    return Row(id, (line(*parts, right=[Part(key, "figure")], indent=8),))
