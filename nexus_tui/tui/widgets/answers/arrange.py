"""Put lines in order; leave out what does not belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from nexus_tui.learning.responses import Arranged, Response
from nexus_tui.text import unticked
from nexus_tui.tui.widgets.answers.base import Answer, verdict_token
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row

if TYPE_CHECKING:
    from nexus_tui.catalog.models import OrderQuestion
    from nexus_tui.learning.showing import Showing

_OUT = "left-out"


class Arrange(Answer):
    """Lines to put in order; lines that do not belong are left out below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "shift+up,K",
            "shift(-1)",
            "Move the line up; a digit moves it to that place",
            show=False,
        ),
        Binding("shift+down,J", "shift(1)", "Move the line down", show=False),
        Binding("right,l,greater_than_sign", "indent(1)", "Indent", show=False),
        Binding("left,h,less_than_sign", "indent(-1)", "Outdent", show=False),
        Binding("x", "mark", "Leave the line out, or take it back", show=False),
    ]

    def __init__(self, question: OrderQuestion, showing: Showing) -> None:
        super().__init__(id="answer")
        self.question = question
        self.texts = {p.id: unticked(p.text) for p in question.lines}
        self.texts |= {p.id: unticked(p.text) for p in question.decoys}
        self.key = {part.id: (n, part.indent) for n, part in enumerate(question.lines)}
        self.lines = list(showing.ids)
        self.out: set[str] = set()
        self.indents = dict.fromkeys(showing.ids, 0)
        self.indented = any(part.indent for part in question.lines)
        self._shown = self.response()

    def on_mount(self) -> None:
        self._show()

    def _kept(self) -> list[str]:
        return [key for key in self.lines if key not in self.out]

    def _show(self, cursor: str | None = None) -> None:
        kept = self._kept()
        rows = [Row(key, (self._line(key, place),)) for place, key in enumerate(kept)]
        left_out = [key for key in self.lines if key in self.out]
        if left_out:
            rows.append(Row(_OUT, (line(Part("left out", "muted")),), fixed=True))
            rows += [Row(key, (self._line(key, -1),)) for key in left_out]
        self.show(rows, cursor)

    def _line(self, key: str, place: int) -> Line:
        text = "    " * self.indents[key] + self.texts[key]
        number = f"{place + 1}  " if place >= 0 else "–  "
        right = [self._verdict(key, place)] if self.graded else []
        return line(
            Part(number, "figure"),
            Part(text, "title" if place >= 0 else "title-muted"),
            right=[part for part in right if part.text],
            indent=3 + 4 * self.indents[key],
        )

    def _verdict(self, key: str, place: int) -> Part:
        wanted = self.key.get(key)
        if wanted is None:
            right = place < 0
            return Part("✓ does not belong" if right else "✗ does not belong", verdict_token(right))
        if place < 0:
            return Part(f"✗ belongs at {wanted[0] + 1}", "bad-bold")
        if place != wanted[0]:
            return Part(f"✗ belongs at {wanted[0] + 1}", "bad-bold")
        if self.indents[key] != wanted[1]:
            return Part(f"✗ indent {wanted[1]}", "bad-bold")
        return Part("✓ right", "ok")

    def response(self) -> Response | None:
        return Arranged(tuple((key, self.indents[key]) for key in self._kept()))

    def doubt(self) -> str:
        return "nothing moved" if self.response() == self._shown else ""

    def action_shift(self, step: int) -> None:
        if self.closed or self.row is None or self.row.id in self.out:
            return
        kept = self._kept()
        place = kept.index(self.row.id)
        if 0 <= place + step < len(kept):
            kept[place], kept[place + step] = kept[place + step], kept[place]
            self.lines = kept + [key for key in self.lines if key in self.out]
            self._show(kept[place + step])

    def action_indent(self, step: int) -> None:
        if self.closed or self.row is None or not self.indented:
            return
        key = self.row.id
        self.indents[key] = min(6, max(0, self.indents[key] + step))
        self._show(key)

    def action_mark(self) -> None:
        if self.closed or self.row is None:
            return
        key, place = self.row.id, self.cursor
        self.out ^= {key}
        kept = self._kept()
        if key in self.out and kept:  # several are left out with the same key
            key = kept[min(place, len(kept) - 1)]
        self._show(key)

    def most(self) -> int:
        return len(self._kept())

    def action_digit(self, number: int) -> None:
        """Move the line under the cursor to the place `number`."""
        kept = self._kept()
        if self.closed or self.row is None or self.row.id not in kept or number > len(kept):
            return
        key = self.row.id
        kept.remove(key)
        kept.insert(number - 1, key)
        self.lines = kept + [k for k in self.lines if k in self.out]
        self._show(key)
