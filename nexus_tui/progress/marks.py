"""What the learner decided about objectives: suspended, buried, known already, begun anew.

A mark is live until an undo names its fact. A reset also ends the marks before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select

from nexus_tui.progress.cards import card_row, credited_card, derive_anew, keep_card, presets_of
from nexus_tui.progress.columns import CARD, MARK
from nexus_tui.progress.payloads import BuryPayload, CreditPayload, ResetPayload, SuspendPayload
from nexus_tui.progress.statements import keeping, write

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from nexus_tui.progress.cards import FactRow, Presets

KINDS: dict[str, type[SuspendPayload | BuryPayload | ResetPayload | CreditPayload]] = {
    "suspend": SuspendPayload,
    "bury": BuryPayload,
    "reset": ResetPayload,
    "credit": CreditPayload,
}
_KEEP_MARK = keeping("mark")


def mark(connection: Connection, fact: FactRow, presets: Presets | None = None) -> None:
    """Keep the marks a fact makes, one for each of its objectives, and what follows of them."""
    payload = KINDS[fact["kind"]].model_validate_json(fact["payload"])
    for objective in payload.objectives:
        row: dict[str, Any] = {
            "learner": fact["learner"],
            "fact": fact["id"],
            "objective": objective,
            "device": fact["device"],
            "kind": fact["kind"],
            "at": fact["at"],
            "day": fact["day"],
            "until": payload.until if isinstance(payload, BuryPayload) else None,
        }
        write(connection, _KEEP_MARK, [row])
        if row["kind"] == "reset":
            where = (CARD.c.learner == row["learner"], CARD.c.objective == objective)
            connection.execute(delete(CARD).where(*where))
        elif row["kind"] == "credit" and card_row(connection, row["learner"], objective) is None:
            known = presets or presets_of(connection, row["learner"])
            keep_card(connection, credited_card(row, known.at(row["fact"])))


def unmark(connection: Connection, learner: str, fact: str) -> bool:
    """Take the marks of a fact back; False where it made none, or they were taken back."""
    where = (MARK.c.learner == learner, MARK.c.fact == fact)
    rows = connection.execute(select(MARK.c.objective, MARK.c.kind).where(*where)).all()
    connection.execute(delete(MARK).where(*where))
    for objective, kind in rows:
        if kind in {"reset", "credit"}:
            derive_anew(connection, learner, objective)
    return bool(rows)
