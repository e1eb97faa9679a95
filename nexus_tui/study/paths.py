"""Paths as the learner has them: what of each is done, and what comes next on it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from nexus_tui.learning import exam
from nexus_tui.learning.mastery import Standing
from nexus_tui.learning.session import minutes_for
from nexus_tui.progress import papers
from nexus_tui.study import exam_report, exams
from nexus_tui.study.next_steps import Step

if TYPE_CHECKING:
    from nexus_tui.catalog.catalog import PathView
    from nexus_tui.progress.papers import EndedExam
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Wanted
    from nexus_tui.study.overview import Overview, TopicState


class Proof(NamedTuple):
    """A stage that proves something of a path."""

    key: str
    title: str
    challenge: str
    """The title of its challenge."""
    minutes: int
    begun: bool
    passed: bool
    topics: frozenset[str]
    """The topics of which it proves an objective."""


class ExamLine(NamedTuple):
    """A line of the blueprint of a closing exam, and how many questions it gets."""

    title: str
    weight: int
    questions: int


@dataclass(frozen=True)
class PathState:
    """A path and how far the learner is on it."""

    view: PathView
    topics: tuple[TopicState, ...]
    stages: tuple[Proof, ...]
    exams: tuple[EndedExam, ...]
    """Its closing exams that ended, the newest first."""

    @property
    def levels(self) -> list[tuple[str, list[TopicState]]]:
        """The topics in order: foundation, core, advanced, where there are any."""
        found = groupby(self.topics, key=lambda topic: topic.row.level)
        return [(level, list(topics)) for level, topics in found]

    @property
    def minutes(self) -> int:
        """Minutes of the lessons, the stages and the closing exam."""
        lessons = sum(topic.row.minutes for topic in self.topics)
        return lessons + sum(s.minutes for s in self.stages) + self.view.model.exam.minutes

    @property
    def mastered(self) -> int:
        return sum(topic.standing is Standing.MASTERED for topic in self.topics)

    @property
    def passed(self) -> int:
        return sum(stage.passed for stage in self.stages)

    @property
    def before(self) -> list[str]:
        """Keys of the topics that its topics require and that are not on it."""
        own = {topic.row.key for topic in self.topics}
        needed = (key for topic in self.topics for key in topic.row.requires)
        return [key for key in dict.fromkeys(needed) if key not in own]

    @property
    def blueprint(self) -> list[ExamLine]:
        """What its closing exam asks, line by line, as it stands in the file."""
        titles: dict[str, str] = {}
        for topic in self.topics:
            titles |= {topic.row.key: topic.row.title, **dict(topic.row.objectives)}
        wanted = exams.closing(self.view)
        # A path is left out where a line has fewer questions than it asks, so there is room.
        room = dict.fromkeys(wanted.parts, wanted.questions)
        gets = exam.allot(wanted.questions, wanted.parts, room)
        return [ExamLine(titles[key], part, gets[key]) for key, part in wanted.parts.items()]

    @property
    def next(self) -> Step | None:
        """What comes next: a stage once its topics were gone through, else the first topic that
        was not, at the end the closing exam; None where all was done once.
        """
        open_topics = [topic for topic in self.topics if not _gone_through(topic)]
        waiting = {topic.row.key for topic in open_topics}
        ready = [s for s in self.stages if not s.passed and not s.topics & waiting]
        if ready:
            return _solve(ready[0])
        if open_topics:
            return _learn(open_topics[0])
        if not self.exams:
            plan = self.view.model.exam
            figure = f"{plan.minutes} min"
            return Step(f"closing:{self.view.key}", "Prove", "Closing exam", figure, "All is read.")
        return None


def _gone_through(topic: TopicState) -> bool:
    """Its lesson was read to the end and every objective asked once, or is credited."""
    if topic.standing is Standing.MASTERED:
        return True
    asked = all(o.asked or o.credited for o in topic.objectives) or not topic.row.question_count
    known = all(o.credited for o in topic.objectives)
    return asked and (known or _read(topic))


def _read(topic: TopicState) -> bool:
    place = topic.place
    return not topic.row.has_lesson or (place is not None and len(place.read) >= place.sections)


def _learn(topic: TopicState) -> Step:
    key, title = topic.row.key, topic.row.title
    if not _read(topic):
        verb = "Read" if topic.place is None else "Read on"
        return Step(f"topic:{key}", verb, title, f"{topic.minutes_left} min", topic.row.summary)
    left = sum(not o.asked and not o.credited for o in topic.objectives)
    reason = f"{left} of its {len(topic.objectives)} objectives were never asked."
    return Step(f"quiz:{key}", "Answer", title, f"{minutes_for(left)} min", reason)


def _solve(stage: Proof) -> Step:
    verb = "Go on" if stage.begun else "Solve"
    reason = f"A stage of {stage.challenge} that proves what you read."
    return Step(f"stage:{stage.key}", verb, stage.title, f"{stage.minutes} min", reason)


def every_path(desk: Desk, view: Overview) -> list[PathState]:
    """All paths. Raises StoreError."""
    proofs = _proofs(desk)
    ended = papers.exams(desk.store)
    return [
        PathState(
            view=path,
            topics=tuple(view.topics[key] for key in path.topics),
            stages=tuple(proofs[key] for key in path.stages),
            exams=tuple(one for one in ended if one.result.path == path.key),
        )
        for path in desk.catalog.paths()
    ]


def _proofs(desk: Desk) -> dict[str, Proof]:
    rows = desk.store.stages()
    found: dict[str, Proof] = {}
    for challenge in desk.catalog.challenges():
        pack = challenge.key.partition("/")[0]
        for stage in challenge.model.stages:
            key = f"{challenge.key}/{stage.id}"
            row = rows.get(key)
            found[key] = Proof(
                key=key,
                title=stage.title,
                challenge=challenge.model.title,
                minutes=stage.minutes,
                begun=row is not None,
                passed=row is not None and row.passed is not None,
                topics=frozenset(f"{pack}/{o.partition('/')[0]}" for o in stage.objectives),
            )
    return found


def closing_exam(path: PathState) -> Wanted:
    """What its closing exam is to ask."""
    return exams.closing(path.view)


def result(path: PathState) -> str:
    """What came of the closing exam last, in words; empty before the first."""
    if not path.exams:
        return ""
    whole, day = exam_report.total(path.exams[0]), path.exams[0].day
    return f"{whole.right} of {whole.asked} right on {day.day} {day:%B %Y}"
