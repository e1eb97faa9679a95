"""The learner's desk: the catalog and the store, opened together."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.learning import session as sessions
from nexus_tui.progress.store import Store, StoreError
from nexus_tui.study.overview import Overview, overview
from nexus_tui.study.sitting import Sitting

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog
    from nexus_tui.catalog.search import Hit
    from nexus_tui.settings import Settings


class DeskError(Exception):
    """Neither reading nor answering is possible; the message says why."""


class Desk:
    """What every screen and command works with."""

    def __init__(self, catalog: Catalog, store: Store, failure: str | None = None) -> None:
        self.catalog = catalog
        self.store = store
        self.failure = failure
        """Why answers cannot be kept, in one sentence; None when all is well."""

    @classmethod
    def open(cls, settings: Settings) -> Desk:
        """Open the catalog and the history. Raises DeskError with one clear sentence."""
        try:
            catalog = open_catalog(
                [settings.content.path, *_user_packs(settings)], settings.cache.path
            )
        except OSError as error:
            raise DeskError(f"The content cannot be read: {error}.") from error
        path, learner, moved = settings.database.path, settings.learner, catalog.moved()
        try:
            return cls(catalog, Store.open(path, learner=learner, moved=moved))
        except StoreError as error:
            return cls(catalog, Store.open(None, learner=learner, moved=moved), str(error))

    @property
    def notices(self) -> tuple[str, ...]:
        """What the learner should know about how things were opened."""
        return tuple(self.catalog.notices)

    def close(self) -> None:
        """Finish what is being written, then close both."""
        self.store.close()
        self.catalog.close()

    def overview(self) -> Overview:
        """Where the learner stands now."""
        return overview(self.catalog, self.store, datetime.now(UTC))

    # ------------------------------------------------------------ reading

    def read(self, topic: str, section: int, heading: str, sections: int) -> None:
        """Remember that a section was shown."""
        self.store.reading(topic, section, heading, sections)

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
        """Plan a session: `review` (due), `learn` (new), `topic` or `drill` of a subject.

        Returns None where there is nothing to ask.
        """
        now = datetime.now(UTC)
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
            if _belongs(mode, subject, objective.key, is_due=objective.is_due)
            and (objective.asked or mode in {"topic", "drill"} or objective in view.new)
            and (questions := self.catalog.questions_of(objective.key))
        ]
        session_id = f"{time.time_ns():x}"
        planned = sessions.plan(
            candidates,
            now=now,
            size=len(candidates) if mode in {"topic", "drill"} else sessions.SIZE,
            confusable={s.row.key: set(s.row.confusable) for s in view.topics.values()},
            seed=f"{self.store.learner}/{session_id}",
        )
        if not planned:
            return None
        plan = sessions.Session(mode, planned)
        sitting = Sitting(self.catalog, self.store, session_id, plan)
        sitting.begin()
        return sitting

    def open_session(self) -> Sitting | None:
        """The session that was left in the middle today or yesterday, to go on with.

        None where it was finished, or where its questions are no longer in the content.
        """
        kept = self.store.last_session()
        if kept is None:
            return None
        today = self.store.day_of(datetime.now(UTC))
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


def _belongs(mode: str, subject: str, objective: str, *, is_due: bool) -> bool:
    if mode == "topic":
        return objective.rsplit("/", 1)[0] == subject
    if mode == "drill":
        return objective == subject
    return is_due if mode == "review" else not is_due


def _user_packs(settings: Settings) -> list[Path]:
    folder = settings.packs.path
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if (path / "pack.yaml").is_file())
