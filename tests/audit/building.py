"""Projects to audit: the good one under `projects/good`, and what is changed in a copy of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.audit.auditing import NOTHING, Consent, audit
from nexus_tui.audit.project import walk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nexus_tui.audit.verdict import Report, Verdict

GOOD = Path(__file__).parent / "projects" / "good"
SECRETS = {"SECRET_KEY": "4f8a1c9e7b2d6035" * 4, "DATABASE_PASSWORD": "a"}
RUN = Consent(code=True, environment=SECRETS)


@dataclass(frozen=True)
class Edit:
    """One change of a file: text that is replaced, a whole new text, or its removal."""

    path: str
    old: str = ""
    new: str | None = None

    def apply(self, root: Path) -> None:
        """Change the project in `root`."""
        file = root / self.path
        if self.new is None:
            shutil.rmtree(file) if file.is_dir() else file.unlink()
        elif self.old:
            text = file.read_text()
            assert self.old in text, f"{self.path} has no {self.old!r}"
            file.write_text(text.replace(self.old, self.new))
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.new)


def replaced(path: str, old: str, new: str) -> Edit:
    """Another text in the place of `old`."""
    return Edit(path, old, new)


def written(path: str, text: str) -> Edit:
    """A file with this text."""
    return Edit(path, "", text)


def removed(path: str) -> Edit:
    """No such file or folder any more."""
    return Edit(path)


def build(root: Path, *edits: Edit) -> Path:
    """A copy of the good project in `root`, with these edits."""
    shutil.copytree(GOOD, root, dirs_exist_ok=True)
    for edit in edits:
        edit.apply(root)
    return root


def write(root: Path, files: Mapping[str, str]) -> Path:
    """A project of these files."""
    for path, text in files.items():
        written(path, text).apply(root)
    return root


def look(module: object, root: Path) -> dict[str, Verdict]:
    """What a family of our own checks says, in this process."""
    verdicts: Sequence[Verdict] = module.look(walk(root))  # type: ignore[attr-defined]
    return {verdict.check: verdict for verdict in verdicts}


def report(root: Path, *only: str, consent: Consent = NOTHING) -> Report:
    """A whole audit, or these checks of it."""
    work = root.parent / f"{root.name}-work"
    return audit(root, work, consent=consent, only=only)


def states(found: Report) -> dict[str, str]:
    """Check → state."""
    return {verdict.check: verdict.state for verdict in found.verdicts}
