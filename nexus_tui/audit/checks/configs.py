"""Dockerfiles, Compose files and workflows: their schemas, and what no schema says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.audit.checks import images, pipelines, stacks

if TYPE_CHECKING:
    from nexus_tui.audit.project import Project
    from nexus_tui.audit.verdict import Verdict


def look(project: Project) -> list[Verdict]:
    """The verdicts of these families."""
    return [*images.look(project), *stacks.look(project), *pipelines.look(project)]
