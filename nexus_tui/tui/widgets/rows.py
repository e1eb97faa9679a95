"""A list one moves through: rows of lines with a cursor in the gutter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from nexus_tui.tui.widgets.lines import Line, Palette, Part, draw, line, palette

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

GUTTER = 2
"""Cells left of the text: the cursor and a blank."""


@dataclass(frozen=True)
class Row:
    """One thing that can be chosen (or, with `fixed`, a heading between them)."""

    id: str
    lines: tuple[Line, ...]
    fixed: bool = False
    after: int = 0
    """Blank lines that follow."""


def heading(id: str, title: str, figure: str = "") -> Row:
    """The head of a group of rows, with what it adds up to."""
    right = [Part(figure, "muted")] if figure else []
    return Row(id, (line(Part(title, "bold"), right=right),), fixed=True)


def spaced(rows: Sequence[Row]) -> list[Row]:
    """The rows of a group, with a blank line after the last."""
    return [*rows[:-1], *(replace(row, after=1) for row in rows[-1:])]


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows rows; arrow keys, `hjkl`, page keys and the mouse move the cursor."""

    DEFAULT_CSS = """
    Rows { height: 1fr; width: 100%; overflow-x: hidden; overflow-y: auto;
           scrollbar-size-vertical: 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home,g", "edge(-1)", "First", show=False),
        Binding("end,G", "edge(1)", "Last", show=False),
        Binding("pageup,ctrl+b", "page(-1)", "Page up", show=False),
        Binding("pagedown,ctrl+f", "page(1)", "Page down", show=False),
        Binding("enter,l,right", "choose", "Open", show=False),
    ]

    MARGIN: ClassVar[int] = 2
    """Cells right of the text."""
    cursor: reactive[int] = reactive(-1)

    class Chosen(Message):
        """Enter or a click on the row under the cursor."""

        def __init__(self, rows: Rows, row: Row) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> Rows:
            return self.rows

    class Moved(Message):
        """The cursor came to another row."""

        def __init__(self, rows: Rows, row: Row) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> Rows:
            return self.rows

    def __init__(self, *rows: Row, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = rows
        self.begin_at: str | None = None
        """The row the cursor goes to as soon as it is there, once."""
        self._plan: tuple[object, list[tuple[int, int]]] | None = None
        self._tops: list[int] = []
        self._cache: dict[tuple[int, int, bool, Palette], list[Strip]] = {}
        self._focused_by_click = False
        self._choosing = False
        """Is the screen about to do what the row chosen last says?"""

    # ------------------------------------------------------------ content

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    @property
    def beside(self) -> str | None:
        """The id of the row below the cursor, of the last one that of the row above it."""
        free = [number for number, row in enumerate(self._rows) if not row.fixed]
        below = [number for number in free if number > self.cursor]
        above = [number for number in free if number < self.cursor]
        found = [*below[:1], *above[-1:]]
        return self._rows[found[0]].id if found else None

    def show(self, rows: Sequence[Row], cursor: str | None = None) -> None:
        """Show other rows; the cursor stays on its row, or goes to the row `cursor`."""
        before = self.row
        wanted = cursor or self.begin_at or (before.id if before else None)
        self._rows = tuple(rows)
        if any(row.id == self.begin_at for row in rows):
            self.begin_at = None
        self._plan = None
        self._cache.clear()
        free = [number for number, row in enumerate(self._rows) if not row.fixed]
        found = [number for number in free if self._rows[number].id == wanted]
        place = found[0] if found else min(free, key=lambda n: abs(n - self.cursor), default=-1)
        if place == self.cursor:
            self._say_moved()
        self.cursor = place
        self._lay_out()
        self.refresh(layout=self.styles.is_auto_height)
        now = self.row
        if before and now and before.id == now.id and len(before.lines) < len(now.lines):
            self.call_after_refresh(self._reveal)  # what it unfolds may be below the edge

    def on_mount(self) -> None:
        if self.cursor < 0:
            self.show(self._rows)

    def focus_on_click(self) -> bool:
        self._focused_by_click = not self.has_focus
        return super().focus_on_click()

    def on_focus(self) -> None:
        if self._focused_by_click:  # scrolled now, another row would lie under the pointer
            self._focused_by_click = False
        else:
            self.call_after_refresh(self._reveal)

    def on_resize(self) -> None:
        self._plan = None
        self._cache.clear()
        self._lay_out()
        self.call_after_refresh(self._reveal)

    # ------------------------------------------------------------ drawing

    def _drawn(self, number: int, width: int, *, selected: bool) -> list[Strip]:
        """Row `number` in a widget of `width` cells.

        The text keeps its width whether or not a scroll bar stands in the margin.
        """
        colours = palette(self.app)
        key = (number, width, selected, colours)
        if key not in self._cache:
            room = max(8, width - GUTTER - self.MARGIN)
            cursor = Segment(colours.text("›") + " ", colours.style("accent"))
            blank = Segment("  ")
            strips: list[Strip] = []
            for spec in self._rows[number].lines:
                for strip in draw(spec, room, colours, selected=selected):
                    head = cursor if selected and not strips else blank
                    strips.append(Strip([head, *strip]))
            self._cache[key] = strips
        return self._cache[key]

    def _planned(self, width: int) -> list[tuple[int, int]]:
        """For each line: its row and the line within it (-1 for a blank)."""
        plan: list[tuple[int, int]] = []
        for number, row in enumerate(self._rows):
            plan += [(number, k) for k in range(len(self._drawn(number, width, selected=False)))]
            plan += [(number, -1)] * row.after
        while plan and plan[-1][1] == -1:
            plan.pop()
        return plan

    def _lay_out(self) -> list[tuple[int, int]]:
        """The plan at the width the widget has now."""
        key = (self.size.width, self._rows, palette(self.app))
        if self._plan is None or self._plan[0] != key:
            plan = self._planned(self.size.width)
            self._plan = (key, plan)
            firsts = {number: y for y, (number, part) in enumerate(plan) if part == 0}
            self._tops = [firsts.get(number, len(plan)) for number in range(len(self._rows))]
            self.virtual_size = Size(self.size.width, len(plan))
        return self._plan[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._planned(width))

    def line_at(self, y: int) -> int | None:
        """The row on the line `y` of the widget, None on a blank or a heading."""
        plan = self._lay_out()
        place = y + self.scroll_offset.y
        if place >= len(plan):
            return None
        number, part = plan[place]
        return None if self._rows[number].fixed or part < 0 else number

    def row_at(self, y: int) -> Row | None:
        """The row on the line `y` of the widget, also where the cursor does not go."""
        plan = self._lay_out()
        place = y + self.scroll_offset.y
        number, part = plan[place] if place < len(plan) else (0, -1)
        return self._rows[number] if part >= 0 else None

    def render_line(self, y: int) -> Strip:
        plan = self._lay_out()
        width = self.size.width
        place = y + self.scroll_offset.y
        if place >= len(plan) or plan[place][1] < 0:
            return Strip.blank(width, self.rich_style)
        number, part = plan[place]
        strips = self._drawn(number, width, selected=number == self.cursor)
        strip = strips[part] if part < len(strips) else Strip.blank(width)
        return strip.adjust_cell_length(width).apply_style(self.rich_style)

    # ------------------------------------------------------------ moving

    def watch_cursor(self, before: int, now: int) -> None:
        self.refresh()
        self._reveal()
        self._say_moved()

    def _say_moved(self) -> None:
        if self.row is not None and self.is_mounted:
            self.post_message(self.Moved(self, self.row))

    def _height(self, number: int) -> int:
        return len(self._drawn(number, self.size.width, selected=number == self.cursor))

    def _in_sight(self) -> tuple[int, int]:
        """The first line of the list that is seen, and the one after the last."""
        above = self.content_region.y - self.scroll_offset.y
        regions = [
            self.content_region,
            *(holder.scrollable_content_region for holder in self._holders()),
        ]
        first = max(region.y for region in regions) - above
        return first, min(region.bottom for region in regions) - above

    def _reveal(self) -> None:
        """Scroll so that the row under the cursor is whole, with its neighbours if they fit."""
        if not 0 <= self.cursor < len(self._tops) or not self.size.height:
            return
        top = self._tops[self.cursor]
        height = self._height(self.cursor)
        if self.cursor == min((n for n, r in enumerate(self._rows) if not r.fixed), default=0):
            top, height = 0, top + height
        self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)
        # Where the list is as high as its rows, what holds it scrolls.
        place = self.content_region.y + top - self.scroll_offset.y
        for holder in self._holders():
            seen = holder.scrollable_content_region
            low, high = place + height - seen.bottom, place - seen.y
            if step := min(low, high) if low > 0 else min(high, 0):
                holder.scroll_relative(y=step, animate=False)
                break

    def reveal_below(self, own: Callable[[Row], bool]) -> None:
        """Scroll so that those below the cursor that are its `own` are in sight, or the first."""
        below = takewhile(own, self._rows[self.cursor + 1 :])
        last = self.cursor + sum(1 for _ in below)
        if 0 <= last < len(self._tops):
            top = self._tops[self.cursor]
            height = self._tops[last] + self._height(last) - top
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)

    def _holders(self) -> list[Widget]:
        """The widgets around this one that can scroll, the nearest first."""
        return [w for w in self.ancestors if isinstance(w, Widget) and w.max_scroll_y > 0]

    def on_mouse_scroll_down(self) -> None:
        self.after_wheel()

    def on_mouse_scroll_up(self) -> None:
        self.after_wheel()

    def after_wheel(self) -> None:
        """Let the cursor come along with what the wheel has moved."""
        # What holds the list gets the wheel after it, and is laid out anew after that.
        self.call_after_refresh(self.call_after_refresh, self.follow)

    def follow(self) -> None:
        """Bring the cursor to where the wheel went: keys and hints are for a row in sight."""
        top, bottom = self._in_sight()

        def away(number: int) -> int:
            first = self._tops[number]
            return max(0, top - first, first + self._height(number) - bottom)

        free = [number for number, row in enumerate(self._rows) if not row.fixed]
        if self.cursor not in free or not away(self.cursor):
            return
        nearest = min(free, key=lambda number: (away(number), abs(number - self.cursor)))
        self.set_reactive(Rows.cursor, nearest)  # nor does the list scroll to it
        self.refresh()
        self._say_moved()

    def action_move(self, step: int) -> None:
        place = self.cursor + step
        while 0 <= place < len(self._rows) and self._rows[place].fixed:
            place += step
        if 0 <= place < len(self._rows):
            self.cursor = place
        else:
            for holder in (self, *self._holders()):
                if 0 <= holder.scroll_y + step <= holder.max_scroll_y:
                    holder.scroll_relative(y=step, animate=False)
                    break

    def action_edge(self, end: int) -> None:
        free = [number for number, row in enumerate(self._rows) if not row.fixed]
        if free:
            self.cursor = free[0] if end < 0 else free[-1]

    def action_page(self, step: int) -> None:
        target = self._tops[self.cursor] + step * max(1, self.size.height - 2) if self._tops else 0
        free = [number for number, row in enumerate(self._rows) if not row.fixed]
        if free:
            self.cursor = min(free, key=lambda number: abs(self._tops[number] - target))

    def jump(self, step: int) -> None:
        """Go to the first row below the next heading, or below the one before."""
        firsts = [
            number
            for number, (above, row) in enumerate(pairwise(self._rows), 1)
            if above.fixed and not row.fixed
        ]
        ahead = [n for n in firsts if (n > self.cursor if step > 0 else n < self.cursor)]
        if ahead:
            self.cursor = ahead[0 if step > 0 else -1]
            self.scroll_to(y=self._tops[self.cursor - 1], animate=False)

    def action_choose(self) -> None:
        """Choose the row once: of keys and clicks that come at once, the first counts."""
        if self.row is None or self._choosing or not self.screen.is_current:
            return
        self._choosing = True
        # Straight to the screen, and what ends the choice behind it.
        self.screen.post_message(self.Chosen(self, self.row))
        self.screen.call_later(self._chosen)

    def _chosen(self) -> None:
        self._choosing = False

    def on_click(self, event: events.Click) -> None:
        number = self.line_at(event.y)
        if number is not None:
            self.clicked(number)

    def clicked(self, number: int) -> None:
        """What a click on the row `number` does: go there and choose it.

        For a subclass to change: Textual calls the `on_click` of every base class too.
        """
        self.cursor = number
        self.action_choose()
