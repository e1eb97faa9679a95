"""All settings, each with what it means; what cannot be is refused with a sentence."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from nexus_tui.choices import CHOICES, Choice, Refused, changed, stepped
from nexus_tui.settings import SettingsError, place_of_file
from nexus_tui.tui import of_screen
from nexus_tui.tui.of_screen import OF_SCREEN, OfScreen
from nexus_tui.tui.place import BACK, PlaceScreen
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows, heading, spaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.widget import Widget

    from nexus_tui.choices import Choices
    from nexus_tui.settings import Settings
    from nexus_tui.tui.app import NexusApp


Value = TypeVar("Value")
_SCREEN = "screen:"
"""How the rows of such settings begin."""


class SettingsScreen(PlaceScreen):
    """One row a setting; enter types a value, plus and minus step through the usual ones."""

    NAME: ClassVar[str] = "Settings"
    ABOUT: ClassVar[str] = (
        "Everything that can be set, kept in your settings file. What holds for reviewing holds "
        "for every answer from now on; answers given before keep what held then."
    )
    ASIDE: ClassVar[bool] = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("plus,equals_sign", "step(1)", "The next usual value", show=False),
        Binding("minus", "step(-1)", "The usual value before", show=False),
        Binding("D", "default", "Back to the default", show=False),
    ]

    def main(self) -> Iterable[Widget]:
        yield Lines(id="head", classes="heading column")
        yield Rows(id="settings")
        yield Lines(id="failed", classes="column")

    def show(self) -> None:
        choices = self.nexus.settings.choices
        self.query_one("#head", Lines).show(line(Part("Settings", "bold")))
        self.query_one(Rows).show(
            [
                *spaced([heading(":screen", "The screen")]),
                *(_screen_row(self.nexus, one) for one in OF_SCREEN),
                *spaced([heading(":review", "Reviewing")]),
                *(_row(choice, choices) for choice in CHOICES),
                *spaced([heading(":places", "Where things are")]),
                *_places(self.nexus.settings),
            ]
        )
        self.query_one("#failed", Lines).show(*self.not_saved)

    def hints(self) -> Sequence[Hint]:
        return (
            Hint("enter", "change", "enter"),
            Hint("+ -", "step", "plus"),
            Hint("D", "default", "D"),
            Hint("↑ ↓", "move", "down"),
            BACK,
        )

    # ------------------------------------------------------------ changing

    @on(Rows.Chosen)
    def _change(self, event: Rows.Chosen) -> None:
        if event.row.id.startswith(_SCREEN):
            self._change_screen(event.row.id, 1)
            return
        choice = next(choice for choice in CHOICES if choice.name == event.row.id)
        choices = self.nexus.settings.choices
        screen: SettingScreen[Choices] = SettingScreen(
            choice.title,
            choice.explanation,
            choice.expects,
            choice.say(getattr(choices, choice.name)),
            partial(changed, choices, choice.name),
        )
        self.app.push_screen(screen, self._put_in_force)

    def action_step(self, step: int) -> None:
        row = self.query_one(Rows).row
        if row is not None and row.id.startswith(_SCREEN):
            self._change_screen(row.id, step)
        elif row is not None:
            self._put_in_force(stepped(self.nexus.settings.choices, row.id, step))

    def action_default(self) -> None:
        from dataclasses import replace

        from nexus_tui.choices import Choices

        row = self.query_one(Rows).row
        if row is not None and row.id.startswith(_SCREEN):
            self._change_screen(row.id, None)
        elif row is not None:
            default = {row.id: getattr(Choices(), row.id)}
            self._put_in_force(replace(self.nexus.settings.choices, **default))

    def _change_screen(self, id: str, step: int | None) -> None:
        """Keep the next value of a setting of the screen, None: its default; or say why not."""
        self.not_saved = ()
        try:
            of_screen.change(self.nexus, id.removeprefix(_SCREEN), step)
        except SettingsError as error:
            self.not_saved = (line(Part("✗ not saved: ", "bad-bold"), Part(str(error))),)
        self.refresh_view()
        self.refresh(layout=True)

    def _put_in_force(self, choices: Choices | None) -> None:
        """Keep it in the file first, then in the history; each says where it failed."""
        from nexus_tui.study import choosing

        nexus = self.nexus
        if choices is None or choices == nexus.settings.choices:
            return
        try:
            nexus.settings = choosing.keep(nexus.settings, choices)
        except SettingsError as error:
            self.not_saved = (line(Part("✗ not saved: ", "bad-bold"), Part(str(error))),)
            self.refresh_view()
            return
        desk = self.desk
        if desk is None:
            self.refresh_view()  # the history takes it over when it is opened
            return
        desk.choices = choices
        self.keep(lambda: choosing.adopt(desk.store, choices))
        nexus.reread()


def _screen_row(app: NexusApp, one: OfScreen) -> Row:
    head = line(Part(one.title, "title"), right=[Part(of_screen.said(app, one.name), "figure")])
    return Row(f"{_SCREEN}{one.name}", (head, line(Part(one.explanation, "muted"))), after=1)


def _places(settings: Settings) -> list[Row]:
    """The paths in use and why: they are set by options, variables or in the file."""
    places = {
        "Settings file": place_of_file(settings.file.path),
        "History": settings.database,
        "Content": settings.content,
        "Your packs": settings.packs,
        "Your solutions": settings.workspaces,
        "Log and backups": settings.data,
    }
    return [
        Row(
            f"place:{name}",
            (line(Part(name)), line(Part(f"{place.path} ({place.why})", "muted"))),
            fixed=True,
            after=1,
        )
        for name, place in places.items()
    ]


def _row(choice: Choice, choices: Choices) -> Row:
    value = choice.say(getattr(choices, choice.name))
    return Row(
        choice.name,
        (
            line(Part(choice.title, "title"), right=[Part(value, "figure")]),
            line(Part(choice.explanation, "muted")),
        ),
        after=1,
    )


class SettingScreen(Modal["Value | None"], Generic[Value]):
    """Asks for one value; dismissed with what `take` makes of it, or None.

    `take` raises Refused, which is shown.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Back, changing nothing", show=False, priority=True)
    ]

    def __init__(
        self, title: str, explanation: str, expects: str, value: str, take: Callable[[str], Value]
    ) -> None:
        super().__init__()
        self._title = title
        self._explanation = explanation
        self._expects = expects
        self._value = value
        self._take = take

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Lines(
                line(Part(self._title, "bold"), right=[Part(self._expects, "muted")]),
                Line(),
                line(self._explanation),
                Line(),
                classes="column",
            )
            yield Field(value=self._value, placeholder=self._expects, max_length=60)
            yield Lines(id="refused", classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).show((Hint("enter", "save", "enter"), BACK))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        try:
            self.dismiss(self._take(event.value))
        except Refused as refused:
            self.query_one("#refused", Lines).show(
                line(Part("✗ not saved: ", "bad-bold"), Part(str(refused)))
            )

    def action_cancel(self) -> None:
        self.dismiss(None)
