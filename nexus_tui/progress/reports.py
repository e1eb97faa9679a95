"""The questions that a learner reported as wrong."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from nexus_tui.progress.cards import is_kind
from nexus_tui.progress.columns import FACT
from nexus_tui.progress.history import mine

if TYPE_CHECKING:
    from nexus_tui.progress.history import History


@dataclass(frozen=True)
class Reported:
    """A report: the question as it was when it was made."""

    question: str
    revision: str
    text: str
    day: date


def reported(history: History) -> list[Reported]:
    """Every report of the learner in use, in order."""
    query = mine(FACT).where(is_kind("report")).order_by(FACT.c.at)
    return [
        Reported(
            question=history._key(row["subject"]),
            revision=row["revision"],
            text=str(json.loads(row["payload"])["text"]),
            day=date.fromisoformat(row["day"]),
        )
        for row in history._read(query)
    ]
