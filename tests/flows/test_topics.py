"""Topics: folded, filtered, opened; lessons by page and section, their tabs, their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.tui.reading import Page
from nexus_tui.tui.widgets.prose import Prose
from tests.builders import make_pack
from tests.flows.driving import at, heading, press, row, rows, says, settled
from tests.running import LARGE, nexus, running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.histories import Clock

    Week = tuple[Settings, Clock]

INDEXING = ("2", "g", "j", "j", "enter")


NONE = "There is no question to ask here yet."


def _toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


def _ids(pilot: Pilot[None]) -> list[str]:
    return [r.id.rsplit("/", 1)[-1] for r in rows(pilot)._rows]


async def test_tracks_fold_and_unfold_each_on_its_own(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        assert _ids(pilot) == [
            "track:databases",
            "postgresql",
            "indexing",
            "transactions",
            "track:apis",
        ]
        await press(pilot, "G", "space")
        assert _ids(pilot)[-2:] == ["rest", "rate-limiting"]
        await press(pilot, "g", "j", "space")
        assert row(pilot).id == "track:databases"

        assert _ids(pilot) == ["track:databases", "track:apis", "rest", "rate-limiting"]


async def test_the_filter_goes_through_every_state_and_back_to_all(week: Week) -> None:
    settings, clock = week
    clock.move(days=60)
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        everything, seen = _ids(pilot), []
        for _ in range(6):
            await press(pilot, "f")
            seen.append((heading(pilot).split("  ")[-1].split(" · ")[0].strip(), _ids(pilot)))
        await press(pilot, "f")

        assert _ids(pilot) == everything
    only = ["track:databases", "indexing"]
    assert seen[:3] == [("with a lesson", only), ("due", only), ("learning", ["none"])]
    assert seen[3:5] == [("mastered", ["none"]), ("ready", ["none"])]
    assert seen[5][0] == "not started" and "indexing" not in seen[5][1]


async def test_a_filtered_track_folds_too(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "f", "h")

        assert _ids(pilot) == ["track:databases"]


async def test_a_filter_that_leaves_nothing_says_so(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack"))
    async with running(settings) as pilot:
        await press(pilot, "2", "f", "f")

        assert says(pilot, "No topic is due. f shows all again.")


async def test_a_topic_without_a_lesson_says_so_and_shows_its_objectives_and_sources(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda app, url, **_: opened.append(url))
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "enter")
        assert says(pilot, "The lesson of this topic is not written yet.")
        assert says(pilot, "Explain what happens under load")
        await press(pilot, "shift+tab")
        assert says(pilot, "PostgreSQL 18 · Multicolumn Indexes")
        await press(pilot, "enter")

    assert opened == ["https://www.postgresql.org/docs/18/indexes-multicolumn.html"]


async def test_a_quiz_of_a_topic_without_questions_is_refused_kindly_from_list_and_topic(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "Q")
        assert at(pilot) == "topics" and _toasts(pilot) == [NONE]
        await press(pilot, "enter", "tab")
        assert says(pilot, "No questions are written for this topic yet.")
        await press(pilot, "Q", "enter")

        assert at(pilot) == "topic" and _toasts(pilot) == [NONE, NONE]


async def test_a_quiz_starts_from_the_list_of_topics(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "j", "Q")

        assert at(pilot) == "question" and "Question 1 of 2 · Indexing" in heading(pilot)


async def test_space_pages_through_the_lesson_to_the_next_section_and_then_to_the_quiz(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "p")
        seen = [heading(pilot).split("  ")[-1].strip()]
        pages = 0
        while not says(pilot, "Start the quiz"):
            pages += 1
            assert pages < 20
            before = shown(pilot)
            await press(pilot, "space")
            assert shown(pilot) != before
            seen.append(heading(pilot).split("  ")[-1].strip())
        figures = list(dict.fromkeys(seen))

    assert figures[:3] == ["section 1 of 3", "section 2 of 3", "section 3 of 3"]
    assert pages > 3


async def test_a_section_opens_at_its_beginning_and_every_word_of_it_is_there(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "p", "space", "n")
        page = pilot.app.screen.query_one(Page)

        assert page.scroll_y == 0 and says(pilot, "What goes wrong")
        assert "A toy-sized table proves nothing." in pilot.app.screen.query_one(Prose)._markdown


async def test_sections_stop_at_both_ends(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "p", "p", "p")
        first = heading(pilot)
        await press(pilot, "n", "n", "n", "n")

        assert "section 1 of 3" in first and "section 3 of 3" in heading(pilot)


async def test_the_place_in_a_lesson_is_remembered_also_after_the_next_start(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING)
        assert "section 2 of 3" in heading(pilot)
        await press(pilot, "n", "escape", "enter")
        assert "section 3 of 3" in heading(pilot)
        await press(pilot, "tab", "shift+tab")
        assert "section 3 of 3" in heading(pilot)
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING)

        assert "section 3 of 3" in heading(pilot)


async def test_tabs_go_round_in_both_directions(week: Week) -> None:
    settings, clock = week
    words = ["Start the quiz", "Equality, then sort", "Seq Scan", "postgresql.org", "goes wrong"]
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING)
        for word in words:
            await press(pilot, "tab")
            assert word in shown(pilot)
        for word in words[-2::-1]:
            await press(pilot, "shift+tab")
            assert word in shown(pilot)


async def test_a_cheat_sheet_opened_from_the_library_begins_at_its_beginning(
    tmp_path: Path,
) -> None:
    sheet = "## One\n\nFirst words.\n\n## Two\n\nSecond words.\n\n## Three\n\nThird words.\n"
    files: dict[str, str | None] = {"topics/basics/alpha/cheatsheet.md": sheet}
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", files))
    async with running(settings) as pilot:
        await press(pilot, "enter", "n", "n", "7", "g", "enter")

        assert at(pilot) == "topic" and says(pilot, "First words.")
        assert "section 1 of 3" in heading(pilot)


async def test_the_second_pane_marks_what_was_read(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *INDEXING, "n")
        contents = [line[90:] for line in shown(pilot).split("\n") if "What goes wrong" in line]

    assert any(line.rstrip().endswith("read") for line in contents)


async def test_a_reading_that_is_written_slowly_is_shown_once_it_is_written(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        app = nexus(pilot)
        await press(pilot, *INDEXING)
        for _ in range(5):
            await press(pilot, "n", "p")
            assert app.overview is not None
            place = app.overview.topics["look/indexing"].place
            assert place is not None and place.section == 1


async def test_a_track_opened_from_progress_is_unfolded_in_topics(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "j", "enter")
        await settled(pilot)

        assert at(pilot) == "topics" and row(pilot).id == "track:apis"
        assert says(pilot, "RESTful resource design")


async def test_prerequisites_are_said_but_hold_nothing_back(tmp_path: Path) -> None:
    files = {
        "topics/basics/beta/lesson.md": "## Why it matters\n\nBeta matters.\n\n## Recall\n\nBeta?"
    }
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", {**files}))
    async with running(settings) as pilot:
        await press(pilot, "2", "g", "j", "j")
        assert says(pilot, "after Alpha")
        await press(pilot, "enter")

        assert says(pilot, "Beta matters.")


def _linking(tmp_path: Path) -> Settings:
    """A pack whose lesson names another topic."""
    lesson = "## Why it matters\n\nFirst read [[beta]].\n"
    return settings_for(
        tmp_path, make_pack(tmp_path / "pack", {"topics/basics/alpha/lesson.md": lesson})
    )


async def test_a_topic_named_in_a_lesson_is_opened_by_a_click(tmp_path: Path) -> None:
    async with running(_linking(tmp_path)) as pilot:
        await press(pilot, "2", "g", "j", "enter")
        title = nexus(pilot).desk.catalog.topics()[1].title  # type: ignore[union-attr]
        found = next(n for n, text in enumerate(shown(pilot).split("\n")) if "First read" in text)
        column = shown(pilot).split("\n")[found].index(title)
        await pilot.click(offset=(column + 1, found))
        await settled(pilot)

        assert title in heading(pilot) or title in shown(pilot).split("\n")[3]
        assert "is not written yet" in shown(pilot)


async def test_a_topic_named_in_a_lesson_is_opened_by_keys_from_its_sources(
    tmp_path: Path,
) -> None:
    async with running(_linking(tmp_path)) as pilot:
        await press(pilot, "2", "g", "j", "enter", "shift+tab")
        assert says(pilot, "a topic that the lesson names")
        await press(pilot, "end", "enter")

        assert "is not written yet" in shown(pilot)
