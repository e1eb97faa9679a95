"""What tells a finding from others in two audits, and whether somebody accepted it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.audit.accepted import Accepted, reason
from nexus_tui.audit.project import shown
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nexus_tui.audit.project import Project
    from nexus_tui.audit.verdict import Finding

_SAID = 300
"""Characters of what is wrong."""


def _lasting(what: str, *, in_file: bool) -> str:
    """What stays the same from one audit to the next: no figures, of a project no examples."""
    return re.sub(r"\d+", "0", what if in_file else what.partition(":")[0])


class Marks:
    """Marks findings by the line they stand in, not by its number: lines move."""

    def __init__(self, project: Project, entries: Sequence[Accepted]) -> None:
        self._project, self._entries = project, entries
        self._lines: dict[str, list[str]] = {}

    def settle(self, check: str, findings: Iterable[Finding]) -> list[Finding]:
        """The findings, cleaned, each with its mark and the reason for which it is accepted."""
        seen = Counter[str]()
        settled = []
        for finding in findings:
            lines = self._of(finding.path)
            line = lines[finding.line - 1].strip() if 0 < finding.line <= len(lines) else ""
            what = clean_line(finding.what)[:_SAID] or "?"
            anchor = line or _lasting(what, in_file=bool(finding.path))
            parts = "\0".join((check, finding.rule, finding.path, anchor))
            known = hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()
            seen[known] += 1
            mark = hashlib.sha256(f"{known}{seen[known]}".encode()).hexdigest()[:12]
            settled.append(
                replace(
                    finding,
                    what=what,
                    path=shown(finding.path) if finding.path else "",
                    rule=clean_line(finding.rule),
                    mark=mark,
                    accepted=reason(check, finding, lines, self._entries),
                )
            )
        return settled

    def _of(self, path: str) -> list[str]:
        if path not in self._lines:
            text = self._project.text(path) if path in self._project.files else None
            self._lines[path] = text.split("\n") if text is not None else []
        return self._lines[path]
