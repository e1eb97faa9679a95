"""Variants of a question: its own code draws values from a seed, its placeholders take them.

The code runs in this process with few names and no imports. That keeps honest code honest;
it is no sandbox, so only the code of the bundled pack and of trusted packs is run.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from random import Random
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from nexus_tui.catalog.keys import ambiguity
from nexus_tui.catalog.questions import read_question
from nexus_tui.catalog.templates import fill
from nexus_tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nexus_tui.catalog.models import Question

FAMILY = 2
"""A question with variants covers its objective like two questions."""
_NAMES = (
    *(abs, all, any, bin, bool, chr, dict, divmod, enumerate, filter, float, format, frozenset),
    *(hex, int, isinstance, len, list, map, max, min, oct, ord, pow, range, repr, reversed),
    *(round, set, sorted, str, sum, tuple, zip, ValueError),
)
"""What the code may call besides `math` and its argument."""
_LONGEST = 2_000
"""Characters of one value."""


class VariantError(Exception):
    """A seed gave no question; the message says why, in one sentence."""


def weight(question: Question) -> int:
    """How many questions it counts for in the coverage of its objective."""
    return FAMILY if question.variants else 1


def variant(question: Question, seed: str) -> Question:
    """The variant that `seed` draws, always the same; the base question where that fails."""
    if question.variants is None:
        return question
    try:
        return draw(question, seed)
    except VariantError:
        return question


def draw(question: Question, seed: str) -> Question:
    """Run the code of a question's variants. Raises VariantError."""
    assert question.variants is not None and question.template is not None
    values = _values(question.variants, question.base.keys(), seed)
    template = json.loads(question.template)
    parts = {**fill(template, values), "template": question.template}
    try:
        # JSON again: what is a list in a file is a tuple in the model.
        drawn = read_question().validate_json(json.dumps(parts))
    except ValidationError as error:
        details = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in details["loc"][1:])
        raise VariantError(f"gives no valid question: `{where}`: {details['msg']}") from error
    if (why := ambiguity(drawn)) is not None:
        raise VariantError(f"gives a question whose key is not unique: {why}")
    return drawn


def _values(code: str, wanted: Any, seed: str) -> Mapping[str, Any]:
    try:
        drawn = _compiled(code)(Random(f"variant/{seed}"))
    except VariantError:
        raise
    except Exception as error:
        raise VariantError(f"fails: {type(error).__name__}: {error}") from error
    if not isinstance(drawn, dict) or drawn.keys() != wanted:
        names = sorted(map(str, drawn)) if isinstance(drawn, dict) else type(drawn).__name__
        raise VariantError(f"draws {names}, but `base` has {sorted(wanted)}")
    for name, value in drawn.items():
        if type(value) not in {int, float, bool, str}:
            raise VariantError(f"draws a {type(value).__name__} for `{name}`, no number or text")
        if len(str(value)) > _LONGEST:
            raise VariantError(f"draws over {_LONGEST} characters for `{name}`")
    return {key: clean(v) if isinstance(v, str) else v for key, v in drawn.items()}


@lru_cache(maxsize=256)
def _compiled(code: str) -> Callable[[Random], object]:
    """The function `draw` of the code, which sees `math`, its argument and plain builtins."""
    known = {name.__name__: name for name in _NAMES}
    space: dict[str, Any] = {"__builtins__": known, "math": math}
    try:
        exec(compile(code, "variants", "exec"), space)  # noqa: S102 - of trusted packs only
    except Exception as error:
        raise VariantError(f"cannot be read: {type(error).__name__}: {error}") from error
    found = space.get("draw")
    if not callable(found):
        raise VariantError("defines no function `draw`")
    return found  # type: ignore[no-any-return]
