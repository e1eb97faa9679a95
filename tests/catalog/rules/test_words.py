"""How texts are measured: what the learner sees, words, code and likeness."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog.rules import twins, words

FENCED = "Look:\n\n```sql run\nSELECT  1\nFROM a\n```\n\nand *say* **it**."


def test_a_text_is_taken_apart_into_prose_code_and_fences() -> None:
    found = words.read(FENCED + " See [the `b` page](https://x.org) of `c  d`")
    assert found.spans == ("b", "c d")
    assert found.fences == (("sql", "SELECT  1\nFROM a"),)
    assert found.prose.split() == [
        "Look:",
        "and",
        "say",
        "it.",
        "See",
        "the",
        words.CODE,
        "page",
        "of",
        words.CODE,
    ]


@pytest.mark.parametrize(
    ("text", "length"),
    [("`ab` **c**", 4), ("a * b", 5), ("2*3*4", 5), ("`a*b`", 3), ("snake_case_name", 15)],
)
def test_a_length_is_that_of_what_is_seen(text: str, length: int) -> None:
    assert words.length(text) == length


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("`a`", True),
        ("`a` and `b`", True),
        ("```\nx\n```", True),
        ("`a` twice", False),
        ("a", False),
    ],
)
def test_joining_words_leave_code_alone(text: str, code: bool) -> None:
    assert words.read(text).code_only is code


def test_code_is_one_token_and_keeps_its_capitals() -> None:
    assert words.tokens("Don’t use `A B` in 1,000 Rows") == (
        "don't",
        "use",
        "`A B`",
        "in",
        "1,000",
        "rows",
    )
    assert words.parts("Use `Order_id=3`") == ("use", "order", "id", "3")


@pytest.mark.parametrize(
    "family",
    [
        "index indexes indexed indexing",
        "query queries",
        "stop stopped stopping",
        "update updates updated updating",
    ],
)
def test_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len({words.stem(word) for word in family.split()}) == 1


def test_different_words_keep_different_stems() -> None:
    assert (
        len({words.stem(word) for word in ["row", "read", "reset", "revert", "commit", "cache"]})
        == 6
    )


def test_sentences_keep_their_code_and_end_at_marks() -> None:
    assert words.sentences("Is `a.b?` it: so?\nYes.\n\n```\nNo. No.\n```\n\nWell") == [
        "Is `a.b?` it: so?",
        "Yes.",
        "Well",
    ]


def test_the_character_that_stands_for_code_is_harmless_in_a_text() -> None:
    assert words.tokens(f"a {words.CODE} `b`") == ("a", "`b`")


def test_likeness_is_the_cosine_of_plain_counts() -> None:
    one, other = words.vector("row row lock"), words.vector("row lock lock")
    assert words.cosine(one, other) == pytest.approx(4 / 5)
    assert words.cosine(one, words.vector("a table")) == 0
    assert words.cosine(one, words.vector("")) == 0


@given(st.lists(st.text("abcde ", max_size=30), max_size=12))
def test_twins_are_found_as_by_comparing_each_with_each(texts: list[str]) -> None:
    vectors = [words.vector(" ".join(text.split())) for text in texts]
    slow = {
        (one, other)
        for other in range(len(vectors))
        for one in range(other)
        if words.cosine(vectors[one], vectors[other]) > twins.ALIKE
    }
    assert Counter((one, other) for one, other, _ in twins.similar(vectors)) == Counter(slow)


@pytest.mark.parametrize("text", ["`" * 20_000, "`a" * 10_000, "``a" * 6_000, "```\n" * 5_000])
def test_marks_without_end_are_read_as_they_stand(text: str) -> None:
    # Packs are not trusted: this takes minutes where a pattern goes back and forth.
    assert words.tokens(text) is not None
