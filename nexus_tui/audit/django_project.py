"""The Django project among the files: its `manage.py`, its interpreter, and a copy to run."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.audit.bench import ToolError

if TYPE_CHECKING:
    from nexus_tui.audit.bench import Consent
    from nexus_tui.audit.project import Project

MANAGE = re.compile(r"(^|/)manage\.py$")
DOTENV = re.compile(r"(^|/)\.env(\.[^/]*)?$")
_ENVIRONMENTS = (".venv", "venv", "env")
_MOST = 200_000_000
"""Bytes of a copy."""


@dataclass(frozen=True)
class DjangoProject:
    """What is started, with what."""

    manage: str
    """The path of `manage.py` from the root."""
    python: Path
    own: bool
    """Whether the interpreter is the project's own."""


def find(project: Project, consent: Consent) -> DjangoProject | None:
    """The outermost `manage.py` that starts Django; None where there is none."""
    for path in sorted(project.find(MANAGE), key=lambda path: (path.count("/"), path)):
        text = project.text(path) or ""
        if "django" in text.lower():
            python = consent.python or _python(project, path)
            return DjangoProject(path, python or Path(sys.executable), python is not None)
    return None


def _python(project: Project, manage: str) -> Path | None:
    for folder in {project.root, (project.root / manage).parent}:
        for name in _ENVIRONMENTS:
            python = folder / name / "bin" / "python"
            if (folder / name / "pyvenv.cfg").is_file() and python.is_file():
                return python
    return None


def copy(project: Project, target: Path) -> None:
    """Copy the files that were walked: what runs there may write. Raises ToolError."""
    left = _MOST
    for path in project.files:
        try:
            source = os.open(project.root / path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        with os.fdopen(source, "rb") as file:
            said = file.read(project.bounds.file)
        left -= len(said)
        if left < 0:
            raise ToolError(f"the project is larger than {_MOST // 1_000_000} MB")
        to = target / path
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(said)
