"""The four ways to answer: choose one, tick several, arrange lines, type.

Each holds what the learner entered, gives it as a `Response`, and after grading shows
the verdict on the same lines, so that nothing moves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from nexus_tui.catalog.models import ChoiceQuestion, ChoicesQuestion, OrderQuestion
from nexus_tui.learning.responses import Arranged, Chosen, Response, Typed
from nexus_tui.text import clean_line
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.lines import Line, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from nexus_tui.learning.showing import Showing

_OUT = "left-out"


class Answer(Rows, inherit_bindings=False):
    """Shared by the answers that are rows: digits choose, enter confirms.

    Of the keys of a list only those that move and `enter`: `g` is a guess here, and `l`
    confirms nothing.
    """

    MARGIN: ClassVar[int] = 1
    DEFAULT_CSS = "Answer { height: auto; max-height: 100%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home", "edge(-1)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("enter", "choose", "Confirm", show=False),
        *(Binding(str(n), f"digit({n})", f"Choose {n}", show=False) for n in range(1, 10)),
        Binding("space", "mark", "Choose this one", show=False),
    ]

    class Confirmed(Message):
        """The learner wants the answer graded."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.graded = False
        self.closed = False
        """Takes nothing more: it is being saved, or it is graded."""

    def response(self) -> Response | None:
        """What was entered, None while nothing was."""
        raise NotImplementedError

    def hold(self) -> None:
        """Stand still while the answer is being saved."""
        self.closed = True

    def release(self) -> None:
        """Go on: it could not be saved."""
        self.closed = False

    def settle(self) -> None:
        """Show the verdicts; keys are the screen's from now on."""
        self.graded = self.closed = True
        self.can_focus = False
        self._show()

    def _show(self) -> None:
        raise NotImplementedError

    def action_move(self, step: int) -> None:
        if not self.closed:
            super().action_move(step)

    def action_edge(self, end: int) -> None:
        if not self.closed:
            super().action_edge(end)

    def action_choose(self) -> None:
        self.post_message(self.Confirmed())

    def action_digit(self, number: int) -> None:
        """Choose the line `number`, counted from one."""

    def action_mark(self) -> None:
        """What space and a click do."""

    def clicked(self, number: int) -> None:
        """A click moves the cursor there and marks; it never confirms."""
        if not self.closed:
            self.cursor = number


class Options(Answer):
    """One or several options, in the order shown."""

    def __init__(
        self, question: ChoiceQuestion | ChoicesQuestion, showing: Showing, *, spacious: bool
    ) -> None:
        super().__init__(id="answer")
        self.question = question
        by_id = {option.id: option for option in question.options}
        self.options = [by_id[key] for key in showing.ids]
        self.several = isinstance(question, ChoicesQuestion)
        self.ticked: set[str] = set()
        self.spacious = spacious

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self.show(
            [
                Row(
                    option.id,
                    (self._line(number, option.id),),
                    after=1 if self.spacious else 0,
                )
                for number, option in enumerate(self.options, 1)
            ]
        )

    def _line(self, number: int, key: str) -> Line:
        option = self.options[number - 1]
        text = clean_line(option.text).replace("`", "")
        right = [self._verdict(key)] if self.graded else []
        if self.several and not self.graded and key in self.ticked:
            right = [Part("• ticked", "accent")]
        token = "title"
        if self.graded:
            token = "bold" if option.correct else ("text" if key in self.ticked else "muted")
        right = [part for part in right if part.text]
        return line(Part(f"{number}  ", "figure"), Part(text, token), right=right, indent=3)

    def _verdict(self, key: str) -> Part:
        correct = next(o.correct for o in self.options if o.id == key)
        chosen = key in self.ticked
        if correct and chosen:
            return Part("✓ your answer, right", "ok")
        if correct:
            return Part("✓ right, not ticked" if self.several else "✓ right answer", "ok")
        return Part("✗ your answer, wrong", "bad-bold") if chosen else Part("")

    def response(self) -> Response | None:
        chosen = tuple(o.id for o in self.options if o.id in self.ticked)
        if not self.several and self.row is not None:
            chosen = (self.row.id,)
        return Chosen(chosen) if chosen else None

    def settle(self) -> None:
        """Show the verdicts; the cursor stays on what was chosen."""
        if not self.several and self.row is not None:
            self.ticked = {self.row.id}
        super().settle()

    def action_digit(self, number: int) -> None:
        if number <= len(self.options) and not self.closed:
            self.cursor = number - 1
            self.action_mark()

    def action_mark(self) -> None:
        if self.several and not self.closed and self.row is not None:
            self.ticked ^= {self.row.id}
            self._show()

    def clicked(self, number: int) -> None:
        self.action_digit(number + 1)


class Arrange(Answer):
    """Lines to put in order; lines that do not belong are left out below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up,K", "shift(-1)", "Move the line up", show=False),
        Binding("shift+down,J", "shift(1)", "Move the line down", show=False),
        Binding("right,l,greater_than_sign", "indent(1)", "Indent", show=False),
        Binding("left,h,less_than_sign", "indent(-1)", "Outdent", show=False),
        Binding("x", "mark", "Leave the line out, or take it back", show=False),
    ]

    def __init__(self, question: OrderQuestion, showing: Showing) -> None:
        super().__init__(id="answer")
        self.question = question
        self.texts = {p.id: p.text for p in question.lines}
        self.texts |= {p.id: p.text for p in question.decoys}
        self.key = {part.id: (n, part.indent) for n, part in enumerate(question.lines)}
        self.lines = list(showing.ids)
        self.out: set[str] = set()
        self.indents = dict.fromkeys(showing.ids, 0)
        self.indented = any(part.indent for part in question.lines)

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
            return Part("✓ does not belong" if right else "✗ does not belong", _ok(right))
        if place < 0:
            return Part(f"✗ belongs at {wanted[0] + 1}", "bad-bold")
        if place != wanted[0]:
            return Part(f"✗ belongs at {wanted[0] + 1}", "bad-bold")
        if self.indents[key] != wanted[1]:
            return Part(f"✗ indent {wanted[1]}", "bad-bold")
        return Part("✓ right", "ok")

    def response(self) -> Response | None:
        return Arranged(tuple((key, self.indents[key]) for key in self._kept()))

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
        key = self.row.id
        self.out ^= {key}
        self._show(key)

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


class Typing(Field):
    """A typed answer; letters are text here, esc leaves the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave the field", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="answer", placeholder="your answer", max_length=200, select_on_focus=False
        )
        self.graded = False

    def response(self) -> Response | None:
        text = clean_line(self.value)
        return Typed(text) if text else None

    def hold(self) -> None:
        """Stand still while the answer is being saved."""
        self.disabled = True

    def release(self) -> None:
        """Go on: it could not be saved."""
        self.disabled = False
        self.focus()

    def settle(self) -> None:
        """The answer stands as it was typed."""
        self.graded = True
        self.disabled = True

    def action_leave(self) -> None:
        self.screen.set_focus(None)


def _ok(right: bool) -> str:
    return "ok" if right else "bad-bold"
