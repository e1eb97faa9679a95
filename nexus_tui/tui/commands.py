"""The palette: every place, command, topic and path, and what the learner marked and noted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from nexus_tui.progress.errors import StoreError
from nexus_tui.text import unticked
from nexus_tui.tui import care, checking, opening
from nexus_tui.tui.widgets.places import PLACES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from nexus_tui.tui.app import NexusApp


class NexusCommands(Provider):
    """Commands are computed from what is there: topics only once the catalog is read."""

    @property
    def _nexus(self) -> NexusApp:
        from nexus_tui.tui.app import NexusApp

        assert isinstance(self.app, NexusApp)
        return self.app

    def _commands(self) -> list[tuple[str, str, Callable[[], object]]]:
        """(name, help, what it does) of all that is not a topic: what is done most comes first."""
        nexus = self._nexus
        there = nexus.desk is not None
        system = nexus.get_system_commands(self.screen)
        return [
            *(self._learning() if there else ()),
            *((f"Go to {name}", "A place", partial(nexus.action_go, at)) for at, name in PLACES),
            ("Search everything", "Lessons, questions, guides, checklists", nexus.action_search),
            (
                "Paths",
                "Topics in order, with what proves them",
                partial(opening.open_paths, nexus),
            ),
            *(self._rarer() if there else ()),
            (
                "Settings",
                "Theme, mouse; retention, limits, easy days, start of the day",
                partial(opening.open_settings, nexus),
            ),
            ("Next theme", "Dark, light, high contrast", nexus.action_theme),
            ("Keys of this screen", "Help", nexus.action_help),
            (
                "Tour of the places",
                "Two minutes, a few words on each",
                partial(opening.open_tour, nexus),
            ),
            ("Copy this page", "Its text goes to the clipboard", nexus.action_copy_page),
            *((own.title, own.help, own.callback) for own in system),
        ]

    def _learning(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What a learner is here for."""
        nexus = self._nexus
        return [
            ("Start the review", "What is due now", self._session("review")),
            ("Learn something new", "Objectives not asked yet", self._session("learn")),
            ("Solve the next stage", "Your code is run", self._next_stage),
            ("Drill the weakest objective", "Three questions of it", self._drill),
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
        ]

    def _rarer(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What is wanted now and then, once content and history are read."""
        nexus = self._nexus
        found: list[tuple[str, str, Callable[[], object]]] = []
        if nexus.desk is not None and nexus.desk.store.gone:
            words = "The file was removed while Nexus was open; all of it can be saved now"
            found.append(("Put the history back", words, partial(care.put_back, nexus)))
        return [
            *found,
            ("What is due, and why", "In plain words", partial(opening.open_due, nexus)),
            (
                "What changed in what you answered",
                "Questions that are new or gone since",
                nexus.action_news,
            ),
            (
                "Projects",
                "Choose the one that checklists are held against, or add one",
                partial(checking.open_projects, nexus),
            ),
            (
                "Audit the project",
                "Looks at its files; asks before it runs any of its code",
                partial(checking.open_audit, nexus),
            ),
            (
                "Findings in the project",
                "What audits found, new, still there and mended",
                partial(checking.open_findings, nexus),
            ),
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

    def _session(self, mode: str) -> Callable[[], Awaitable[None]]:
        return partial(opening.start_session, self._nexus, mode)

    async def _drill(self) -> None:
        """Drill what is weakest, or say that nothing is weak."""
        weak = self._nexus.overview.weakest if self._nexus.overview else None
        if weak is None:
            self._nexus.notify("No objective was missed often enough to be weak.", markup=False)
        else:
            await opening.start_session(self._nexus, "drill", weak.key)

    async def _next_stage(self) -> None:
        """Open the stage that was worked on last, else the first that is not passed."""
        from nexus_tui.study.stages import next_stage

        desk = self._nexus.desk
        stage = next_stage(desk) if desk is not None else None
        await opening.open_stage(self._nexus, stage.key if stage else "first")

    def _of_screen(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the keys of the screen do, by name."""
        found: dict[str, tuple[str, str, Callable[[], object]]] = {}
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            general = binding.action.startswith(("app.", "screen."))
            own = node is self.screen and not general
            if own and enabled and binding.description:
                run = partial(self._nexus.run_action, binding.action, node)
                words = f"On this screen: {self.app.get_key_display(binding)}"
                found.setdefault(binding.description, (binding.description, words, run))
        return list(found.values())

    def _offered(self) -> list[tuple[str, str, Callable[[], object]]]:
        """What the screen does first; nothing twice."""
        own = self._of_screen()
        names = {name for name, _, _ in own}
        return [*own, *(one for one in self._commands() if one[0] not in names)]

    async def discover(self) -> Hits:
        for name, words, command in self._offered():
            yield DiscoveryHit(name, command, help=words)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, words, command in self._offered():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), command, help=words)
        for name, words, open_it in self._topics():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, Content(name), open_it, text=name, help=_plain(words))

    def _topics(self) -> Iterator[tuple[str, str, Callable[[], object]]]:
        """Every topic and path, then the bookmarks and the notes."""
        from nexus_tui.tui.notes import first_line

        desk = self._nexus.desk
        if desk is None:
            return
        open_topic = partial(opening.open_topic, self._nexus)
        titles = desk.catalog.titles()
        for row in desk.catalog.topics():
            yield f"Topic: {row.title}", row.summary, partial(open_topic, row.key)
        for path in desk.catalog.paths():
            open_path = partial(opening.open_path, self._nexus, path.key)
            yield f"Path: {path.model.title}", path.model.summary, open_path
        try:
            marked, noted = desk.store.bookmarks(), desk.store.notes()
        except StoreError:  # which Today says
            return
        for key, heading in marked:
            if key in titles:
                name = f"Bookmark: {titles[key]} › {unticked(heading)}"
                yield name, "A section you marked", partial(open_topic, key, section=heading)
        for key, note in noted.items():
            if key in titles:
                name = f"Note: {titles[key]}"
                words = first_line(note.text, key, titles)
                yield name, words, partial(open_topic, key, "notes")


def _plain(text: str) -> str:
    """`text` as markup that shows it unchanged: Textual parses the help of a command."""
    return text.replace("[", "\\[")
