"""The palette: every place, every command, every topic and every path."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from nexus_tui.tui import care, opening
from nexus_tui.tui.widgets.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from nexus_tui.tui.app import NexusApp


class NexusCommands(Provider):
    """Commands are computed from what is there: topics only once the catalog is read."""

    @property
    def _nexus(self) -> NexusApp:
        from nexus_tui.tui.app import NexusApp

        assert isinstance(self.app, NexusApp)
        return self.app

    def _commands(self) -> list[tuple[str, str, Callable[[], object]]]:
        """(name, help, what it does) of all that is not a topic."""
        nexus = self._nexus
        found: list[tuple[str, str, Callable[[], object]]] = [
            (f"Go to {name}", "A place", partial(nexus.action_go, place)) for place, name in PLACES
        ]
        found += [
            ("Search everything", "Lessons, questions, guides, checklists", nexus.action_search),
            (
                "Settings of reviewing",
                "Retention, limits, easy days, start of the day",
                partial(opening.open_settings, nexus),
            ),
            (
                "Paths",
                "Topics in order, with what proves them",
                partial(opening.open_paths, nexus),
            ),
            ("Next theme", "Dark, light, high contrast", nexus.action_theme),
            ("Keys of this screen", "Help", nexus.action_help),
        ]
        if nexus.desk is not None and nexus.desk.store.gone:
            words = "The file was removed while Nexus was open; all of it can be saved now"
            found.append(("Put the history back", words, partial(care.put_back, nexus)))
        if nexus.desk is not None:
            found += [
                ("Start the review", "What is due now", self._session("review")),
                ("Learn something new", "Objectives not asked yet", self._session("learn")),
                (
                    "Take an exam",
                    "Timed, without feedback until its end; earlier exams",
                    partial(opening.open_exam, nexus),
                ),
                (
                    "Find my level",
                    "At most 25 questions; what you know is credited",
                    partial(opening.open_placement, nexus),
                ),
                ("Solve the next stage", "Your code is run", self._next_stage),
                ("What is due, and why", "In plain words", partial(opening.open_due, nexus)),
                (
                    "Learners",
                    "Choose who learns; add, rename, put aside or delete",
                    partial(opening.open_learners, nexus),
                ),
                (
                    "Take the last answer back",
                    "Also one of an earlier start",
                    partial(opening.undo_last, nexus),
                ),
            ]
        return found

    def _session(self, mode: str) -> Callable[[], Awaitable[None]]:
        return partial(opening.start_session, self._nexus, mode)

    async def _next_stage(self) -> None:
        """Open the stage that was worked on last, else the first that is not passed."""
        from nexus_tui.study.solving import next_stage

        desk = self._nexus.desk
        view = next_stage(desk) if desk is not None else None
        await opening.open_stage(self._nexus, view.key if view else "first")

    async def discover(self) -> Hits:
        for name, words, command in self._commands():
            yield DiscoveryHit(name, command, help=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, words, command in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), command, help=words)
        desk = self._nexus.desk
        for row in desk.catalog.topics() if desk else ():
            name = f"Topic: {row.title}"
            if (score := matcher.match(name)) > 0:
                command = partial(opening.open_topic, self._nexus, row.key)
                yield Hit(score, Content(name), command, text=name, help=_plain(row.summary))
        for path in desk.catalog.paths() if desk else ():
            name = f"Path: {path.model.title}"
            if (score := matcher.match(name)) > 0:
                command = partial(opening.open_path, self._nexus, path.key)
                yield Hit(score, Content(name), command, text=name, help=_plain(path.model.summary))


def _plain(text: str) -> str:
    """`text` as markup that shows it unchanged: Textual parses the help of a command."""
    return text.replace("[", "\\[")
