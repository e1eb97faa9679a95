"""What is read: a column of prose one pages through, and what the screens around it share."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from nexus_tui.catalog import links
from nexus_tui.text import counted, unticked
from nexus_tui.tui.pick import PickScreen
from nexus_tui.tui.place import PlaceScreen
from nexus_tui.tui.widgets.hints import Hint
from nexus_tui.tui.widgets.lines import Line, Lines, Part, line, shortened
from nexus_tui.tui.widgets.prose import Prose
from nexus_tui.tui.widgets.rows import Row
from nexus_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from nexus_tui.tui.widgets.markdown import Code

_ROOM = 74
"""Cells of a heading, before there is one."""
_LEAST = 15
"""Cells of a title, and of what is said beside it, that are always shown."""
Sections = list[tuple[str, str]]
"""(heading, Markdown) of each."""


class Page(Scroll):
    """Holds one section at a time."""

    DEFAULT_CSS = """
    Page { height: 1fr; padding: 0 0 0 2; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    Page Prose { padding: 0 1 0 0; }
    """
    begin_at = 0
    """The line at which the next text begins, once."""

    def __init__(self, *, breaks: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self._breaks = breaks

    def compose(self) -> ComposeResult:
        yield Prose(breaks=self._breaks, id="prose")

    def read(self, text: str) -> None:
        """Show `text` from its beginning."""
        self.query_one(Prose).show(text)
        at, self.begin_at = self.begin_at, 0
        if at:
            self.call_after_refresh(self.scroll_to, y=at, animate=False)
        else:
            self.scroll_home(animate=False)

    def action_scroll_down(self) -> None:
        # A step of one row has nothing between its beginning and its end to be drawn.
        self.scroll_down(animate=False, immediate=True)

    def action_scroll_up(self) -> None:
        self.scroll_up(animate=False, immediate=True)

    @property
    def at_end(self) -> bool:
        """Nothing more to scroll to."""
        return self.scroll_offset.y >= self.max_scroll_y

    def page_on(self) -> bool:
        """One screen on; False when there was none."""
        if self.at_end:
            return False
        self.scroll_relative(y=max(1, self.size.height - 2), animate=False)
        return True

    @property
    def code_in_view(self) -> list[Code]:
        """The code blocks of which a line is in sight, from above."""
        first = self.scroll_offset.y
        end = first + self.size.height
        codes = self.query_one(Prose).codes
        return [code for code in codes if code.first < end and first < code.end]


class ReadingScreen(PlaceScreen):
    """A text section by section: its contents, its links, and its code to take away.

    Subclasses give `sections` and show the one number `section` on their `Page`.
    """

    AUTO_FOCUS = "Page"
    PART: ClassVar[str] = "section"
    """What one of its pages is called."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_on", "Page on, then the next section", show=False),
        Binding("n", "section(1)", "Next section", show=False),
        Binding("p", "section(-1)", "Previous section", show=False),
        Binding("t", "contents", "Table of contents", show=False),
        Binding("o", "links", "Open a link of this page", show=False),
        Binding("c", "copy", "Copy the code in view (OSC 52); again: the next", show=False),
    ]

    def __init__(self, section: int = 0) -> None:
        super().__init__()
        self.add_class("-lesson")
        self.section = section
        self.said = ""
        """What was done last, for the right end of the heading, until the page changes."""
        self._copied: Code | None = None

    def sections(self) -> Sections:
        """What is paged through; empty where there is nothing to read yet."""
        raise NotImplementedError

    def marks(self, heading: str) -> list[str]:
        """What the table of contents says of a section, such as that it was read."""
        return []

    def text(self) -> str:
        """The Markdown that is on the page."""
        sections = self.sections()
        if not sections:
            return ""
        heading, body = sections[min(self.section, len(sections) - 1)]
        return f"## {heading}\n\n{body}" if heading else body

    def heading_of(self, *crumb: Part) -> Line:
        """The heading: where one is, and what was done last, else the number of the section.

        What is said has its row, so that nothing below it moves: what stands after its colon
        gives way first, then what stands before the title, then the end of that.
        """
        room = self.query_one(".column", Lines).content_size.width or _ROOM
        room -= sum(cell_len(part.text) for part in crumb) + 2
        if self.said:
            said = self.said if cell_len(self.said) <= room else self.said.partition(": ")[0]
            *lead, title = crumb
            if cell_len(said) > room:
                room, lead = room + sum(cell_len(part.text) for part in lead), []
            room += cell_len(title.text)
            said = shortened(said, max(_LEAST, room - _LEAST))
            title = title._replace(text=shortened(title.text, room - cell_len(said)))
            return line(*lead, title, right=[Part(said, "strong")])
        sections = self.sections()
        place = f"{self.section + 1} of {len(sections)}" if len(sections) > 1 else ""
        marked = sections and "bookmark" in self.marks(sections[self.section][0])
        figure = f"{self.PART} {place}" if place else ""
        if marked:
            fits = cell_len(figure) + 11 <= room
            figure = " · ".join(["bookmark", *filter(None, [figure if fits else place])])
        return line(*crumb, right=[Part(figure, "muted")] if figure else [])

    def say(self, said: str) -> None:
        """Say at the right end of the heading what was done."""
        self.said = said
        self.refresh_view()

    def taking(self) -> tuple[Hint, ...]:
        """The keys for the code and the links of the page, where it has some."""
        text = self.text()
        return (
            *((Hint("c", "copy code", "c"),) if "```" in text else ()),
            *((Hint("o", "links", "o"),) if links.addresses(text) else ()),
        )

    @property
    def page(self) -> Page:
        """The column that is in sight."""
        return self.query_one("#page", Page)

    def read(self, text: str) -> None:
        """Put `text` on the page."""
        self._copied = None
        self.query_one("#page", Page).read(text)
        self.call_after_refresh(self.laid_out)

    def laid_out(self) -> None:
        """The text that was put on the page is there, at its place."""

    # ------------------------------------------------------------ actions

    def go_to(self, section: int) -> None:
        """Show another section, if there is one of that number."""
        if 0 <= section < len(self.sections()):
            self.section, self.said = section, ""
            self.refresh_view()

    def action_section(self, step: int) -> None:
        self.go_to(self.section + step)

    async def action_page_on(self) -> None:
        if not self.page.page_on():
            self.action_section(1)

    def action_contents(self) -> None:
        """Choose a section from all of them."""
        sections = self.sections()
        if not sections:
            return
        rows = [
            Row(str(number), (self._contents_line(number, heading),))
            for number, (heading, _) in enumerate(sections)
        ]

        def picked(number: str | None) -> None:
            if number is not None:
                self.go_to(int(number))

        self.app.push_screen(PickScreen("Contents", rows, str(self.section)), picked)

    def _contents_line(self, number: int, heading: str) -> Line:
        words = [*(["here"] if number == self.section else []), *self.marks(heading)]
        return line(
            Part(unticked(heading) or "Beginning", "title"),
            right=[Part(" · ".join(words), "muted")],
        )

    def action_links(self) -> None:
        """Open the link of this page; of several, the one that is chosen."""
        found = links.addresses(self.text())
        if len(found) == 1:
            self._follow(found[0][1])
        elif found:
            rows = [
                Row(
                    address,
                    (line(Part(label, "title")), line(Part(_where(address), "muted"))),
                    after=1,
                )
                for label, address in found
            ]
            self.app.push_screen(PickScreen("Links of this page", rows), self._follow)
        else:
            self.say("no link on this page")

    def _follow(self, address: str | None) -> None:
        if address is not None:
            self.page.query_one(Prose).follow(address)

    def on_prose_opened(self, event: Prose.Opened) -> None:
        self.say(event.said)

    def action_copy(self) -> None:
        """Copy the first code block in sight; where that was copied last, the next one."""
        seen = self.page.code_in_view
        if not seen:
            self.say("no code in view")
            return
        place = seen.index(self._copied) + 1 if self._copied in seen else 0
        self._copied = seen[place % len(seen)]
        code = self._copied.text
        self.app.copy_to_clipboard(f"{code}\n")
        lines = code.split("\n")
        self.say(f"copied {counted(len(lines), 'line')}: {lines[0].strip()}")


def _where(address: str) -> str:
    return "a topic" if address.startswith(links.SCHEME) else address
