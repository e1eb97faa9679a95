"""Whether a file has the form that its program wants, by the schema that its makers publish."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any, Literal, NamedTuple

_FOLDER = Path(__file__).parent / "json_schemas"
_SAID = 120
"""Characters of what is wrong at one place."""

Schema = Literal["compose-spec", "github-workflows"]


class Misfit(NamedTuple):
    """What a schema refuses at one place."""

    path: tuple[str | int, ...]
    message: str

    def __str__(self) -> str:
        return f"{'/'.join(map(str, self.path)) or 'the file'}: {self.message}"


def problems(schema: Schema, value: Any) -> list[str]:
    """What the schema refuses, each with its place: the deepest first, as it says most."""
    return [str(misfit) for misfit in misfits(schema, value)]


def misfits(schema: Schema, value: Any) -> list[Misfit]:
    """What the schema refuses: the deepest first, as it says most."""
    found = [_meant(error) for error in _validator(schema).iter_errors(value)]
    found.sort(key=lambda error: len(error.instance_path), reverse=True)
    return [Misfit(tuple(error.instance_path), _short(error.message)) for error in found]


@functools.cache
def _validator(schema: Schema) -> Any:
    import jsonschema_rs

    text = (_FOLDER / f"{schema}.json").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text))


def _meant(error: Any) -> Any:
    """Of a value that has none of several forms: what keeps it from the likeliest of them."""
    forms = [form for form in getattr(error.kind, "context", None) or [] if form]
    if not forms:
        return error
    likeliest = min(forms, key=lambda form: (-_depth(form), len(form)))
    return _meant(max(likeliest, key=lambda inner: len(inner.instance_path)))


def _depth(form: list[Any]) -> int:
    return max(len(error.instance_path) for error in form)


def _short(message: str) -> str:
    return message if len(message) <= _SAID else f"{message[: _SAID - 1]}…"
