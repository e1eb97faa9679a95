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
    """The text typed for a `short`, an `output` or an `estimate`."""

    text: str


@dataclass(frozen=True)
class Arranged:
    """(line id, indent in levels) from top to bottom; decoys that were kept are among them."""

    lines: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Matched:
    """(left id, right id) of each pair made in a `match`; sides left alone are not in it."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pointed:
    """Numbers of the lines of code that were called faulty; they belong to the code itself."""

    lines: tuple[int, ...]


Response = Chosen | Typed | Arranged | Matched | Pointed


def to_payload(response: Response) -> dict[str, Any]:
    """The response as JSON for a fact; ids, never positions."""
    if isinstance(response, Chosen):
        return {"options": list(response.options)}
    if isinstance(response, Typed):
        return {"text": response.text}
    if isinstance(response, Matched):
        return {"pairs": [list(pair) for pair in response.pairs]}
    if isinstance(response, Pointed):
        return {"numbers": list(response.lines)}
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
        case {"pairs": [*pairs]}:
            return Matched(tuple(_pair(pair) for pair in pairs))
        case {"numbers": [*numbers]} if all(type(number) is int for number in numbers):
            return Pointed(tuple(numbers))
    raise ValueError(f"no response: {sorted(payload)}")


def _line(line: object) -> tuple[str, int]:
    match line:
        case [str(key), int(indent)]:
            return key, indent
    raise ValueError(f"no line of a response: {line!r}")


def _pair(pair: object) -> tuple[str, str]:
    match pair:
        case [str(left), str(right)]:
            return left, right
    raise ValueError(f"no pair of a response: {pair!r}")
