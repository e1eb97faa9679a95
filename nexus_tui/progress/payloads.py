"""What a fact of each kind says; facts are checked on writing and on replay."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Payload(BaseModel):
    """Unknown keys are refused, so that a newer fact is never half understood."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AnswerPayload(Payload):
    """Everything replay needs of an answer: the rating given, so that no rule of that day."""

    objective: str
    seed: str
    shown: tuple[str, ...]
    response: dict[str, Any]
    score: float = Field(ge=0, le=1)
    certainty: Literal["guessed", "unmarked", "sure"]
    milliseconds: int = Field(ge=0)
    rating: int = Field(ge=1, le=4)
    mode: str
    session: str


class ReadingPayload(Payload):
    """A section of a lesson was shown."""

    section: int
    sections: int
    heading: str


NOTE = 100_000
"""Characters that a note may have."""


class NotePayload(Payload):
    """A note about a topic, whole, as Markdown; an empty one removes what was noted before."""

    text: str = Field(max_length=NOTE)


class BookmarkPayload(Payload):
    """A heading of the lesson of a topic is marked, or no longer."""

    heading: str
    on: bool


class TickPayload(Payload):
    """An item of a checklist holds, or no longer."""

    project: str
    done: bool
    note: str


class SessionPayload(Payload):
    """A session was begun: its plan. Its answers name it."""

    id: str
    mode: str
    queue: tuple[dict[str, str], ...]


class PaperItem(Payload):
    """A question of an exam."""

    question: str
    objective: str
    topic: str


class PaperPayload(Payload):
    """An exam or a placement was begun; the subject is its id, which its answers name as session.

    A placement chooses its questions as it goes, so it has no `items`. `about` says in words
    what was chosen, `topics` what may be asked about.
    """

    mode: Literal["exam", "placement"]
    about: str
    topics: tuple[str, ...]
    minutes: int = Field(default=0, ge=0)
    items: tuple[PaperItem, ...] = ()


class FlagPayload(Payload):
    """A question of an exam is flagged, or no longer, to come back to it."""

    paper: str
    on: bool


class ExamItem(PaperItem):
    """A question of an exam that ended; `answer` is the fact that counts, None: unanswered."""

    answer: str | None
    score: float = Field(ge=0, le=1)


class ExamPayload(Payload):
    """An exam ended; the subject is the id of its paper.

    Its answers derived nothing until now: those named here do, each at the time it was given.
    `seconds` is how long it took, `ended` how.
    """

    about: str
    minutes: int = Field(ge=0)
    began: int
    seconds: int = Field(ge=0)
    ended: Literal["handed in", "time up", "left"]
    items: tuple[ExamItem, ...]


class PlacedTopic(Payload):
    """What a placement concludes of a topic; `chance` is that it is known."""

    topic: str
    standing: Literal["known", "new", "open"]
    chance: float = Field(ge=0, le=1)


class PlacementPayload(Payload):
    """A placement ended; the subject is the id of its paper.

    Its answers derive nothing, as those of a pretest: what it credits are facts of their own.
    """

    answers: tuple[str, ...]
    topics: tuple[PlacedTopic, ...]


class AttemptPayload(Payload):
    """A check of a stage came to a verdict; the subject is the stage.

    `failed` is the requirement that was not met first, `met` those that were, `mutant` the known
    wrong solution that the code is like. `worked` is milliseconds of work before this check.
    """

    passed: bool
    met: tuple[str, ...]
    failed: str | None
    mutant: str | None = None
    seed: int
    seconds: float = Field(ge=0)
    worked: int = Field(default=0, ge=0)


class HintPayload(Payload):
    """A hint of a stage was shown, from 1 on; one more than there are is the solution."""

    number: int = Field(ge=1)
    solution: bool = False


class ProjectPayload(Payload):
    """A project was made, or chosen."""


class ReportPayload(Payload):
    """A question was reported as wrong."""

    text: str


class PresetPayload(Payload):
    """What holds from here on: the share to be known when due, weights of FSRS, limits.

    Days are weekdays, Monday is 0; `day_starts` is an hour of the local clock.
    """

    retention: float = Field(default=0.90, ge=0.70, le=0.99)
    weights: tuple[float, ...] = ()
    maximum_days: int = Field(default=36_500, ge=1)
    easy_days: tuple[int, ...] = ()
    due_limit: int = Field(default=15, ge=1)
    new_limit: int = Field(default=12, ge=0)
    day_starts: int = Field(default=4, ge=0, le=23)


class SuspendPayload(Payload):
    """These objectives are not asked until this is taken back."""

    objectives: tuple[str, ...]


class BuryPayload(Payload):
    """These objectives are not asked before the day `until`."""

    objectives: tuple[str, ...]
    until: str


class ResetPayload(Payload):
    """What was answered before counts no more for these objectives; the answers stay."""

    objectives: tuple[str, ...]


class CreditPayload(Payload):
    """These objectives are held for known; `why` says on what ground."""

    objectives: tuple[str, ...]
    why: Literal["known", "placement"] = "known"


class UndoPayload(Payload):
    """The fact with this id is taken back."""

    fact: str


KINDS: dict[str, type[Payload]] = {
    "answer": AnswerPayload,
    "reading": ReadingPayload,
    "note": NotePayload,
    "bookmark": BookmarkPayload,
    "tick": TickPayload,
    "session": SessionPayload,
    "attempt": AttemptPayload,
    "hint": HintPayload,
    "project": ProjectPayload,
    "report": ReportPayload,
    "preset": PresetPayload,
    "suspend": SuspendPayload,
    "bury": BuryPayload,
    "reset": ResetPayload,
    "credit": CreditPayload,
    "paper": PaperPayload,
    "flag": FlagPayload,
    "exam": ExamPayload,
    "placement": PlacementPayload,
    "undo": UndoPayload,
}
ASIDE = frozenset({"exam", "placement"})
"""Modes whose answers derive nothing when they are given: an exam's when it ends, those of a
placement never."""
