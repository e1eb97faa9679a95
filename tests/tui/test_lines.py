"""Lines are wrapped by words, their right end stays whole, and nothing of them is dropped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App

from nexus_tui.tui import themes
from nexus_tui.tui.figures import bar
from nexus_tui.tui.widgets.lines import (
    RULE,
    Line,
    Lines,
    Palette,
    Part,
    draw,
    inline,
    line,
    shortened,
    to_ascii,
)
from tests.tui.bare import COLOURS, PLAIN, Bare


def _drawn(spec: Line, width: int) -> list[str]:
    return [strip.text.rstrip() for strip in draw(spec, width, COLOURS)]


def test_a_line_that_fits_is_one_row_of_the_whole_width() -> None:
    (strip,) = draw(line("short", right=[Part("12 min")]), 20, COLOURS)

    assert strip.text == "short         12 min" and strip.cell_length == 20


def test_text_wraps_between_words() -> None:
    assert _drawn(line("one two three four"), 9) == ["one two", "three", "four"]


def test_no_row_begins_with_the_dot_between_two_things() -> None:
    assert _drawn(line("one 1 · two 2 · three"), 8) == ["one 1 ·", "two 2 ·", "three"]


def test_the_first_row_leaves_room_for_the_right_end_and_the_others_do_not_need_to() -> None:
    spec = line("one two three four five six", right=[Part("30 min")])

    assert _drawn(spec, 20) == ["one two       30 min", "three four five six"]


def test_wrapped_rows_go_on_at_the_indent() -> None:
    spec = line(Part("• "), Part("one two three"), indent=2)

    assert _drawn(spec, 10) == ["• one two", "  three"]


def test_a_word_longer_than_the_row_is_cut_and_goes_on() -> None:
    assert _drawn(line("abcdefghijklmnop"), 10) == ["abcdefghij", "klmnop"]


def test_a_path_longer_than_the_row_is_cut_between_its_names() -> None:
    spec = line("~/nexus/n-plus-one/catalogue/views.py")

    assert _drawn(spec, 22) == ["~/nexus/n-plus-one/", "catalogue/views.py"]
    assert _drawn(line("/abcdefghijklmnop"), 10) == ["/abcdefghi", "jklmnop"]
    assert _drawn(line("Entity-relationship modeling"), 13) == [
        "Entity-",
        "relationship",
        "modeling",
    ]


def test_a_long_word_after_others_begins_on_a_row_of_its_own() -> None:
    assert _drawn(line("ab abcdefghijkl"), 10) == ["ab", "abcdefghij", "kl"]


def test_wide_characters_take_two_cells_and_none_is_lost_at_the_edge() -> None:
    text = "索引让数据库不用读完整张表"
    rows = _drawn(line(text), 11)

    assert "".join(rows) == text
    assert [cell_len(row) for row in rows] == [10, 10, 6]


def test_a_right_end_wider_than_half_the_row_is_still_whole() -> None:
    spec = line("A title of some words", right=[Part("no lesson yet"), Part("  40 min")])

    rows = _drawn(spec, 32)
    assert rows[0].endswith("no lesson yet  40 min")
    assert "".join(rows).replace(" ", "").startswith("A")


def test_a_right_end_wider_than_the_row_wraps_below_rather_than_being_cut() -> None:
    spec = line("Title", right=[Part("a figure of very many words indeed")])

    rows = _drawn(spec, 20)
    assert "".join("".join(rows).split()) == "Titleafigureofverymanywordsindeed"


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)


@given(text=TEXTS, figure=st.text("0123456789 min", max_size=12), width=st.integers(12, 90))
def test_no_character_of_either_end_is_ever_dropped(text: str, figure: str, width: int) -> None:
    strips = draw(line(text, right=[Part(figure)], indent=2), width, COLOURS)

    assert all(strip.cell_length == width for strip in strips)
    found = sorted("".join("".join(strip.text.split()) for strip in strips))
    assert found == sorted("".join((COLOURS.text(text) + figure).split()))


def test_a_rule_is_as_long_as_the_row() -> None:
    assert _drawn(RULE, 12) == ["─" * 12]


def test_line_breaks_and_what_steers_a_terminal_become_text_in_one_row() -> None:
    assert COLOURS.text("a\nb") == "a b"
    assert COLOURS.text("\x1b]0;x\x07y\x9bz\x00") == "]0;xyz"
    assert COLOURS.text("  two  blanks ") == "  two  blanks "


def test_every_glyph_of_nexus_has_a_plain_form() -> None:
    glyphs = "›✓✗•●◐◔○▸▾━─│├└┌·…↑↓–"

    assert PLAIN.text(glyphs).isascii() and COLOURS.text(glyphs) == glyphs


def test_in_plain_characters_what_is_folded_is_told_from_the_cursor() -> None:
    assert len({PLAIN.text(glyph) for glyph in "›▸▾"}) == 3


def test_what_stands_between_back_ticks_is_code() -> None:
    assert inline("use `a` or `b`", "text", "strong") == [
        Part("use ", "text"),
        Part("a", "strong"),
        Part(" or ", "text"),
        Part("b", "strong"),
    ]
    assert inline("") == []


@pytest.mark.parametrize(
    ("text", "cells", "short"),
    [
        ("title", 5, "title"),
        ("a longer title", 11, "a longer…"),
        ("a longer title", 10, "a longe…"),
        ("索引索引", 7, "索引…"),
        ("abc", 0, "a…"),
    ],
)
def test_a_shortened_text_ends_with_an_ellipsis(text: str, cells: int, short: str) -> None:
    assert shortened(text, cells) == short


@given(text=TEXTS, cells=st.integers(5, 40))
def test_a_shortened_text_is_never_wider_than_asked(text: str, cells: int) -> None:
    assert cell_len(shortened(text, cells)) <= cells


@pytest.mark.parametrize("cells", [5, 10, 17])
def test_a_shortened_text_is_no_wider_in_plain_characters(cells: int) -> None:
    assert len(to_ascii(shortened("Git and GitHub collaboration", cells))) <= cells


def test_weight_and_colour_come_from_the_token_and_the_selection() -> None:
    title, chosen = COLOURS.style("title"), COLOURS.style("title", selected=True)

    assert not title.bold and chosen.bold
    assert title.color == COLOURS.style("text").color
    assert chosen.color == COLOURS.style("strong").color
    assert COLOURS.style("bad-bold").bold
    assert COLOURS.style("underline").underline


def test_what_is_strong_is_bold_where_the_terminal_has_no_colour_for_it() -> None:
    ansi = themes.in_house(App().available_themes["ansi-dark"])
    terminal = Palette(ansi.variables, ascii_only=False)

    assert terminal.style("strong").bold and terminal.style("figure", selected=True).bold
    assert not terminal.style("text").bold and not terminal.style("muted").bold
    assert not COLOURS.style("strong").bold


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.001, 0.3, 0.5, 0.999, 1.0, 7.0])
def test_a_bar_has_its_width_and_is_full_or_empty_only_when_it_is(share: float) -> None:
    full, begun, rest = bar(share, 20)

    assert len(full.text) + len(rest.text) == 20 and not begun.text
    assert (full.text == "") is (share <= 0)
    assert (rest.text == "") is (share >= 1)


def test_a_bar_grows_with_its_share() -> None:
    lengths = [len(bar(share / 100, 30)[0].text) for share in range(101)]

    assert lengths == sorted(lengths) and lengths[50] == 15


async def test_lines_are_as_high_as_what_they_show_and_shrink_with_it() -> None:
    lines = Lines(line("one two three four five"))
    async with Bare(lines).run_test(size=(12, 10)) as pilot:
        assert lines.size.height == 3
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert lines.size.height == 1
        lines.show()
        await pilot.pause()

        assert lines.size.height == 0 and lines.has_class("-empty")


async def test_markup_in_a_line_is_text() -> None:
    app = Bare(Lines(line("[bold]x[/] [/oops] [@click=app.quit]y[/]")))
    async with app.run_test(size=(60, 4)):
        assert app.text[0] == "[bold]x[/] [/oops] [@click=app.quit]y[/]"
