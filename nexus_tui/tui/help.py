"""Help for the screen one was on: what it is for, and every key that works there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from nexus_tui.command import command
from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line, palette
from nexus_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.screen import Screen

_SHOWN = {
    "question_mark": "?",
    "exclamation_mark": "!",
    "slash": "/",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_COMMON = {
    "copy_text",
    "focus_next",
    "focus_previous",
    "help_quit",
    "page_left",
    "page_right",
    "scroll_left",
    "scroll_right",
}
"""What Textual binds everywhere and what says nothing about a screen, or is said below."""
_EDITING = {
    bound.action
    for bound in Binding.make_bindings((*Input.BINDINGS, *TextArea.BINDINGS))
    if bound.key != "enter"
}
"""How one moves and deletes in a field: nothing to look up, and nothing to click."""
_NAMED = {
    "command_palette": "Every command, topic and key of the screen",
    "scroll_up": "Up",
    "scroll_down": "Down",
    "scroll_home": "Top",
    "scroll_end": "End",
    "page_up": "Page up",
    "page_down": "Page down",
}
"""What Textual names too shortly, or in other words than we do."""
_COLUMN = 18
_COPY = (
    "Y copies the text of the page. Drag over a lesson, then ctrl+c, copies a part of it. Shift "
    "and drag selects with the terminal's own selection (alt or fn in some terminals). {} "
    "--no-mouse, or the setting, leaves the mouse to the terminal altogether."
)


class Key(NamedTuple):
    """What keys do, how they are shown, and how it is done without them."""

    words: str
    keys: str
    act: Callable[[], Awaitable[object]]


class KeyLine(Lines):
    """A key of the screen below, which a click stands for."""

    def __init__(self, key: Key) -> None:
        keys, words = Part(key.keys.ljust(_COLUMN), "bold"), Part(key.words)
        if len(key.keys) > _COLUMN - 2:
            lines = [line(keys), line(Part(" " * _COLUMN), words, indent=_COLUMN)]
        else:
            lines = [line(keys, words, indent=_COLUMN)]
        super().__init__(*lines, classes="column")
        self._act = key.act

    def on_lines_clicked(self) -> None:
        self.screen.dismiss()
        self.app.call_later(self._act)


class HelpScreen(Modal[None]):
    """Keys with their words; any of the leaving keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,backspace,q,question_mark,enter", "dismiss", "Back", show=False),
        Binding("t", "tour", "Tour of the places", show=False),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        super().__init__()
        self._about = getattr(screen, "ABOUT", "")
        self._keys = _keys(screen)

    def compose(self) -> ComposeResult:
        head = line(Part("Keys here", "bold"), right=[Part("a click does it, too", "muted")])
        with Scroll(id="help"):
            yield Lines(head, Line(), line(self._about), Line(), classes="column")
            yield from (KeyLine(key) for key in self._keys)
            copying = (Line(), line(Part("Copy text", "bold")), line(_COPY.format(command())))
            yield Lines(*copying, classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).show((BACK, Hint("t", "tour of the places", "t")))

    def action_tour(self) -> None:
        from nexus_tui.tui import tour
        from nexus_tui.tui.app import NexusApp

        app = self.app
        assert isinstance(app, NexusApp)
        self.dismiss()
        app.call_later(tour.show, app)


def _keys(screen: Screen[object]) -> list[Key]:
    """Those of the screen, then of its list, then of the app."""
    found: dict[str, Key] = {}
    app = screen.app
    order = {screen: 0, app: 2}
    active = screen.active_bindings.items()
    for key, (node, binding, _, _) in sorted(active, key=lambda item: order.get(item[1].node, 1)):
        words, action = binding.description, binding.action.rpartition(".")[2]
        words = _NAMED.get(action, words)
        edits = isinstance(node, Input | TextArea) and action in _EDITING
        if not words or edits or action.startswith("digit(") or action in _COMMON:
            continue
        if action.startswith("go("):
            words = f"Go to {words}"
        # As it is drawn: in plain characters an arrow is a word, which makes its column wider.
        shown = palette(app).text(_SHOWN.get(key, key.replace("_", " ")))
        before = found.get(words)
        if before is None:
            found[words] = Key(words, shown, partial(app.run_action, binding.action, node))
        elif shown not in before.keys.split(" "):
            found[words] = before._replace(keys=f"{before.keys} {shown}")
    return list(found.values())
