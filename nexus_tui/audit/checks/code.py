"""Python and templates: what is written there that no tool looks for."""

from __future__ import annotations

import ast
import re
import warnings
from typing import TYPE_CHECKING

from nexus_tui.audit.checks.code_checks import CHECKS
from nexus_tui.audit.checks.reading import Reader
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.audit.project import Project

PYTHON = re.compile(r"\.py$")
TESTS = re.compile(r"(^|/)(tests?|testing)/|(^|/)(test_[^/]*|[^/]*_tests?|tests|conftest)\.py$")
MIGRATIONS = re.compile(r"(^|/)migrations/")
TEMPLATES = re.compile(r"\.(html|htm|jinja2?|txt\.j2|djhtml)$")
SETTINGS = re.compile(r"(^|/)settings/[^/]+\.py$|(^|/)[^/]*settings[^/]*\.py$")
EXAMPLES = re.compile(r"(^|/)\.?env\.(example|sample|template|dist)$|(^|/)\.env\.[^/]+\.example$")
READS = re.compile(rf"{PYTHON.pattern}|{TEMPLATES.pattern}")
_UNSAFE = re.compile(r"\|\s*safe(seq)?\b|\{%-?\s*autoescape\s+(off|false)")
_LISTED = re.compile(r"^\s*#?\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=", re.MULTILINE)

SUBJECTS = {
    "nexus/all-fields": "there is no serializer and no model form",
    "nexus/request-timeout": "nothing calls another host",
    "nexus/task-in-transaction": "no task is sent",
    "nexus/page-size": "nothing is paginated by the client's wish",
    "nexus/upload-validators": "there is no upload field",
    "nexus/fetched-address": "nothing calls another host",
    "nexus/personal-logs": "nothing is logged",
    "nexus/cache-forever": "nothing is cached",
    "nexus/cache-after-commit": "no cached value is dropped",
    "nexus/debug-literal": "there is no settings module, or more than one",
    "nexus/env-example": "no variable of the environment is read",
}
"""Checks about something that a project may not have, and what is said then."""


def look(project: Project) -> list[Verdict]:
    """The verdicts of this family."""
    found: dict[str, list[Finding]] = {check.id: [] for check in CHECKS}
    seen, variables = set[str](), dict[str, Finding]()
    broken, settings = list[str](), list[tuple[str, int]]()
    modules = 0
    for path, text in project.texts(PYTHON):
        if TESTS.search(path) or MIGRATIONS.search(path):
            continue
        modules += 1
        reader = _read(path, text)
        if reader is None:
            broken.append(path)
            continue
        for check, line, what in reader.found:
            found[check].append(Finding(what, path, line))
        if SETTINGS.search(path):
            settings.append((path, reader.debug))
        seen |= reader.seen
        for name, line in reader.variables:
            variables.setdefault(name, Finding(f"{name} is read here", path, line))
    if len(settings) == 1:  # of several, files do not say which one production takes
        seen.add("nexus/debug-literal")
        found["nexus/debug-literal"] += [
            Finding("DEBUG = True", path, line) for path, line in settings if line
        ]
    found["nexus/mark-safe"] += _templates(project)
    if variables:
        seen.add("nexus/env-example")
        found["nexus/env-example"] += _unlisted(project, variables)
    if not modules and not found["nexus/mark-safe"]:
        return [absent(check, "there is no Python") for check in found]
    return [_verdict(check, findings, seen, broken) for check, findings in found.items()]


def _verdict(check: str, findings: list[Finding], seen: set[str], broken: list[str]) -> Verdict:
    if findings:
        return decided(check, findings)
    if broken:
        more = f" and {len(broken) - 1:,} more" if len(broken) > 1 else ""
        return unknown(check, f"not Python that can be read: {broken[0]}{more}")
    if check in SUBJECTS and check not in seen:
        return absent(check, SUBJECTS[check])
    return decided(check, ())


def _read(path: str, text: str) -> Reader | None:
    """What is found in a module; None where it is no Python that this Python reads."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        reader = Reader(settings="settings" in path)
        reader.visit(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return reader


def _templates(project: Project) -> Iterator[Finding]:
    for path, text in project.texts(TEMPLATES):
        for number, line in enumerate(text.split("\n"), 1):
            if (match := _UNSAFE.search(line)) and "{" in line:
                yield Finding(f"`{match[0].strip()}` switches escaping off", path, number)


def _unlisted(project: Project, variables: dict[str, Finding]) -> Iterator[Finding]:
    listed = {name for _, text in project.texts(EXAMPLES) for name in _LISTED.findall(text)}
    files = project.find(EXAMPLES)
    where = f"{files[0]} does not list it" if files else "there is no .env.example"
    for name, finding in sorted(variables.items()):
        if name not in listed:
            yield Finding(f"{finding.what}, and {where}", finding.path, finding.line)
