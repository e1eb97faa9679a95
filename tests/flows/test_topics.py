"""Topics: folded, filtered, opened; lessons by page and section, their tabs, their place."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import nullcontext
from typing import TYPE_CHECKING

from nexus_tui.progress import learners
from nexus_tui.progress.errors import StoreError
from nexus_tui.tui import opening
from nexus_tui.tui.notes import Notes, Pad
from nexus_tui.tui.reading import Page
from nexus_tui.tui.topics import TopicsScreen
from nexus_tui.tui.widgets.prose import Prose
from tests.builders import make_pack, topic_file
from tests.flows.driving import (
    at,
    click,
    click_hint,
    heading,
    help_said,
    hints,
    press,
    row,
    rows,
    says,
    settled,
    type_in,
)
from tests.histories import Clock, opened
from tests.looks import scenes
from tests.running import LARGE, nexus, running, settings_for, shown

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from textual.pilot import Pilot

    from nexus_tui.settings import Settings

    Week = tuple[Settings, Clock]

INDEXING = ("2", "g", "j", "j", "enter")


NONE = "There is no question to ask here yet."


def _toasts(pilot: Pilot[None]) -> list[str]:
    return [toast.message for toast in pilot.app._notifications]


def _ids(pilot: Pilot[None]) -> list[str]:
    return [r.id.rsplit("/", 1)[-1] for r in rows(pilot)._rows]


async def test_what_stands_beside_the_topics_opens_by_a_click(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *INDEXING[:-1])
        await click(pilot, "one index for")
        assert at(pilot) == "objective" and says(pilot, "Design one index for a filter plus sort")
        await press(pilot, "escape")
        await click(pilot, "PostgreSQL", -1)

        assert at(pilot) == "topic" and says(pilot, "Databases › PostgreSQL")


async def test_beside_a_track_stands_what_it_is_about_how_far_it_is_and_what_comes_next(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "2", "g")
        beside = [row[81:].strip() for row in shown(pilot).split("\n")]
        assert "3 topics · 2.5 h" in beside
        assert "Model data, query it and index it." in " ".join(beside)
        assert any(row.split() == ["due", "1"] for row in beside)
        assert any(row.split() == ["not", "started", "2"] for row in beside)
        await press(pilot, "G")

        assert "Design, limit and document" in shown(pilot)


async def test_what_comes_next_in_a_track_opens_by_a_click(tmp_path: Path) -> None:
    settings, clock = scenes.first_day(tmp_path)
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, "2", "g")
        await click(pilot, "Indexing", -1)
        assert at(pilot) == "topic" and says(pilot, "Databases › Indexing")


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


async def test_the_filter_goes_through_what_shows_some_topics_and_back_to_all(week: Week) -> None:
    settings, clock = week
    clock.move(days=60)
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        everything, seen = _ids(pilot), []
        for _ in range(3):
            await press(pilot, "f")
            seen.append((heading(pilot).split("  ")[-1].strip(), _ids(pilot)))
        await press(pilot, "f")

        assert _ids(pilot) == everything
    only = ["track:databases", "indexing"]
    assert seen[:2] == [("with a lesson: 1 topic", only), ("due: 1 topic", only)]
    assert seen[2][0].startswith("not started: ") and "indexing" not in seen[2][1]


async def test_after_filtering_all_is_unfolded_and_the_cursor_stands_as_before(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "G", "space", "j")
        everything, stood = _ids(pilot), row(pilot).id
        await press(pilot, "f")
        assert "with a lesson: 1 topic" in heading(pilot)
        while "with" in heading(pilot) or ": " in heading(pilot):
            await press(pilot, "f")

        assert _ids(pilot) == everything and row(pilot).id == stood
        await press(pilot, "f", "1", "2")
        assert _ids(pilot) == everything and row(pilot).id == stood


async def test_the_filter_is_gone_once_another_place_was_gone_to(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        everything = _ids(pilot)
        await press(pilot, "f", "j", "enter", "escape")
        assert "with a lesson: 1 topic" in heading(pilot)
        await press(pilot, "1", "2")

        assert _ids(pilot) == everything


async def test_where_every_topic_has_a_lesson_no_filter_is_for_those_with_one(
    tmp_path: Path,
) -> None:
    beta = "topics/basics/beta/topic.yaml"
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", {beta: None}))
    async with running(settings) as pilot:
        await press(pilot, "2", "f")

        assert not says(pilot, "with a lesson:") and _ids(pilot)[-1] == "alpha"


async def test_what_stands_beside_a_lesson_is_clicked_too(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        monkeypatch.setattr(pilot.app, "open_url", opened.append)
        await press(pilot, *INDEXING, "n", "p")
        sections = pilot.app.screen.sections()  # type: ignore[attr-defined]
        await click(pilot, sections[2][0])
        assert says(pilot, "section 3 of 3")
        view = pilot.app.screen._view  # type: ignore[attr-defined]
        await click(pilot, view.topic.sources[0].title[:12])

        assert opened == [view.topic.sources[0].url]


async def test_a_filtered_track_folds_too(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "f", "h")

        assert _ids(pilot) == ["track:databases"]


async def test_a_filter_that_leaves_nothing_any_more_says_so(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack"))
    async with running(settings) as pilot:
        await press(pilot, "2")
        screen = pilot.app.screen
        assert isinstance(screen, TopicsScreen)
        screen._filter = "due"
        screen.refresh_view()
        await settled(pilot)

        assert says(pilot, "No topic is due. f goes on to: ")
        assert [hint.keys for hint in hints(pilot)][:2] == ["f", "/"]
        await press(pilot, "f", "f", "f")

        assert [hint.keys for hint in hints(pilot)][:3] == ["enter", "↑ ↓", "space"]


async def test_a_track_says_how_many_of_its_topics_the_filter_shows(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "f")

        assert says(pilot, "1 of 3 topics")


async def test_a_track_of_one_topic_has_one_topic(tmp_path: Path) -> None:
    pack = make_pack(tmp_path / "pack", {"topics/basics/beta/topic.yaml": None})
    async with running(settings_for(tmp_path, pack)) as pilot:
        await press(pilot, "2")

        assert says(pilot, "Basics 1 topic") and not says(pilot, "1 topics")


async def test_what_a_topic_comes_after_is_whole_below_a_title_that_leaves_no_room(
    tmp_path: Path,
) -> None:
    long, wait = "Backups with recovery testing", "Models, querysets and custom managers"
    files = {
        "topics/basics/alpha/topic.yaml": topic_file("alpha", title=wait),
        "topics/basics/beta/topic.yaml": topic_file(
            "beta", title=long, requires=["alpha", "gamma"]
        ),
        "topics/basics/beta/lesson.md": "## Why it matters\n\nBeta.\n",
        "topics/basics/gamma/topic.yaml": topic_file("gamma"),
        "topics/basics/gamma/lesson.md": "## Why it matters\n\nGamma.\n",
    }
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", files))
    async with running(settings) as pilot:
        await press(pilot, "2", "g", "j", "j")
        at_title = next(n for n, text in enumerate(shown(pilot).split("\n")) if long in text)

        assert shown(pilot).split("\n")[at_title].split("  ")[-1].strip() == "10 min"
        assert f"after {wait} + 1 more" in shown(pilot).split("\n")[at_title + 1]


async def test_the_key_that_folds_with_an_arrow_is_in_the_help(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "question_mark")

        assert says(pilot, "← h Fold the track")


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
        await press(pilot, "shift+tab", "shift+tab")
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

        assert at(pilot) == "topic" and _toasts(pilot) == [NONE]  # the first went with its page


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
        assert "A toy-sized table proves nothing." in pilot.app.screen.query_one(Prose).source


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
    words = ["Start the quiz", "Equality, then sort", "Seq Scan", "postgresql.org"]
    words += ["Nothing is noted", "goes wrong"]
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


def _long(tmp_path: Path) -> Settings:
    """A lesson of a section of two pages at 80x24, and one of a line."""
    lines = "\n\n".join(f"Line {number}." for number in range(15))
    lesson = f"## Why it matters\n\n{lines}\n\n## Recall\n\nSay it.\n"
    return settings_for(
        tmp_path, make_pack(tmp_path / "pack", {"topics/basics/alpha/lesson.md": lesson})
    )


def _read(pilot: Pilot[None]) -> frozenset[str]:
    overview = nexus(pilot).overview
    place = overview.topics["tiny/alpha"].place if overview else None
    assert place is not None
    return place.read


async def test_a_section_is_read_when_its_end_was_in_sight_not_when_it_is_shown(
    tmp_path: Path,
) -> None:
    async with running(_long(tmp_path)) as pilot:
        await press(pilot, "2", "g", "j", "enter", "escape")
        assert at(pilot) == "topics" and _read(pilot) == frozenset()
        await press(pilot, "enter", "j", "escape")
        assert _read(pilot) == frozenset()
        await press(pilot, "enter", "G", "escape")

        assert _read(pilot) == {"Why it matters"}


async def test_a_section_is_read_when_one_goes_on_to_the_next_not_to_one_further_back(
    tmp_path: Path,
) -> None:
    async with running(_long(tmp_path)) as pilot:
        await press(pilot, "2", "g", "j", "enter", "n")
        assert _read(pilot) == {"Why it matters"}
        await press(pilot, "q")

    async with running(settings_for(tmp_path, tmp_path / "pack")) as pilot:
        assert _read(pilot) == {"Why it matters", "Recall"}


async def test_paging_the_cheat_sheet_reads_nothing_of_the_lesson(tmp_path: Path) -> None:
    sheet = "## One\n\nOne.\n\n## Two\n\nTwo.\n"
    settings = _long(tmp_path)
    make_pack(
        tmp_path / "pack",
        {"topics/basics/alpha/cheatsheet.md": sheet, "topics/basics/alpha/lesson.md": None},
    )
    async with running(settings) as pilot:
        await press(pilot, "2", "g", "j", "enter", "tab", "tab", "n", "escape")

        assert _read(pilot) == frozenset()


async def test_the_time_a_section_was_read_counts_without_what_was_idle(tmp_path: Path) -> None:
    clock = Clock()
    async with running(_long(tmp_path), clock) as pilot:
        await press(pilot, "2", "g", "j", "enter")
        for rest in (60, 100, 3_600):
            clock.move(seconds=rest)
            await press(pilot, "j")
        clock.move(seconds=20)
        await press(pilot, "n", "1")
        overview = nexus(pilot).overview

        assert overview is not None and sum(day.minutes for day in overview.week) == 5


async def test_time_on_a_section_read_before_and_on_one_that_is_left_early_counts(
    tmp_path: Path,
) -> None:
    def minutes() -> int:
        overview = nexus(pilot).overview
        assert overview is not None
        return sum(day.minutes for day in overview.week)

    clock = Clock()
    async with running(_long(tmp_path), clock) as pilot:
        await press(pilot, "2", "g", "j", "enter")
        clock.move(seconds=100)
        await press(pilot, "j")
        clock.move(seconds=80)
        await press(pilot, "escape")
        assert (minutes(), set(_read(pilot))) == (3, set())
        await press(pilot, "enter", "G", "question_mark", "escape")
        clock.move(seconds=110)
        await press(pilot, "escape")
        assert (minutes(), set(_read(pilot))) == (5, {"Why it matters"})
        await press(pilot, "enter")
        clock.move(seconds=50)
        await press(pilot, "escape")

        assert minutes() == 5


async def test_a_section_is_kept_as_read_once_though_other_screens_are_opened_over_it(
    tmp_path: Path,
) -> None:
    async with running(_long(tmp_path)) as pilot:
        await press(pilot, "2", "g", "j", "enter", "G", "question_mark", "escape")
        desk = nexus(pilot).desk
        assert desk is not None and _read(pilot) == {"Why it matters"}
        before = desk.store.counts()["facts"]
        await press(pilot, "question_mark", "escape", "n")

        # One that the next section is in sight, none that this one was read.
        assert desk.store.counts()["facts"] == before + 1


async def test_a_track_opened_from_progress_is_unfolded_in_topics(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "j", "enter")
        await settled(pilot)

        assert at(pilot) == "topics" and row(pilot).id == "track:apis"
        assert says(pilot, "RESTful resource design")


async def test_back_leads_from_a_track_to_progress_whatever_was_open_in_topics(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "6", "j", "enter", "j", "enter")
        assert at(pilot) == "topic"
        await press(pilot, "escape", "escape")
        assert at(pilot) == "progress"
        await press(pilot, "escape")
        assert at(pilot) == "today"
        await press(pilot, "6", "enter", "2", "escape")

        assert at(pilot) == "today"


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


async def test_the_only_link_of_a_page_is_opened_and_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda app, url, **_: opened.append(url))
    lesson = "## Why it matters\n\nSee [this](https://example.org/why).\n"
    files = {"topics/basics/alpha/lesson.md": lesson}
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", {**files}))
    async with running(settings) as pilot:
        await press(pilot, "2", "g", "j", "enter", "o")

        assert opened == ["https://example.org/why"]
        assert says(pilot, "opened example.org")


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
        await press(pilot, "2", "g", "j", "enter", "shift+tab", "shift+tab")
        assert says(pilot, "a topic that the lesson names")
        await press(pilot, "end", "enter")

        assert "is not written yet" in shown(pilot)


async def test_quiz_and_sources_keep_a_cursor_each(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "tab", "j")
        on_quiz = row(pilot).id
        await press(pilot, "tab", "tab", "tab")
        first = rows(pilot).cursor
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")

        assert first == 0 and row(pilot).id == on_quiz


async def test_what_a_track_unfolds_below_the_edge_comes_in_sight(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, (80, 10)) as pilot:
        await press(pilot, "2", "g", "space", "G", "space")
        track, *topics = [found.id for found in rows(pilot)._rows][rows(pilot).cursor :]
        title = rows(pilot)._rows[rows(pilot).cursor + 1].lines[0].left[-1].text

        assert track.startswith("track:") and topics
        assert says(pilot, title)


async def test_topics_are_sorted_within_their_tracks_in_five_ways(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "2")
        usual, seen = _ids(pilot), {}
        for _ in range(5):
            await press(pilot, "s")
            seen[heading(pilot).split("  ")[-1].split(" · ")[0].strip()] = _ids(pilot)
        assert _ids(pilot) == usual
    assert list(seen)[:4] == ["by title", "by state", "by time", "by level"]
    assert seen["by title"][1:4] == ["indexing", "postgresql", "transactions"]
    assert seen["by state"][1] == "indexing"


# ---------------------------------------------------------------- contents, links, code


READING = """\
## Why it matters

