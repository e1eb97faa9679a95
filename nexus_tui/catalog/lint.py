"""All that a program can find wrong in a pack: reading, variants, keys, the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.draws import draw_all
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.rules.checking import check

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.problems import Problem


def lint(root: Path, *, run_code: bool = False) -> list[Problem]:
    """All problems of the pack in `root`, by file and line.

    Variants are drawn where `run_code` says that the pack's code may run; else it is a
    problem that they were not.
    """
    content, problems = read_pack(root)
    if content is not None:
        draws = draw_all(content, run_code=run_code)
        problems = [*problems, *draws.problems, *check(content, draws.variants)]
    return sorted(problems)
