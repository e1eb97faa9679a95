"""A file of a topic as the learner will see it, read again whenever it is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.settings import Place
from nexus_tui.tui.app import NexusApp
from nexus_tui.tui.topic import TopicScreen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nexus_tui.settings import Settings
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview

TABS = {
    "lesson.md": "lesson",
    "quiz.yaml": "quiz",
    "cheatsheet.md": "cheatsheet",
    "troubleshooting.md": "troubleshooting",
    "topic.yaml": "sources",
}
"""File of a topic → the tab that shows it."""
_EVERY = 0.5
"""Seconds between two looks at the file."""


class PreviewApp(NexusApp):
    """Opens on one topic of one pack; nothing that is done here is kept."""

    def __init__(self, settings: Settings, pack: Path, file: Path) -> None:
        super().__init__(replace(settings, content=Place(pack, "the pack of the file")))
        self._file = file
        self._seen = self._stamp()

    def on_mount(self) -> None:
        # Textual calls that of the base class by itself: twice would open everything twice.
        self.set_interval(_EVERY, self.look)

    def look(self) -> None:
        """Read everything again if the file was saved since."""
        stamp = self._stamp()
        if stamp != self._seen:
            self._seen = stamp
            self._start_reading()

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._file.stat()
        except OSError:  # an editor puts a new file in the place of the old one
            return (0, 0)
        return found.st_mtime_ns, found.st_size

    def _open(self) -> None:
        from nexus_tui.progress.store import Store
        from nexus_tui.study.desk import Desk, DeskError, open_content

        try:
            catalog = open_content(self.settings)
        except DeskError as error:
            self.call_from_thread(self._failed, str(error))
            return
        own = f"{self._file.relative_to(self.settings.content.path).as_posix()}:"
        problems = [text for p in catalog.problems if (text := str(p)).startswith(own)]
        desk = Desk(catalog, Store.open(None, clock=self.clock), clock=self.clock)
        self.call_from_thread(self._reopened, desk, desk.overview(), problems)

    def _reopened(self, desk: Desk, overview: Overview, problems: Sequence[str]) -> None:
        """Show the new text at the same place; what cannot be read is said, the last one stays."""
        self.clear_notifications()
        for problem in problems:
            self.notify(problem, severity="error", timeout=60, markup=False)
        name = self._file.parent.name
        key = next((key for key in overview.topics if key.rpartition("/")[2] == name), None)
        if key is None or (problems and self.desk is not None):
            desk.close()
            return
        if self.desk is not None:
            self.desk.close()
        self.desk, self.overview = desk, overview
        before = self.screen if isinstance(self.screen, TopicScreen) else None
        if before is None:
            self.push_screen(TopicScreen(key, tab=TABS[self._file.name], section=0))
        else:
            before.reload()
