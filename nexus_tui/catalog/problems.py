"""What is wrong in content: values that are collected and shown, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]
"""An error stops; a warning is mended, or waived with a reason."""


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: where (path from the pack, line and column from 1), what, which rule."""

    path: str
    line: int
    column: int
    message: str
    rule: str = "structure"
    severity: Severity = "error"
    mend: str = ""
    """What to do about it, where the message does not say."""

    def __str__(self) -> str:
        what = f"{self.message}: {self.mend}" if self.mend else self.message
        kind = self.rule if self.severity == "error" else f"{self.rule} {self.severity}"
        return f"{self.path}:{self.line}:{self.column}: {what} [{kind}]"
