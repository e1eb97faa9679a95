"""What is looked at with the schemas that the makers of Compose and GitHub publish."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

CHECKS = (
    Check(
        "schema/compose",
        "Compose files have the form that Compose wants",
        "high",
        "A key at the wrong depth stops `docker compose up`, or is ignored.",
        "Move or rename the key that is named; `docker compose config -q` says the same.",
        "docker-compose",
        "container-orchestration/start-order",
    ),
    Check(
        "schema/workflow",
        "Workflows have the form that GitHub wants",
        "high",
        "A workflow that is refused does not run, and a pull request without it looks green.",
        "Move or rename the key that is named.",
        "ci-cd",
        "container-orchestration/release-pipeline",
    ),
)
