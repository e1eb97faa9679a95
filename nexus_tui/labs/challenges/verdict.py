"""What a check tells while it runs, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["passed", "failed", "unavailable", "broken", "cancelled"]
"""`unavailable`: something that the stage needs is not here; `broken`: the check itself failed."""


@dataclass(frozen=True)
class Printed:
    """The learner's code printed this."""

    text: str


@dataclass(frozen=True)
class Decided:
    """One requirement, decided or never reached."""

    id: str
    text: str
    status: Literal["passed", "failed", "not reached"]
    observed: str = ""
    expected: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """The end of a check."""

    status: Status
    requirements: tuple[Decided, ...] = ()
    why: str = ""
    """What is missing or broken, and what to do; empty where the learner's code was judged."""
    seconds: float = 0.0
    seed: int = 0
    level: str = ""
    """Which guard rails held, in words."""
    output: str = field(default="", repr=False)

    @property
    def failed_at(self) -> str | None:
        """The id of the first requirement that is not met."""
        return next((r.id for r in self.requirements if r.status == "failed"), None)


Event = Printed | Decided | Verdict
