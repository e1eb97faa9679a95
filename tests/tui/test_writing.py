"""The field for several lines."""

from __future__ import annotations

from textual.app import App
from textual.geometry import Region

from nexus_tui.tui.widgets.writing import Writing


async def test_a_field_that_is_drawn_before_it_has_its_styles_is_empty() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        field = Writing("words")
        await pilot.app.mount(field)
        await pilot.pause()
        styles, field._component_styles = field._component_styles, {}
        assert [strip.text for strip in field.render_lines(Region(0, 0, 10, 1))] == [" " * 10]

        field._component_styles = styles
        assert "words" in field.render_lines(Region(0, 0, 20, 3))[1].text
