"""What is wrong in content: values that are collected and shown, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One finding: where (path from the pack, line and column from 1), what, which rule."""

    path: str
    line: int
    column: int
    message: str
    rule: str = "structure"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"
