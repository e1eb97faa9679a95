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


class ProjectPayload(Payload):
    """A project was made, or chosen."""


class ReportPayload(Payload):
    """A question was reported as wrong."""

    text: str


class UndoPayload(Payload):
    """The fact with this id is taken back."""

    fact: str


KINDS: dict[str, type[Payload]] = {
    "answer": AnswerPayload,
    "reading": ReadingPayload,
    "tick": TickPayload,
    "session": SessionPayload,
    "project": ProjectPayload,
    "report": ReportPayload,
    "undo": UndoPayload,
}
