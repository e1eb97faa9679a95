"""The models of a question bank: eight kinds of questions, and what makes variants of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, model_validator

from nexus_tui.catalog import templates
from nexus_tui.catalog.asked import Amount, Asked, Option, Tempting, Whole
from nexus_tui.catalog.fields import Id, Line, Model, Prose

MAX_OPTIONS = 9
"""A digit key chooses an option, so there are never more than nine."""
MAX_CODE_LINES = 20


# ---------------------------------------------------------------- options


class ChoiceQuestion(Asked):
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


class ChoicesQuestion(Asked):
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


# ---------------------------------------------------------------- typed answers


class WrongText(Tempting):
    """A typical wrong or nearly right answer to a `short` question."""

    text: Line


class Number(Model):
    """An answer that is a quantity: `value` ± `tolerance`, in `unit`."""

    value: Amount
    tolerance: Amount = Field(default=0, ge=0)
    unit: Line | None = None


class ShortKey(Model):
    """What a `short` question accepts; compared after normalising, see `learning.typed`."""

    accept: tuple[Line, ...] = ()
    number: Number | None = None
    near: tuple[WrongText, ...] = ()
    wrong: tuple[WrongText, ...] = ()

    @model_validator(mode="after")
    def _has_a_key(self) -> ShortKey:
        if not self.accept and self.number is None:
            raise ValueError("needs `accept` or `number`, else no answer is right")
        return self


class ShortQuestion(Asked):
    """The learner types the answer."""

    kind: Literal["short"]
    short: ShortKey
    why: Prose


class WrongOutput(Tempting):
    """What one might think that the code prints."""

    prints: Prose


class OutputKey(Model):
    """`code` and exactly what it prints; blanks at the end of lines do not matter."""

    code: Prose
    prints: Prose
    language: Id = "python"
    wrong: tuple[WrongOutput, ...] = ()

    @model_validator(mode="after")
    def _prints_something(self) -> OutputKey:
        if not self.prints.strip():
            raise ValueError("`prints` is blank: an answer has to be typed")
        return self


class OutputQuestion(Asked):
    """The learner types what the code prints."""

    kind: Literal["output"]
    output: OutputKey
    why: Prose


class WrongEstimate(Tempting):
    """An estimate that a typical error leads to."""

    value: Amount = Field(gt=0)


class EstimateKey(Model):
    """Right from `value` / `factor` to `value` * `factor`, near within the square of it."""

    value: Amount = Field(gt=0)
    factor: Amount = Field(default=2, gt=1, le=100)
    unit: Line | None = None
    wrong: tuple[WrongEstimate, ...] = ()


class EstimateQuestion(Asked):
    """The learner types a quantity worked out in the head; its size counts, not its digits."""

    kind: Literal["estimate"]
    estimate: EstimateKey
    why: Prose


# ---------------------------------------------------------------- lines and pairs


class OrderLine(Model):
    """A line of an `order` question; `indent` in levels, only where it counts."""

    id: Id
    text: Line
    indent: Whole = Field(default=0, ge=0, le=6)


class Decoy(Tempting):
    """A line that does not belong in the right order, or a right side that has no pair."""

    id: Id
    text: Line


class OrderQuestion(Asked):
    """The learner puts lines in order and leaves the decoys out."""

    kind: Literal["order"]
    lines: tuple[OrderLine, ...] = Field(min_length=3, max_length=8)
    decoys: tuple[Decoy, ...] = Field(default=(), max_length=3)
    why: Prose


class Pair(Model):
    """Two sides that belong together; the `id` names both in facts."""

    id: Id
    left: Annotated[Line, StringConstraints(max_length=36)]
    right: Annotated[Line, StringConstraints(max_length=60)]


class WrongPair(Tempting):
    """A pair that tempts: ids of a left and of a right side (or a decoy)."""

    left: Id
    right: Id


class MatchQuestion(Asked):
    """The learner finds the right side of each left side; decoys belong to none."""

    kind: Literal["match"]
    match: tuple[Pair, ...] = Field(min_length=3, max_length=6)
    decoys: tuple[Decoy, ...] = Field(default=(), max_length=3)
    wrong: tuple[WrongPair, ...] = ()
    why: Prose

    @model_validator(mode="after")
    def _wrong_pairs_exist(self) -> MatchQuestion:
        lefts = {pair.id for pair in self.match}
        rights = lefts | {decoy.id for decoy in self.decoys}
        for pair in self.wrong:
            for name, known in ((pair.left, lefts), (pair.right, rights)):
                if name not in known:
                    raise ValueError(f"`wrong` names `{name}`, which is no such side")
            if pair.left == pair.right:
                raise ValueError(f"`wrong` names the right pair `{pair.left}`")
        return self


class WrongLine(Tempting):
    """A sound line that looks faulty, by its number."""

    line: Whole


class LineKey(Model):
    """`code`, counted from line 1, and the numbers of its faulty lines.

    Any of them is right; with `several` all of them are asked for.
    """

    code: Prose
    faulty: tuple[Whole, ...] = Field(min_length=1)
    several: bool = False
    language: Id = "python"
    wrong: tuple[WrongLine, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of the code, without blank ones at its end."""
        return tuple(self.code.rstrip().split("\n"))

    @model_validator(mode="after")
    def _lines_exist(self) -> LineKey:
        if len(self.lines) > MAX_CODE_LINES:
            raise ValueError(f"`code` has {len(self.lines)} lines, at most {MAX_CODE_LINES}")
        written = {number for number, text in enumerate(self.lines, 1) if text.strip()}
        for number in (*self.faulty, *(line.line for line in self.wrong)):
            if number not in written:
                raise ValueError(f"there is no line {number} in `code`, or it is blank")
        if len(set(self.faulty)) < len(self.faulty):
            raise ValueError("`faulty` names a line twice")
        if len(self.faulty) >= len(written):
            raise ValueError("all lines are faulty: there is nothing to find")
        if self.several and len(self.faulty) < 2:
            raise ValueError("`several` needs two faulty lines or more")
        return self


class LineQuestion(Asked):
    """The learner points at the faulty line."""

    kind: Literal["line"]
    line: LineKey
    why: Prose


Question = Annotated[
    ChoiceQuestion
    | ChoicesQuestion
    | ShortQuestion
    | OrderQuestion
    | MatchQuestion
    | OutputQuestion
    | LineQuestion
    | EstimateQuestion,
    Field(discriminator="kind"),
]
KINDS = ("choice", "choices", "order", "match", "short", "output", "line", "estimate")


@lru_cache(maxsize=1)
def read_question() -> TypeAdapter[Question]:
    """Reads one question of any kind; made once, for it takes a moment."""
    return TypeAdapter(Question)


class Quiz(Model):
    """`quiz.yaml`."""

    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _fill(cls, data: Any) -> Any:
        """Fill each question with its `base`, so that it is checked as it will be shown."""
        found = data.get("questions") if isinstance(data, Mapping) else None
        if not isinstance(found, list | tuple):
            return data
        for question in found:
            if isinstance(question, Mapping) and "template" in question:
                raise ValueError("unknown key `template` in a question")
        return {**data, "questions": tuple(templates.with_base(question) for question in found)}
