"""The board of a stage: runs its checks, and shows each requirement as it is decided."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from textual import work
from textual.containers import VerticalScroll
from textual.message import Message

from nexus_tui.text import clean
from nexus_tui.tui.stage_lines import (
    figure,
    last_figure,
    last_meaning,
    meaning,
    output_lines,
    place_in,
    requirement_row,
    where_lines,
)
from nexus_tui.tui.widgets.lines import Line, Lines, Part, inline, line
from nexus_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from nexus_tui.labs.challenges.verdict import Decided, Event, Verdict
    from nexus_tui.study.solving import LastCheck, Solving

_TICK = 0.1
"""Seconds between two looks at the clock while a check runs."""
_LINES, _FEW_LINES, _TALL = 8, 3, 30
"""Of output below the checks, on a tall screen and on another; all of it is one key away."""


class Board(VerticalScroll, can_focus=False):
    """What the stage asks, what is met of it, what that means, and what the code printed."""

    DEFAULT_CSS = """
    Board { scrollbar-size-vertical: 1; }
    Board #checks { height: auto; }
    """

    class Changed(Message):
        """A check began, or came to its end: then with its verdict."""

        def __init__(self, verdict: Verdict | None) -> None:
            super().__init__()
            self.verdict = verdict

    def __init__(self, solving: Solving) -> None:
        super().__init__(id="board")
        self._solving = solving
        self.verdict: Verdict | None = None
        self._last: LastCheck | None = None
        """What the last check before this opening came to, until another is run."""
        self.output = ""
        self.note: tuple[Part, ...] = ()
        """What became of something that was asked for."""
        self.counts = True
        """Does a pass count today? Not where the solution was read before."""
        self._decided: dict[str, Decided] = {}
        self._began: float | None = None
        self._again = False
        self._untouched = False
        """Was nothing changed when the check began?"""
        self._look_at: str | None = None
        """The requirement to bring into sight with the next showing."""
        self._solved_now = False
        """Is what a pass means to be brought into sight with the next showing?"""
        self._stop = threading.Event()
        """Set for the thread that watches the workspace, when it is to end."""

    def compose(self) -> ComposeResult:
        yield Lines(id="about", classes="column")
        yield Lines(id="checks-head", classes="column")
        yield Rows(id="checks")
        yield Lines(id="meaning", classes="column")
        yield Lines(id="output", classes="column")

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._tick)

    def on_unmount(self) -> None:
        self.stop_watching()
        self._solving.cancel()

    @property
    def running(self) -> bool:
        return self._began is not None

    @property
    def no_output(self) -> str:
        """What is said in the place of an output."""
        if self.running or self.verdict is not None:
            return "Nothing was printed."
        if self._last is not None:
            return "What the last check printed is not kept: `r` runs it again."
        return "No check was run yet: `r` runs one."

    def place_of(self, requirement: str | None = None) -> tuple[str, int] | None:
        """The file and line that the failure of a requirement, or the first one, points to."""
        failed = [d for d in self._decided.values() if d.status == "failed"]
        wanted = [d for d in failed if requirement in (None, d.id)]
        return place_in(wanted[0].observed) if wanted else None

    # ------------------------------------------------------------ checking

    def watch_workspace(self, folder: Path) -> None:
        """Run the check whenever a file is saved, until the board is gone."""
        self._stop = threading.Event()
        self._watch(folder, self._stop)

    def stop_watching(self) -> None:
        """Run no check by itself any more."""
        self._stop.set()

    @work(thread=True, group="watch", exit_on_error=False)
    def _watch(self, folder: Path, stop: threading.Event) -> None:
        from nexus_tui.labs.challenges.watching import changes

        for _ in changes(folder, stop):
            if stop.is_set():
                return
            self.app.call_from_thread(self.run_check)

    def run_check(self) -> None:
        """Check the files as they are now; a check that runs makes way."""
        self.note = ()
        if self.running:
            self._again = True
            self._solving.cancel()
            return
        self.clear()
        self._began, self._untouched = time.monotonic(), not self._solving.touched
        self.post_message(self.Changed(None))
        self._check()

    def clear(self) -> None:
        """Forget what the last check said."""
        self.verdict, self._last, self.output = None, None, ""
        self._decided.clear()

    def recall(self) -> None:
        """Take up what the last check said; of files that were changed since it says little."""
        self._last = self._solving.last_check()
        if self._last is not None and not self._last.changed:
            decided = self._last.decided
            self._decided = {one.id: one for one in decided}
            self._look_at = next((one.id for one in decided if one.status == "failed"), None)

    def cancel(self) -> None:
        """End the check that runs."""
        self._again = False
        self._solving.cancel()

    @work(thread=True, group="check", exit_on_error=False)
    def _check(self) -> None:
        from nexus_tui.labs.challenges.runs import WorkspaceError
        from nexus_tui.progress.errors import StoreError

        call = self.app.call_from_thread
        try:
            for event in self._solving.check():
                call(self._took, event)
        except (StoreError, WorkspaceError) as error:
            call(self._not_kept, str(error))

    def _took(self, event: Event) -> None:
        from nexus_tui.labs.challenges.verdict import Decided, Printed

        if isinstance(event, Printed):
            self.output += event.text
        elif isinstance(event, Decided):
            self._decided[event.id] = event
        else:
            self._end(event)
            return
        self.show()

    def _end(self, verdict: Verdict) -> None:
        self._began, self.verdict, self._look_at = None, verdict, verdict.failed_at
        self._solved_now = verdict.status == "passed"
        if self._again:
            self._again = False
            self.run_check()
        else:
            self.post_message(self.Changed(verdict))

    def _not_kept(self, why: str) -> None:
        self._began, self.note = None, (Part("✗ not saved: ", "bad-bold"), Part(clean(why)))
        self.post_message(self.Changed(None))

    def _tick(self) -> None:
        if self.running:
            self._show_head()

    # ------------------------------------------------------------ showing

    def show(self) -> None:
        """Show what is known now."""
        about = line(*inline(clean(self._solving.view.stage.summary)))
        where = where_lines(self._solving.folder_shown, self._solving.files.lab.opens)
        self.query_one("#about", Lines).show(about, *where, Line())
        self._show_head()
        self.query_one(Rows).show(
            [
                requirement_row(self._decided.get(r.id), r.text, r.id)
                for r in self._solving.files.lab.requirements
            ],
            cursor=self._look_at,
        )
        self._look_at = None
        self.query_one("#meaning", Lines).show(*self._meaning())
        if self._solved_now:
            self._solved_now = False
            self.show_meaning()
        tall = self.app.size.height >= _TALL
        output = output_lines(self.output, _LINES if tall else _FEW_LINES)
        self.query_one("#output", Lines).show(*([Line(), *output] if output else []))

    def show_meaning(self) -> None:
        """Bring into sight what is said below the checks."""
        # Its height is known only once it was laid out.
        said = self.query_one("#meaning")
        self.call_after_refresh(self.call_after_refresh, said.scroll_visible, animate=False)

    def _show_head(self) -> None:
        seconds = time.monotonic() - self._began if self._began is not None else None
        if self._last is not None:
            right = last_figure(self._last, len(self._solving.files.lab.requirements))
        else:
            right = figure(list(self._decided.values()), self.verdict, seconds)
        self.query_one("#checks-head", Lines).show(line(Part("Checks", "bold"), right=[right]))

    def _meaning(self) -> list[Line]:
        lines: list[Line] = []
        if self.note:
            lines += [Line(), line(*self.note)]
        if self._last is not None and (said := last_meaning(self._last)):
            lines += [Line(), *said]
        if self.verdict is not None:
            nearest = self._solving.nearest_mutant() if self.verdict.status == "passed" else None
            mutant = self._solving.mutant
            said = meaning(
                self.verdict, mutant, nearest, counts=self.counts, untouched=self._untouched
            )
            lines += [Line(), *said] if said else []
        return lines
