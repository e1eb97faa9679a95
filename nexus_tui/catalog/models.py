"""What content is: one set of models reads, checks, indexes and documents it.

YAML is read into these by `reader`; JSON Schemas for editors are made from them by
`schema`; the compiled index stores them as JSON. Unknown keys are errors everywhere.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

MAX_OPTIONS = 9
"""A digit key chooses an option, so there are never more than nine."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name that history hangs on: lower-case words joined by hyphens, stable for ever."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\n]+$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=500)]
Level = Literal["foundation", "core", "advanced"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate"]
Slip = Literal["boundary", "neighbour", "unit", "off-by-one", "partial", "inverse"]


class Model(BaseModel):
    """Frozen and strict: content is never changed in memory and never coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


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


# ---------------------------------------------------------------- questions


class Option(Model):
    """One answer of a `choice` or `choices` question."""

    id: Id
    text: Prose
    correct: bool = False
    why: Prose
    misconception: Id | None = None
    slip: Slip | None = None


class WrongText(Model):
    """A typical wrong or nearly right answer to a `short` question, and why."""

    text: Line
    why: Prose
    misconception: Id | None = None
    slip: Slip | None = None


class Number(Model):
    """An answer that is a quantity: `value` ± `tolerance`, in `unit`."""

    value: int | float
    tolerance: int | float = Field(default=0, ge=0)
    unit: Line | None = None


class ShortKey(Model):
    """What a `short` question accepts; compared after normalising, see `learning.grading`."""

    accept: tuple[Line, ...] = ()
    number: Number | None = None
    near: tuple[WrongText, ...] = ()
    wrong: tuple[WrongText, ...] = ()

    @model_validator(mode="after")
    def _has_a_key(self) -> ShortKey:
        if not self.accept and self.number is None:
            raise ValueError("needs `accept` or `number`, else no answer is right")
        return self


class OrderLine(Model):
    """A line of an `order` question; `indent` in levels, only where it counts."""

    id: Id
    text: Line
    indent: int = Field(default=0, ge=0, le=6)


class Decoy(Model):
    """A line that does not belong in the right order."""

    id: Id
    text: Line
    why: Prose
    misconception: Id | None = None
    slip: Slip | None = None


class _Asked(Model):
    id: Id
    objective: Id
    bloom: Bloom
    stem: Prose
    source: Id
    as_of: Line | None = None
    verify: Prose | None = None
    lint_ok: dict[str, Line] = Field(default_factory=dict)


class ChoiceQuestion(_Asked):
    """Exactly one option is right."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=5)
    order: Literal["fixed"] | None = None

    @model_validator(mode="after")
    def _one_key(self) -> ChoiceQuestion:
        keys = sum(option.correct for option in self.options)
        if keys != 1:
            raise ValueError(f"a choice has exactly one correct option, this one has {keys}")
        return self


class ChoicesQuestion(_Asked):
    """Several options are right, never all of them."""

    kind: Literal["choices"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=MAX_OPTIONS)
    order: Literal["fixed"] | None = None

    @model_validator(mode="after")
    def _some_keys(self) -> ChoicesQuestion:
        keys = sum(option.correct for option in self.options)
        if not 2 <= keys < len(self.options):
            raise ValueError(
                f"choices have at least two correct options and not all; this one has {keys}"
                f" of {len(self.options)}"
            )
        return self


class ShortQuestion(_Asked):
    """The learner types the answer."""

    kind: Literal["short"]
    short: ShortKey
    why: Prose


class OrderQuestion(_Asked):
    """The learner puts lines in order and leaves the decoys out."""

    kind: Literal["order"]
    lines: tuple[OrderLine, ...] = Field(min_length=3, max_length=8)
    decoys: tuple[Decoy, ...] = Field(default=(), max_length=3)
    why: Prose


Question = Annotated[
    ChoiceQuestion | ChoicesQuestion | ShortQuestion | OrderQuestion, Field(discriminator="kind")
]


class Quiz(Model):
    """`quiz.yaml`."""

    questions: tuple[Question, ...] = Field(min_length=1)


# ---------------------------------------------------------------- checklists and challenges


class ChecklistItem(Model):
    """A statement that is true or not of a project, and how to tell."""

    id: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    why: Prose
    how: Prose
    verify: Line
    expect: Line | None = None
    auto: Literal["full", "part", "no"]
    tool: Line | None = None
    severity: Literal["low", "medium", "high"]
    topic: Id
    source: Line


class Checklist(Model):
    """`checklists/<id>.yaml`: one best practice as items a project can be held to."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    group: Literal["code-quality", "security", "performance", "deployment"]
    programme: Line
    bullet: Line
    summary: Line
    items: tuple[ChecklistItem, ...] = Field(min_length=1)


class Stage(Model):
    """One step of a challenge, solved by editing real files."""

    id: Id
    title: Annotated[str, StringConstraints(min_length=1, max_length=44)]
    minutes: int = Field(ge=1, le=60)
    summary: Line
    objectives: tuple[Line, ...] = Field(min_length=1)
    """`<topic>/<objective>` that solving this stage proves."""


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
