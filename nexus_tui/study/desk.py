"""The learner's desk: the catalog and the store, opened together."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.trust import may_run
from nexus_tui.choices import Choices
from nexus_tui.learning import calendar
from nexus_tui.learning import session as sessions
from nexus_tui.progress import papers
from nexus_tui.progress.errors import StoreError
from nexus_tui.progress.sessions import latest as latest_sessions
from nexus_tui.study import care, choosing
from nexus_tui.study.overview import Overview, overview

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from datetime import datetime
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog, ChecklistView
    from nexus_tui.labs.challenges.verdict import Verdict
    from nexus_tui.learning.responses import Response
    from nexus_tui.progress.sessions import SessionRow
    from nexus_tui.progress.store import Store
    from nexus_tui.settings import Settings
    from nexus_tui.study.exams import Examination
    from nexus_tui.study.finding import Found
    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.sitting import Sitting

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
        choices: Choices | None = None,
    ) -> None:
        self.choices = choices or Choices()
        """What holds for reviewing; `choosing.adopt` puts others in force."""
        self.catalog = catalog
        self.store = store
        self.clock = clock
        self.failure = failure
        """Why answers cannot be kept, and what happens to them; None when all is well."""
        self.settings: Settings | None = None
        self.notes: tuple[str, ...] = ()
        """What was found of the history while it was opened, and since."""
        self.verdicts: dict[str, Verdict] = {}
        """Stage → what its last check said since the desk was opened."""
        self.drafts: dict[str, dict[str, Response]] = {}
        """Exam → question → what was entered and not kept since the desk was opened."""

    @classmethod
    def open(cls, settings: Settings, clock: Callable[[], datetime] = calendar.now) -> Desk:
        """Open the catalog and the history. Raises DeskError with one clear sentence."""
        catalog = open_content(settings)
        choices = settings.choices

        def begin(store: Store) -> None:
            choosing.adopt(store, choices)

        opened = care.open_history(settings, clock, catalog.moved(), begin)
        desk = cls(catalog, opened.store, opened.failure, clock, choices)
        desk.settings, desk.notes = settings, opened.notices
        desk.close_exams()
        return desk

    def close_exams(self) -> None:
        """End the exams that were left and whose time is up, so that their answers count."""
        # What cannot be written now is ended at the next start.
        with suppress(StoreError):
            if self._exam_begun:
                from nexus_tui.study import exams

                exams.close_over(self.catalog, self.store)

    def exam(self) -> Examination | None:
        """The exam whose time runs still, None where there is none. Raises StoreError."""
        if not self._exam_begun:
            return None
        from nexus_tui.study import exams

        return exams.running(self)

    @property
    def _exam_begun(self) -> bool:
        """Was an exam begun that did not end? Nearly always not: then no exam is imported."""
        return bool(papers.unfinished(self.store, "exam"))

    def placement(self) -> int:
        """How much of a placement that was left is answered; 0 where there is none to go on with.

        Raises StoreError.
        """
        left = papers.left_placement(self.store)
        return len(left[1]) if left else 0

    @property
    def notices(self) -> tuple[str, ...]:
        """What the learner should know about how things were opened."""
        return (*self.notes, *self.catalog.notices, *_left_out(self.catalog))

    def close(self) -> None:
        """Finish what is being written, then close both."""
        if self.settings is not None:
            care.keep(self.store, self.settings)
        self.store.close()
        self.catalog.close()

    def look_after(self) -> None:
        """Check the history and make the backup that is due; what was found is in `notices`.

        For a thread, after the first paint.
        """
        if self.settings is not None:
            self.notes = (*self.notes, *care.look_after(self.store, self.settings))

    def overview(self) -> Overview:
        """Where the learner stands now."""
        return overview(self.catalog, self.store, self.clock())

    # ------------------------------------------------------------ reading

    def show(
        self, topic: str, section: int, heading: str, sections: int, spent: timedelta | None = None
    ) -> Future[None]:
        """Remember that a section is in sight, or was for so long; done once it is on disk."""
        took = _milliseconds(spent)
        return self.store.reading(topic, section, heading, sections, read=False, milliseconds=took)

    def read(
        self, topic: str, section: int, heading: str, sections: int, spent: timedelta | None = None
    ) -> Future[None]:
        """Remember that a section was read, and how long it took; done once it is on disk."""
        took = _milliseconds(spent)
        return self.store.reading(topic, section, heading, sections, milliseconds=took)

    def search(self, words: str) -> Found:
        """What content and the learner's notes hold about `words`; never an answer."""
        from nexus_tui.study.finding import find

        return find(self.catalog, self.store, words)

    # ------------------------------------------------------------ projects

    @cached_property
    def checklists(self) -> tuple[ChecklistView, ...]:
        """Every checklist, read once."""
        return tuple(self.catalog.checklists())

    @cached_property
    def stages(self) -> Mapping[str, tuple[str, str]]:
        """`<challenge>/<stage>` → the key of the stage and its title, of every pack."""
        return {
            f"{view.model.id}/{stage.id}": (f"{view.key}/{stage.id}", stage.title)
            for view in self.catalog.challenges()
            for stage in view.model.stages
        }

    @property
    def project(self) -> str | None:
        """The project that checklists are held against: the one used last."""
        from nexus_tui.progress import projects

        found = projects.projects(self.store)
        return found[0].name if found else None

    def choose_project(self, name: str) -> None:
        """Make `name` the project in use; a new name makes a new project."""
        from nexus_tui.progress import projects

        projects.keep(self.store, name).result()

    def next_project(self) -> None:
        """Go round the projects, the one used longest ago next."""
        from nexus_tui.progress import projects

        found = projects.projects(self.store)
        if len(found) > 1:
            self.choose_project(found[-1].name)

    # ------------------------------------------------------------ sessions

    def start(self, mode: str, subject: str = "") -> Sitting | None:
        """Begin a session, see `plan`. Returns None where there is nothing to ask."""
        session_id = f"{time.time_ns():x}"
        plan = self.plan(mode, subject, session_id)
        return self._begin(session_id, plan) if plan is not None else None

    def ask(self, question: str) -> Sitting:
        """Begin a session of this one question. Raises KeyError."""
        topic = question.rpartition("/")[0]
        objective = f"{topic}/{self.catalog.question(question).objective}"
        planned = sessions.Planned(question, objective, topic, "practice")
        return self._begin(f"{time.time_ns():x}", sessions.Session("drill", (planned,)))

    def _begin(self, session_id: str, plan: sessions.Session) -> Sitting:
        from nexus_tui.study.sitting import Sitting

        sitting = Sitting(self.catalog, self.store, session_id, plan)
        sitting.begin()
        return sitting

    def plan(self, mode: str, subject: str = "", seed: str = "") -> sessions.Session | None:
        """What a session would ask: `review` (due), `learn` (new), `topic` or `drill` of a subject.

        A drill asks several questions of its one objective. None where there is nothing to ask.
        """
        view = self.overview()
        wanted = [
            (objective, tuple(questions))
            for objective in (view.new if mode == "learn" else view.objectives)
            if _belongs(mode, subject, objective)
            and (questions := self.catalog.questions_of(objective.key))
        ]
        asked = self.store.last_asked(key for _, questions in wanted for key in questions)
        candidates = [
            sessions.Candidate(
                objective=objective.key,
                topic=objective.topic,
                questions=questions,
                card=view.cards.get(objective.key),
                due=objective.is_due,
                last_asked={q: asked[q] for q in questions if q in asked},
                confident_error=objective.confident_error,
                leech=objective.leech and mode == "review",
            )
            for objective, questions in wanted
        ]
        if mode == "drill":
            candidates = [c for whole in candidates for c in sessions.apart(whole, DRILL)]
        chosen = mode in {"topic", "drill"}
        planned = sessions.plan(
            candidates,
            now=view.now,
            size=len(candidates) if chosen else min(sessions.SIZE, self.new_left(view)),
            due_limit=len(candidates) if chosen else self.choices.due_limit,
            confusable=_confusable(view),
            seed=f"{self.store.learner}/{seed}",
            preset=choosing.in_force(self.store),
        )
        return sessions.Session(mode, planned) if planned else None

    def new_left(self, view: Overview) -> int:
        """How many objectives may be met for the first time today still."""
        return max(0, self.choices.new_limit - view.met_today)

    def open_session(self, topic: str = "") -> Sitting | None:
        """The session begun today or yesterday that was left, to go on with; a quiz of `topic`.

        Of those with an answer, the one answered last. Where there is none, the one begun last of
        which nothing was answered, unless another was finished since. None where questions of it
        are no longer in the content.
        """
        today = self.store.day_of(self.clock())
        begun = [row for row in latest_sessions(self.store) if (today - row.day).days <= 1]
        left = [row for row in begun if _is_left(row)]
        finished = max((row.answered for row in begun if row not in left), default=0)
        answered = sorted((row for row in left if row.answered), key=lambda row: -row.answered)
        others = [row for row in left if not row.answered and row.began > finished]
        wanted = [row for row in (*answered, *others) if _asks(row, topic)]
        known = self.catalog.question_keys() if wanted else ()
        there = (row for row in wanted if all(asked["question"] in known for asked in row.queue))
        return next((sitting for row in there if (sitting := self._left(row))), None)

    def _left(self, kept: SessionRow) -> Sitting | None:
        """That session, where anything is left that the learner wants to be asked."""
        from nexus_tui.study.sitting import Sitting

        sitting = Sitting(self.catalog, self.store, kept.id, _plan_of(kept))
        return sitting if sitting.session.current is not None else None


