"""The files of a stage that can be solved: what is missing or does not fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from nexus_tui.catalog.files import Reading
    from nexus_tui.catalog.models import Lab

_PARTS = ("brief.md", "hints.md", "debrief.md", "checks/judge.py", "checks/probe.py")
HINTS = 3
"""Nudge, pointer, skeleton."""


def check(reading: Reading, folder: Path, lab: Lab, questions: Container[str]) -> None:
    """Note what is wrong with the stage in `folder`.

    `questions` are those of the pack, as `<topic>/<question>`.
    """
    file = folder / "stage.yaml"
    for part in _PARTS:
        if not (folder / part).is_file():
            reading.add(folder / part, "is missing: a stage that can be solved has it")
    for name in ("starter", "solution"):
        if not (folder / name / lab.opens).is_file():
            reading.add(file, f"`opens` is {lab.opens}, which `{name}/` has not")
    _check_hints(reading, folder / "hints.md")
    _check_refusals(reading, folder, lab)
    if lab.prediction is not None and lab.prediction not in questions:
        reading.add(file, f"`prediction` names the question `{lab.prediction}`, unknown here")


def _check_refusals(reading: Reading, folder: Path, lab: Lab) -> None:
    """Every requirement refuses something, and everything wrong is refused by one."""
    file, known = folder / "stage.yaml", [requirement.id for requirement in lab.requirements]
    _check_ids(reading, file, "requirement", known)
    _check_ids(reading, file, "mutant", [mutant.id for mutant in lab.mutants])
    refusing = {lab.starter, *(mutant.fails for mutant in lab.mutants)}
    for name in sorted(refusing - set(known)):
        reading.add(file, f"`{name}` is no requirement of the stage")
    for name in known:
        if name not in refusing:
            reading.add(file, f"no mutant fails at `{name}`: add one, or drop the requirement")
    for mutant in lab.mutants:
        if not any((folder / "mutants" / mutant.id).rglob("*")):
            reading.add(file, f"the mutant `{mutant.id}` has no files in `mutants/{mutant.id}/`")


def _check_hints(reading: Reading, file: Path) -> None:
    text = reading.text(file) if file.is_file() else None
    found = sum(line.startswith("## ") for line in (text or "").splitlines())
    if text is not None and found != HINTS:
        reading.add(file, f"has {found} hints, each a `## ` heading; there are {HINTS}")


def _check_ids(reading: Reading, file: Path, what: str, ids: list[str]) -> None:
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        reading.add(file, f"two have the {what} id `{name}`")
