"""yamllint: YAML that means something else than it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nexus_tui.audit.bench import ToolError
from nexus_tui.audit.tools.answers import batches, inside
from nexus_tui.audit.verdict import Check, Finding, Verdict, absent, decided

if TYPE_CHECKING:
    from nexus_tui.audit.bench import Bench

READS = re.compile(r"\.ya?ml$")
_TEMPLATES = re.compile(r"(^|/)(templates|charts)/")
_RULES = (
    "{rules: {key-duplicates: enable, octal-values: enable, "
    "truthy: {check-keys: false, allowed-values: ['true', 'false']}}}"
)
_LINE = re.compile(
    r"^(?P<path>.*?):(?P<line>\d+):\d+: \[\w+\] (?P<what>.*?)(?: \((?P<rule>[\w-]+)\))?$"
)

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


def look(bench: Bench) -> list[Verdict]:
    """Run yamllint with three rules of ours."""
    project, check = bench.project, CHECKS[0].id
    # A template of Helm is no YAML until it is filled.
    paths = [path for path in project.find(READS) if not _TEMPLATES.search(path)]
    if not paths:
        return [absent(check, "there is no YAML")]
    yamllint = bench.tool("yamllint")
    findings = list[Finding]()
    for group in batches(project, paths):
        with bench.folder() as folder:
            ended = bench.run([yamllint, "-f", "parsable", "-d", _RULES, *group], folder)
        lines = [_LINE.match(line) for line in ended.printed.splitlines()]
        if ended.code not in (0, 1) or not all(lines):
            raise ToolError(f"yamllint ended with {ended.code} and no answer that can be read")
        findings += [
            Finding(one["what"], inside(project, one["path"]), int(one["line"]), one["rule"] or "")
            for one in lines
            if one is not None
        ]
    return [decided(check, findings)]
