"""yamllint: YAML that means something else than it says."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

CHECKS = (
    Check(
        "yamllint/yaml",
        "YAML files say each key once, and mean what they say",
        "medium",
        "Of two equal keys the last wins in silence; `no` becomes false, and `010` becomes 8.",
        "Remove the second key; put quotation marks around text that looks like something else.",
        "docker-compose",
    ),
)
