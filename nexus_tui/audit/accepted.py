"""Findings that somebody decided to leave: always with a reason, which stays in sight.

A reason stands in the line of the finding, or in a comment right above it:

    for book in books:  # nexus: ok query-in-loop - at most three books, see ADR 7
    subprocess.run(command, shell=True)  # noqa: S602 - the command is a constant
    # hadolint ignore=DL3008 - the base image pins them

or in `nexus-audit.toml` at the root of the project. Without a reason nothing is accepted.
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nexus_tui.audit.verdict import Finding

FILE = "nexus-audit.toml"
_MARK = re.compile(
    r"(?P<ours>nexus: *ok)\s+(?P<check>[\w/-]+)(?P<a>.*)"
    r"|(?P<tool>noqa:|nosec:?|hadolint ignore=|pragma: allowlist secret|yamllint disable-line)"
    r"(?P<rules>(?:\s*,?\s*(?:rule:)?[A-Za-z]*\d{3,5}\b)*)(?P<b>.*)",
    re.IGNORECASE,
)
_REASON = re.compile(r"^[\s#:,;–—-]*(?:because\s+)?(.*?)[\s*/>#}-]*$")
_LEAST = 8
"""Characters of a reason."""


@dataclass(frozen=True)
class Accepted:
    """An entry of `nexus-audit.toml`."""

    check: str
    path: str
    reason: str


def read(text: str) -> tuple[list[Accepted], list[str]]:
    """The entries of `nexus-audit.toml`, and a sentence for each that does not count."""
    try:
        table: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return [], [f"{FILE} is not read: {clean_line(str(error))}."]
    entries, notes = list[Accepted](), list[str]()
    listed = table.get("accept")
    for place, entry in enumerate(listed if isinstance(listed, list) else [], 1):
        values = entry if isinstance(entry, dict) else {}
        check, path, reason = (values.get(key) for key in ("check", "path", "reason"))
        if not isinstance(check, str):
            notes.append(f"{FILE}: entry {place} names no check.")
        elif not isinstance(reason, str) or len(reason.strip()) < _LEAST:
            notes.append(f"{FILE}: entry {place} ({clean_line(check)}) gives no reason.")
        else:
            pattern = path if isinstance(path, str) else "*"
            entries.append(Accepted(check, pattern, clean_line(reason)))
    return entries, notes


def reason(
    check: str, finding: Finding, lines: Sequence[str], entries: Sequence[Accepted]
) -> str | None:
    """Why a finding is left as it is; None where nobody said."""
    for entry in entries:
        if entry.check == check and fnmatch.fnmatchcase(finding.path, entry.path):
            return entry.reason
    if not 0 < finding.line <= len(lines):
        return None
    here = _said(check, finding.rule, lines[finding.line - 1])
    if here is None and finding.line > 1:
        above = lines[finding.line - 2].strip()
        if above.startswith(("#", "//", "<!--", "{#")):
            return _said(check, finding.rule, above)
    return here


def _same(rule: str, named: str) -> bool:
    """Whether both name one rule: S602 of ruff is B602 of bandit."""
    one, other = rule.upper(), named.upper()
    return one == other or ({one[:1], other[:1]} == {"S", "B"} and one[1:] == other[1:])


def _said(check: str, rule: str, line: str) -> str | None:
    found = _MARK.search(line[-2000:])
    if not found:
        return None
    if found["ours"]:
        fits = found["check"] in (check, check.partition("/")[2])
        rest = found["a"]
    else:
        rules = re.findall(r"[A-Za-z]*\d{3,5}", found["rules"])
        secret = "allowlist" in found["tool"].lower() and check.startswith("detect-secrets")
        fits = secret or any(_same(rule, one) for one in rules)
        rest = found["b"]
    said = _REASON.match(rest)
    why = clean_line(said[1]) if said else ""
    return why if fits and len(why) >= _LEAST else None
