"""What a learner gives as an answer, and its form in a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chosen:
    """Option ids: one for a `choice`, those ticked for `choices`."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Typed:
    """The text typed for a `short` question."""

    text: str


@dataclass(frozen=True)
class Arranged:
    """(line id, indent in levels) from top to bottom; decoys that were kept are among them."""

    lines: tuple[tuple[str, int], ...]


Response = Chosen | Typed | Arranged


def to_payload(response: Response) -> dict[str, Any]:
    """The response as JSON for a fact; ids, never positions."""
    if isinstance(response, Chosen):
        return {"options": list(response.options)}
    if isinstance(response, Typed):
        return {"text": response.text}
    return {"lines": [[key, indent] for key, indent in response.lines]}


def from_payload(payload: dict[str, Any]) -> Response:
    """The reverse of `to_payload`. Raises ValueError for anything else."""
    if "options" in payload:
        return Chosen(tuple(payload["options"]))
    if "text" in payload:
        return Typed(payload["text"])
    if "lines" in payload:
        return Arranged(tuple((key, int(indent)) for key, indent in payload["lines"]))
    raise ValueError(f"no response: {sorted(payload)}")
