"""hadolint: Dockerfiles, and the shell inside them."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

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
