"""pip-audit: pinned requirements with a known vulnerability. It asks a service on the network."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

CHECKS = (
    Check(
        "pip-audit/known-vulnerability",
        "No pinned requirement has a known vulnerability",
        "high",
        "The hole is described in public, and scanners try it on every host within days.",
        "Raise the pin to a version that mends it, and run the tests.",
        "dependency-supply-chain",
    ),
)
