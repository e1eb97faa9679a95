"""What screens with a question share: a typed answer whose field was left."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from nexus_tui.tui.place import PlaceScreen
from nexus_tui.tui.widgets.answers import Printing, Typing
from nexus_tui.tui.widgets.hints import Hint

TYPE_ON = Hint("enter", "type on", "enter")


class AskingScreen(PlaceScreen):
    """`esc` leaves a field, and its letters are keys again; `enter` and `backspace` lead back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "type_on", "Back into the field", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        """Is an answer being saved, or a question put on the page?"""

    @property
    def _field(self) -> Typing | Printing | None:
        """The field of an open answer that was left."""
        found = next(iter(self.query("#answer")), None)
        if self._busy or self.focused is not None or not isinstance(found, Typing | Printing):
            return None
        return found if found.display and not found.graded else None

    def watch_focused(self) -> None:
        """The keys are others in a field."""
        if self.is_mounted:
            self.refresh_hints()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "type_on" and self._field is None:
            return False
        return super().check_action(action, parameters)

    def action_type_on(self) -> bool:
        """Go back into the field; False where none was left."""
        field = self._field
        if field is not None:
            field.focus()
        return field is not None
