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
    match payload:
        case {"options": [*options]} if all(isinstance(key, str) for key in options):
            return Chosen(tuple(options))
        case {"text": str(text)}:
            return Typed(text)
        case {"lines": [*lines]}:
            return Arranged(tuple(_line(line) for line in lines))
    raise ValueError(f"no response: {sorted(payload)}")


def _line(line: object) -> tuple[str, int]:
    match line:
        case [str(key), int(indent)]:
            return key, indent
    raise ValueError(f"no line of a response: {line!r}")
