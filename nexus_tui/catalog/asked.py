"""What the models of all kinds of questions share: base, placeholders, what tempts."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, StringConstraints, WithJsonSchema, model_validator
from pydantic.json_schema import SkipJsonSchema  # noqa: TC002 - pydantic reads it

from nexus_tui.catalog import templates
from nexus_tui.catalog.fields import Bloom, Id, Line, Model, Prose, Slip

_FILLED = {"type": "string", "pattern": r"^\{\{[a-z][a-z0-9_]*\}\}$"}
Amount = Annotated[int | float, WithJsonSchema({"anyOf": [{"type": "number"}, _FILLED]})]
Whole = Annotated[int, WithJsonSchema({"anyOf": [{"type": "integer"}, _FILLED]})]
Truth = Annotated[bool, WithJsonSchema({"anyOf": [{"type": "boolean"}, _FILLED]})]
"""Where the file may hold a lone placeholder, which `base` and the variants fill."""

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Drawn = int | float | bool | Annotated[str, StringConstraints(max_length=2_000)]


class Tempting(Model):
    """A foreseen wrong answer: why it tempts, and which wrong idea or slip leads to it."""

    why: Prose
    misconception: Id | None = None
    slip: Slip | None = None


class Option(Model):
    """One answer of a `choice` or `choices` question."""

    id: Id
    text: Prose
    correct: Truth = False
    why: Prose
    misconception: Id | None = None
    slip: Slip | None = None


class Asked(Model):
    """What every question has, of whatever kind."""

    id: Id
    objective: Id
    bloom: Bloom
    stem: Prose
    source: Id
    as_of: Line | None = None
    verify: Prose | None = None
    lint_ok: dict[str, Line] = Field(default_factory=dict)
    variants: Prose | None = None
    """Python that defines `draw(random) -> dict`: values for the placeholders, see `variants`."""
    base: dict[Name, Drawn] = Field(default_factory=dict)
    """The values shown where the code of `variants` may not run."""
    template: SkipJsonSchema[str | None] = None
    """The question before `base` filled it, as JSON; made in reading, never written."""

    @model_validator(mode="after")
    def _has_a_base(self) -> Self:
        if bool(self.variants) != bool(self.base):
            raise ValueError(
                "`variants` and `base` go together: what is drawn, and what is shown"
                " where its code may not run"
            )
        if self.template is not None:
            used = templates.names(self.template)
            if unknown := sorted(used - self.base.keys()):
                raise ValueError(f"`base` has no value for the placeholder {{{{{unknown[0]}}}}}")
            if unused := sorted(self.base.keys() - used):
                raise ValueError(f"`base` names {unused[0]}, but no placeholder does")
        return self
