"""Exams at the desk: what they ask, how one is left and gone on with, and what comes of it."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.responses import Chosen
from nexus_tui.progress import papers
from nexus_tui.study import exam_report, exams
from nexus_tui.study.exams import Wanted
from nexus_tui.study.next_steps import next_steps
from tests.histories import Clock, answer
from tests.study.school import open_desk, read, write_quiz

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.exams import Examination

ALL = frozenset({"school/sql", "school/indexing", "school/queues"})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(tmp_path, clock)
    desk.store._zone = UTC
    yield desk
    desk.close()


def begin(desk: Desk, **wanted: object) -> Examination:
    found = exams.begin(desk, Wanted(**({"topics": ALL} | wanted)))  # type: ignore[arg-type]
    assert found is not None
    return found


def give(sitting: Examination, *, right: bool = True) -> None:
    """Answer the open question."""
    sitting.answered(sitting.answer(Chosen(("yes" if right else "no",))).result())


# ---------------------------------------------------------------- what is asked


def test_an_exam_is_about_what_was_started_or_about_all_where_nothing_was(desk: Desk) -> None:
    assert exams.usual(desk, desk.overview()).topics == ALL
    read(desk.store, "sql")
    answer(desk.store, "school/queues/explain-0", objective="school/queues/explain")
    wanted = exams.usual(desk, desk.overview())
    assert wanted.topics == {"school/sql", "school/queues"}
    assert (wanted.questions, wanted.minutes) == (20, 20)


def test_topics_without_questions_are_never_asked(desk: Desk) -> None:
    assert [row.id for row in exams.askable(desk)] == ["sql", "indexing", "queues"]
    assert exams.begin(desk, Wanted(frozenset({"school/sharding"}))) is None


def test_a_blueprint_shares_the_questions_out(desk: Desk) -> None:
    parts = {"databases": 1, "async": 2}
    wanted = Wanted(ALL, questions=6, parts=parts)
    assert exams.allotted(desk, wanted) == {"databases": (2, 12), "async": (4, 6)}
    found = begin(desk, questions=6, parts=parts)
    asked = [item.topic for item in found.sheet.items]
    assert asked.count("school/queues") == 4


def test_a_track_that_the_blueprint_leaves_out_is_not_asked(desk: Desk) -> None:
    found = begin(desk, parts={"async": 1})
    assert {item.topic for item in found.sheet.items} == {"school/queues"}
    assert found.paper.plan.about == "Queues"


def test_questions_never_asked_come_before_those_asked(desk: Desk) -> None:
    for number in (0, 1):
        answer(desk.store, f"school/sql/explain-{number}", objective="school/sql/explain")
    found = begin(desk, topics=frozenset({"school/sql"}), questions=2)
    asked = {item.question for item in found.sheet.items}
    assert "school/sql/explain-2" in asked


# ---------------------------------------------------------------- taking one


def test_a_question_is_shown_the_same_each_time_and_its_answer_is_there_again(desk: Desk) -> None:
    sitting = begin(desk)
    first = sitting.asked()
    assert first is not None
    assert sitting.earlier() is None
    give(sitting)
    sitting.go(1)
    sitting.go(0)
    again = sitting.asked()
    assert again is not None
    assert again.showing == first.showing
    assert sitting.earlier() == Chosen(("yes",))


def test_a_later_answer_replaces_the_earlier(desk: Desk) -> None:
    sitting = begin(desk, questions=3)
    give(sitting, right=False)
    give(sitting)
    question = sitting.sheet.current
    ended = sitting.end("handed in")
    assert [item.score for item in ended.result.items] == [1.0, 0.0, 0.0]
    history = desk.store.history()
    assert list(history) == [question.objective]
    assert (history[question.objective].asked, history[question.objective].right) == (1, 1)


def test_an_exam_that_was_killed_goes_on_where_it_stood(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    sitting = begin(desk, questions=5)
    give(sitting)
    sitting.go(2)
    sitting.flag()
    give(sitting, right=False)
    clock.move(minutes=7)
    other = open_desk(tmp_path, clock)
    found = exams.running(other)
    assert found is not None
    assert found.id == sitting.id
    assert found.sheet.answered == sitting.sheet.answered
    assert found.sheet.flagged == sitting.sheet.flagged
    assert (found.sheet.position, found.seconds_left()) == (1, 13 * 60)
    found.go(2)
    assert found.earlier() == Chosen(("no",))
    other.close()


def test_an_exam_whose_time_is_over_is_closed_as_it_stood_at_the_next_start(
    desk: Desk, clock: Clock, tmp_path: Path
) -> None:
    sitting = begin(desk, questions=4)
    clock.move(minutes=1)
    give(sitting)
    objective, given_at = sitting.sheet.current.objective, clock.now
    assert desk.store.history() == {}
    clock.move(days=3)
    assert exams.running(desk) is None
    other = open_desk(tmp_path, clock)
    assert other.store.cards()[objective].last == given_at
    [ended] = papers.exams(other.store)
    assert (ended.result.ended, ended.result.seconds) == ("left", 20 * 60)
    assert [item.answer is None for item in ended.result.items] == [False, True, True, True]
    assert exams.close_over(other.catalog, other.store) == 0
    other.close()


def test_today_offers_to_go_on_while_the_time_runs(desk: Desk, clock: Clock) -> None:
    sitting = begin(desk, questions=4)
    give(sitting)
    clock.move(minutes=4, seconds=30)
    step = next_steps(desk, desk.overview())[0]
    assert (step.id, step.figure) == ("exam", "16 min left")
    assert "1 of 4 answered" in step.reason
    clock.move(minutes=20)
    assert "exam" not in [step.id for step in next_steps(desk, desk.overview())]


def test_unanswered_is_wrong_and_leaves_the_schedule_alone(desk: Desk) -> None:
    sitting = begin(desk, questions=4)
    give(sitting)
    ended = sitting.end("time up")
    whole = exam_report.total(ended)
    assert (whole.right, whole.asked) == (1, 4)
    assert len(desk.store.cards()) == 1
    assert sum(day.answers for day in desk.store.days()) == 1


# ---------------------------------------------------------------- what comes of it


def test_the_result_is_by_objective_the_weakest_first_with_its_interval(desk: Desk) -> None:
    sitting = begin(desk, topics=frozenset({"school/sql"}), questions=6)
    for place, item in enumerate(sitting.sheet.items):
        sitting.go(place)
        give(sitting, right=item.objective == "school/sql/decide")
    lines = exam_report.by_objective(desk, sitting.end("handed in"))
    assert [(line.text, line.share.right) for line in lines] == [
        ("Explain sql", 0),
        ("Decide sql", 3),
    ]
    assert exam_report.interval(lines[1].share) == "44 to 100 %"


def test_the_report_holds_the_result_and_every_question_with_its_explanation(desk: Desk) -> None:
    sitting = begin(desk, topics=frozenset({"school/sql"}), questions=2)
    give(sitting, right=False)
    text = exam_report.markdown(desk, sitting.end("handed in"))
    assert text.startswith("# Exam of 2026-03-02\n\nSql. 0 of 2 right (0 %; 95 % interval 0 to 66")
    assert "1 unanswered" in text
    assert "| Sql | Explain sql | 0 of 1 | 0 to 79 % |" in text
    assert "It is so. Always.\n\nNo: It only looks so, says the zebra." in text
    assert "Answered:\n\n    No" in text
    assert text.count("Right:\n\n    Yes") == 2
    assert ": unanswered" in text


def test_an_exam_is_found_by_the_beginning_of_its_id(desk: Desk, clock: Clock) -> None:
    ids = []
    for _ in range(2):
        sitting = begin(desk, questions=1)
        ids.append(sitting.id)
        sitting.end("handed in")
        clock.move(days=9)
    newest = exam_report.find(desk, "last")
    assert newest is not None
    assert newest.id == ids[1]
    assert exam_report.find(desk, ids[0]) is not None
    assert exam_report.find(desk, ids[0][:-1]) is not None
    assert exam_report.find(desk, ids[0][:1]) is None
    assert exam_report.find(desk, "zz") is None


def test_a_question_that_is_gone_from_content_is_named_in_the_report(
    desk: Desk, tmp_path: Path
) -> None:
    sitting = begin(desk, topics=frozenset({"school/queues"}), questions=6)
    give(sitting)
    sitting.end("handed in")
    write_quiz(tmp_path / "pack", "queues", [])
    other = open_desk(tmp_path)
    [ended] = papers.exams(other.store)
    assert "Content has this question no longer." in exam_report.markdown(other, ended)
    other.close()
