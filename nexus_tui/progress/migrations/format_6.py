"""Format 6: which answers are reviews, and the sums of reviews and of work on stages for each day.

Only derived tables changed, and those are made anew from the facts.
"""


def upgrade() -> None:
    """No table of facts changed."""
