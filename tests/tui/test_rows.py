"""A list one moves through: its cursor, its scrolling, its thin bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.events import MouseScrollDown, MouseScrollUp
from textual.scrollbar import ScrollBarRender
from textual.widgets import Input

from nexus_tui.tui.widgets.lines import Lines, Part, line
from nexus_tui.tui.widgets.rows import Row, Rows
from nexus_tui.tui.widgets.scrollbar import ThinBar, use_thin_bars
from tests.tui.bare import Bare

if TYPE_CHECKING:
    from textual.pilot import Pilot


def _row(name: str, *, fixed: bool = False, after: int = 0) -> Row:
    return Row(name, (line(Part(name, "title")),), fixed=fixed, after=after)


def _many(count: int) -> list[Row]:
    return [_row(f"row-{number}") for number in range(count)]


async def _press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def test_the_cursor_begins_on_the_first_row_that_is_not_fixed_and_skips_the_others() -> None:
    rows = Rows(_row("Head", fixed=True), _row("a"), _row("Next", fixed=True), _row("b"))
    async with Bare(rows).run_test(size=(30, 10)) as pilot:
        seen = [rows.row and rows.row.id]
        for key in ("j", "j", "k", "k"):
            await _press(pilot, key)
            seen.append(rows.row and rows.row.id)

    assert seen == ["a", "b", "b", "a", "a"]


async def test_only_the_row_under_the_cursor_has_the_mark() -> None:
    app = Bare(Rows(_row("a"), _row("b")))
    async with app.run_test(size=(30, 10)) as pilot:
        await _press(pilot, "down")

        assert app.text[:2] == ["  a", "› b"]


async def test_the_cursor_stays_on_its_row_when_others_come_or_goes_to_the_nearest() -> None:
    rows = Rows(*_many(3))
    async with Bare(rows).run_test(size=(30, 10)) as pilot:
        await _press(pilot, "j")
        rows.show([_row("new"), *_many(3)])
        assert rows.row == _row("row-1") and rows.cursor == 2
        rows.show([_row("new"), _row("head", fixed=True), _row("row-0")])
        assert rows.row == _row("row-0")
        rows.show(_many(9), "row-7")
        assert rows.cursor == 7
        rows.show([])
        await _press(pilot, "j", "enter", "G", "pagedown")
        assert rows.cursor == -1


async def test_the_list_scrolls_so_that_the_row_under_the_cursor_is_in_sight() -> None:
    rows = Rows(*_many(40))
    app = Bare(rows)
    async with app.run_test(size=(30, 8)) as pilot:
        for keys in (("G",), ("pageup",), ("k",) * 9, ("g",), ("pagedown",), ("j",) * 9):
            await _press(pilot, *keys)
            assert rows.row is not None
            assert f"› {rows.row.id}" in [text.rstrip(" │") for text in app.text]
        await _press(pilot, "g")

        assert rows.scroll_offset.y == 0


async def test_what_a_row_at_the_edge_unfolds_is_scrolled_into_sight() -> None:
    def unfolded(lines: int) -> list[Row]:
        rows = _many(9)
        rows[4] = Row("row-4", tuple(line(Part(f"of 4: {n}", "title")) for n in range(lines)))
        return rows

    rows = Rows(*unfolded(1))
    app = Bare(rows)
    async with app.run_test(size=(30, 5)) as pilot:
        await _press(pilot, "j", "j", "j", "j")
        assert app.text[-1].startswith("› of 4: 0")
        rows.show(unfolded(3))
        await pilot.pause()

        assert [text.rstrip(" │") for text in app.text[-3:]] == [
            "› of 4: 0",
            "  of 4: 1",
            "  of 4: 2",
        ]


async def test_headings_above_the_first_row_come_back_into_sight_with_it() -> None:
    rows = Rows(_row("Head", fixed=True, after=1), *_many(20))
    app = Bare(rows)
    async with app.run_test(size=(30, 6)) as pilot:
        await _press(pilot, "G", "g")

        assert app.text[0].startswith("  Head")


async def test_blank_lines_stand_after_rows_but_not_after_the_last() -> None:
    app = Bare(Rows(_row("a", after=2), _row("b", after=2)))
    async with app.run_test(size=(30, 10)):
        assert app.text[:5] == ["› a", "", "", "  b", ""]
        assert app.query_one(Rows).virtual_size.height == 4


async def test_a_click_chooses_a_row_and_a_click_on_a_heading_or_a_blank_does_not() -> None:
    chosen: list[str] = []

    class Hears(Bare):
        def on_rows_chosen(self, event: Rows.Chosen) -> None:
            chosen.append(event.row.id)

    rows = Rows(_row("Head", fixed=True), _row("a", after=1), _row("b"))
    async with Hears(rows).run_test(size=(30, 10)) as pilot:
        for y in (0, 2, 3, 8, 1):
            assert await pilot.click(Rows, offset=(4, y))
            await pilot.pause()

    assert chosen == ["b", "a"]


async def test_a_click_on_a_list_that_was_scrolled_chooses_what_is_under_the_pointer() -> None:
    chosen: list[str] = []

    class Hears(Bare):
        def on_rows_chosen(self, event: Rows.Chosen) -> None:
            chosen.append(event.row.id)

    rows = Rows(*_many(40))
    app = Hears(Input(), rows)
    async with app.run_test(size=(30, 11)) as pilot:
        app.query_one(Input).focus()
        await pilot.pause()
        rows.scroll_to(y=20, animate=False)
        await pilot.pause()
        assert await pilot.click(Rows, offset=(4, 2))
        await pilot.pause()

    assert chosen == ["row-22"]


async def test_the_cursor_comes_along_with_the_wheel_and_the_list_stays_where_it_went() -> None:
    rows = Rows(_row("Head", fixed=True), *_many(40))
    app = Bare(rows)
    async with app.run_test(size=(30, 8)) as pilot:
        step = int(app.scroll_sensitivity_y)
        for event, times, wanted in (
            (MouseScrollDown, 5, f"row-{5 * step - 1}"),
            (MouseScrollUp, 3, f"row-{5 * step - 1}"),
            (MouseScrollUp, 2, "row-6"),
        ):
            before = rows.scroll_offset.y
            for _ in range(times):
                assert await pilot._post_mouse_events([event], Rows)
                await pilot.pause()

            assert abs(rows.scroll_offset.y - before) == times * step
            assert rows.row is not None and rows.row.id == wanted
            assert [text.rstrip(" │") for text in app.text if text[0] == "›"] == [f"› {wanted}"]


async def test_where_the_wheel_finds_only_headings_the_cursor_is_on_the_row_nearest_to_them() -> (
    None
):
    rows = Rows(*_many(5), *(_row(f"of it: {n}", fixed=True) for n in range(30)))
    app = Bare(rows)
    async with app.run_test(size=(30, 8)) as pilot:
        for _ in range(12):
            assert await pilot._post_mouse_events([MouseScrollDown], Rows)
            await pilot.pause()

        assert rows.scroll_offset.y > 5
        assert rows.row is not None and rows.row.id == "row-4"


async def test_a_list_as_high_as_its_rows_scrolls_what_holds_it() -> None:
    rows = Rows(*_many(12))
    rows.styles.height = "auto"
    holder = VerticalScroll(Lines(*[line("above")] * 4), rows, Lines(*[line("below")] * 6))
    app = Bare(holder)
    async with app.run_test(size=(30, 8)) as pilot:
        rows.focus()
        for number in range(12):
            assert any(text.startswith(f"› row-{number}") for text in app.text)
            await _press(pilot, "j")
        await _press(pilot, *["j"] * 8)
        assert any(text.startswith("below") for text in app.text)
        await _press(pilot, *["k"] * 24)

        assert app.text[0].startswith("above")


async def test_the_thin_bar_stands_in_the_margin_only_when_it_is_needed() -> None:
    rows = Rows(*_many(40))
    app = Bare(rows)
    async with app.run_test(size=(30, 8)) as pilot:
        assert app.text[0].endswith("│")
        marks = [text[-1:] == "│" for text in app.text]
        await _press(pilot, "G")
        below = [text[-1:] == "│" for text in app.text]
        rows.show(_many(3))
        await pilot.pause()

        assert marks[0] and not marks[-1] and below[-1] and not below[0]
        assert not any("│" in text for text in app.text)


def test_the_thumb_is_as_long_as_the_share_in_sight_and_reaches_both_ends() -> None:
    use_thin_bars(ascii_only=False)

    def cells(position: int) -> str:
        drawn = ThinBar.render_bar(10, 100, 20, position).segments
        return "".join(segment.text for segment in drawn if segment.text != "\n")

    assert cells(0) == "││        " and cells(80) == "        ││"
    assert cells(40).strip() == "││"
    assert ThinBar.render_bar(10, 10, 20, 0).segments[0].text == " "


def test_the_bar_keeps_what_a_mouse_does_on_it_and_has_a_plain_form() -> None:
    use_thin_bars(ascii_only=True)
    drawn = [s for s in ThinBar.render_bar(10, 100, 20, 40).segments if s.text != "\n"]
    actions = [s.style.meta["@mouse.down"] for s in drawn if s.style]
    use_thin_bars(ascii_only=False)

    assert actions == ["scroll_up"] * 4 + ["grab"] * 2 + ["scroll_down"] * 4
    assert {s.text for s in drawn} == {" ", "|"}
    assert issubclass(ThinBar, ScrollBarRender)
