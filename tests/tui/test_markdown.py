"""Markdown laid out in rows: what stands where, in which style."""

from __future__ import annotations

import pytest

from nexus_tui.tui.widgets.markdown import ADDRESS, Layout, lay_out, parse
from tests.tui.bare import COLOURS


def _laid_out(text: str, width: int = 40, *, airy: bool = False, breaks: bool = False) -> Layout:
    return lay_out(parse(text), width, COLOURS, airy=airy, breaks=breaks)


def _rows(text: str, width: int = 40) -> list[str]:
    return [row.text.rstrip() for row in _laid_out(text, width).rows]


def test_blocks_stand_apart_and_long_ones_wrap() -> None:
    assert _rows("## Heading\n\nA text that\ngoes on.\n\n---", 12) == [
        "Heading",
        "",
        "A text that",
        "goes on.",
        "",
        "────────────",
        "",
    ]


def test_lines_stay_apart_where_that_is_asked_for() -> None:
    text = "one\ntwo *and\nthree*\n\n- a\n  b\n\n```\nx\ny\n```"
    rows = [row.text.rstrip() for row in _laid_out(text, breaks=True).rows]
    assert rows == ["one", "two and", "three", "", "• a", "  b", "", "  x", "  y", ""]
    assert _rows(text)[:2] == ["one two and three", ""]


def test_a_sign_behind_code_stays_with_it() -> None:
    assert _rows("Words and `code`, then.", 14)[:2] == ["Words and", "code, then."]


@pytest.mark.parametrize("width", [1, 3, 17, 40, 90])
def test_every_row_has_the_width_of_the_page(width: int) -> None:
    text = (
        "> " * 30 + "deep 漢字漢字漢字 and `code`\n\n- a\n  - b\n\n| a | b |\n|---|---|\n"
        "| a long cell | an averylongwordwithoutblanks |\n\n```python\ndef f(): return 1\n```\n"
    )
    for row in _laid_out(text, width).rows:
        assert row.cell_length == width == sum(part.cell_length for part in row)


def test_lists_are_marked_by_depth_and_numbers_stand_in_one_column() -> None:
    assert _rows("- one\n  - two, which is long\n    - three\n\n9. nine\n10. ten", 14) == [
        "• one",
        "  – two, which",
        "    is long",
        "    · three",
        "",
        "  9. nine",
        " 10. ten",
        "",
    ]


def test_a_table_takes_what_its_text_needs_and_is_narrowed_where_it_is_widest() -> None:
    table = "| Way | What it does |\n|---|---|\n| `a` | one two three four |\n| b | five |"

    assert _rows(table)[:4] == [
        "Way  What it does",
        "───  ──────────────────",
        "a    one two three four",
        "b    five",
    ]
    assert _rows(table, 15)[:6] == [
        "Way  What it",
        "     does",
        "───  ──────────",
        "a    one two",
        "     three four",
        "b    five",
    ]


def test_of_code_nothing_is_cut_and_its_place_is_known() -> None:
    laid_out = _laid_out("Before.\n\n```python\nif x:\n    call(first, second)\n```\n\nAfter.", 20)

    [code] = laid_out.codes
    assert code.text == "if x:\n    call(first, second)"
    assert [row.text.rstrip() for row in laid_out.rows[code.first : code.end]] == [
        "  if x:",
        "      call(first,",
        "        second)",
    ]
    assert all(part.style and part.style.bgcolor for part in laid_out.rows[code.first])
    assert len(_laid_out("```\nx\n```", airy=True).rows) == len(_laid_out("```\nx\n```").rows) + 2


def test_a_link_knows_its_address_and_is_underlined() -> None:
    [row, _] = _laid_out("See [the **manual**](https://example.org/a) now.").rows
    linked = [(part.text, part.style) for part in row if part.style and part.style.underline]

    assert [text for text, _ in linked] == ["the ", "manual"]
    assert {style.meta[ADDRESS] for _, style in linked} == {"https://example.org/a"}


def test_emphasis_is_weight_and_slant_and_code_is_strong() -> None:
    [row, _] = _laid_out("**bold** *slanted* ~~gone~~ `code`").rows
    style = {part.text: part.style for part in row if part.text.strip() and part.style}

    assert style["bold"].bold and style["slanted"].italic and style["gone"].strike
    assert style["code"].color == COLOURS.style("strong").color


def test_html_is_shown_as_it_is_written() -> None:
    assert _rows("a <b>c</b> <id>\n\n<div>\nx\n</div>") == [
        "a <b>c</b> <id>",
        "",
        "<div>",
        "x",
        "</div>",
        "",
    ]