def _plan_of(kept: SessionRow) -> sessions.Session:
    return sessions.Session(kept.mode, tuple(sessions.Planned(**asked) for asked in kept.queue))


def _is_left(kept: SessionRow) -> bool:
    """Is there a question of it that was not answered, or is to be asked again?"""
    if not {asked["question"] for asked in kept.queue} <= {key for key, _ in kept.answers}:
        return True  # most often, and found at once
    return sessions.retrace(_plan_of(kept), kept.answers).current is not None


def _asks(kept: SessionRow, topic: str) -> bool:
    """Is it a quiz of `topic`? Without one, any session will do."""
    return not topic or (kept.mode == "topic" and kept.queue[0]["topic"] == topic)


def _milliseconds(spent: timedelta | None) -> int | None:
    return None if spent is None else spent // timedelta(milliseconds=1)


def _belongs(mode: str, subject: str, objective: ObjectiveState) -> bool:
    if mode == "drill":
        return objective.key == subject
    if objective.held:
        return False
    if mode == "topic":
        return objective.topic == subject
    return objective.is_due if mode == "review" else True


def _confusable(view: Overview) -> dict[str, set[str]]:
    """Topics mixed up easily, whichever of the two says so."""
    found: dict[str, set[str]] = {key: set() for key in view.topics}
    for key, state in view.topics.items():
        for other in state.row.confusable:
            found[key].add(other)
            found.setdefault(other, set()).add(key)
    return found


def open_content(settings: Settings) -> Catalog:
    """The content in use and the packs of the user. Raises DeskError with one clear sentence."""
    try:
        packs = [settings.content.path, *_user_packs(settings)]
        catalog = open_catalog(packs, settings.cache.path)
        catalog.let_run(root for root in packs if may_run(root, settings.data.path))
        return catalog
    except OSError as error:
        why = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        raise DeskError(f"The content cannot be read: {why}.") from error


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
