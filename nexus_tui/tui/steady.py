"""Screens that stand keys and clicks which come faster than screens open and close."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Offset

Result = TypeVar("Result")


class SteadyScreen(Screen[Result]):
    """A screen that is closed once, and that nothing can be pointed at while it goes."""

    def on_mount(self) -> None:
        """Be as wide as the terminal from the first frame on: Textual says so only after it."""
        breakpoints = self.app.HORIZONTAL_BREAKPOINTS or []
        now = self._get_breakpoint_classes(self.app.size.width, breakpoints)
        self.update_classes({name: name in now for _, name in breakpoints}, animate=False)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screen; for the second of two quick keys it is closed already."""
        on_top = self.app.screen is self
        return super().dismiss(result) if on_top else AwaitComplete()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key is for a screen that is not there yet, or not any more."""
        there = self.is_mounted and not is_left(self)
        return super().check_action(action, parameters) if there else False

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, step: int) -> None:
        """Where nothing under the pointer scrolls, the wheel moves what has the focus."""
        under, _ = self.get_widget_at(event.screen_x, event.screen_y)
        if self.focused is None or event.ctrl or event.shift or _scrolling(under):
            return
        if (moved := _scrolling(self.focused)) is not None:
            moved.scroll_relative(y=step * self.app.scroll_sensitivity_y, animate=False)
        if isinstance(self.focused, Rows):
            self.focused.after_wheel()

    async def _on_resize(self, event: events.Resize) -> None:
        """Leave out a size that is past.

        A screen that is laid out sends itself its new size, so two sizes at once would follow
        each other for ever (Textual 8.2.8).
        """
        if event.size != self.app.size:
            event.stop()
            event.prevent_default()

    def get_widget_and_offset_at(self, x: int, y: int) -> tuple[Widget | None, Offset | None]:
        """What is at a place; nothing where it was taken away since it was drawn."""
        widget, offset = super().get_widget_and_offset_at(x, y)
        gone = widget is not None and widget is not self and widget.parent is None
        return (None, None) if gone else (widget, offset)


class Modal(ModalScreen[Result], SteadyScreen[Result]):
    """A screen above another one; it is left before anything below it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "app.help", "Keys of this screen", show=False)
    ]


def _scrolling(widget: Widget) -> Widget | None:
    """The widget, or the nearest one around it below the screen, that can scroll."""
    around = (node for node in widget.ancestors_with_self if isinstance(node, Widget))
    return next((w for w in around if w.max_scroll_y > 0 and not isinstance(w, Screen)), None)


def is_left(node: Any) -> bool:
    """Is this screen or widget, or what it stands in, being taken away?"""
    return any(n._closing or n._closed or n._pruning for n in node.ancestors_with_self)
