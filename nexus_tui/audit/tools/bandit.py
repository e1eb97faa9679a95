"""bandit: constructs in Python that are known to be dangerous."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.audit.checks.code import PYTHON, TESTS
from nexus_tui.audit.tools.answers import answer, batches, inside
from nexus_tui.audit.verdict import Check, Finding, Verdict, absent, decided, unknown

if TYPE_CHECKING:
    from nexus_tui.audit.bench import Bench

READS = re.compile(PYTHON.pattern)

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


_WITH_VALUES = {"B105", "B106", "B107"}
"""Rules whose text has the password in it."""


def look(bench: Bench) -> list[Verdict]:
    """Run bandit over all Python but tests, deaf to `# nosec`: a reason counts."""
    project = bench.project
    paths = [path for path in project.find(PYTHON) if not TESTS.search(path)]
    if not paths:
        return [absent(check.id, "there is no Python") for check in CHECKS]
    found: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    bandit, why = bench.tool("bandit"), ""
    for group in batches(project, paths):
        with bench.folder() as folder:
            command = [bandit, "--format", "json", "--quiet", "--ignore-nosec", *group]
            told = answer(bench.run(command, folder), "bandit")
        for one in told["results"]:
            path = inside(project, one["filename"])
            level = f"bandit/{one['issue_severity'].lower()}"
            if level in found:
                what = one["issue_text"]
                if one["test_id"] in _WITH_VALUES:
                    what = what.partition(":")[0]
                found[level].append(Finding(what, path, one["line_number"], one["test_id"]))
        for one in told["errors"]:
            why = why or f"bandit skipped {inside(project, one['filename'])}: {one['reason']}"
    return [
        unknown(check, why) if why and not findings else decided(check, findings)
        for check, findings in found.items()
    ]
