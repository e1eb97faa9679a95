"""The widget that shows Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.tui.reading import Page
from nexus_tui.tui.widgets.prose import Prose
from tests.tui.bare import Bare

if TYPE_CHECKING:
    import pytest


async def test_text_is_marked_by_dragging_over_it() -> None:
    app = Bare(Prose())
    async with app.run_test(size=(40, 10)) as pilot:
        prose = app.query_one(Prose)
        prose.show("One word, two words.\n\nAnother line.")
        await pilot.pause()
        before = prose.render_line(0)

        await pilot.mouse_down(prose, offset=(4, 0))
        await pilot.hover(prose, offset=(6, 2))
        await pilot.mouse_up(prose, offset=(6, 2))

        assert app.screen.get_selected_text() == "word, two words.\n\nAnother"
        assert prose.render_line(0) != before

        prose.show("Another text.")
        await pilot.pause()
        assert not app.screen.get_selected_text()


async def test_only_topics_and_the_web_are_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nexus_tui.tui.browser.is_there", lambda: True)
    app = Bare(Prose())
    opened: list[str] = []
    app.open_url = lambda url, **_: opened.append(url)  # type: ignore[method-assign]
    async with app.run_test(size=(60, 10)) as pilot:
        app.query_one(Prose).show("[a](https://example.org) [b](file:///etc) [c](javascript:x)")
        await pilot.pause()
        for column in (0, 2, 4):
            await pilot.click(Prose, offset=(column, 0))

    assert opened == ["https://example.org"]


async def test_a_step_of_one_row_is_made_at_once() -> None:
    app = Bare(Page())
    async with app.run_test(size=(40, 10)) as pilot:
        app.animation_level = "full"
        page = app.query_one(Page)
        page.read("\n\n".join(map(str, range(20))))
        page.focus()
        await pilot.pause()
        rows = []
        for action in (page.action_scroll_down, page.action_scroll_down, page.action_scroll_up):
            action()
            rows.append(page.scroll_offset.y)

    assert rows == [1, 2, 1]
