"""The learner's desk: the catalog and the store, opened together."""

from __future__ import annotations

import time
from datetime import date, datetime
from typing import TYPE_CHECKING

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.learning import calendar
from nexus_tui.learning import session as sessions
from nexus_tui.progress.store import Store, StoreError
from nexus_tui.study.overview import Overview, overview
from nexus_tui.study.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from concurrent.futures import Future
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog
    from nexus_tui.catalog.search import Hit
    from nexus_tui.settings import Settings
    from nexus_tui.study.overview import ObjectiveState

DRILL = 3
"""Questions that a drill asks of its objective."""


class DeskError(Exception):
    """Neither reading nor answering is possible; the message says why."""


class Desk:
    """What every screen and command works with."""

    def __init__(
        self,
        catalog: Catalog,
        store: Store,
        failure: str | None = None,
        clock: Callable[[], datetime] = calendar.now,
    ) -> None:
        self.catalog = catalog
        self.store = store
        self.clock = clock
        self.failure = failure
        """Why answers cannot be kept, in one sentence; None when all is well."""

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] = calendar.now) -> Desk:
        """Open the catalog and the history. Raises DeskError with one clear sentence."""
        catalog = open_content(settings)
        path, learner, moved = settings.database.path, settings.learner, catalog.moved()
        try:
            store = Store.open(path, learner=learner, moved=moved, clock=clock)
            return cls(catalog, store, clock=clock)
        except StoreError as error:
            store = Store.open(None, learner=learner, moved=moved, clock=clock)
            return cls(catalog, store, str(error), clock)

    @property
    def notices(self) -> tuple[str, ...]:
        """What the learner should know about how things were opened."""
        return (*self.catalog.notices, *_left_out(self.catalog))

    def close(self) -> None:
        """Finish what is being written, then close both."""
        self.store.close()
        self.catalog.close()

    def overview(self) -> Overview:
        """Where the learner stands now."""
        return overview(self.catalog, self.store, self.clock())

    # ------------------------------------------------------------ reading

    def read(self, topic: str, section: int, heading: str, sections: int) -> Future[None]:
        """Remember that a section was shown; done once it is on disk."""
        return self.store.reading(topic, section, heading, sections)

    def search(self, words: str) -> list[Hit]:
        """What content holds about `words`, best first; never an answer."""
        from nexus_tui.catalog.search import search

        return search(self.catalog, words)

    # ------------------------------------------------------------ projects

    @property
    def project(self) -> str | None:
        """The project that checklists are held against: the one used last."""
        projects = self.store.projects()
        return projects[0] if projects else None

    def choose_project(self, name: str) -> None:
        """Make `name` the project in use; a new name makes a new project."""
        self.store.project(name).result()

    def next_project(self) -> None:
        """Go round the projects, the one used longest ago next."""
        projects = self.store.projects()
        if len(projects) > 1:
            self.choose_project(projects[-1])

    # ------------------------------------------------------------ sessions

    def start(self, mode: str, subject: str = "") -> Sitting | None:
        """Begin a session, see `plan`. Returns None where there is nothing to ask."""
        session_id = f"{time.time_ns():x}"
        plan = self.plan(mode, subject, session_id)
        if plan is None:
            return None
        sitting = Sitting(self.catalog, self.store, session_id, plan)
        sitting.begin()
        return sitting

    def plan(self, mode: str, subject: str = "", seed: str = "") -> sessions.Session | None:
        """What a session would ask: `review` (due), `learn` (new), `topic` or `drill` of a subject.

        A drill asks several questions of its one objective. None where there is nothing to ask.
        """
        view = self.overview()
        cards, asked = self.store.cards(), self.store.last_asked()
        candidates = [
            sessions.Candidate(
                objective=objective.key,
                topic=state.row.key,
                questions=tuple(questions),
                card=cards.get(objective.key),
                due=objective.is_due,
                last_asked={q: asked[q] for q in questions if q in asked},
            )
            for state in view.topics.values()
            for objective in state.objectives
            if _belongs(mode, subject, objective, view.new)
            and (questions := self.catalog.questions_of(objective.key))
        ]
        if mode == "drill":
            candidates = [c for whole in candidates for c in sessions.apart(whole, DRILL)]
        planned = sessions.plan(
            candidates,
            now=view.now,
            size=len(candidates) if mode in {"topic", "drill"} else sessions.SIZE,
            confusable={s.row.key: set(s.row.confusable) for s in view.topics.values()},
            seed=f"{self.store.learner}/{seed}",
        )
        return sessions.Session(mode, planned) if planned else None

    def open_session(self) -> Sitting | None:
        """The session that was left in the middle today or yesterday, to go on with.

        None where it was finished, or where its questions are no longer in the content.
        """
        kept = self.store.last_session()
        if kept is None:
            return None
        today = self.store.day_of(self.clock())
        known = self.catalog.question_keys()
        queue = tuple(sessions.Planned(**planned) for planned in kept["queue"])
        if (today - date.fromisoformat(kept["day"])).days > 1:
            return None
        if any(planned.question not in known for planned in queue):
            return None
        plan = sessions.Session(kept["mode"], queue)
        sitting = Sitting(self.catalog, self.store, kept["id"], plan)
        begun = sitting.session.position > 0
        return sitting if begun and sitting.session.current is not None else None


def _belongs(
    mode: str, subject: str, objective: ObjectiveState, new: Container[ObjectiveState]
) -> bool:
    if mode == "topic":
        return objective.key.rsplit("/", 1)[0] == subject
    if mode == "drill":
        return objective.key == subject
    return objective.is_due if mode == "review" else objective in new


def open_content(settings: Settings) -> Catalog:
    """The content in use and the packs of the user. Raises DeskError with one clear sentence."""
    try:
        packs = [settings.content.path, *_user_packs(settings)]
        return open_catalog(packs, settings.cache.path)
    except OSError as error:
        raise DeskError(f"The content cannot be read: {error}.") from error


def _left_out(catalog: Catalog) -> list[str]:
    """One sentence about what could not be read of the content."""
    problems = catalog.problems
    if not problems:
        return []
    more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
    return [f"Content that cannot be read was left out: {problems[0]}{more}."]


def _user_packs(settings: Settings) -> list[Path]:
    folder = settings.packs.path
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if (path / "pack.yaml").is_file())
