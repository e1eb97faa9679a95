"""ruff: run isolated, with our choice of rules and a few figures of the project's own."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from nexus_tui.audit.bench import ToolError
from nexus_tui.audit.checks.code import MIGRATIONS, PYTHON, TESTS
from nexus_tui.audit.tools.answers import answer, batches, inside
from nexus_tui.audit.tools.ruff_checks import CHECKS
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.bench import Bench
    from nexus_tui.audit.project import Project

READS = re.compile(PYTHON.pattern)
_GROUPS = {
    "ruff/sql": ("S608", "S610", "S611"),
    "ruff/code": ("S102", "S301", "S307", "S506", "S602", "S604", "S605"),
    "ruff/tls": ("S323", "S501"),
    "ruff/noqa": ("RUF100", "PGH004"),
    "ruff/D1": ("D100", "D101", "D102", "D103", "D104"),
    "ruff/F401": ("F401",),
    "ruff/ASYNC": ("ASYNC",),
    "ruff/PERF": ("PERF",),
    "ruff/T20": ("T20",),
    "ruff/UP": ("UP",),
    "ruff/DJ": ("DJ",),
    "ruff/E": ("E", "W"),
    "ruff/F": ("F",),
    "ruff/I": ("I",),
    "ruff/N": ("N",),
    "ruff/B": ("B",),
    "ruff/S": ("S",),
}
"""Check → its rules; the first that fits has a finding."""
_PRODUCTION = {"ruff/sql", "ruff/code", "ruff/tls", "ruff/S", "ruff/D1", "ruff/T20"}
"""Not asked of tests."""
_LINE_LENGTH = 99
"""What PEP 8 allows a team to agree on."""
_FORMAT = re.compile(r"^Would reformat: (.*)$|^ *--> (.*?)(?::\d+)*$", re.MULTILINE)
"""As ruff said it until 0.16, and says it since."""
_PLAIN = {
    "line-length": int,
    "indent-width": int,
    "format.quote-style": str,
    "format.indent-style": str,
    "format.line-ending": str,
    "format.skip-magic-trailing-comma": bool,
    "format.docstring-code-format": bool,
    "lint.isort.known-first-party": list,
    "lint.isort.combine-as-imports": bool,
    "lint.isort.force-single-line": bool,
}
"""What is taken over from the project: figures and words, never rules or paths."""


def look(bench: Bench) -> list[Verdict]:
    """Lint and format check, nothing is cached and nothing changed."""
    project = bench.project
    # Migrations are written by Django.
    paths = [path for path in project.find(PYTHON) if not MIGRATIONS.search(path)]
    if not paths:
        return [absent(check.id, "there is no Python") for check in CHECKS]
    ruff = bench.tool("ruff")
    found: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    broken = ""
    options = ["--isolated", "--no-cache", "--no-respect-gitignore", *_config(project)]
    for group in batches(project, paths):
        for finding in _check(bench, ruff, options, group):
            check = _check_of(finding.rule)
            if check is None:
                broken = broken or f"{finding.path} is no Python that can be read: {finding.what}"
            elif check not in _PRODUCTION or not TESTS.search(finding.path):
                found[check].append(finding)
        found["ruff/format"] += _format(bench, ruff, options, group)
    return [
        unknown(check, broken) if broken and not findings else decided(check, findings)
        for check, findings in found.items()
    ]


def _check(bench: Bench, ruff: str, options: list[str], group: list[str]) -> Iterator[Finding]:
    select = ",".join(rule for rules in _GROUPS.values() for rule in rules)
    command = [ruff, "check", "--exit-zero", "--output-format", "json", "--select", select]
    with bench.folder() as folder:
        told = answer(bench.run([*command, *options, *group], folder), "ruff")
        # A rule that only the project asks for is not one that nobody needs.
        idle = [
            one
            for one in told
            if one["code"] == "RUF100" and re.search("unused:|blanket", one["message"])
        ]
        # What a noqa hides is looked at as well: a reason counts, silence does not.
        command = [*command, "--ignore-noqa", "--ignore", "RUF100"]
        every = answer(bench.run([*command, *options, *group], folder), "ruff")
    for one in (*every, *idle):
        path = inside(bench.project, one["filename"])
        line = (one.get("location") or {}).get("row", 0)
        yield Finding(one["message"], path, line, one["code"] or "")


def _format(bench: Bench, ruff: str, options: list[str], group: list[str]) -> Iterator[Finding]:
    with bench.folder() as folder:
        ended = bench.run([ruff, "format", "--check", *options, *group], folder)
    paths = {found[1] or found[2] for found in _FORMAT.finditer(ended.printed)}
    if ended.code not in (0, 1) or bool(paths) != (ended.code == 1):
        raise ToolError(f"ruff format ended with {ended.code} and no answer that can be read")
    for path in sorted(paths):
        yield Finding("the formatter would change it", inside(bench.project, path))


def _check_of(rule: str) -> str | None:
    """The check that a rule belongs to; None: it says that the file cannot be read."""
    if not rule or rule in {"E902", "E999", "invalid-syntax"}:
        return None
    family = re.match(r"[A-Z]+", rule)
    for check, rules in _GROUPS.items():
        if rule in rules or (family is not None and family[0] in rules):
            return check
        if any(rule.startswith(one) for one in rules if one == "T20"):
            return check
    return None


def _config(project: Project) -> Iterator[str]:
    """Options that say what the project has agreed on."""
    table, version = _agreed(project)
    plain = {"line-length": _LINE_LENGTH} | table
    for key, value in plain.items():
        yield from ("--config", f"{key} = {_toml(value)}")
    sources = [str(project.root), f"{project.root}/src"]
    yield from ("--config", f"src = {_toml(sources)}", "--target-version", version)


def _agreed(project: Project) -> tuple[dict[str, Any], str]:
    """The plain values of the project's own configuration, and the oldest Python it runs on."""
    version = "py311"
    for path in (".ruff.toml", "ruff.toml", "pyproject.toml"):
        text = project.text(path) if path in project.files else None
        try:
            found = tomllib.loads(text or "")
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        if path == "pyproject.toml":
            asked = str(_at(found, "project.requires-python") or "")
            if at_least := re.search(r">=?\s*3\.(7|8|9|1[0-4])\b", asked):
                version = f"py3{at_least[1]}"
            found = _at(found, "tool.ruff") or {}
        if isinstance(found, dict) and found:
            values = {key: _at(found, key) for key in _PLAIN}
            return {k: v for k, v in values.items() if type(v) is _PLAIN[k] and _is_plain(v)}, (
                version
            )
    return {}, version


def _at(table: Any, key: str) -> Any:
    for part in key.split("."):
        table = table.get(part) if isinstance(table, dict) else None
    return table


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) and re.fullmatch(r"[\w.*-]{1,80}", one) for one in value)
    return not isinstance(value, str) or bool(re.fullmatch(r"[a-z-]{1,30}", value))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    return json.dumps(value)
