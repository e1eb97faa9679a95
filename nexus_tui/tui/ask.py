"""One question to the learner, answered in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line

if TYPE_CHECKING:
    from textual.app import ComposeResult

NOTHING_TYPED = line(Part("✗ ", "bad-bold"), Part("Nothing is typed yet."))


class AskScreen(Modal[str | None]):
    """Dismissed with the text, or with None when the learner goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Back, changing nothing", show=False, priority=True)
    ]

    def __init__(
        self, question: str, placeholder: str, *, empty: bool = False, verb: str = "keep"
    ) -> None:
        super().__init__()
        self._question = question
        self._placeholder = placeholder
        self._empty = empty
        self._verb = verb
        """What enter does with the text."""

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Lines(line(Part(self._question, "bold")), Line(), classes="column")
            yield Field(placeholder=self._placeholder, max_length=200)
            yield Lines(id="refused", classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).show((Hint("enter", self._verb, "enter"), BACK))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        if event.value.strip() or self._empty:
            self.dismiss(event.value.strip())
        else:
            self.query_one("#refused", Lines).show(NOTHING_TYPED)

    @on(Input.Changed)
    def _typed(self) -> None:
        self.query_one("#refused", Lines).show()

    def action_cancel(self) -> None:
        self.dismiss(None)


class ConfirmScreen(Modal[bool]):
    """A question that is answered with yes or no; only yes changes something."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n,escape,enter", "answer(False)", "No, changing nothing", show=False),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Lines(line(Part(self._question, "bold")), classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).show((Hint("y", "yes", "y"), Hint("n", "no", "n")))

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
