"""What screens with a question share: when an answer is taken, and a field that was left."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, TextArea

from nexus_tui.tui.place import SHORT, PlaceScreen
from nexus_tui.tui.widgets.answers import Answer, Arrange, Printing, Typing
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from nexus_tui.learning.responses import Response
    from nexus_tui.tui.widgets.answers import AnswerWidget

TYPE_ON = Hint("enter", "type on", "enter")
MORE, MORE_TYPING = Hint("↓", "more", "down"), Hint("pgdn", "more", "pagedown")


class AskingScreen(PlaceScreen):
    """Takes only an answer that was given; what was left as it stood is asked about once.

    `esc` leaves a field, and its letters are keys again; `enter` and `backspace` lead back.
    """

    NOTHING: ClassVar[str] = "choose or type an answer first"
    """What is said where nothing was entered."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "type_on", "Back into the field", show=False),
        Binding("down,j,space", "page(1)", "More of the page", show=False),
        Binding("up,k", "page(-1)", "Back up the page", show=False),
        # Of a field that is focused, too: what is asked may be longer than the screen.
        Binding("pagedown,ctrl+f", "page(1)", "More of the page", show=False, priority=True),
        Binding("pageup,ctrl+b", "page(-1)", "Back up the page", show=False, priority=True),
        *(Binding(str(n), "stay", show=False) for n in range(1, 10)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        """Is an answer being saved, or a question put on the page?"""
        self.note = ""
        """A few words in the heading."""
        self._refused = ""
        """What was said last of the open answer instead of taking it."""
        self._leaving: object = None
        """What was entered and would have been lost when `q` was pressed last."""

    def on_mount(self) -> None:
        page = self.query_one("#page")
        for size in ("scroll_y", "virtual_size"):
            self.watch(page, size, self.refresh_hints, init=False)  # is there more below?

    def more(self, key: Hint = MORE) -> tuple[Hint, ...]:
        """The key that leads on, where the page is longer than what is in sight."""
        page = self.query_one("#page", VerticalScroll)
        return (key,) if page.scroll_y < page.max_scroll_y else ()

    def action_page(self, step: int) -> None:
        """Move the page where it is longer than the screen."""
        page = self.query_one("#page", VerticalScroll)
        page.scroll_relative(y=step * max(1, page.size.height // 2), animate=False)

    def say(self, note: str) -> None:
        """A few words in the heading."""
        self.note = note
        self.refresh_view()

    async def quit_or_ask(self, entered: object, words: str) -> None:
        """Quit; where `entered` would be lost, say `words` first, and quit when wanted again."""
        if entered is None or entered == self._leaving:
            await self.app.action_quit()
        else:
            self._leaving = entered
            self.say(words)

    @property
    def entered(self) -> Response | None:
        """What the learner entered so far; None where the answer is as it was put."""
        answer = next(iter(self.query("#answer")), None)
        if isinstance(answer, Arrange) and answer.doubt():
            return None
        return answer.response() if isinstance(answer, Answer | Printing | Typing) else None

    def taken(self, answer: AnswerWidget) -> Response | None:
        """What was entered; None, and said why, where it is not to be taken yet."""
        response = answer.response()
        doubt = answer.doubt() if isinstance(answer, Answer) else ""
        words = f"{doubt}: enter again confirms" if doubt else ""
        if response is None:
            words = self.NOTHING
        elif not words or words == self._refused:
            return response
        self._refused = words
        self.say(words)
        return None

    @on(Rows.Moved)
    @on(Input.Changed)
    @on(TextArea.Changed)
    def _entered(self) -> None:
        """What was said of an answer goes when the answer changes."""
        if self.note and self.note == self._refused:
            self.say("")

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

    def action_stay(self) -> None:
        """Neither a digit nor a click on a place leaves a question: say what does, once."""
        self.app.clear_notifications()
        self.notify("Leave the questions first: esc.", timeout=SHORT, markup=False)

    def action_type_on(self) -> bool:
        """Go back into the field; False where none was left."""
        field = self._field
        if field is not None:
            field.focus()
        return field is not None
