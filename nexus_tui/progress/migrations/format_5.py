"""Format 5: what holds of a project: its folder, runs, audits, findings, who ticked what.

Only derived tables changed, and those are made anew from the facts.
"""


def upgrade() -> None:
    """No table of facts changed."""
