"""What a learner could do next: the entries of Today and of an empty Review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from nexus_tui.learning.placement import MINUTES, MOST
from nexus_tui.learning.session import minutes_for
from nexus_tui.study.reviewing import named_topics, next_review
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.catalog.catalog import StageTitle
    from nexus_tui.study.desk import Desk
    from nexus_tui.study.overview import Overview, TopicState

NEW_A_SESSION = 12
"""New objectives that one session asks at most."""
_KEYS = {
    "exam": "x",
    "resume": "o",
    "review": "r",
    "predict": "p",
    "topic": "c",
    "learn": "n",
    "stage": "s",
    "drill": "w",
    "placement": "f",
}


@dataclass(frozen=True)
class Step:
    """`id` says what opens: `review`, `learn`, `resume`, `topic:<key>`, `stage:<key>`, …

    `rest` opens nothing: it says that there is nothing to review.
    """

    id: str
    verb: str
    title: str
    figure: str
    reason: str
    begun: bool = False
    """Is it a stage that is worked on? It is never left out."""

    @property
    def kind(self) -> str:
        """What its id begins with."""
        return self.id.partition(":")[0]

    @property
    def key(self) -> str:
        """The key that starts it; "" for a place, which has its digit, and for `rest`."""
        return _KEYS.get(self.kind, "")


_LEVEL = Step(
    "placement",
    "Level",
    "Find my level",
    f"{MINUTES} min",
    "Questions that adapt to your answers. What you know is credited.",
)
LITTLE = 5
"""Answers from which on a learner is at work, and Review alone offers to find the level."""


def welcome(desk: Desk | None, overview: Overview | None) -> tuple[Step, ...]:
    """Ways to begin on the first day."""
    lesson = overview.next_lesson if overview else None
    first = Step(
        f"topic:{lesson.row.key if lesson else ''}",
        "Read",
        f"Read and answer: {lesson.row.title}" if lesson else "Read and answer",
        f"{lesson.row.minutes} min" if lesson else "",
        lesson.row.summary if lesson else "A first lesson, then questions on it.",
    )
    slow = Step(
        "stage:first",
        "Solve",
        "Fix a slow endpoint",
        _first_minutes(desk) if desk is not None else "",
        "A list of 35 books costs 36 queries: what happened, what to measure.",
    )
    counts, solvable = "Every topic, challenge and checklist. Nothing is locked.", True
    if desk is not None:
        topics, challenges, checklists = desk.catalog.counts()
        counts = (
            f"{topics} topics, {challenges} challenges, {checklists} checklists. Nothing is locked."
        )
        solvable = challenges > 0
    able = desk is None or any(row.question_count for row in desk.catalog.topics())
    around = Step("tour", "Look", "Look around", "2 min", f"A tour: {counts}")
    exam = _exam(desk) if desk is not None else None
    left = _resume(desk) if desk is not None else None
    level = (_placement(desk) if desk is not None else None) or _LEVEL
    steps = (exam, left, slow if solvable else None, first, level if able else None, around)
    return tuple(step for step in steps if step)


def _first_minutes(desk: Desk) -> str:
    """How long the first stage takes, as the stage itself says it."""
    from nexus_tui.study.stages import first_stage

    title = first_stage(desk)
    return f"{title.minutes} min" if title is not None else ""


def next_steps(desk: Desk | None, overview: Overview | None) -> tuple[Step, ...]:
    """The entries of Today: reviews first, then reading on, solving, the weakest spot."""
    if overview is None or desk is None:
        return (
            Step("review", "Review", "Objectives that are due", "", ""),
            Step("place:topics", "Continue", "The lesson you left", "", ""),
        )
    review, learn, drill = _review(desk, overview), _learn(desk, overview), _weakest(overview)
    left = _resume(desk, (review, learn, drill))
    review = review or _rest(overview)
    first = (_exam(desk), left, _placement(desk), review, _prediction(desk, overview))
    steps = [s for s in first if s]
    steps += _reading(overview)
    later = (learn, _level(desk, overview), _stage(desk, overview), drill)
    steps += [step for step in later if step]
    if overview.all_mastered:
        steps += [s for s in _beyond(desk) if s.id not in {step.id for step in steps}]
    return tuple(steps)


def fitting(steps: Sequence[Step], most: int) -> tuple[Step, ...]:
    """The first `most` of the steps; a stage that was begun is the last where it came later."""
    begun = [step for step in steps[most:] if step.begun]
    return (*steps[: most - len(begun)], *begun)


def after_review(desk: Desk, overview: Overview) -> tuple[Step, ...]:
    """What to do besides a review; an exam whose time runs comes first."""
    offered = (_learn(desk, overview), _weakest(overview))
    left = (_exam(desk), _resume(desk, (_review(desk, overview), *offered)))
    return tuple(step for step in (*left, *offered, *_reading(overview)) if step)


def _exam(desk: Desk) -> Step | None:
    found = desk.exam()
    if found is None:
        return None
    minutes = -(-found.seconds_left() // 60)
    answered = f"{len(found.sheet.answered)} of {len(found.sheet.items)} answered"
    about = f"{found.paper.plan.about}. {answered}; its time runs."
    return Step("exam", "Exam", "Go on with the exam", f"{minutes} min left", about)


def _resume(desk: Desk, offered: Sequence[Step | None] = ()) -> Step | None:
    """The session that was left; not where nothing of it is answered and the same is `offered`."""
    left = desk.open_session()
    if left is None:
        return None
    same = {left.session.mode, f"{left.session.mode}:{left.session.queue[0].objective}"}
    if not left.session.position and same & {step.id for step in offered if step}:
        return None
    rest = left.session.total - left.session.position
    return Step(
        "resume",
        "Resume",
        "The session you left",
        f"{minutes_for(rest)} min",
        f"{left.session.position} of {left.session.total} answered",
    )


def _placement(desk: Desk) -> Step | None:
    answered = desk.placement()
    if not answered:
        return None
    minutes = max(1, MINUTES * (MOST - answered) // MOST)
    return Step(
        "placement",
        "Resume",
        "Go on with finding your level",
        f"{minutes} min",
        f"{answered} answered, at most {MOST} are asked.",
    )


def _level(desk: Desk, overview: Overview) -> Step | None:
    """To find one's level, as long as little was answered and it was never found."""
    from nexus_tui.progress import papers

    known = overview.answers >= LITTLE or overview.all_mastered
    if known or desk.placement() or papers.placements(desk.store):
        return None
    return _LEVEL if any(t.row.question_count for t in overview.topics.values()) else None


