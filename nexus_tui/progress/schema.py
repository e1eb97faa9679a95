"""Every table, and which of them are derived: for what makes, moves or checks a whole file."""

from __future__ import annotations

from sqlmodel import SQLModel

from nexus_tui.progress.project_tables import (
    Audit,
    Finding,
    Project,
    Run,
    Suppression,
    Tick,
    Verdict,
)
from nexus_tui.progress.tables import Answer, Bookmark, Card, Day, Mark, Note, Reading, Stage

METADATA = SQLModel.metadata
"""What SQLModel collected; it is whole only once this module is imported."""

DERIVED: tuple[type[SQLModel], ...] = (
    Answer, Card, Mark, Day, Stage, Project, Tick, Run, Audit, Verdict, Finding, Suppression,
    Reading, Note, Bookmark,
)  # fmt: skip
