"""hadolint: Dockerfiles, and the shell inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.audit.checks.yaml_files import DOCKERFILE
from nexus_tui.audit.tools.answers import answer, batches, inside
from nexus_tui.audit.verdict import Check, Finding, Verdict, absent, decided

if TYPE_CHECKING:
    from nexus_tui.audit.bench import Bench


_MEND = "Read the page of the rule, hadolint's wiki; most are one word in the line it names."
_STAGE = "container-orchestration/image-build"
CHECKS = (
    Check(
        "hadolint/error",
        "hadolint finds no error",
        "high",
        "The image does not build, or builds something else than it says.",
        _MEND,
        "docker-images",
        _STAGE,
    ),
    Check(
        "hadolint/warning",
        "hadolint finds nothing to warn of",
        "medium",
        "Versions that are not pinned and shells that swallow errors make two builds differ.",
        _MEND,
        "docker-images",
        _STAGE,
    ),
    Check(
        "hadolint/style",
        "hadolint finds no habit that makes images larger",
        "low",
        "Package lists and recommended packages are carried to every machine that pulls the image.",
        _MEND,
        "docker-images",
        _STAGE,
    ),
)
READS = DOCKERFILE
_LEVELS = {"error": "error", "warning": "warning", "info": "style", "style": "style"}
_MEMORY = 2**41
"""Bytes of address space: its run time reserves a terabyte and uses some megabytes of it."""


def look(bench: Bench) -> list[Verdict]:
    """Run hadolint, deaf to its pragmas: a reason counts, silence does not."""
    project = bench.project
    paths = project.find(READS)
    if not paths:
        return [absent(check.id, "there is no Dockerfile") for check in CHECKS]
    found: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    hadolint = bench.tool("hadolint")
    for group in batches(project, paths):
        with bench.folder() as folder:
            options = ["--format", "json", "--no-fail", "--disable-ignore-pragma"]
            ended = bench.run([hadolint, *options, *group], folder, memory=_MEMORY)
        for one in answer(ended, "hadolint"):
            path = inside(project, one["file"])
            finding = Finding(one["message"], path, one["line"], one["code"])
            found[f"hadolint/{_LEVELS[one['level']]}"].append(finding)
    return [decided(check, findings) for check, findings in found.items()]
