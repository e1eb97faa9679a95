"""All that a program can find wrong in a pack: reading, variants, keys, the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.catalog.draws import draw_all
from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.rules.checking import check

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from nexus_tui.catalog.reader import PackContent


def lint(
    root: Path,
    *,
    run_code: bool = False,
    topics: Collection[str] = (),
    audits: Collection[str] = (),
) -> list[Problem]:
    """All problems of the pack in `root`, by file and line; with `topics`, those of their files.

    Variants are drawn where `run_code` says that the pack's code may run; else it is a
    problem that they were not. `audits` are the checks that items of checklists may name.
    """
    content, problems = read_pack(root)
    if content is not None:
        wanted = tuple(t for t in content.topics if not topics or t.topic.id in topics)
        draws = draw_all(replace(content, topics=wanted), run_code=run_code)
        problems = [*problems, *draws.problems, *check(content, draws.variants)]
        problems += _unknown_audits(root, content, audits)
        if topics:
            folders = tuple(f"{topic.path}/" for topic in wanted)
            problems = [p for p in problems if p.path.startswith(folders)]
    return sorted(problems)


def _unknown_audits(root: Path, content: PackContent, audits: Collection[str]) -> Iterator[Problem]:
    """Items that name a check which no audit makes."""
    for checklist in content.checklists:
        path = f"checklists/{checklist.id}.yaml"
        lines = (root / path).read_text(encoding="utf-8").splitlines()
        for item in checklist.items:
            for name in item.audit:
                if name not in audits:
                    line = next((n for n, text in enumerate(lines, 1) if name in text), 1)
                    said = f"item `{item.id}` names the check `{name}`, which no audit makes"
                    yield Problem(path, line, 1, said)
