"""What all tools have in common: which files they are given, and how an answer is read."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.bench import ToolError
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nexus_tui.audit.project import Project
    from nexus_tui.sandbox.watch import Ended

_BYTES = 100_000
"""Of arguments in one command; systems take from 128 kB."""


def batches(project: Project, paths: Sequence[str]) -> Iterator[list[str]]:
    """Full paths, so that none looks like an option, in groups that fit into one command."""
    group, size = list[str](), 0
    for path in paths:
        full = f"{project.root}/{path}"
        if group and size + len(os.fsencode(full)) > _BYTES:
            yield group
            group, size = [], 0
        group.append(full)
        size += len(os.fsencode(full)) + 1
    if group:
        yield group


def inside(project: Project, path: str) -> str:
    """A path of an answer, from the root of the project."""
    full = os.path.normpath(os.path.join(project.root, path))  # noqa: PTH118 - not resolved
    return os.path.relpath(full, project.root)


def answer(ended: Ended, name: str) -> Any:
    """The JSON that a tool printed. Raises ToolError."""
    try:
        return json.loads(ended.printed)
    except (ValueError, RecursionError):
        said = clean_line(ended.errors.strip().split("\n")[-1])[:120]
        why = f": {said}" if said else ""
        raise ToolError(f"{name} ended with {ended.code} and no answer{why}") from None
