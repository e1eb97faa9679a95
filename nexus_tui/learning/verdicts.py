"""How an answer stands to the key."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How an answer stands to the key."""

    RIGHT = "right"
    PARTIAL = "partial"
    NEAR = "near"
    WRONG = "wrong"


@dataclass(frozen=True)
class Grade:
    """`score` from 0 to 1; exactly 1 when, and only when, the answer is right."""

    verdict: Verdict
    score: float


RIGHT = Grade(Verdict.RIGHT, 1.0)
NEAR = Grade(Verdict.NEAR, 0.0)
WRONG = Grade(Verdict.WRONG, 0.0)
