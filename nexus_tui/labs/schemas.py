"""Plain YAML of a learner's, and whether it has the form that its program wants."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any, Literal

from nexus_tui.catalog.strict_yaml import Document, YamlProblem, read
from nexus_tui.labs.judging import Lab, Missing

_FOLDER = Path(__file__).parent / "judging_schemas"
_SAID = 120
"""Characters of what is wrong at one place."""

Schema = Literal["compose-spec", "github-workflows"]


def mapping(lab: Lab, path: str) -> Document:
    """A YAML file of the workspace, a mapping at its top. Raises Missing."""
    try:
        document = read(lab.read(path), path)
    except YamlProblem as error:
        problem = error.problem
        raise Missing(f"{path}, line {problem.line}: {problem.message}") from error
    if not isinstance(document.value, dict):
        raise Missing(f"{path} is no mapping: keys with values")
    return document


def problems(schema: Schema, value: Any) -> list[str]:
    """What the schema refuses, each with its place: the deepest first, as it says most."""
    found = [_meant(error) for error in _validator(schema).iter_errors(value)]
    found.sort(key=lambda error: len(error.instance_path), reverse=True)
    return [f"{_place(error)}: {_short(error.message)}" for error in found]


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


def _place(error: Any) -> str:
    return "/".join(map(str, error.instance_path)) or "the file"


def _short(message: str) -> str:
    return message if len(message) <= _SAID else f"{message[: _SAID - 1]}…"
