"""Placeholders of a question with variants: `{{name}}` becomes what was drawn.

Written without blanks and filled only where `base` names it, so `{{ name }}` of a Django
template and the braces of an f-string stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

Drawn = int | float | bool | str
"""What may stand for a placeholder."""

_PLACEHOLDER = re.compile(r"\{\{([a-z][a-z0-9_]*)\}\}")
_NEVER = frozenset(
    {"id", "kind", "objective", "bloom", "source", "as_of", "verify", "lint_ok", "variants", "base"}
    | {"misconception", "slip", "language", "template"}
)
"""Keys that are names or code of the family: the same in every variant."""
_TYPED = frozenset({"value", "tolerance", "factor", "faulty", "line", "correct", "indent"})
"""Keys that are no text: a lone placeholder there becomes the value itself."""


def fill(template: Mapping[str, Any], values: Mapping[str, Drawn]) -> dict[str, Any]:
    """The template of a question with `values` for its placeholders; nothing else changes."""
    return {key: _filled(key, part, values) for key, part in template.items()}


def _filled(key: str, part: Any, values: Mapping[str, Drawn]) -> Any:
    if key in _NEVER:
        return part
    if isinstance(part, Mapping):
        return fill(part, values)
    if isinstance(part, list | tuple):
        return tuple(_filled(key, item, values) for item in part)
    if not isinstance(part, str):
        return part
    whole = _PLACEHOLDER.fullmatch(part)
    if whole and key in _TYPED and whole[1] in values:
        return values[whole[1]]
    return _PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), part)


def names(template: str) -> set[str]:
    """The names of all placeholders of a template, which is given as JSON."""
    return set(_names("", json.loads(template)))


def _names(key: str, part: Any) -> Iterator[str]:
    if key in _NEVER:
        return
    if isinstance(part, dict):
        for name, below in part.items():
            yield from _names(name, below)
    elif isinstance(part, list):
        for below in part:
            yield from _names(key, below)
    elif isinstance(part, str):
        yield from _PLACEHOLDER.findall(part)


def with_base(question: Any) -> Any:
    """A question as it is written, filled with its `base`; the rest of the file checks it.

    The template is kept beside it as JSON, for the variants to be made from.
    """
    if not isinstance(question, Mapping) or not isinstance(question.get("base"), Mapping):
        return question
    kept = json.dumps(question, ensure_ascii=False)
    return {**fill(question, question["base"]), "template": kept}
