"""Exams at the desk: what can be asked, an exam being taken, how it ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from nexus_tui.learning import exam, session
from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.responses import Response, from_payload
from nexus_tui.progress import papers
from nexus_tui.progress.payloads import ExamItem, ExamPayload, PaperItem, PaperPayload
from nexus_tui.study.sitting import Asked, asked_of, graded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from nexus_tui.catalog.catalog import Catalog, PathView, TopicRow
    from nexus_tui.progress.papers import EndedExam, Kept, Paper
    from nexus_tui.progress.store import AnswerGiven, Store
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview

    How = Literal["handed in", "time up", "left"]

_LONGEST = 10 * 60 * 1000
"""A question left open counts at most ten minutes of work."""
_NAMED = 4
"""Tracks or topics that are named where an exam is named."""


@dataclass(frozen=True)
class Wanted:
    """What an exam is to ask: topics by key, and the parts of it that each track gets.

    A track that is not in `parts` gets as many as it has objectives, where none is, else none.
    The closing exam of a path has parts for topics and objectives, by their keys, instead.
    """

    topics: frozenset[str]
    questions: int = exam.QUESTIONS
    minutes: int = exam.MINUTES
    parts: Mapping[str, int] = field(default_factory=dict)
    path: str | None = None
    """The key of the path that it closes."""


# ---------------------------------------------------------------- what can be asked


def askable(desk: Desk) -> list[TopicRow]:
    """Topics that have questions, in the order of the tracks."""
    return [row for row in desk.catalog.topics() if row.question_count]


def started(desk: Desk, view: Overview) -> frozenset[str]:
    """Topics with questions whose lesson was opened or that were asked about."""
    return frozenset(
        row.key
        for row in askable(desk)
        if view.topics[row.key].place is not None or view.topics[row.key].asked
    )


def usual(desk: Desk, view: Overview) -> Wanted:
    """What suits: the topics that were started, or all where none was."""
    everything = frozenset(row.key for row in askable(desk))
    return Wanted(started(desk, view) or everything)


def closing(path: PathView) -> Wanted:
    """The closing exam of a path."""
    pack, blueprint = path.key.partition("/")[0], path.model.exam
    parts = {f"{pack}/{name}": weight for name, weight in blueprint.weights.items()}
    topics = frozenset(path.topics)
    return Wanted(topics, blueprint.questions, blueprint.minutes, parts, path.key)


def candidates(desk: Desk, wanted: Wanted) -> list[exam.Candidate]:
    """The objectives an exam may ask about; questions never asked first, then the oldest."""
    found = [
        (row, key, desk.catalog.questions_of(key))
        for row in askable(desk)
        if row.key in wanted.topics
        for key, _ in row.objectives
    ]
    asked = desk.store.last_asked(q for _, _, questions in found for q in questions)
    never = [(q not in asked, q) for _, _, questions in found for q in questions]
    order = {q: (0, 0.0) for new, q in never if new}
    order |= {q: (1, at.timestamp()) for q, at in asked.items()}
    return [
        exam.Candidate(key, row.key, group, tuple(sorted(qs, key=lambda q: order[q])))
        for row, key, qs in found
        if (group := _group(row, key, wanted)) is not None
    ]


def _group(row: TopicRow, objective: str, wanted: Wanted) -> str | None:
    """What shares out the questions on an objective; None where it is not asked about."""
    if wanted.path is None:
        return row.track
    return next((key for key in (objective, row.key) if key in wanted.parts), None)


def allotted(desk: Desk, wanted: Wanted) -> dict[str, tuple[int, int]]:
    """Track → (questions it gets, questions it has), as `begin` would share them out.

    In the closing exam of a path it is the line of the blueprint.
    """
    room: dict[str, int] = {}
    objectives: dict[str, int] = {}
    for candidate in candidates(desk, wanted):
        count = len(candidate.questions)
        room[candidate.group] = room.get(candidate.group, 0) + count
        objectives[candidate.group] = objectives.get(candidate.group, 0) + bool(count)
    shares = {group: (wanted.parts or objectives).get(group, 0) for group in room}
    given = exam.allot(wanted.questions, shares, room)
    return {group: (given[group], room[group]) for group in room}


def in_words(desk: Desk, wanted: Wanted) -> str:
    """What an exam is about: the path it closes, else its topics where they are few, its tracks."""
    if wanted.path is not None:
        titles = [path.model.title for path in desk.catalog.paths() if path.key == wanted.path]
        return f"Closing exam: {', '.join(titles)}"
    gets = allotted(desk, wanted)
    rows = [r for r in askable(desk) if r.key in wanted.topics and gets[r.track][0]]
    if len(rows) <= _NAMED:
        return ", ".join(row.title for row in rows)
    tracks = {row.track for row in rows}
    titles = [track.title for track in desk.catalog.tracks() if track.id in tracks]
    more = f" and {len(titles) - _NAMED} more" if len(titles) > _NAMED else ""
    return ", ".join(titles[:_NAMED]) + more


# ---------------------------------------------------------------- taking one


def begin(desk: Desk, wanted: Wanted) -> Examination | None:
    """Begin an exam: its time runs once this returns. None where there is nothing to ask.

    Raises StoreError where it cannot be kept.
    """
    seed = f"{desk.store.learner}/{time.time_ns()}"
    items = exam.draw(candidates(desk, wanted), wanted.questions, seed, wanted.parts or None)
    if not items:
        return None
    plan = PaperPayload(
        mode="exam",
        about=in_words(desk, wanted),
        topics=tuple(sorted(wanted.topics)),
        minutes=wanted.minutes,
        items=tuple(PaperItem(**vars(item)) for item in items),
        path=wanted.path,
    )
    paper = papers.begin(desk.store, plan).result()
    found = next(p for p in papers.unfinished(desk.store, "exam") if p.id == paper)
    return Examination(desk.catalog, desk.store, found)


def running(desk: Desk) -> Examination | None:
    """The exam whose time runs still, None where there is none."""
    for paper in papers.unfinished(desk.store, "exam"):
        found = Examination(desk.catalog, desk.store, paper)
        if found.seconds_left():
            return found
    return None


def close_over(catalog: Catalog, store: Store) -> int:
    """End every exam whose time ran out, as it stood; how many that were."""
    count = 0
    for paper in papers.unfinished(store, "exam"):
        found = Examination(catalog, store, paper)
        if not found.seconds_left():
            found.end("left")
            count += 1
    return count


class Examination:
    """An exam as it is being taken. Where it stands follows from what is on disk."""

    def __init__(self, catalog: Catalog, store: Store, paper: Paper) -> None:
        self.id = paper.id
        self.paper = paper
        self._catalog = catalog
        self._store = store
        self.kept: dict[str, Kept] = {}
        """Question → the answer that counts: the one given last."""
        for kept in papers.answers(store, paper.id, paper.began):
            self.kept[kept.question] = kept
        items = tuple(exam.Item(**item.model_dump()) for item in paper.plan.items)
        sheet = exam.Sheet(
            items,
            answered=frozenset(self.kept),
            flagged=frozenset(papers.flags(store, paper.id)),
            position=len(items) - 1,
        )
        self.sheet = sheet.went(sheet.next_open() or 0)
        self._spent: dict[str, float] = {}
        self._shown_at = time.monotonic()
        self._given: AnswerGiven | None = None

    # ------------------------------------------------------------ time

    def seconds_left(self) -> int:
        """Seconds until the time is up."""
        return exam.seconds_left(self.paper.began, self.paper.plan.minutes, self._store.now())

    # ------------------------------------------------------------ questions

    def asked(self) -> Asked | None:
        """The open question, always shown the same; None where content has it no longer."""
        return asked_in(self._catalog, self.id, self.sheet.current)

    def earlier(self) -> Response | None:
        """What is kept as the answer to the open question."""
        kept = self.kept.get(self.sheet.current.question)
        return from_payload(kept.response) if kept is not None else None

    def go(self, position: int) -> None:
        """Open another question."""
        current, now = self.sheet.current.question, time.monotonic()
        self._spent[current] = self._spent.get(current, 0.0) + now - self._shown_at
        self._shown_at = now
        self.sheet = self.sheet.went(position)

    def answer(self, response: Response) -> Future[str]:
        """Hand an answer to the open question to the store; say `answered` when it is on disk."""
        asked = self.asked()
        assert asked is not None
        spent = self._spent.get(self.sheet.current.question, 0.0)
        spent += time.monotonic() - self._shown_at
        milliseconds = min(_LONGEST, round(spent * 1000))
        where = ("exam", self.id)
        _, self._given = graded(
            self._store, asked, response, Certainty.UNMARKED, milliseconds, where
        )
        return papers.answer(self._store, self._given)

    def answered(self, fact: str) -> None:
        """The answer handed over last is on disk, as `fact`; it counts from now on."""
        given = self._given
        assert given is not None
        kept = papers.Kept(fact, given.question, given.objective, given.response, given.score)
        self.kept[given.question] = kept
        self.sheet = self.sheet.answer()

    def flag(self) -> None:
        """Flag the open question, or take its flag away. Raises StoreError."""
        sheet = self.sheet.flag()
        question = sheet.current.question
        papers.flag(self._store, self.id, question, on=question in sheet.flagged).result()
        self.sheet = sheet

    # ------------------------------------------------------------ end

    def end(self, how: How) -> EndedExam:
        """End the exam: unanswered is wrong, and what was answered reaches the schedule now.

        Raises StoreError where that could not be kept; it goes on then.
        """
        plan, items = self.paper.plan, []
        for item in plan.items:
            kept = self.kept.get(item.question)
            items.append(
                ExamItem(
                    **item.model_dump(),
                    answer=kept.fact if kept else None,
                    score=kept.score if kept else 0.0,
                )
            )
        result = ExamPayload(
            about=plan.about,
            minutes=plan.minutes,
            began=round(self.paper.began.timestamp() * 1000),
            seconds=plan.minutes * 60 - self.seconds_left(),
            ended=how,
            items=tuple(items),
            path=plan.path,
        )
        papers.end_exam(self._store, self.id, result).result()
        return next(ended for ended in papers.exams(self._store) if ended.id == self.id)


def asked_in(catalog: Catalog, paper: str, item: exam.Item | PaperItem) -> Asked | None:
    """A question of a paper as it is shown there; None where content has it no longer."""
    planned = session.Planned(item.question, item.objective, item.topic, "exam")
    try:
        return asked_of(catalog, planned, f"{paper}/{item.question}")
    except KeyError:
        return None


def item_of(kept: Kept) -> PaperItem:
    """The question that an answer is to."""
    topic = kept.objective.rsplit("/", 1)[0]
    return PaperItem(question=kept.question, objective=kept.objective, topic=topic)
