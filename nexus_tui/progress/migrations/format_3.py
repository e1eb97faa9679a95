"""Format 3: what is kept of a stage of a challenge: attempts, hints, time, the first pass.

Only a derived table changed, and those are made anew from the facts.
"""


def upgrade() -> None:
    """No table of facts changed."""
