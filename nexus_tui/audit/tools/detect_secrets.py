"""detect-secrets: keys and passwords that stand in files."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

CHECKS = (
    Check(
        "detect-secrets/secret",
        "No file holds a secret",
        "high",
        "Everybody with a clone has it, and it stays in the history after the line is gone.",
        "Replace the value at its issuer, then read it from the environment.",
        "secrets-config",
        "container-orchestration/environment-config",
    ),
)