def _review(desk: Desk, overview: Overview) -> Step | None:
    if not overview.due:
        return None
    review = next_review(desk, overview)
    topics = named_topics(overview.due_by_topic)
    reason = f"{topics}. {review.later}" if review.later else topics
    return Step("review", "Review", review.title, f"{review.minutes} min", reason)


def next_reviews(overview: Overview) -> str:
    """When the next reviews fall due within a week, and how many; "" where none do."""
    found = next(((n, count) for n, count in enumerate(overview.forecast) if n and count), None)
    if found is None:
        return ""
    days, count = found
    name = "tomorrow" if days == 1 else f"{overview.today + timedelta(days=days):%A}"
    return f"next: {name}, {counted(count, 'review')}"


def _rest(overview: Overview) -> Step | None:
    """Nothing is due, or all is mastered: a fact and one reason, in the place of the review."""
    if overview.all_mastered:
        reason = "Reviews come when you are about to forget."
        return Step("rest", "Done", "Everything is mastered", next_reviews(overview), reason)
    if not overview.answers:
        return None
    reason = "A review too early teaches little, so Nexus waits."
    return Step("rest", "Review", "Nothing is due", next_reviews(overview), reason)


def _beyond(desk: Desk) -> list[Step]:
    """What there is to do when every topic is mastered."""
    exam = "Timed, without feedback until its end."
    found = [Step("exam", "Prove", "Take an exam", "", exam)]
    if desk.catalog.checklists():
        check = "Hold what you build against a checklist, point by point."
        found.append(Step("place:checklists", "Check", "A project of yours", "", check))
    return found


def _reading(overview: Overview) -> list[Step]:
    if (left := overview.reading) is not None and left.place is not None:
        where = f"Section {left.place.section + 1} of {left.place.sections}: {left.place.heading}"
        return [_topic(left, "Continue", f"{left.minutes_left} min left", where)]
    if (lesson := overview.next_lesson) is not None:
        return [_topic(lesson, "Read", f"{lesson.row.minutes} min", lesson.row.summary)]
    return []


def _topic(state: TopicState, verb: str, figure: str, reason: str) -> Step:
    return Step(f"topic:{state.row.key}", verb, state.row.title, figure, reason)


def _learn(desk: Desk, overview: Overview) -> Step | None:
    left = desk.new_left(overview)
    count = min(len(overview.new), NEW_A_SESSION, left)
    if overview.new and overview.met_today and not left:
        return _enough(overview.met_today)
    if not count:
        return None
    first = overview.new[0].key.rsplit("/", 1)[0]
    title = overview.topics[first].row.title
    more = "" if count == len([o for o in overview.new if o.key.startswith(first)]) else " first"
    last = overview.met_today and count == left
    what = (
        counted(count, "more new objective") + " today" if last else counted(count, "new objective")
    )
    return Step(
        "learn",
        "Learn",
        "Learn something new",
        f"{minutes_for(count)} min",
        f"{what}, {title}{more}",
    )


def _enough(met: int) -> Step:
    """As many new objectives were met as a day should have: why, and how to meet more."""
    return Step(
        "place:topics",
        "Learn",
        f"Enough that is new today: {counted(met, 'objective')}",
        "",
        "Each comes back for review. More: a topic, then Q. The limit: settings.",
    )


def _stage(desk: Desk, overview: Overview) -> Step | None:
    from nexus_tui.study.stages import next_stage

    found = next_stage(desk, overview.stages)
    if found is None:
        return None
    title = found.title
    return Step(
        f"stage:{title.key}",
        "Solve",
        _place_of(title),
        f"{title.minutes} min",
        title.title,
        begun=found.row is not None,
    )


def _prediction(desk: Desk, overview: Overview) -> Step | None:
    """A question on code that was written weeks ago."""
    from nexus_tui.study.stages import come_back

    found = come_back(desk, overview.stages)
    if not found:
        return None
    stage, question, passed = found[0]
    days = (desk.store.day_of(desk.clock()) - passed).days
    said = f"{stage.title.title}, solved {days} days ago"
    return Step(f"predict:{question}", "Predict", _place_of(stage.title), "1 question", said)


def _place_of(title: StageTitle) -> str:
    """A stage by its challenge: its own title says little where that is not in sight."""
    return f"{title.challenge}, stage {title.number} of {title.of}"


def _weakest(overview: Overview) -> Step | None:
    weak = overview.weakest
    if weak is None:
        return None
    record = weak.record
    return Step(
        f"drill:{weak.key}", "Drill", weak.text, "3 questions", record[0].upper() + record[1:]
    )
