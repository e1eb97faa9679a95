"""Where the learner stands, computed at one moment from the catalog and the history."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexus_tui.learning import calendar, mastery, weeks
from nexus_tui.learning.mastery import Standing
from nexus_tui.learning.weeks import Done
from nexus_tui.progress import decisions, learners
from nexus_tui.study.objectives import Known, ObjectiveState

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from datetime import date, datetime

    from nexus_tui.catalog.catalog import Catalog, TopicRow, TrackRow
    from nexus_tui.learning.scheduling import CardState
    from nexus_tui.progress.history import DayRow, History, ReadingRow, StageRow


@dataclass(frozen=True)
class TopicState:
    """One topic as the learner has it."""

    row: TopicRow
    objectives: tuple[ObjectiveState, ...]
    standing: Standing
    place: ReadingRow | None
    after: str | None
    """The first prerequisite that was not started, and how many more; None when all were."""
    credited: bool = False
    """Held for known: by the learner, a placement, or mastery of what builds on it."""

    @property
    def mastered(self) -> int:
        return sum(o.standing is Standing.MASTERED for o in self.objectives)

    @property
    def due(self) -> int:
        return sum(o.is_due for o in self.objectives)

    @property
    def asked(self) -> int:
        return sum(o.asked > 0 for o in self.objectives)

    @property
    def begun(self) -> bool:
        """Was anything of it asked, read or credited, and is it not mastered?"""
        if self.standing is Standing.NOT_STARTED:
            return self.place is not None
        return self.standing is Standing.STARTED

    @property
    def minutes_left(self) -> int:
        if self.place is None:
            return self.row.minutes
        unread = self.place.sections - len(self.place.read)
        return max(1, round(self.row.minutes * unread / max(1, self.place.sections)))


@dataclass(frozen=True)
class TrackState:
    """A track and what of it is done. Topics without a lesson count as nothing done."""

    row: TrackRow
    topics: tuple[TopicState, ...]

    @property
    def mastered(self) -> int:
        return sum(t.standing is Standing.MASTERED and t.row.has_lesson for t in self.topics)

    @property
    def begun(self) -> int:
        return sum(t.begun for t in self.topics)

    @property
    def due(self) -> int:
        return sum(t.due for t in self.topics)


@dataclass(frozen=True)
class Overview:
    """Everything that the places show about the learner."""

    today: date
    now: datetime
    tracks: tuple[TrackState, ...]
    topics: Mapping[str, TopicState]
    week: tuple[Done, ...]
    streak: calendar.Streak
    longest_run: int
    """The most days of learning one after the other, ever."""
    forecast: tuple[int, ...]
    answers: int
    right: int
    certainty: Mapping[str, tuple[int, int]]
    """Certainty → (right, answered)."""
    new: tuple[ObjectiveState, ...]
    """Objectives never asked of topics that were opened or are open to the learner."""
    met_today: int = 0
    """Objectives asked for the first time today."""
    stages: Mapping[str, StageRow] = field(default_factory=dict)
    """Stage → how far it is, of those that were begun."""
    cards: Mapping[str, CardState] = field(default_factory=dict)
    """Objective → what is remembered of it, whether or not the content has it still."""
    learner: str | None = None
    """Whose history this is, where several learn here."""

    @property
    def first_day(self) -> bool:
        """Nothing was ever done: the welcome is shown instead of figures."""
        begun = bool(self.stages) or any(t.place for t in self.topics.values())
        return not self.answers and not begun and all(o.due is None for o in self.objectives)

    @property
    def objectives(self) -> tuple[ObjectiveState, ...]:
        return tuple(o for t in self.topics.values() for o in t.objectives)

    @property
    def due(self) -> tuple[ObjectiveState, ...]:
        return tuple(o for o in self.objectives if o.is_due)

    @property
    def due_by_topic(self) -> list[tuple[str, int]]:
        """(title, how many are due), most first."""
        counts = Counter({t.row.title: t.due for t in self.topics.values() if t.due})
        return counts.most_common()

    @property
    def mastered(self) -> int:
        return sum(track.mastered for track in self.tracks)

    @property
    def reading(self) -> TopicState | None:
        """The lesson that was left last and is not read to its end, one that was read in first."""
        left = [
            (bool(t.place.read), t.place.at, t)
            for t in self.topics.values()
            if t.place and len(t.place.read) < t.place.sections and t.row.has_lesson
        ]
        return max(left, key=lambda found: found[:2])[2] if left else None

    @property
    def next_lesson(self) -> TopicState | None:
        """The first written lesson that is open and was not started.

        One of a topic that is credited or mastered only where there is no other: reading it first
        would cost the time that credit was to save.
        """
        waiting = [t for t in self.topics.values() if t.row.has_lesson and t.place is None]
        able = [t for t in waiting if t.after is None] or waiting[:1]
        unknown = (t for t in able if not t.credited and t.standing is not Standing.MASTERED)
        return next(unknown, able[0] if able else None)

    @property
    def weak(self) -> tuple[ObjectiveState, ...]:
        """Objectives that are weak and may be asked, the weakest first."""
        return tuple(sorted((o for o in self.objectives if o.is_weak), key=lambda o: o.strength))

    @property
    def weakest(self) -> ObjectiveState | None:
        """The first of those that are weak, if any is."""
        return min(
            (o for o in self.objectives if o.is_weak), key=lambda o: o.strength, default=None
        )

    @property
    def all_mastered(self) -> bool:
        """Is every topic mastered that can be?"""
        standings = {t.standing for t in self.topics.values() if t.row.has_lesson}
        return standings == {Standing.MASTERED}


def overview(catalog: Catalog, store: History, now: datetime) -> Overview:
    """Read the history once and derive everything from it."""
    today = store.day_of(now)
    week = calendar.week(today)
    with store.snapshot():
        cards, history = store.objectives()
        learned, certainty = store.ever()
        days = {d.day: d for d in done_on_days(store, week[0])}
        places, stages, held = store.readings(), store.stages(), decisions.held(store)
        said = decisions.credited(store)
        learner = learners.shown_name(store)
    rows = catalog.topics()
    by_key = {row.key: row for row in rows}
    credited = mastery.credited_by_mastery(
        {key.rsplit("/", 1)[0] for key, found in history.items() if mastery.is_mastered(found)},
        {row.key: row.requires for row in rows},
    )
    known = Known(cards, history, held, now, today, store.day_of)
    proofs = catalog.proofs()
    passed = {key for key, stage in stages.items() if stage.passed is not None}
    states: dict[str, TopicState] = {}
    begun = {
        row.key
        for row in rows
        if row.key in credited or not row.has_lesson or row.key in places or known.begun(row)
    }
    for row in rows:
        objectives = tuple(
            known.state(key, text, credited=row.key in credited) for key, text in row.objectives
        )
        states[row.key] = TopicState(
            row=row,
            objectives=objectives,
            standing=mastery.topic_standing(
                [o.standing for o in objectives],
                stages_passed=passed.issuperset(proofs.get(row.key, ())),
            ),
            place=places.get(row.key),
            after=_after(row, by_key, begun),
            credited=row.key in credited or row.key in said,
        )
    return Overview(
        today=today,
        now=now,
        tracks=tuple(
            TrackState(t, tuple(states[r.key] for r in rows if (r.pack, r.track) == (t.pack, t.id)))
            for t in catalog.tracks()
        ),
        topics=states,
        week=tuple(days.get(d) or Done(d) for d in week),
        streak=calendar.streak(learned, today),
        longest_run=calendar.longest_run(learned),
        forecast=calendar.forecast(
            [
                store.day_of(o.due)
                for s in states.values()
                for o in s.objectives
                if o.due and not o.suspended
            ],
            today,
            7,
        ),
        answers=sum(h.asked for h in history.values()),
        right=sum(h.right for h in history.values()),
        certainty=certainty,
        new=_new(states.values()),
        stages=stages,
        cards=cards,
        learner=learner,
        met_today=sum(h.first_asked == today for h in history.values()),
    )


def _new(states: Iterable[TopicState]) -> tuple[ObjectiveState, ...]:
    """What was never asked and may be; what mastery elsewhere credits comes last."""
    found = [
        o
        for s in states
        if s.row.question_count and (s.place or s.after is None)
        for o in s.objectives
        if not o.asked and o.due is None and not o.held
    ]
    return tuple(sorted(found, key=lambda o: o.credited))


def _after(row: TopicRow, rows: Mapping[str, TopicRow], begun: Container[str]) -> str | None:
    waiting = [key for key in row.requires if key in rows and key not in begun]
    if not waiting:
        return None
    more = f" + {len(waiting) - 1} more" if len(waiting) > 1 else ""
    return f"{rows[waiting[0]].title}{more}"


def done_on_days(store: History, since: date) -> list[Done]:
    """What was done on each day from `since` on; days without anything are left out."""
    return [_done(row) for row in store.days(since)]


def _done(row: DayRow) -> Done:
    return Done(
        row.day,
        answers=row.answers,
        right=row.right,
        minutes=weeks.minutes(row.milliseconds, row.sections, row.worked),
        reviews=row.reviews,
        recalled=row.recalled,
        days=1,
    )
