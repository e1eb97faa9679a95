"""What Today and an empty Review offer next, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import papers, projects
from nexus_tui.progress.payloads import PaperPayload, PlacementPayload
from nexus_tui.study.next_steps import LITTLE, after_review, next_steps, welcome
from tests.histories import Clock, answer
from tests.study.school import OBJECTIVES, open_desk, read, reply, write_pack, write_quiz

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _steps(desk: Desk) -> list[tuple[str, str]]:
    return [(step.id, step.verb) for step in next_steps(desk, desk.overview())]


def _long_ago(tmp_path: Path, topic: str) -> None:
    desk = open_desk(tmp_path, lambda: datetime.now(UTC) - timedelta(days=200))
    for objective in OBJECTIVES:
        for number in range(3):
            key = f"school/{topic}/{objective}-{number}"
            answer(desk.store, key, objective=f"school/{topic}/{objective}", right=number > 1)
    desk.close()


def test_the_welcome_offers_the_first_lesson_that_is_open(desk: Desk) -> None:
    steps = welcome(desk, desk.overview())
    assert [step.id for step in steps] == ["topic:school/sql", "placement", "tour"]
    assert [step.figure for step in steps] == ["30 min", "12 min", "2 min"]
    assert "4 topics" in steps[2].reason


def test_before_the_content_is_read_the_welcome_begins_with_a_stage() -> None:
    assert welcome(None, None)[0].id == "stage:first"


def test_before_anything_was_read_from_disk_there_are_steps_to_show_already() -> None:
    assert len(welcome(None, None)) == 4
    assert next_steps(None, None)[0].id == "review"


def test_at_first_there_is_a_lesson_to_read_and_something_to_learn(desk: Desk) -> None:
    assert _steps(desk)[:2] == [("topic:school/sql", "Read"), ("learn", "Learn")]


def test_to_find_ones_level_is_offered_until_it_was_found_or_much_was_answered(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path)
    objective = "school/sql/explain"
    answer(desk.store, f"{objective}-0", objective=objective)
    assert ("placement", "Level") in _steps(desk)
    for number in range(LITTLE):
        answer(desk.store, f"{objective}-{number % 3}", objective=objective)
    assert ("placement", "Level") not in _steps(desk)
    desk.close()


def test_a_level_that_was_found_is_not_offered_again(desk: Desk) -> None:
    assert ("placement", "Level") in _steps(desk)
    paper = papers.begin(desk.store, PaperPayload(mode="placement", about="", topics=())).result()
    found = PlacementPayload(answers=(), topics=())
    papers.end_placement(desk.store, paper, found, {}).result()
    assert ("placement", "Level") not in _steps(desk)


def test_a_session_left_in_the_middle_comes_first_and_says_how_far_it_was(desk: Desk) -> None:
    sitting = desk.start("learn")
    assert sitting is not None
    reply(sitting)
    step = next_steps(desk, desk.overview())[0]
    assert (step.id, step.reason) == ("resume", "1 of 4 answered")


def test_a_session_left_unanswered_is_not_offered_where_the_same_is_offered_anyway(
    tmp_path: Path,
) -> None:
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    weakest = desk.overview().weakest
    assert weakest is not None
    for begun in (("review",), ("learn",), ("drill", weakest.key)):
        assert desk.start(*begun) is not None
        projects.keep(desk.store, "written after the plan").result()
        for steps in (next_steps, after_review):
            assert "resume" not in [step.id for step in steps(desk, desk.overview())]
    drill = desk.open_session()
    assert drill is not None
    reply(drill)
    assert _steps(desk)[0] == ("resume", "Resume")
    desk.close()


@pytest.mark.parametrize("begun", [("topic", "school/queues"), ("drill", "school/sql/decide")])
def test_a_session_left_unanswered_is_offered_where_nothing_else_leads_to_it(
    desk: Desk, begun: tuple[str, str]
) -> None:
    assert desk.start(*begun) is not None
    projects.keep(desk.store, "written after the plan").result()
    assert _steps(desk)[0] == ("resume", "Resume")


def test_reviews_come_before_reading_on_and_reading_on_before_learning(tmp_path: Path) -> None:
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    read(desk.store, "queues", 1)
    assert _steps(desk) == [
        ("review", "Review"),
        ("topic:school/queues", "Continue"),
        ("learn", "Learn"),
        ("drill:school/sql/explain", "Drill"),
    ]
    steps = next_steps(desk, desk.overview())
    assert (steps[0].title, steps[0].reason) == ("2 objectives are due", "Sql 2")
    assert steps[1].reason == "Section 2 of 3: What goes wrong"
    desk.close()


def test_a_lesson_that_was_only_glanced_at_does_not_hide_the_one_that_is_being_read(
    tmp_path: Path,
) -> None:
    clock = Clock()
    desk = open_desk(tmp_path, clock)
    read(desk.store, "queues", 1)
    clock.move(days=1)
    desk.show("school/sql", 0, "Why it matters", 3).result()
    assert ("topic:school/queues", "Continue") in _steps(desk)
    read(desk.store, "sql", 0)
    assert ("topic:school/sql", "Continue") in _steps(desk)
    desk.close()


def test_where_nothing_is_due_that_is_said_with_when_something_will_be(desk: Desk) -> None:
    answer(desk.store, "school/sql/explain-0", objective="school/sql/explain", right=False)
    steps = next_steps(desk, desk.overview())
    assert (steps[0].id, steps[0].title) == ("rest", "Nothing is due")
    assert steps[0].figure == "next: tomorrow, 1 review"
    assert (steps[0].key, steps[1].key) == ("", "c")


def test_where_everything_is_mastered_there_is_more_than_topics(tmp_path: Path) -> None:
    clock = Clock()
    desk = open_desk(tmp_path, clock)
    for number in range(3):
        for topic in ("sql", "indexing", "queues"):
            for objective in OBJECTIVES:
                key = f"school/{topic}/{objective}"
                answer(desk.store, f"{key}-{number}", objective=key)
        clock.move(days=4)
    clock.move(days=-4)
    for topic in ("sql", "indexing", "queues"):
        read(desk.store, topic, 0, 1, 2)
    view = desk.overview()
    assert view.all_mastered and not view.due
    steps = next_steps(desk, view)
    assert [(step.id, step.title) for step in steps] == [
        ("rest", "Everything is mastered"),
        ("exam", "Take an exam"),
    ]
    desk.close()


def test_no_two_steps_have_one_key(tmp_path: Path) -> None:
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    for steps in (next_steps(desk, desk.overview()), welcome(desk, desk.overview())):
        keys = [step.key for step in steps if step.key]
        assert len(keys) == len(set(keys)) >= 2
    desk.close()


def test_learning_names_the_topic_it_begins_with(desk: Desk) -> None:
    step = next_steps(desk, desk.overview())[1]
    assert step.reason == "4 new objectives, Sql first"


def test_learning_says_how_many_more_are_new_today_where_that_is_the_limit(desk: Desk) -> None:
    answer(desk.store, "school/sql/explain-0", objective="school/sql/explain", right=True)
    desk.choices = replace(desk.choices, new_limit=2)

    [step] = [s for s in next_steps(desk, desk.overview()) if s.verb == "Learn"]

    assert step.reason == "1 more new objective today, Sql"


def test_after_the_review_there_is_learning_and_reading(desk: Desk) -> None:
    ids = [step.id for step in after_review(desk, desk.overview())]
    assert ids == ["learn", "topic:school/sql"]


def test_every_step_opens_something(tmp_path: Path) -> None:
    """A session where the id names one; a topic of the catalog where it names a topic."""
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    topics = {row.key for row in desk.catalog.topics()}
    for step in (*next_steps(desk, desk.overview()), *after_review(desk, desk.overview())):
        kind, _, subject = step.id.partition(":")
        if kind == "topic":
            assert subject in topics
        else:
            assert desk.start(kind, subject) is not None
    desk.close()


def test_what_a_step_promises_is_what_its_session_asks(tmp_path: Path) -> None:
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    steps = {step.id.partition(":")[0]: step for step in next_steps(desk, desk.overview())}
    learn, drill = desk.start("learn"), desk.start("drill", steps["drill"].id.partition(":")[2])
    assert learn is not None
    assert drill is not None
    assert steps["learn"].reason.startswith(f"{learn.session.total} new objectives, ")
    assert steps["drill"].figure == f"{drill.session.total} questions"
    desk.close()


def test_without_any_question_no_level_can_be_found(tmp_path: Path) -> None:
    write_pack(tmp_path / "pack")
    for name in ("sql", "indexing", "queues"):
        write_quiz(tmp_path / "pack", name, [])
    desk = open_desk(tmp_path)
    assert "placement" not in [step.id for step in welcome(desk, desk.overview())]
    desk.close()


def test_what_waits_beyond_one_review_is_not_counted(tmp_path: Path) -> None:
    _long_ago(tmp_path, "sql")
    desk = open_desk(tmp_path)
    desk.choices = replace(desk.choices, due_limit=1)
    step = next_steps(desk, desk.overview())[0]
    assert (step.title, step.figure) == ("The first 1 of what is due", "1 min")
    desk.close()


def test_where_the_day_has_met_enough_that_is_new_it_says_so_and_leads_to_the_topics(
    desk: Desk,
) -> None:
    answer(desk.store, "school/sql/explain-0", objective="school/sql/explain", right=True)
    desk.choices = replace(desk.choices, new_limit=1)

    [step] = [s for s in next_steps(desk, desk.overview()) if s.verb == "Learn"]

    assert (step.id, step.title) == ("place:topics", "Enough that is new today: 1 objective")
    assert "settings" in step.reason


def test_who_wants_nothing_new_is_not_told_of_it(desk: Desk) -> None:
    desk.choices = replace(desk.choices, new_limit=0)

    assert "Learn" not in [step.verb for step in next_steps(desk, desk.overview())]
