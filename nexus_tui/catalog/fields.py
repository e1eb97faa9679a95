"""What the models of content are made of: ids, lines, prose, and one strict base."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A name that history hangs on: lower-case words joined by hyphens, stable for ever."""

CheckId = Annotated[
    str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*/[A-Za-z0-9]+(-[a-z0-9]+)*$", max_length=80)
]
"""A check of an audit: who looks, and at what."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\n]+$")]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=500)]
Level = Literal["foundation", "core", "advanced"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate"]
Slip = Literal["boundary", "neighbour", "unit", "off-by-one", "partial", "inverse"]


class Model(BaseModel):
    """Frozen and strict: content is never changed in memory and never coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)
