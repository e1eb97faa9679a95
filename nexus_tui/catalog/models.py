"""What content is: one set of models reads, checks, indexes and documents it.

YAML is read into these by `reader`; JSON Schemas for editors are made from them by
`schema`; the compiled index stores them as JSON. Unknown keys are errors everywhere.
The questions have a module of their own; all models are named here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from nexus_tui.catalog.asked import Option, Tempting
from nexus_tui.catalog.fields import CheckId, Id, Level, Line, Model, Prose, WebAddress
from nexus_tui.catalog.questions import (
    MAX_OPTIONS,
    ChoiceQuestion,
    ChoicesQuestion,
    Decoy,
    EstimateQuestion,
    LineQuestion,
    MatchQuestion,
    Number,
    OrderLine,
    OrderQuestion,
    OutputQuestion,
    Pair,
    Question,
    Quiz,
    ShortKey,
    ShortQuestion,
    WrongText,
)

__all__ = [
    "MAX_OPTIONS",
    "Author",
    "Blueprint",
    "Challenge",
    "Checklist",
    "ChecklistItem",
    "ChoiceQuestion",
    "ChoicesQuestion",
    "Decoy",
    "EstimateQuestion",
    "LearningPath",
    "Line",
    "LineQuestion",
    "MatchQuestion",
    "Misconception",
    "Model",
    "Move",
    "Moved",
    "Number",
    "Objective",
    "Option",
    "OrderLine",
    "OrderQuestion",
    "OutputQuestion",
    "Pack",
    "Pair",
    "Question",
    "Quiz",
    "ShortKey",
    "ShortQuestion",
    "Source",
    "Stage",
    "Tempting",
    "Topic",
    "Track",
    "WrongText",
]

# ---------------------------------------------------------------- pack


class Author(Model):
    name: Line


class Track(Model):
    """A row of topics that belong together, in the order they are shown."""

    id: Id
    title: Line
    summary: Line


class Pack(Model):
    """`pack.yaml`: what the pack is and the order of its tracks."""

    id: Id
    title: Line
    version: Line
    licence: Line
    authors: tuple[Author, ...] = Field(min_length=1)
    tracks: tuple[Track, ...] = ()
    tested: dict[str, str] = Field(default_factory=dict)
    """Versions its snippets were run against, by name."""


class Move(Model):
    """An id that changed: `<topic>/<question>` or `<topic>`, without the pack."""

    old: Line
    new: Line


class Moved(Model):
    """`moved.yaml`: append-only, applied whenever history is read."""

    moved: tuple[Move, ...] = ()


# ---------------------------------------------------------------- topic


class Objective(Model):
    """The unit of memory: one thing a learner can do after the topic."""

    id: Id
    text: Line


class Misconception(Model):
    """A wrong idea that real engineers hold; the pool that distractors come from."""

    id: Id
    text: Line


class Source(Model):
    """Where a claim can be checked."""

    id: Id
    title: Line
    url: WebAddress
    as_of: Line


class Topic(Model):
    """`topic.yaml`; the folder says the track."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    level: Level
    minutes: int = Field(ge=5, le=240)
    summary: Annotated[str, StringConstraints(min_length=20, max_length=140)]
    programme: tuple[Line, ...] = ()
    requires: tuple[Id, ...] = ()
    confusable: tuple[Id, ...] = ()
    stages: dict[Id, tuple[Line, ...]] = Field(default_factory=dict)
    """Objective id → the challenge stages (`<challenge>/<stage>`) that prove it."""
    objectives: tuple[Objective, ...] = Field(min_length=1)
    misconceptions: tuple[Misconception, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    lint_ok: dict[str, Line] = Field(default_factory=dict)
    """Rules for whole topics that this one breaks, and why."""


# ---------------------------------------------------------------- checklists and challenges


class ChecklistItem(Model):
    """A statement that is true or not of a project, and how to tell."""

    id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    why: Prose
    how: Prose
    verify: Line
    """A command that only reads, or, where none can tell, what a person does."""
    expect: Line | None = None
    auto: Literal["full", "part", "no"]
    """How much of it the checks in `audit` prove."""
    tool: Line | None = None
    """The program that `verify` runs."""
    audit: tuple[CheckId, ...] = ()
    """The checks of an audit that look at it, such as `ruff/E` and `nexus/query-in-loop`."""
    severity: Literal["low", "medium", "high"]
    topic: Id
    stage: Line | None = None
    """`<challenge>/<stage>` that trains exactly this."""
    source: Line


class Checklist(Model):
    """`checklists/<id>.yaml`: one practice as items a project can be held to."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    group: Literal["code-quality", "security", "performance", "deployment", "beyond-programme"]
    programme: Line
    """The practice of the programme, such as `BP-S3`, or `extra`."""
    bullet: Line | None = None
    """The programme's own words for it; none where the list is `extra`."""
    summary: Line
    recurring: bool = False
    """Whether it is gone through anew at each release, or each change."""
    items: tuple[ChecklistItem, ...] = Field(min_length=1)


class Stage(Model):
    """One step of a challenge, solved by editing real files."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    minutes: int = Field(ge=1, le=60)
    summary: Line
    objectives: tuple[Line, ...] = Field(min_length=1)
    """`<topic>/<objective>` that solving this stage proves."""


class Requirement(Model):
    """One thing that a check of a stage decides."""

    id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=72)]


class Mutant(Model):
    """A plausible wrong solution: the requirement that refuses it, and the idea behind it."""

    id: Id
    fails: Id
    misconception: Line
    debrief: Prose
    """Why it looks right, and the input that breaks it."""


class Lab(Model):
    """`stages/<stage>/stage.yaml`: how a stage is checked."""

    tier: Literal["T0", "T1", "T2"]
    """T0: Python alone; T1: libraries and embedded servers; T2: real servers."""
    needs: tuple[Id, ...] = ()
    """Modules by the name they are imported with, `_` written as `-`; servers: postgres, redis,
    rabbitmq."""
    names: tuple[Id, ...] = ()
    """Queues and exchanges on RabbitMQ, without the prefix of the run: deleted afterwards."""
    rights: tuple[Literal["port", "subprocess", "session"], ...] = ()
    seconds: int = Field(default=20, ge=1, le=60)
    """For a whole check."""
    opens: Line
    """The file of the workspace that is opened first."""
    starter: Id
    """The requirement at which the starter fails."""
    requirements: tuple[Requirement, ...] = Field(min_length=1)
    mutants: tuple[Mutant, ...] = Field(min_length=4)
    prediction: Line | None = None
    """`<topic>/<question>` about this code, asked after a pass and again some weeks later."""


class Challenge(Model):
    """`challenges/<id>/challenge.yaml`."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    programme: Line
    order: int = Field(ge=1)
    summary: Line
    topics: tuple[Id, ...] = Field(min_length=1)
    story: Prose
    solution: Prose
    stages: tuple[Stage, ...] = Field(min_length=1)


# ---------------------------------------------------------------- paths


class Blueprint(Model):
    """What the closing exam of a path asks."""

    questions: int = Field(ge=5, le=100)
    minutes: int = Field(ge=5, le=240)
    weights: dict[Line, int] = Field(min_length=1)
    """`<topic>` or `<topic>/<objective>` → its share of the questions in per cent."""

    @model_validator(mode="after")
    def _whole(self) -> Blueprint:
        if (whole := sum(self.weights.values())) != 100:
            raise ValueError(f"weights are per cent and sum to 100; these sum to {whole}")
        for name, weight in self.weights.items():
            if weight * self.questions < 100:
                raise ValueError(f"`{name}` gets no whole question of {self.questions}: {weight} %")
        return self


class LearningPath(Model):
    """`paths/<id>.yaml`: topics in the order one goes through them, and what proves them."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    audience: Line
    """For whom it is."""
    summary: Line
    """What one can do at its end."""
    track: Id | None = None
    """The path goes through all topics of this track."""
    steps: tuple[Id, ...] = ()
    """Topics, where it is no track: foundation, core, advanced, each after what it requires."""
    stages: tuple[Line, ...] | None = None
    """`<challenge>/<stage>` that prove it; without, all that prove an objective of its topics."""
    exam: Blueprint
