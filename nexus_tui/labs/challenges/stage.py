"""A stage on disk: its folder, what is in it, and how it is checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from nexus_tui.catalog.files import Reading
from nexus_tui.catalog.models import Lab
from nexus_tui.sandbox.rails import Rights

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.catalog.models import Challenge, Mutant, Stage


class StageError(Exception):
    """The files of a stage are not as they should be; the message says what and where."""


@dataclass(frozen=True)
class StageFiles:
    """`challenges/<challenge>/stages/<stage>/` of a pack."""

    key: str
    """`<pack>/<challenge>/<stage>`, the subject of its facts."""
    root: Path
    stage: Stage
    lab: Lab

    @property
    def starter(self) -> Path:
        return self.root / "starter"

    @property
    def solution(self) -> Path:
        return self.root / "solution"

    @property
    def checks(self) -> Path:
        return self.root / "checks"

    def mutant(self, mutant: Mutant) -> Path:
        """The folder of a wrong solution: only the files that differ from the solution."""
        return self.root / "mutants" / mutant.id

    @property
    def brief(self) -> str:
        return _text(self.root / "brief.md")

    @property
    def debrief(self) -> str:
        return _text(self.root / "debrief.md")

    @property
    def hints(self) -> list[str]:
        """Nudge, pointer, skeleton: the sections of `hints.md`."""
        parts = ("\n" + _text(self.root / "hints.md")).split("\n## ")[1:]
        return [part.partition("\n")[2].strip() for part in parts]

    @property
    def rights(self) -> Rights:
        """What its code needs beyond the run folder."""
        return Rights(**dict.fromkeys(self.lab.rights, True))

    @cached_property
    def revision(self) -> str:
        """12 hex digits of SHA-256 over what decides a check."""
        found = hashlib.sha256()
        for path in (*sorted(self.checks.glob("*.py")), self.root / "stage.yaml"):
            found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
        return found.hexdigest()[:12]


def stages_of(pack: str, root: Path, challenge: Challenge) -> list[StageFiles]:
    """The stages of a challenge that can be solved, in order. Raises StageError.

    One without `stage.yaml` is to be read only.
    """
    found = []
    for stage in challenge.stages:
        folder = root / "challenges" / challenge.id / "stages" / stage.id
        if not (folder / "stage.yaml").is_file():
            continue
        lab = _lab(root, folder / "stage.yaml", (folder / "stage.yaml").stat().st_mtime_ns)
        found.append(StageFiles(f"{pack}/{challenge.id}/{stage.id}", folder, stage, lab))
    return found


@cache
def _lab(root: Path, file: Path, _changed: int) -> Lab:
    """Read once for each time the file was changed: Today asks for all stages at each showing."""
    reading = Reading(root, [])
    lab = reading.model(file, Lab)
    if lab is None:
        raise StageError("; ".join(str(problem) for problem in reading.problems))
    return lab


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise StageError(f"{path}: {error.strerror}") from error
