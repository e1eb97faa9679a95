"""What is said after an answer."""

from __future__ import annotations

from nexus_tui.learning.explaining import Explanation, Reason
from nexus_tui.tui.feedback import reasons


def test_an_answer_that_ends_with_a_colon_is_named_with_one() -> None:
    told = Explanation((Reason("8  if not book.tags.count():", "It asks each time."),), ())
    [line] = reasons(told, tempting=False)
    said = "".join(part.text for part in line.left)
    assert said.startswith("8  if not book.tags.count(): It asks")
