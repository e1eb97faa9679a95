"""YAML without its surprises: libyaml's events, read with limits and with positions.

PyYAML's constructors take aliases (306 bytes become gigabytes), read `no` as false and
`1:30` as ninety, keep the last of two equal keys, and its C composer crashes on deep
nesting. Here every node is checked as it arrives, and every value keeps its place.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from nexus_tui.catalog.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.events import Event

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_NODES = 100_000
MAX_DIGITS = 15

_INT = re.compile(r"^[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"^[-+]?(0|[1-9][0-9]*)?\.[0-9]+([eE][-+]?[0-9]+)?$")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_OLD_BOOLEANS = re.compile(r"^(yes|no|on|off|y|n)$", re.IGNORECASE)
_OLD_NUMBERS = re.compile(
    r"^[-+]?(0[0-7_]+|0[xXbBoO][0-9a-fA-F_]+|[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|[0-9]++_[0-9_]*+)$"
)
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DATE = re.compile(r"^\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?$")

Path = tuple[str | int, ...]
Place = tuple[int, int]
"""Line and column, from 1."""


class YamlProblem(Exception):
    """The text was refused; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Document:
    """Plain values, and the place of each value and key by its path."""

    def __init__(self, value: Any, places: dict[Path, Place]) -> None:
        self.value = value
        self._places = places

    def place(self, path: Path) -> Place:
        """Where the value at `path` stands; the nearest thing that holds it, if it does not."""
        while path and path not in self._places:
            path = path[:-1]
        return self._places.get(path, (1, 1))


def read(text: str, name: str) -> Document:
    """Read one YAML document from `text`; `name` is used in problems.

    Raises YamlProblem for anything but plain mappings, lists, text, numbers, true, false
    and null, and for what goes over the limits.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise _problem(name, 1, 1, f"the file is over {MAX_BYTES:,} bytes; split it")
    if found := _UNPRINTABLE.search(text):
        line, column = text.count("\n", 0, found.start()) + 1, found.start()
        column -= text.rfind("\n", 0, found.start())
        what = f"the character U+{ord(found[0]):04X} cannot be printed; take it out"
        raise _problem(name, line, column, what)
    return _Reader(text, name).document()


def _problem(name: str, line: int, column: int, message: str) -> YamlProblem:
    return YamlProblem(Problem(name, line, column, message, "yaml"))


class _Reader:
    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._events: Iterator[Event] = self._parse(text)
        self._places: dict[Path, Place] = {}
        self._nodes = 0

    def _parse(self, text: str) -> Iterator[Event]:
        try:
            yield from yaml.parse(text, Loader=getattr(yaml, "CLoader", yaml.Loader))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = getattr(error, "problem", None) or getattr(error, "reason", None) or "not YAML"
            raise _problem(self._name, line, column, f"not YAML: {what}") from error

    def document(self) -> Document:
        value: Any = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refuse(event, "a second document; keep one in a file")
                value = self._node(next(self._events), (), 0)
        if not documents:
            raise _problem(self._name, 1, 1, "the file is empty")
        return Document(value, self._places)

    def _node(self, event: Event, path: Path, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise self._refuse(event, f"more than {MAX_NODES:,} values")
        if depth > MAX_DEPTH:
            raise self._refuse(event, f"nested deeper than {MAX_DEPTH} levels")
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise self._refuse(event, f"an alias (*{anchor}); write the value out")
        if anchor:
            raise self._refuse(event, f"an anchor (&{anchor}); write the value out")
        if tag:
            raise self._refuse(event, f"a tag ({tag}); plain values only")
        self._places[path] = _place(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
                items.append(self._node(inner, (*path, len(items)), depth + 1))
            return items
        return self._mapping(path, depth)

    def _mapping(self, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                raise self._refuse(key, "a key must be plain text")
            if key.anchor or key.tag:
                raise self._refuse(key, "an anchor or a tag on a key; plain text only")
            if not key.value.isprintable():
                raise self._refuse(key, "a key must be printable")
            if key.value == "<<":
                raise self._refuse(key, "a merge key (<<); write the keys out")
            if key.value in found:
                raise self._refuse(key, f"the key `{key.value}` stands twice")
            found[key.value] = self._node(next(self._events), (*path, key.value), depth + 1)
            self._places[(*path, key.value)] = _place(key)
        return found

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text: str = event.value
        if _SURROGATE.search(text):
            raise self._refuse(event, "half of a surrogate pair; write the character itself")
        if event.style:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INT.match(text):
            if len(text.lstrip("+-")) > MAX_DIGITS:
                raise self._refuse(event, f"a number of more than {MAX_DIGITS} digits; quote it")
            return int(text)
        if _FLOAT.match(text):
            number = float(text)
            if math.isinf(number):
                raise self._refuse(event, f"`{text}` is too large for a number; quote it")
            return number
        if _OLD_BOOLEANS.match(text):
            raise self._refuse(
                event, f"`{text}`: older YAML reads it as true or false; quote it, or write that"
            )
        if _OLD_NUMBERS.match(text) or _DATE.match(text):
            raise self._refuse(
                event, f"`{text}`: some YAML reads it as a number or a date; quote it"
            )
        return text

    def _refuse(self, event: Event, message: str) -> YamlProblem:
        return _problem(self._name, *_place(event), message)


def _place(event: Event) -> Place:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
