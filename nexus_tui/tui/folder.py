"""Asks for a folder; tab completes what is typed, as a shell does."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input
from textual.worker import get_current_worker

from nexus_tui.study.projects import is_path
from nexus_tui.text import clean
from nexus_tui.tui.ask import NOTHING_TYPED
from nexus_tui.tui.place import BACK
from nexus_tui.tui.steady import Modal
from nexus_tui.tui.widgets.field import Field
from nexus_tui.tui.widgets.hints import Hint, Hints
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line

if TYPE_CHECKING:
    from textual.app import ComposeResult

_SHOWN, _MOST = 10, 5_000
"""Folders that are listed below the field, and entries of a folder that are looked at."""


class FolderScreen(Modal[str | None]):
    """Dismissed with what was typed, or with None when the learner goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Back, changing nothing", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(
        self, question: str, about: str, begin: str = "", *, name_will_do: bool = False
    ) -> None:
        super().__init__()
        self._question, self._about, self._begin = question, about, begin
        self._listed: list[str] = []
        """The folders below the field, line by line."""
        self._name_will_do = name_will_do
        """May it be a name where its files are not here?"""

    def compose(self) -> ComposeResult:
        with Vertical(id="ask"):
            yield Lines(
                line(Part(self._question, "bold")),
                line(Part(self._about, "muted")),
                Line(),
                classes="column",
            )
            yield Field(self._begin, placeholder="~/src/shop-api", max_length=1_000)
            yield Lines(id="folders", classes="column")
        yield Hints()

    def on_mount(self) -> None:
        self.query_one(Hints).show(
            (
                Hint("enter", "choose", "enter"),
                Hint("tab", "complete", "tab"),
                BACK,
            )
        )

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    @work(thread=True, exclusive=True, group="folders", exit_on_error=False)
    def _list(self, typed: str) -> None:
        found = folders_like(typed)
        there = bool(found) or not typed.strip() or is_folder(typed.strip())
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, typed, found, there)

    def _show(self, typed: str, found: list[str], there: bool) -> None:
        if not self.is_mounted or self.query_one(Input).value != typed:
            return
        self._listed = found[:_SHOWN]
        names = [Path(path).name for path in found]
        lines = [line(Part(name + "/", "muted")) for name in names[:_SHOWN]]
        if len(names) > _SHOWN:
            lines.append(line(Part(f"and {len(names) - _SHOWN} more", "muted")))
        if not there:
            lines = [self._missing(typed.strip())]
        self.query_one("#folders", Lines).show(*lines)

    def _missing(self, typed: str) -> Line:
        if self._name_will_do and not is_path(typed):
            kept = f"There is no folder {typed} here: enter keeps a project of that name."
            return line(Part(kept, "muted"))
        return line(Part("✗ ", "bad-bold"), Part(f"There is no folder {typed}."))

    @work(thread=True, exclusive=True, group="folders", exit_on_error=False)
    def action_complete(self) -> None:
        typed = self.query_one(Input).value
        whole = completed(typed)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._complete, typed, whole)

    def _complete(self, typed: str, whole: str) -> None:
        if self.query_one(Input).value == typed and whole != typed:
            self._put(whole)

    def _put(self, path: str) -> None:
        field = self.query_one(Input)
        field.value = path
        field.cursor_position = len(path)

    @on(Lines.Clicked, "#folders")
    def _take(self, event: Lines.Clicked) -> None:
        """A click on a folder that is listed goes on from there."""
        if event.number < len(self._listed):
            self._put(f"{self._listed[event.number]}/")
            self.query_one(Input).focus()

    @on(Input.Submitted)
    def _choose(self, event: Input.Submitted) -> None:
        if event.value.strip():
            self.dismiss(event.value.strip())
        else:
            self._listed = []
            self.query_one("#folders", Lines).show(NOTHING_TYPED)

    def action_cancel(self) -> None:
        self.dismiss(None)


def is_folder(typed: str) -> bool:
    """Is there a folder of that path?"""
    try:
        return Path(typed).expanduser().is_dir()
    except (OSError, RuntimeError):
        return False


def folders_like(typed: str) -> list[str]:
    """The folders that begin like a path that is being typed, as it was written."""
    if not typed:
        return []
    if typed == "~":
        return ["~"]
    head, slash, start = typed.rpartition("/")
    try:
        with os.scandir(Path(head + slash).expanduser()) as entries:
            names = [e.name for e in islice(entries, _MOST) if e.is_dir()]
    except (OSError, RuntimeError):
        return []
    usable = [n for n in names if n == clean(n)]
    found = [n for n in usable if n.startswith(start) and (start or not n.startswith("."))]
    return [f"{head}{slash}{name}" for name in sorted(found)]


def completed(typed: str) -> str:
    """A path that is being typed, as far as there is only one way to go on."""
    found = folders_like(typed)
    if not found:
        return typed
    if len(found) == 1:
        return f"{found[0]}/"
    first, last = found[0], found[-1]  # sorted: what these two share, all share
    same = next(
        (n for n, pair in enumerate(zip(first, last, strict=False)) if len({*pair}) > 1), len(first)
    )
    return max(first[:same], typed, key=len)
