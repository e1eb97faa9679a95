"""The one function through which untrusted text enters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.text import clean, clean_line, counted, hours

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("\x1b]0;title\x07x", "]0;titlex"),
        ("\x1b]8;;http://x\x1b\\link", "]8;;http://x\\link"),
        ("\x9b2J", "2J"),
        ("a\x00b\x7fc\x85d", "abcd"),
        ("a\u2028b\u2029c", "abc"),
        ("a\ud800b\udfffc", "abc"),
    ],
)
def test_what_steers_a_terminal_is_taken_out_and_the_rest_stays(
    given_text: str, shown: str
) -> None:
    assert clean(given_text) == shown


@pytest.mark.parametrize("control", BIDI_CONTROLS)
def test_what_reorders_the_reading_is_taken_out(control: str) -> None:
    assert clean(f"a{control}b") == "ab"


@pytest.mark.parametrize(
    "text", ["[/oops]", "[bold]x[/bold]", "[bold", "a\\[b", "é→世界 🚀", " x "]
)
def test_brackets_and_letters_stay_as_they_are(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_every_line_ending_becomes_a_newline(ending: str) -> None:
    assert clean(f"a{ending}b{ending}{ending}c") == "a\nb\n\nc"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\tx", "    x"),
        ("a\tx", "a   x"),
        ("abcd\tx", "abcd    x"),
        ("a\nbc\tx", "a\nbc  x"),
        ("\x07\ta", "    a"),
        ("ab\r\tx", "ab\n    x"),
    ],
)
def test_a_tab_becomes_spaces_up_to_the_next_fourth_column(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(st.text())
def test_no_control_character_but_the_newline_is_left(text: str) -> None:
    cleaned = clean(text)
    assert {c for c in cleaned if unicodedata.category(c) in {"Cc", "Zl", "Zp"}} <= {"\n"}
    assert not set(BIDI_CONTROLS) & set(cleaned)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Zl", "Zp"])))
def test_text_without_control_characters_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "line"), [(" a\n b\t c ", "a b c"), ("\x1b[1m\n", "[1m"), ("", ""), ("\n\n", "")]
)
def test_a_line_is_clean_and_one_line(text: str, line: str) -> None:
    assert clean_line(text) == line


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "0 questions"), (1, "1 question"), (2, "2 questions"), (1_200, "1,200 questions")],
)
def test_a_number_has_its_noun(number: int, said: str) -> None:
    assert counted(number, "question") == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(5, "5 min"), (30, "30 min"), (60, "1 h"), (95, "1.5 h"), (845, "14 h")]
)
def test_hours_are_rounded_to_the_half(minutes: int, said: str) -> None:
    assert hours(minutes) == said
