"""What a review says of itself."""

from __future__ import annotations

from nexus_tui.tui.review import _topics


def test_a_review_names_the_topics_with_most_and_counts_the_others() -> None:
    due = [("Indexing", 5), ("Locks", 3), ("Streams", 2), ("Git", 1)]

    assert _topics(due[:2]) == "Indexing 5 · Locks 3"
    assert _topics(due) == "Indexing 5 · Locks 3 · Streams 2 and 1 more topic"
