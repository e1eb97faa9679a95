"""Format 2: the plan of a session is found by its id, also among a million facts.

A learner can be put aside.

Derived tables got the learner's marks (suspended, buried, known, begun anew) and what calibration
and the order of reviews need; they are made anew from the facts.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, text


def upgrade() -> None:
    op.create_index(
        "fact_session", "fact", ["learner", "subject"], sqlite_where=text("kind = 'session'")
    )
    op.add_column("learner", Column("archived", Integer))
