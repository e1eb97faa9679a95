"""What a fact of each kind says; facts are checked on writing and on replay."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from nexus_tui.progress.preset import Payload, PresetPayload


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
    """A section of a lesson was shown, and, with `read`, read to its end or gone on from.

    `milliseconds` is how long it was in sight; None: that was not measured.
    """

    section: int
    sections: int
    heading: str
    read: bool = True
    milliseconds: int | None = Field(default=None, ge=0)


NOTE = 100_000
"""Characters that a note may have."""


class NotePayload(Payload):
    """A note about a topic, whole, as Markdown; an empty one removes what was noted before."""

    text: str = Field(max_length=NOTE)


class BookmarkPayload(Payload):
    """A heading of the lesson of a topic is marked, or no longer."""

    heading: str
    on: bool


TickStatus = Literal["done", "open", "not applicable"]


class TickPayload(Payload):
    """An item of a checklist holds, no longer, or means nothing for this project.

    `run` is the fact that began the run of a checklist that comes again. Facts of format 4 and
    before say `done` instead of `status`, and not who said it.
    """

    project: str
    status: TickStatus
    note: str
    who: str = ""
    run: str = ""

    @model_validator(mode="before")
    @classmethod
    def _of_format_4(cls, said: Any) -> Any:
        if isinstance(said, dict) and isinstance(said.get("done"), bool) and "status" not in said:
            rest = {key: value for key, value in said.items() if key != "done"}
            return rest | {"status": "done" if said["done"] else "open"}
        return said

    @model_validator(mode="after")
    def _with_a_reason(self) -> TickPayload:
        if self.status == "not applicable" and not self.note.strip():
            raise ValueError("what is not applicable needs a reason")
        return self


class RunPayload(Payload):
    """A run through a checklist that comes again was begun; the subject is the checklist."""

    project: str
    name: str
    who: str


class CheckedPayload(Payload):
    """What one check of an audit came to; unknown says why.

    `absent`: unknown because the project has nothing of the kind.
    """

    check: str
    state: Literal["passed", "failed", "unknown"]
    reason: str = ""
    absent: bool = False


class FindingPayload(Payload):
    """One place that a check found fault with, `path` from the root of the project.

    `line` counts from 1, 0 is the whole file. `mark` is the same in two audits where the finding
    is the same, wherever the line went. `accepted` is the reason that the project itself gives.
    """

    check: str
    mark: str
    what: str
    path: str = ""
    line: int = Field(default=0, ge=0)
    rule: str = ""
    accepted: str | None = None

    @property
    def key(self) -> str:
        """What a suppression names."""
        return f"{self.check} {self.mark}"


class AuditPayload(Payload):
    """A project was audited; the subject is the project.

    `passed` is the weight of the items that hold with it, `known` that of those known, and
    `unknown` how many are not, by the ticks, checklists and weights of that day. `notes` say what
    was left out.
    """

    seconds: float = Field(ge=0)
    checks: tuple[CheckedPayload, ...]
    findings: tuple[FindingPayload, ...] = ()
    passed: int = Field(ge=0)
    known: int = Field(ge=0)
    unknown: int = Field(ge=0)
    notes: tuple[str, ...] = ()


class SuppressPayload(Payload):
    """A finding is accepted, for a reason; the subject is its key. Without a reason: no more."""

    project: str
    reason: str
    who: str


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
    what was chosen, `topics` what may be asked about, `path` which path it closes, if any.
    """

    mode: Literal["exam", "placement"]
    about: str
    topics: tuple[str, ...]
    minutes: int = Field(default=0, ge=0)
    items: tuple[PaperItem, ...] = ()
    path: str | None = None


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
    path: str | None = None


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
    """A project was made, chosen, changed or put aside. What is None stays as it was.

    `runs`: an audit may run code of the folder, `network`: it may ask a service for known flaws;
    both on the device of this fact. `ask`: both are to be asked again.
    """

    folder: str | None = None
    stack: tuple[str, ...] | None = None
    runs: bool | None = None
    network: bool | None = None
    ask: bool = False
    aside: bool = False


class ReportPayload(Payload):
    """A question was reported as wrong."""

    text: str


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
    "run": RunPayload,
    "audit": AuditPayload,
    "suppress": SuppressPayload,
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
