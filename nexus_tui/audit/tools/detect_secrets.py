"""detect-secrets: keys and passwords that stand in files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.audit.checks.code import TESTS
from nexus_tui.audit.tools.answers import answer, batches, inside
from nexus_tui.audit.verdict import Check, Finding, Verdict, absent, decided

if TYPE_CHECKING:
    from nexus_tui.audit.bench import Bench

READS = re.compile(
    r"(\.(py|js|ts|json|ya?ml|toml|ini|cfg|conf|env|sh|tf|tfvars|txt|md|properties|xml|html)"
    r"|(^|/)(\.env[^/]*|Dockerfile[^/]*|Makefile|Procfile))$"
)
_LOCKS = re.compile(r"(\.lock|-lock\.(json|yaml)|requirements[^/]*\.txt)$")

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


def look(bench: Bench) -> list[Verdict]:
    """Run detect-secrets without asking any service whether a secret still works."""
    project, check = bench.project, CHECKS[0].id
    paths = [
        path for path in project.find(READS) if not TESTS.search(path) and not _LOCKS.search(path)
    ]
    if not paths:
        return [absent(check, "there is no file of a kind that holds secrets")]
    tool = bench.tool("detect-secrets")
    options = ["--no-verify", "--all-files"]
    options += ["--disable-filter", "detect_secrets.filters.allowlist.is_line_allowlisted"]
    findings = list[Finding]()
    for group in batches(project, paths):
        with bench.folder() as folder:
            # Its pool of processes needs what the rails refuse; it runs nothing of the project.
            command = [tool, "-C", str(project.root), "scan", *options, *group]
            ended = bench.run(command, folder, rails=False)
            told = answer(ended, "detect-secrets")
        for name, secrets in told["results"].items():
            lines = dict[int, str]()
            for one in secrets:
                lines.setdefault(one["line_number"], one["type"])
            path = inside(project, name)
            findings += [
                Finding(f"this looks like a secret ({kind})", path, line)
                for line, kind in sorted(lines.items())
            ]
    return [decided(check, findings)]
