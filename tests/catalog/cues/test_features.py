"""What a blind reader sees of options."""

from __future__ import annotations

from nexus_tui.catalog.asked import Option
from nexus_tui.catalog.cues.features import NAMES, Reader

STEM = "Which index serves the filter on status and the sort by day?"
WHY = "A sentence that is long enough to teach something about it."


def option(text: str, *, correct: bool = False) -> Option:
    made = Option(id=f"o{abs(hash(text))}", text=text, why=WHY, slip="neighbour")
    return made.model_copy(update={"correct": correct})


def seen(name: str, *texts: str, reader: Reader | None = None) -> list[float]:
    options = [option(text, correct=n == 0) for n, text in enumerate(texts)]
    rows = (reader or Reader()).read(STEM, options)
    return [row[NAMES.index(name)] for row in rows]


def test_length_is_that_without_marks() -> None:
    assert seen("length", "`status`", "status") == [6, 6]


def test_clauses_and_hedges_make_an_option_qualified() -> None:
    first, second = seen("qualified", "It usually sorts, because rows are read", "It sorts rows")
    assert first > second == 0


def test_absolute_words_are_counted() -> None:
    assert seen("absolutes", "It never sorts", "It sorts later") == [1, 0]


def test_overlap_counts_words_of_the_subject_that_the_stem_has() -> None:
    assert seen("overlap", "the filter, then the sort", "the table as it is") == [2, 0]


def test_the_option_in_the_middle_of_the_others_converges() -> None:
    values = seen("convergence", "red apples", "red pears", "green apples")
    assert values[0] == max(values) and values.count(values[0]) == 1


def test_the_one_of_another_form_stands_out() -> None:
    values = seen("form", "`a`", "`b`", "the third of them")
    assert values[2] == max(values)


def test_an_option_like_one_seen_as_wrong_is_less_likely() -> None:
    reader = Reader()
    seen("length", "status and day", "scanning whole tables", reader=reader)
    values = seen("unlike wrong ones", "an index", "scanning whole tables", reader=reader)
    assert values[0] == 0 and values[1] == -1
