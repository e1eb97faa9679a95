"""A session from its first question to its summary, left in the middle and gone on with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.learning.session import Planned, Session
from nexus_tui.study.sitting import Sitting
from nexus_tui.tui.question import QuestionScreen
from nexus_tui.tui.widgets.places import Places
from tests.flows.conftest import OBJECTIVES
from tests.flows.driving import (
    answer,
    asking,
    at,
    click,
    heading,
    press,
    progress,
    row,
    rows,
    says,
    settled,
)
from tests.histories import Clock
from tests.histories import answer as give
from tests.looks import scenes
from tests.running import nexus, running, settings_for, shown
from tests.study.school import open_desk, write_pack

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from nexus_tui.settings import Settings
    from tests.flows.conftest import SessionAt

    Week = tuple[Settings, Clock]

SQL = ("2", "g", "j", "Q")


def _school(folder: Path) -> Settings:
    return settings_for(folder, write_pack(folder / "pack"))


def _asked(pilot: Pilot[None]) -> str:
    asked = asking(pilot)._asked
    assert asked is not None
    return asked.planned.question


def _bold_names(pilot: Pilot[None]) -> list[str]:
    strip = pilot.app.screen.query_one(Places).render_line(0)
    return [s.text.strip() for s in strip if s.style and s.style.bold and s.text.strip()]


async def test_the_places_dim_in_a_session_and_the_rule_shows_its_progress(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j")
        assert _bold_names(pilot) == ["Topics"] and progress(pilot) is None
        await press(pilot, "Q")
        seen = [progress(pilot)]
        rule = [shown(pilot).split("\n")[1].count("━")]
        for _ in range(2):
            await answer(pilot)
            await press(pilot, "enter")
            seen.append(progress(pilot))
            rule.append(shown(pilot).split("\n")[1].count("━"))

        assert _bold_names(pilot) == []
    assert seen == [0, 0.5, 1] and rule == [0, 39, 78]


async def test_a_missed_question_comes_back_after_three_others_and_the_summary_names_it(
    tmp_path: Path,
) -> None:
    settings, clock = scenes.first_day(tmp_path)
    wanted = ("refunded-newest", "ticks", "in-order", "how-many")
    plan = tuple(
        Planned(
            question=f"look/indexing/{name}",
            objective=f"look/indexing/{OBJECTIVES[name]}",
            topic="look/indexing",
            why="new",
        )
        for name in wanted
    )
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        sitting = Sitting(desk.catalog, desk.store, "long", Session("review", plan))
        await pilot.app.push_screen(QuestionScreen(sitting))
        await settled(pilot)
        asked = []
        for number in range(5):
            asked.append(_asked(pilot).rsplit("/", 1)[1])
            await answer(pilot, right=number > 0)
            if number == 0:
                assert says(pilot, "asked again in this session")
            await press(pilot, "enter")

        assert heading(pilot).startswith("Done")
        assert says(pilot, "3 of 4 right at the first try.")
        assert says(pilot, "Missed, and due again tomorrow")
        assert says(pilot, "Design one index for a filter plus sort")
    assert asked == [*wanted, "refunded-newest"]


async def test_a_session_left_in_the_middle_is_offered_on_today_and_after_the_next_start(
    tmp_path: Path,
) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, *SQL)
        await answer(pilot)
        await press(pilot, "enter")
        left = _asked(pilot)
        await press(pilot, "escape", "1")
        assert says(pilot, "Resume The session you left") and says(pilot, "1 of 2 answered")
        await press(pilot, "g", "enter")
        assert _asked(pilot) == left and "Question 2 of 2" in heading(pilot)

    clock.move(hours=1)
    async with running(settings, clock) as pilot:
        assert says(pilot, "The session you left") and rows(pilot).cursor == 0
        await press(pilot, "enter")
        assert _asked(pilot) == left
        await answer(pilot)
        await press(pilot, "enter", "enter")

        assert at(pilot) == "today" and not says(pilot, "The session you left")


async def test_the_summary_of_a_drill_left_and_undone_is_of_the_whole_session(
    tmp_path: Path,
) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        desk = nexus(pilot).desk
        assert desk is not None
        sitting = desk.start("drill", "school/sql/explain")
        assert sitting is not None
        await pilot.app.push_screen(QuestionScreen(sitting))
        await settled(pilot)
        await answer(pilot)

    clock.move(hours=3)
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await answer(pilot, right=False)
        clock.move(minutes=1.5)
        await press(pilot, "u", "u")
        await answer(pilot, right=False)
        clock.move(minutes=1)
        await press(pilot, "enter")
        await answer(pilot)
        await press(pilot, "enter")
        await answer(pilot)
        clock.move(minutes=40)
        await press(pilot, "enter")

        assert heading(pilot).startswith("Done") and heading(pilot).endswith("3 min")
        assert says(pilot, "1 of 3 right at the first try."), "the second was wrong before"
        assert says(pilot, "Missed, and due again tomorrow")


async def test_a_session_left_before_its_first_answer_is_offered_after_the_next_start(
    tmp_path: Path,
) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, *SQL)
        left = _asked(pilot)
        await press(pilot, "q")
    async with running(settings, clock) as pilot:
        await press(pilot, "1")
        assert says(pilot, "The session you left") and says(pilot, "0 of 2 answered")
        await press(pilot, "o")

        assert _asked(pilot) == left


async def test_a_session_left_is_under_the_cursor_where_it_was_begun(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, "5")
        assert row(pilot).id == "learn"
        await press(pilot, "enter", "escape")
        assert at(pilot) == "review" and "The session you left" not in shown(pilot)
        await press(pilot, "enter")
        await answer(pilot)
        await press(pilot, "enter", "escape")
        assert at(pilot) == "review" and "The session you left" in shown(pilot)
        assert rows(pilot).cursor == 0


async def test_a_quiz_left_half_done_is_gone_on_with_from_its_topic(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "enter", "tab", "enter", "escape")
        assert row(pilot).id == "start" and not says(pilot, "Go on with the quiz")
        await press(pilot, "enter")
        await answer(pilot)
        await press(pilot, "enter")
        left = _asked(pilot)
        await press(pilot, "escape")
        assert says(pilot, "Go on with the quiz 1 of 2 answered")
        assert [r.id for r in rows(pilot)._rows][:2] == ["resume", "start"]
        await press(pilot, "enter")
        assert _asked(pilot) == left
        await answer(pilot)
        await press(pilot, "enter", "enter")

        assert row(pilot).id == "start" and not says(pilot, "Go on with the quiz")


async def test_a_session_finished_goes_back_to_where_it_was_begun(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, "2", "g", "j", "enter", "Q")
        for _ in range(2):
            await answer(pilot)
            await press(pilot, "enter")
        assert heading(pilot).startswith("Done")
        await press(pilot, "1", "enter")

        assert at(pilot) == "topic"


async def test_review_with_nothing_due_says_when_the_next_is(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, "5")
        assert says(pilot, "Nothing is due")
        assert says(pilot, "Reviews begin once you have answered the first questions of a topic.")
        await press(pilot, *SQL)
        await answer(pilot)
        await press(pilot, "escape", "5")

        assert heading(pilot).startswith("Nothing is due")
        assert "next: " in heading(pilot) and "1 review" in heading(pilot)


async def test_what_is_due_is_reviewed_from_review_and_is_not_due_afterwards(
    tmp_path: Path,
) -> None:
    settings, clock = _school(tmp_path), Clock()
    async with running(settings, clock) as pilot:
        await press(pilot, *SQL)
        for _ in range(2):
            await answer(pilot)
            await press(pilot, "enter")
    clock.move(days=40)
    async with running(settings, clock) as pilot:
        assert says(pilot, "Review 2 objectives are due")
        await press(pilot, "5")
        assert heading(pilot).startswith("2 objectives are due")
        await click(pilot, "Start the review")
        for _ in range(2):
            await answer(pilot)
            await press(pilot, "enter")
        await press(pilot, "enter")

        assert at(pilot) == "review" and heading(pilot).startswith("Nothing is due")


async def test_what_a_review_leaves_due_is_said_before_it_and_at_its_end(tmp_path: Path) -> None:
    settings, clock = _school(tmp_path), Clock()
    desk = open_desk(tmp_path, clock)
    keys = ("school/sql/explain", "school/sql/decide", "school/indexing/explain")
    for number in range(7):
        for key in keys:
            give(desk.store, f"{key}-{number % 3}", objective=key, right=False)
        clock.move(days=2)
    desk.close()
    async with running(settings, clock) as pilot:
        assert says(pilot, "Review 2 of 3 objectives due")
        assert says(pilot, "1 more, often missed, comes in the next review.")
        await press(pilot, "5")
        assert heading(pilot).startswith("2 of 3 objectives due")
        assert says(pilot, "1 more, often missed, comes in the next review.")
        await press(pilot, "y")
        assert "the first 2 of 3" in heading(pilot)
        await press(pilot, "r")
        assert "Question 1 of 2" in heading(pilot)
        for _ in range(2):
            await answer(pilot)
            await press(pilot, "enter")
        assert heading(pilot).startswith("Done")
        assert says(pilot, "1 more is due, often missed: it comes in the next review.")


async def test_a_drill_of_the_weakest_objective_starts_from_progress(week: Week) -> None:
    settings, clock = week
    async with running(settings, clock) as pilot:
        await press(pilot, "6", "w")

        assert at(pilot) == "question" and "Question 1 of" in heading(pilot)
        asked = asking(pilot)._asked
        assert asked is not None and asked.planned.objective == "look/indexing/design-one"


async def test_the_summary_of_a_session_is_left_with_enter_or_back(session_at: SessionAt) -> None:
    settings, clock = session_at("refunded-newest")
    async with running(settings, clock) as pilot:
        await press(pilot, "enter")
        await answer(pilot)
        await press(pilot, "enter", "escape")

        assert at(pilot) == "today"