Read [the manual](https://example.org/a_(b)) and [[beta]].

```python
print("one")
print("two")
```

```sql
SELECT 3;
```

## Recall

What was it?
"""


def _readable(tmp_path: Path, **files: str) -> Settings:
    lesson = {"topics/basics/alpha/lesson.md": READING}
    return settings_for(tmp_path, make_pack(tmp_path / "pack", {**lesson, **files}))


ALPHA = ("2", "g", "j", "enter")


async def test_a_section_is_chosen_from_the_contents(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "t")
        assert at(pilot) == "pick" and "here · read" in shown(pilot)
        await press(pilot, "question_mark")
        assert at(pilot) == "help" and "Back, choosing nothing" in shown(pilot)
        await press(pilot, "escape")
        await press(pilot, "G", "enter")
        assert at(pilot) == "topic" and "section 3 of 3" in heading(pilot)
        await press(pilot, "t", "escape")

        assert at(pilot) == "topic" and "section 3 of 3" in heading(pilot)


async def test_the_code_in_view_is_copied_one_block_after_the_other(tmp_path: Path) -> None:
    async with running(_readable(tmp_path)) as pilot:
        await press(pilot, *ALPHA, "c")
        assert pilot.app.clipboard == 'print("one")\nprint("two")\n'
        assert 'copied 2 lines: print("one")' in heading(pilot)
        await press(pilot, "c")
        assert pilot.app.clipboard == "SELECT 3;\n"
        await press(pilot, "c")
        assert pilot.app.clipboard.startswith("print")
        await press(pilot, "n")
        assert "section 2 of 2" in heading(pilot)
        await press(pilot, "c")

        assert "no code in view" in heading(pilot)


async def test_links_are_opened_by_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("textual.app.App.open_url", lambda app, url, **_: opened.append(url))
    async with running(_readable(tmp_path)) as pilot:
        await press(pilot, *ALPHA, "o")
        assert at(pilot) == "pick" and says(pilot, "the manual")
        await press(pilot, "enter")
        assert opened == ["https://example.org/a_(b)"]
        await press(pilot, "o", "j", "enter")

        assert at(pilot) == "topic" and "Beta" in heading(pilot)


async def test_a_place_is_found_again_by_its_heading_when_the_lesson_has_changed(
    tmp_path: Path,
) -> None:
    settings = _readable(tmp_path)
    async with running(settings) as pilot:
        await press(pilot, *ALPHA, "n")
        assert "section 2 of 2" in heading(pilot)
    changed = "## New\n\nFirst.\n\n## Newer\n\nThen.\n\n" + READING
    (tmp_path / "pack/topics/basics/alpha/lesson.md").write_text(changed)
    async with running(settings, size=LARGE) as pilot:
        await press(pilot, *ALPHA)

        assert "section 4 of 4" in shown(pilot) and says(pilot, "What was it?")
        marked = [text for text in shown(pilot).split("\n") if text.rstrip().endswith("read")]
        assert len(marked) == 1 and "Why it matters" in marked[0]


async def test_capital_n_and_p_go_to_the_topics_around(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "N")
        assert "Transactions and isolation" in heading(pilot)
        await press(pilot, "P", "P", "P", "P")

        assert "PostgreSQL" in heading(pilot)


# ---------------------------------------------------------------- the map


async def test_the_map_leads_from_topic_to_topic(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock, LARGE) as pilot:
        await press(pilot, *INDEXING, "m")
        assert at(pilot) == "map" and "Map › Indexing" in heading(pilot)
        assert row(pilot).id == "look/indexing"
        assert says(pilot, "Objectives") and not says(pilot, "its own map")
        await press(pilot, "g")
        assert says(pilot, "m its own map")
        assert row(pilot).id == "look/postgresql"
        await press(pilot, "m")
        assert "Map › PostgreSQL" in heading(pilot)
        await press(pilot, "enter")

        assert at(pilot) == "topic" and "PostgreSQL" in heading(pilot)


async def test_a_map_that_is_drawn_whole_offers_no_more_and_no_less_of_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "m")
        before = shown(pilot)
        await press(pilot, "space")
        after, listed = shown(pilot), await help_said(pilot)

    assert after == before and "space" not in before.split("\n")[-1]
    assert "Draw all of it" not in listed


async def test_a_map_with_more_than_two_steps_is_drawn_further_and_back(tmp_path: Path) -> None:
    names = ("alpha", "beta", "gamma", "delta")
    files = {
        f"topics/basics/{name}/topic.yaml": topic_file(name, requires=[before] if before else [])
        for before, name in zip(("", *names), names, strict=False)
    }
    settings = settings_for(tmp_path, make_pack(tmp_path / "pack", files))
    async with running(settings) as pilot:
        await press(pilot, "2", "g", "j", "m")
        near = shown(pilot)
        await press(pilot, "space")
        far = shown(pilot)
        await press(pilot, "space")

        assert shown(pilot) == near
    assert "space all of it" in near and "Delta" not in near
    assert "space less" in far and "Delta" in far


# ---------------------------------------------------------------- bookmarks and notes


async def test_a_bookmark_is_kept_listed_and_reached(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "b")
        assert "bookmark kept" in heading(pilot)
        await press(pilot, "n", "p")
        assert "bookmark · section 2 of 3" in heading(pilot)
    async with running(settings, clock) as pilot:
        await press(pilot, "7", "g")
        assert row(pilot).id == "bookmark:look/indexing#What goes wrong"
        await press(pilot, "enter")
        assert "bookmark · section 2 of 3" in heading(pilot)
        await press(pilot, "b", "tab", "b")
        assert "only a lesson has bookmarks" in heading(pilot)
        await press(pilot, "7")

        assert not says(pilot, "Bookmarks")


async def test_a_bookmark_is_reached_by_the_palette(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "b", "1", "ctrl+p")
        await type_in(pilot, "bookmark indexing")
        await press(pilot, "enter", "enter")

        assert at(pilot) == "topic" and "section 2 of 3" in heading(pilot)


async def test_the_palette_offers_what_the_keys_of_the_screen_do(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "ctrl+p")
        await type_in(pilot, "table of contents")
        await press(pilot, "enter")

        assert at(pilot) == "pick"


async def test_a_note_is_written_shown_as_markdown_found_and_listed(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "q 7 zebra [[transactions]]")
        await press(pilot, "escape")
        assert at(pilot) == "topic" and "note kept" in heading(pilot)
        assert says(pilot, "q 7 zebra Transactions and isolation")
        await press(pilot, "slash")
        await type_in(pilot, "zebra")
        assert says(pilot, "your note")
        await press(pilot, "enter")
        assert "Indexing" in heading(pilot) and says(pilot, "q 7 zebra")
        await press(pilot, "o")
        assert "Transactions" in heading(pilot)
        await press(pilot, "7", "g")

        assert row(pilot).id == "notes:look/indexing" and says(pilot, "q 7 zebra")


async def test_a_note_keeps_its_lines(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "w", *"one", "enter", *"two", "enter", *"three", "escape")
        lines = [line.strip() for line in shown(pilot).split("\n")]

        at_one = lines.index("one")
        assert lines[at_one : at_one + 3] == ["one", "two", "three"]


async def test_a_note_that_is_being_written_is_kept_when_the_app_is_quit(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "half a th")
        await pilot.press("ctrl+q")
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "shift+tab")
        assert says(pilot, "half a th")
        await press(pilot, "enter", *["backspace"] * 9, "escape")
        assert "note taken away" in heading(pilot) and says(pilot, "Nothing is noted")


async def test_what_is_written_is_kept_when_the_keys_rest_and_help_can_be_clicked(
    week: Week,
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "so far")
        pilot.app.screen.query_one(Notes).flush()
        await settled(pilot)
        assert desk.store.note("look/indexing") == "so far"
        await click_hint(pilot, "help")
        assert at(pilot) == "help"
        await press(pilot, "escape")
        await type_in(pilot, "?")

        assert pilot.app.screen.query_one(Pad).text == "so far?"


async def test_a_note_left_open_is_not_kept_for_another_learner(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "mine")
        await pilot.app.switch_mode("today")
        await settled(pilot)
        assert desk.store.note("look/indexing") == "mine"
        learners.choose(desk.store, learners.add(desk.store, "Ben"))
        nexus(pilot).reread()
        await settled(pilot)
        await press(pilot, "2")
        assert says(pilot, "Nothing is noted") and not says(pilot, "mine")
        await press(pilot, "escape")

        assert desk.store.notes() == {}


async def test_tab_is_text_in_a_note_and_a_click_on_another_tab_keeps_it(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "w", "tab")
        await type_in(pilot, "x")
        await click(pilot, "Quiz")
        assert says(pilot, "Start the quiz")
        await press(pilot, "shift+tab", "shift+tab")
        desk = nexus(pilot).desk

        assert desk is not None and desk.store.note("look/indexing") == "    x"


async def test_a_note_that_cannot_be_kept_stays_in_its_field_and_says_why(
    week: Week, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        with monkeypatch.context() as broken:
            failed: Future[str] = Future()
            failed.set_exception(StoreError("The disk is full."))
            broken.setattr(desk.store, "write_note", lambda topic, text, began: failed)
            await press(pilot, *INDEXING, "w")
            await type_in(pilot, "dear")
            await press(pilot, "escape")
            assert says(pilot, "not saved: The disk is full.") and says(pilot, "dear")
            assert hints(pilot)[0].verb == "keep and leave"
        await press(pilot, "escape")

        assert says(pilot, "note kept") and not says(pilot, "not saved")
        assert desk.store.note("look/indexing") == "dear"


BOTH = "This note was also written in another window: both texts are kept."


def _in_another_window(settings: Settings, text: str) -> None:
    other = opened(settings.database.path)
    other.write_note("look/indexing", text, other.note("look/indexing")).result()
    other.close()


async def test_what_two_windows_write_of_one_topic_is_kept_from_both(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "from here")
        _in_another_window(settings, "from there")
        await press(pilot, "escape")
        assert desk.store.note("look/indexing") == "from there\n\nfrom here"
        assert says(pilot, "from there") and says(pilot, "from here")
        assert BOTH in _toasts(pilot)
        await press(pilot, "w")
        await type_in(pilot, ", and more")
        await press(pilot, "escape")

        assert desk.store.note("look/indexing") == "from there\n\nfrom here, and more"
        assert _toasts(pilot).count(BOTH) == 1


async def test_a_field_that_is_open_takes_what_another_window_wrote(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        await press(pilot, *INDEXING, "w")
        await type_in(pilot, "from here")
        _in_another_window(settings, "from there")
        pilot.app.screen.query_one(Notes).flush()
        await settled(pilot)
        await type_in(pilot, ", and more")
        await press(pilot, "escape")

        assert desk.store.note("look/indexing") == "from there\n\nfrom here, and more"
        assert _toasts(pilot).count(BOTH) == 1


async def test_a_field_is_opened_with_the_note_as_it_is_on_disk(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "shift+tab")
        _in_another_window(settings, "from there")
        await press(pilot, "w")

        assert pilot.app.screen.query_one(Pad).text == "from there"


async def test_a_note_is_written_in_an_editor(
    week: Week, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf 'from\\033 the editor' >> \"$1\"\n")
    editor.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr("textual.app.App.suspend", lambda app: nullcontext())
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, *INDEXING, "shift+tab", "e")
        assert says(pilot, "from the editor")
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await press(pilot, "e")

        assert says(pilot, "There is no no-such-editor, which EDITOR names. Enter opens a field")
        desk = nexus(pilot).desk
        assert desk is not None and desk.store.note("look/indexing") == "from the editor"


async def test_code_goes_on_below_where_the_window_has_no_room_for_its_lines(
    tmp_path: Path,
) -> None:
    code = f"name = {'abcdefghij' * 6!r}"
    lesson = f'## Why it matters\n\n```python norun="long"\n{code}\n```\n'
    settings = settings_for(
        tmp_path, make_pack(tmp_path / "pack", {"topics/basics/alpha/lesson.md": lesson})
    )
    async with running(settings, None, (60, 20)) as pilot:
        await press(pilot, "2", "g", "j", "enter")

        assert says(pilot, code)


async def test_a_topic_that_is_closed_before_it_was_drawn_breaks_nothing(week: Week) -> None:
    async with running(*week) as pilot:
        app = nexus(pilot)
        assert app.overview is not None
        opening.open_topic(app, next(iter(app.overview.topics)))
        await app.action_go("review")
        await settled(pilot)

        assert at(pilot) == "review"
