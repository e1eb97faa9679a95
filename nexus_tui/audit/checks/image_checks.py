"""What is looked at in Dockerfiles beside hadolint's rules."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

_TOPIC, _STAGE = "docker-images", "container-orchestration/image-build"
CHECKS = (
    Check(
        "nexus/image-user",
        "The container does not run as root",
        "high",
        "Whoever breaks into the process is root, one kernel fault away from the host.",
        "Make a user, and `USER app` before CMD.",
        _TOPIC,
        _STAGE,
    ),
    Check(
        "nexus/image-layers",
        "Dependencies are installed before the code is copied",
        "medium",
        "Each changed line installs all packages again: minutes instead of seconds a build.",
        "COPY the lock file alone, install, then COPY the rest.",
        _TOPIC,
        _STAGE,
    ),
    Check(
        "nexus/image-healthcheck",
        "The container says whether it is healthy",
        "low",
        "A process that hangs counts as running, and is never started again.",
        "HEALTHCHECK in the image, or healthcheck in the Compose service.",
        _TOPIC,
    ),
    Check(
        "nexus/image-secret",
        "No secret stands in ENV or ARG",
        "high",
        "`docker history` and `docker inspect` print it to everybody who may pull the image.",
        "`RUN --mount=type=secret` while building; the environment at start.",
        "secrets-config",
        _STAGE,
    ),
    Check(
        "nexus/image-exec-form",
        "CMD and ENTRYPOINT are in exec form",
        "medium",
        "A shell as process 1 does not pass the stop signal on: requests are cut off.",
        'CMD ["gunicorn", "shop.wsgi"].',
        "app-servers",
        "container-orchestration/graceful-stop",
    ),
    Check(
        "nexus/image-context",
        ".env and .git are kept out of what is copied",
        "high",
        "Where they are, everybody who pulls the image has the secrets and the history.",
        "Name `.env` and `.git` in .dockerignore.",
        "secrets-config",
        _STAGE,
    ),
)
