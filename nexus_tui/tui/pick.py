"""A list over the screen, of which one thing is picked."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class PickScreen(Modal[str | None]):
    """Dismissed with the id of a row, or with None when the learner goes back."""

    AUTO_FOCUS = "Rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q,t,o", "cancel", "Back, choosing nothing", show=False)
    ]

    def __init__(
        self, title: str, rows: Sequence[Row], cursor: str | None = None, verb: str = "open"
    ) -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._cursor = cursor
        self._verb = verb

    def compose(self) -> ComposeResult:
        with Vertical(id="pick"):
            yield Lines(line(Part(self._title, "bold")), Line(), classes="column")
            yield Rows()
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Rows).show(self._rows, self._cursor)
        self.query_one(Hints).show(
            (
                Hint("enter", self._verb, "enter"),
                Hint("↑ ↓", "choose", "down"),
                BACK,
            )
        )

    @on(Rows.Chosen)
    def _picked(self, event: Rows.Chosen) -> None:
        self.dismiss(event.row.id)

    def action_cancel(self) -> None:
        self.dismiss(None)
