"""A mistyped word is known for the one it was meant for, and a word that is none for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog.spelling import Word, distances, letters, nearest

WORDS = [
    Word(text, letters(text), count)
    for text, count in {
        "index": 90,
        "indexes": 40,
        "idea": 5,
        "cache": 60,
        "catch": 3,
        "authentication": 30,
        "authenticate": 2,
        "transactions": 20,
        "isolation": 20,
        "größe": 1,
    }.items()
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("indxe", "index"),
        ("idnex", "index"),
        ("inde", "index"),
        ("indeex", "index"),
        ("undex", "index"),
        ("cahce", "cache"),
        ("autentication", "authentication"),
        ("atuhentcation", "authentication"),
        ("transactoins", "transactions"),
        ("groeße", None),
        ("größr", "größe"),
        ("autenication", "authentication"),
        ("utentcaton", None),
        ("zebra", None),
        ("idx", None),
        ("ind3x", None),
        ("index's", None),
        ("", None),
    ],
)
def test_the_nearest_word_is_found(typed: str, meant: str | None) -> None:
    assert nearest(typed, WORDS) == meant


def test_the_commoner_of_two_that_are_equally_near_is_meant() -> None:
    assert nearest("catche", WORDS) == "cache"


def test_a_mistyped_beginning_is_known_only_while_the_word_is_unfinished() -> None:
    assert nearest("autentica", WORDS) is None
    assert nearest("autentica", WORDS, unfinished=True) == "authentication"
    assert nearest("idnex", WORDS, unfinished=True) == "index"


@pytest.mark.parametrize(
    ("one", "other", "mistakes"),
    [
        ("index", "index", 0),
        ("index", "idnex", 1),
        ("index", "indx", 1),
        ("index", "inndex", 1),
        ("index", "index ", 1),
        ("ca", "abc", 3),
        ("redis", "rides", 2),
        ("", "abc", 3),
        ("abc", "", 3),
    ],
)
def test_mistakes_are_counted_as_damerau_and_levenshtein_do(
    one: str, other: str, mistakes: int
) -> None:
    assert distances(one, other, 9)[0] == mistakes
    assert distances(one, other, mistakes)[0] == mistakes


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_a_beginning_is_never_farther_than_the_whole(one: str, other: str) -> None:
    whole, beginning = distances(one, other, 9)
    assert beginning <= whole
    assert beginning == min(distances(one, other[:n], 9)[0] for n in range(len(other) + 1))
    assert distances(other, one, 9)[0] == whole
