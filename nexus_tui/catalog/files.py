"""Files of a pack, read as text: inside the pack, small enough, UTF-8, cleaned."""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from nexus_tui.catalog import strict_yaml
from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.questions import KINDS
from nexus_tui.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound="BaseModel")
_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys to values",
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
}


@dataclass
class Reading:
    """A pack being read: its root, and what was found wrong so far."""

    root: Path
    problems: list[Problem]

    def add(self, path: Path, message: str, *, line: int = 1, column: int = 1) -> None:
        """Note a problem in a file of the pack."""
        self.problems.append(Problem(self.name(path), line, column, message))

    def name(self, path: Path) -> str:
        """The path as problems show it: from the root of the pack."""
        inside = path.relative_to(self.root) if path.is_relative_to(self.root) else path
        # A name of a file may hold any bytes; it is shown and stored as text.
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in inside.as_posix())

    def text(self, path: Path, *, optional: bool = False) -> str | None:
        """The cleaned text of a file, or None with a problem noted."""
        raw = self._bytes(path, optional=optional)
        if raw is None:
            return None
        try:
            text = raw.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode("utf-8")
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            self.add(path, "is not UTF-8 from here on", line=line, column=column)
            return None
        return clean(text) if path.suffix == ".md" else text

    def _bytes(self, path: Path, *, optional: bool) -> bytes | None:
        try:
            if not path.resolve().is_relative_to(self.root.resolve()):
                why = "leads out of the pack: links may not leave its folder"
            elif not stat.S_ISREG((found := path.stat()).st_mode):
                why = "is no file"
            elif found.st_size > strict_yaml.MAX_BYTES:
                why = f"is over {strict_yaml.MAX_BYTES:,} bytes; split it"
            else:
                return path.read_bytes()
        except FileNotFoundError:
            if optional:
                return None
            why = "is missing"
        except OSError as error:
            why = f"cannot be read: {error.strerror}"
        except RuntimeError:  # Python before 3.13 says so of links that lead to each other
            why = "cannot be read: a link that leads to itself"
        self.add(path, why)
        return None

    def model(self, path: Path, kind: type[Model], *, optional: bool = False) -> Model | None:
        """A YAML file as a model, or None with its problems noted."""
        text = self.text(path, optional=optional)
        if text is None:
            return None
        try:
            document = strict_yaml.read(text, self.name(path))
        except strict_yaml.YamlProblem as error:
            self.problems.append(error.problem)
            return None
        try:
            adapter: TypeAdapter[Model] = _adapter(kind)
            return adapter.validate_python(_cleaned(document.value))
        except ValidationError as error:
            for details in error.errors(include_url=False):
                self.problems.append(_explain(self.name(path), document, details))
            return None


@lru_cache(maxsize=16)
def _adapter(kind: type[Model]) -> TypeAdapter[Model]:
    """Made once for a kind of file: it takes as long as reading a file does."""
    return TypeAdapter(kind)


def _cleaned(value: Any) -> Any:
    """Lists as tuples and text without control characters: escapes may be written in YAML."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return tuple(_cleaned(item) for item in value)
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return value


def _explain(name: str, document: strict_yaml.Document, details: ErrorDetails) -> Problem:
    """A validation error in plain words, at the place in the file."""
    path = _path(details["loc"])
    line, column = document.place(path)
    label = _label(path)
    given = details.get("input")
    kind = details["type"]
    if kind == "missing":
        message = f"{_label(path[:-1], 'the file')} needs `{path[-1] if path else '?'}`"
    elif kind == "extra_forbidden":
        message = f"unknown key `{path[-1] if path else '?'}` in {_label(path[:-1], 'the file')}"
    elif kind in _EXPECTED:
        message = f"{label}: expected {_EXPECTED[kind]}, found {_short(given)}"
    elif kind in {"literal_error", "enum"}:
        expected = details.get("ctx", {}).get("expected", "")
        message = f"{label}: expected {expected}, found {_short(given)}"
    elif kind == "string_pattern_mismatch":
        message = f"{label}: {_short(given)} has not the form {details['ctx']['pattern']}"
    elif kind in {"union_tag_invalid", "union_tag_not_found"}:
        message = f"{label} needs `kind`: {', '.join(KINDS[:-1])} or {KINDS[-1]}"
    else:
        text = details["msg"].removeprefix("Value error, ")
        message = f"{label}: {text[0].lower()}{text[1:]}"
    return Problem(name, line, column, message)


def _path(location: tuple[str | int, ...]) -> strict_yaml.Path:
    """The location in the file: pydantic puts the kind of a question after its place."""
    if location[:1] == ("questions",) and location[2:3] and location[2] in KINDS:
        return (*location[:2], *location[3:])
    return location


def _label(path: tuple[Any, ...], empty: str = "the file") -> str:
    parts: list[str] = []
    for part in path:
        if isinstance(part, int) and parts:
            parts[-1] += f"[{part + 1}]"
        else:
            parts.append(str(part))
    return f"`{'.'.join(parts)}`" if parts else empty


def _short(value: Any) -> str:
    text = repr(list(value) if isinstance(value, tuple) else value)
    return text if len(text) <= 60 else f"{text[:57]}…"
