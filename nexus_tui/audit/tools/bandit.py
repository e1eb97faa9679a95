"""bandit: constructs in Python that are known to be dangerous."""

from __future__ import annotations

from nexus_tui.audit.verdict import Check

_MEND = "Read the page of the rule; where the finding is wrong, say why beside `# nosec B…`."
CHECKS = (
    Check(
        "bandit/high",
        "bandit finds nothing of high severity",
        "high",
        "A shell with input in it, a certificate that is not checked: each is a way in.",
        _MEND,
        "input-validation",
    ),
    Check(
        "bandit/medium",
        "bandit finds nothing of medium severity",
        "medium",
        "SQL made of strings, unpickled input, unsafe YAML: harmful where input is a stranger's.",
        _MEND,
        "input-validation",
    ),
    Check(
        "bandit/low",
        "bandit finds nothing of low severity",
        "low",
        "Fixed passwords, predictable random numbers, swallowed errors: small, and they add up.",
        _MEND,
        "input-validation",
    ),
)
