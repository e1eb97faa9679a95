"""What is looked at in Compose files beside their schema."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

_TOPIC, _STAGE = "docker-compose", "container-orchestration/start-order"
CHECKS = (
    Check(
        "nexus/depends-on-health",
        "Services wait until what they need is healthy",
        "medium",
        "Started is not ready: the first start on a slow machine fails, and the second works.",
        "`condition: service_healthy`, and a healthcheck on what is waited for.",
        _TOPIC,
        _STAGE,
    ),
    Check(
        "nexus/compose-names",
        "Services, networks, volumes and secrets that are named exist",
        "high",
        "`docker compose up` refuses the whole file; the schema does not see it.",
        "Correct the name, or declare it at the top level.",
        _TOPIC,
        _STAGE,
    ),
    Check(
        "nexus/compose-latest",
        "Images have a tag that does not move",
        "medium",
        "You run what was published this morning, and the way back leads to the same tag.",
        "A version, a commit or a digest.",
        "ci-cd",
    ),
    Check(
        "nexus/compose-secret",
        "No password is written into a Compose file",
        "high",
        "The file is in git, and so is the password.",
        "`${POSTGRES_PASSWORD:?}` from the environment, or secrets.",
        "secrets-config",
    ),
    Check(
        "nexus/compose-ports",
        "No database is published to all interfaces",
        "medium",
        "Docker opens the port past the host's firewall.",
        'Drop `ports`, services reach each other without it; or `"127.0.0.1:5432:5432"`.',
        _TOPIC,
    ),
)
