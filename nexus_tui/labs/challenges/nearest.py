"""Which known wrong solution a learner's code is like."""

from __future__ import annotations

import ast
import difflib
import re
from typing import TYPE_CHECKING

from nexus_tui.labs.challenges.workspace import texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nexus_tui.catalog.models import Mutant
    from nexus_tui.labs.challenges.stage import StageFiles

_ALIKE = 0.9
"""From here on two solutions are held for the same: names and order may differ a little."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


def nearest(files: StageFiles, workspace: Path) -> Mutant | None:
    """The wrong solution that the code is most like; None where it has changed nothing yet."""
    likeness = _likeness(files, workspace)
    return max(likeness, key=likeness.__getitem__, default=None)


def recognised(files: StageFiles, workspace: Path, failed: str | None) -> Mutant | None:
    """The wrong solution that the code is: it fails where that does, and reads the same."""
    likeness = {m: ratio for m, ratio in _likeness(files, workspace).items() if m.fails == failed}
    found = max(likeness, key=likeness.__getitem__, default=None)
    return found if found is not None and likeness[found] >= _ALIKE else None


def _likeness(files: StageFiles, workspace: Path) -> dict[Mutant, float]:
    """Mutant → how alike the files are that it changes, from 0 to 1.

    One that the starter is more like than the mutant is left out: that part was not tried.
    """
    mine, starter = texts(workspace), texts(files.starter)
    found = {}
    for mutant in files.lab.mutants:
        wrong = texts(files.mutant(mutant))
        ratio = _ratio(wrong, mine)
        if ratio > _ratio(starter, mine, only=wrong):
            found[mutant] = ratio
    return found


def _ratio(
    one: Mapping[str, str], other: Mapping[str, str], only: Mapping[str, str] | None = None
) -> float:
    names = list(only if only is not None else one)
    ratios = [
        difflib.SequenceMatcher(
            None, _tokens(name, one.get(name, "")), _tokens(name, other.get(name, "")), False
        ).ratio()
        for name in names
    ]
    return sum(ratios) / len(ratios) if ratios else 0.0


def _tokens(name: str, text: str) -> list[str]:
    """The words and signs of a text; of Python without comments, docstrings and layout."""
    if name.endswith(".py"):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError):
            return _TOKEN.findall(text)
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list) and body and _is_text(body[0]):
                node.body = body[1:] or [ast.Pass()]  # type: ignore[attr-defined]
        return _TOKEN.findall(ast.unparse(tree))
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return _TOKEN.findall("\n".join(lines))


def _is_text(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
