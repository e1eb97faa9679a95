"""Narrow and wide, long words and other scripts: all fits, all can be reached, focus stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual._compositor import Compositor
from textual.geometry import Size
from textual.widget import Widget

from nexus_tui.tui.reading import Page
from nexus_tui.tui.widgets.lines import Lines
from nexus_tui.tui.widgets.rows import Rows
from tests import builders
from tests.flows.drawn import lost
from tests.flows.driving import at, press, says, settled
from tests.flows.ways import walk
from tests.rarer import rarer
from tests.running import LARGE, SMALL, running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.flows.conftest import SessionAt
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

VAST = (200, 50)
LONG = "x" * 300
SCRIPTS = {
    "long": LONG,
    "chinese": "数据库索引的列顺序决定了哪些行彼此相邻" * 8,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇨🇭 rocket🚀 " * 12,
    "right to left": "סדר העמודות קובע אילו שורות סמוכות " * 8,
    "combining": "e\u0301\u0323a\u0308n\u0303 " * 60,
    "mixed": f"ｆｕｌｌ {LONG[:90]} العربية 한국어 👍🏽 ü\u0308 " * 2,
}
PATHS = (("2", "g", "j"), ("enter",), ("3", "enter"), ("4", "enter", "enter"), ("7", "enter"))


def _pack(folder: Path, text: str) -> Settings:
    """Everything says `text`, as long as it may be there."""
    brief = text[:390]
    topic = builders.topic_file(
        "alpha",
        title=f"Alpha {text}"[:60],
        summary=text[:140],
        objectives=[{"id": "name-it", "text": brief}],
    )
    lesson = (
        f"## Why it matters\n\n{text}\n\n- {text}\n\n| a | b |\n|---|---|\n| {text} | {text} |\n\n"
        f"```python\n{text}\n```\n\n## Recall\n\n> {text}\n"
    )
    item = {"text": f"Item {text}"[:60], "why": brief, "how": brief, "verify": brief}
    files = {
        "pack.yaml": builders.pack_file(title=f"Pack {text}"[:60]),
        "topics/basics/alpha/topic.yaml": topic,
        "topics/basics/alpha/lesson.md": lesson,
        "topics/basics/alpha/quiz.yaml": builders.quiz_file(
            builders.choice(
                stem=f"Which? {text}",
                options=[
                    builders.option("right", correct=True, text=f"R {text}", why=f"So {text}."),
                    builders.option("left", text=f"L {text}", why=f"No {text}."),
                    builders.option("middle", text="Middle", why="No."),
                ],
            )
        ),
        "checklists/hard.yaml": builders.checklist_file("hard", summary=brief, item=item),
        "challenges/slow/challenge.yaml": builders.challenge_file(
            "slow", summary=brief, story=text
        ),
        "docs/guide.md": f"# Guide\n\n## Part\n\n{text}\n",
    }
    return settings_for(folder, builders.make_pack(folder / "pack", files))


def _rows_are_whole(pilot: Pilot[None]) -> bool:
    """Every row of the screen has just the cells that the terminal has."""
    width = pilot.app.size.width
    strips = pilot.app.screen._compositor.render_strips()
    wrong = [strip for strip in strips if strip.cell_length != width]
    assert not wrong, wrong
    return True


@pytest.mark.parametrize("script", ["mixed", *map(rarer, sorted({*SCRIPTS} - {"mixed"}))])
async def test_long_words_and_other_scripts_break_no_layout(script: str, tmp_path: Path) -> None:
    async with running(_pack(tmp_path, SCRIPTS[script]), size=(60, 20)) as pilot:
        for path in PATHS:
            await press(pilot, "1", *path)
            for size in (LARGE, SMALL, (60, 20)):
                await pilot.resize_terminal(*size)
                await settled(pilot)
                assert _rows_are_whole(pilot) and lost(pilot.app.screen) == []
        await press(pilot, "2", "g", "j", "Q")
        assert at(pilot) == "question" and _rows_are_whole(pilot)
        await press(pilot, "1", "enter")
        assert _rows_are_whole(pilot) and lost(pilot.app.screen) == []
        assert pilot.app._exception is None


async def test_everything_that_takes_the_focus_can_be_brought_into_sight(week: Week) -> None:
    settings, clock = week
    unseen = []
    async with running(settings, clock, (60, 20)) as pilot:
        async for name in walk(pilot):
            screen = pilot.app.screen
            for widget in screen.focus_chain:
                screen.set_focus(widget)
                await settled(pilot)
                if not _seen(widget):
                    unseen.append((name, widget, widget.region))

    assert unseen == []


def _seen(widget: Widget) -> bool:
    """Is at least the first row of the widget on the screen, or is it empty?"""
    if not widget.region.height:
        return True
    found, _ = widget.screen.get_widget_at(widget.region.x, max(0, widget.region.y))
    inside = widget in found.ancestors_with_self
    return inside and widget.region.overlaps(widget.screen.region)


async def test_no_wide_screen_has_long_lines(week: Week) -> None:
    settings, clock = week
    long = []
    async with running(settings, clock, VAST) as pilot:
        async for name in walk(pilot, "palette", "tour"):
            found = pilot.app.screen.query(Widget)
            texts = [widget for widget in found if isinstance(widget, Rows | Lines | Page)]
            assert texts, name
            long += [(name, widget) for widget in texts if widget.region.width > 100]

    assert long == []


async def test_a_wide_screen_has_three_panes(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, VAST) as pilot:
        aside = pilot.app.screen.query("#aside Lines")
        first, second = (widget.region for widget in aside if widget.display)
        assert first.y == second.y and first.right <= second.x
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)
        first, second = (widget.region for widget in aside if widget.display)

        assert first.x == second.x and first.bottom <= second.y


async def test_a_screen_is_as_wide_as_the_terminal_from_its_first_frame_on(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    own, seen = Compositor.reflow, list[bool]()

    def reflow(self: Compositor, screen: Widget, size: Size) -> object:
        seen.append(screen.has_class("-wide"))
        return own(self, screen, size)

    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "2")
        with monkeypatch.context() as patch:
            patch.setattr(Compositor, "reflow", reflow)
            await press(pilot, "question_mark", "escape", "3", "slash", "escape", "comma")

    assert seen and all(seen)


async def test_on_a_wide_screen_the_figures_beside_progress_stand_two_by_two(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, VAST) as pilot:
        await press(pilot, "6")
        aside = [w.region for w in pilot.app.screen.query("#aside Lines") if w.display]

        assert len({region.x for region in aside}) == 2
        assert min(region.width for region in aside) >= 40


@pytest.mark.parametrize("size", [(60, 20), (79, 40)])
async def test_a_small_window_says_kindly_what_is_better(size: tuple[int, int], week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, size) as pilot:
        assert says(pilot, f"{size[0]}x{size[1]}: roomier from 80x24")
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)

        assert "roomier" not in shown(pilot)


@pytest.mark.parametrize("keys", [("slash", *"index"), ("5", "enter"), ("3", "enter", "tab")])
async def test_a_window_resized_while_something_runs_keeps_focus_and_place(
    keys: tuple[str, ...], week: Week
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        for key in keys:
            await pilot.press(key)  # what it begins goes on while the size changes
        for size in ((60, 20), VAST, (20, 5), SMALL) * 2:
            await pilot.resize_terminal(*size)
        await settled(pilot)
        where, focused = at(pilot), pilot.app.screen.focused
        await pilot.resize_terminal(*LARGE)
        await settled(pilot)

        assert at(pilot) == where and pilot.app.screen.focused is focused is not None
        assert lost(pilot.app.screen) == [] and pilot.app._exception is None


async def test_an_answer_chosen_before_the_window_is_resized_is_still_chosen(
    session_at: SessionAt,
) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter", "2")
        for size in ((60, 20), VAST, SMALL):
            await pilot.resize_terminal(*size)
            await settled(pilot)

        assert "› 2 " in shown(pilot)


async def test_a_size_that_is_past_is_not_laid_out(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen sends itself each new size: two of them at once would go on for ever."""
    settings, clock = week
    async with running(settings, clock) as pilot:
        screen, seen = pilot.app.screen, list[Size]()
        monkeypatch.setattr(screen, "_screen_resized", seen.append)
        past = Size(60, 20)
        screen.post_message(events.Resize(past, past))
        await pilot.pause()
        screen.post_message(events.Resize(pilot.app.size, pilot.app.size))
        await pilot.pause()

        assert seen == [pilot.app.size]
