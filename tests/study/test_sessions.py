"""Sessions at the desk: planned, answered, undone, left and gone on with."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.learning.responses import Chosen
from nexus_tui.progress import projects, sessions
from tests.histories import answer, one, rows
from tests.study.school import (
    OBJECTIVES,
    QUESTIONS_EACH,
    choice,
    open_desk,
    read,
    reply,
    settings_in,
    write_pack,
    write_quiz,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk
    from nexus_tui.study.sitting import Sitting


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path)
    yield desk
    desk.close()


def _ago(tmp_path: Path, days: float) -> Desk:
    """The desk as it was so many days ago."""
    return open_desk(tmp_path, lambda: datetime.now(UTC) - timedelta(days=days))


def _start(desk: Desk, mode: str, subject: str = "") -> Sitting:
    sitting = desk.start(mode, subject)
    assert sitting is not None
    return sitting


def _finish(sitting: Sitting) -> None:
    while sitting.asked() is not None:
        reply(sitting)


def _topics(sitting: Sitting) -> list[str]:
    return [planned.topic.removeprefix("school/") for planned in sitting.session.queue]


def _state(sitting: Sitting) -> tuple[object, ...]:
    session = sitting.session
    return (sitting.id, session.mode, session.queue, session.position, session.results)


# ---------------------------------------------------------------- plan


def test_learn_asks_new_objectives_of_open_topics_only(desk: Desk) -> None:
    sitting = _start(desk, "learn")
    assert sorted(_topics(sitting)) == ["queues"] * 2 + ["sql"] * 2
    assert {planned.why for planned in sitting.session.queue} == {"new"}


def test_learn_asks_nothing_that_was_asked_before(tmp_path: Path) -> None:
    past = _ago(tmp_path, 0.1)
    for objective in OBJECTIVES:
        answer(past.store, f"school/sql/{objective}-0", objective=f"school/sql/{objective}")
    past.close()
    desk = open_desk(tmp_path)
    assert sorted(set(_topics(_start(desk, "learn")))) == ["indexing", "queues"]
    desk.close()


def test_a_topic_session_asks_each_objective_of_the_topic_once(desk: Desk) -> None:
    sitting = _start(desk, "topic", "school/indexing")
    assert sorted(p.objective for p in sitting.session.queue) == [
        "school/indexing/decide",
        "school/indexing/explain",
    ]


def test_a_topic_without_questions_and_a_review_of_nothing_start_no_session(
    desk: Desk, tmp_path: Path
) -> None:
    assert desk.start("topic", "school/sharding") is None
    assert desk.start("review") is None
    assert desk.start("topic", "school/unknown") is None
    assert one(tmp_path / "progress.db", "SELECT count(*) FROM fact") == 0


def test_a_review_asks_what_is_due_the_most_forgotten_first(tmp_path: Path) -> None:
    for days, topic in ((300, "sql"), (90, "queues")):
        past = _ago(tmp_path, days)
        answer(past.store, f"school/{topic}/explain-0", objective=f"school/{topic}/explain")
        past.close()
    past = _ago(tmp_path, 0)
    answer(past.store, "school/sql/decide-0", objective="school/sql/decide")
    past.close()
    desk = open_desk(tmp_path)
    sitting = _start(desk, "review")
    assert _topics(sitting) == ["sql", "queues"]
    assert [p.why for p in sitting.session.queue] == ["due", "due"]
    desk.close()


def test_a_review_asks_a_question_not_seen_before(tmp_path: Path) -> None:
    past = _ago(tmp_path, 100)
    for number in (0, 2):
        key = f"school/sql/explain-{number}"
        answer(past.store, key, objective="school/sql/explain")
    past.close()
    desk = open_desk(tmp_path)
    sitting = _start(desk, "review")
    assert [p.question for p in sitting.session.queue] == ["school/sql/explain-1"]
    desk.close()


def test_a_drill_asks_three_different_questions_of_one_objective(desk: Desk) -> None:
    sitting = _start(desk, "drill", "school/sql/explain")
    questions = [planned.question for planned in sitting.session.queue]
    assert sorted(questions) == [f"school/sql/explain-{n}" for n in range(QUESTIONS_EACH)]


def test_to_look_at_a_plan_begins_no_session(desk: Desk, tmp_path: Path) -> None:
    planned = desk.plan("topic", "school/sql")
    assert planned is not None
    assert len(planned.queue) == len(OBJECTIVES)
    assert one(tmp_path / "progress.db", "SELECT count(*) FROM fact") == 0


# ---------------------------------------------------------------- answering


def test_an_answer_is_kept_with_all_that_was_shown(desk: Desk, tmp_path: Path) -> None:
    sitting = _start(desk, "topic", "school/sql")
    asked = sitting.asked()
    assert asked is not None
    assert sitting.asked() is asked
    outcome = reply(sitting, certainty=Certainty.SURE)
    assert outcome.saved.done()
    [row] = rows(
        tmp_path / "progress.db",
        "SELECT question, objective, score, certainty, rating, mode, session FROM answer",
    )
    assert row == (
        asked.planned.question,
        asked.planned.objective,
        1.0,
        "sure",
        Rating.GOOD,
        "topic",
        sitting.id,
    )
    payload = one(tmp_path / "progress.db", "SELECT payload FROM fact WHERE kind = 'answer'")
    assert '"shown":[' + ",".join(f'"{key}"' for key in asked.showing.ids) in payload
    assert sorted(asked.showing.ids) == ["maybe", "no", "yes"]


def test_an_answer_stays_open_until_it_is_gone_on_from(desk: Desk) -> None:
    sitting = _start(desk, "topic", "school/sql")
    before = _state(sitting)
    outcome = sitting.answer(Chosen(("yes",)), Certainty.UNMARKED)
    assert _state(sitting) == before
    sitting.go_on(outcome)
    assert sitting.session.position == 1


def test_a_missed_question_is_asked_again_and_the_session_ends(desk: Desk) -> None:
    sitting = _start(desk, "learn")
    missed = sitting.session.queue[0].question
    reply(sitting, right=False)
    assert sitting.session.total == 5
    for _ in range(3):
        reply(sitting)
    asked = sitting.asked()
    assert asked is not None
    assert (asked.planned.question, asked.planned.why) == (missed, "missed")
    reply(sitting)
    assert sitting.asked() is None
    summary = sitting.session.summary()
    assert (summary.answered, summary.right) == (4, 3)


def test_a_skipped_question_returns_and_leaves_no_fact(desk: Desk, tmp_path: Path) -> None:
    sitting = _start(desk, "topic", "school/sql")
    first = sitting.session.queue[0].question
    sitting.skip()
    reply(sitting)
    asked = sitting.asked()
    assert asked is not None
    assert asked.planned.question == first
    assert one(tmp_path / "progress.db", "SELECT count(*) FROM fact WHERE kind = 'answer'") == 1


def test_a_reported_question_is_kept_with_its_revision(desk: Desk, tmp_path: Path) -> None:
    sitting = _start(desk, "topic", "school/sql")
    asked = sitting.asked()
    assert asked is not None
    sitting.report("the key is wrong")
    desk.close()
    [row] = rows(
        tmp_path / "progress.db",
        "SELECT subject, length(revision), payload FROM fact WHERE kind = 'report'",
    )
    assert row == (asked.planned.question, 12, '{"text":"the key is wrong"}')


# ---------------------------------------------------------------- undo


def test_undo_asks_the_last_question_again_and_forgets_its_answer(
    desk: Desk, tmp_path: Path
) -> None:
    sitting = _start(desk, "topic", "school/sql")
    reply(sitting)
    before, cards = _state(sitting), desk.store.cards()
    reply(sitting, right=False)
    assert sitting.undo()
    assert _state(sitting) == before
    assert desk.store.cards() == cards
    assert one(tmp_path / "progress.db", "SELECT count(*) FROM answer") == 1
    assert sitting.undo()
    assert sitting.session.position == 0
    assert not sitting.undo()


def test_an_answer_taken_back_after_its_solution_was_shown_was_the_first_try(desk: Desk) -> None:
    sitting = _start(desk, "topic", "school/sql")
    count = sitting.session.total
    reply(sitting, right=False)
    assert sitting.undo()
    reply(sitting, right=True)
    assert sitting.undo()
    while sitting.session.current is not None:
        reply(sitting, right=True)
    summary = sitting.summary()
    assert (summary.answered, summary.right, summary.missed) == (count, count - 1, ())


def test_undo_asks_what_was_answered_last_again_not_what_was_skipped_before_it(
    desk: Desk,
) -> None:
    sitting = desk.start("learn")
    assert sitting is not None
    skipped = sitting.session.current
    sitting.skip()
    answered = sitting.session.current
    reply(sitting)
    assert sitting.undo()
    assert sitting.session.current == answered != skipped
    reply(sitting)
    left = [planned.question for planned in sitting.session.queue[sitting.session.position :]]
    assert skipped is not None and skipped.question in left


def test_undo_reaches_back_over_the_end_of_a_session(desk: Desk) -> None:
    sitting = _start(desk, "topic", "school/sql")
    reply(sitting)
    last = sitting.session.current
    reply(sitting)
    assert sitting.asked() is None
    assert sitting.undo()
    assert sitting.session.current == last


def test_undo_never_takes_back_an_answer_of_another_session(desk: Desk) -> None:
    earlier = _start(desk, "topic", "school/queues")
    reply(earlier)
    sitting = _start(desk, "topic", "school/sql")
    assert not sitting.undo()
    reply(sitting)
    reply(earlier)  # in another window
    assert sitting.undo()
    assert sitting.session.position == 0
    assert sessions.answers(desk.store, sitting.id) == []
    assert len(sessions.answers(desk.store, earlier.id)) == 2


# ---------------------------------------------------------------- left and resumed


@pytest.mark.parametrize("seed", range(12))
def test_a_session_left_anywhere_goes_on_where_it_stood(tmp_path: Path, seed: int) -> None:
    """After any answers, skips and undos; skips after the last answer are asked first again."""
    chance = random.Random(seed)
    desk = open_desk(tmp_path)
    sitting = _start(desk, "learn")
    reply(sitting, right=chance.random() < 0.5)
    for _ in range(chance.randrange(8)):
        if sitting.asked() is None:
            break
        act = chance.choice(["answer", "answer", "skip", "undo"])
        if act == "answer":
            reply(sitting, right=chance.random() < 0.5)
        elif act == "undo" and sitting.session.position > 1:
            sitting.undo()
            reply(sitting, right=chance.random() < 0.5)
        elif act == "skip" and sitting.session.position + 1 < sitting.session.total:
            sitting.skip()
            reply(sitting, right=chance.random() < 0.5)
    left, over = _state(sitting), sitting.asked() is None
    desk.close()
    desk = open_desk(tmp_path)
    resumed = desk.open_session()
    if over:
        assert resumed is None
    else:
        assert resumed is not None
        assert _state(resumed) == left
        shown, again = sitting.asked(), resumed.asked()
        assert shown is not None
        assert again is not None
        assert again.showing == shown.showing
    desk.close()


def test_a_session_resumed_can_be_undone_and_finished(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sitting = _start(desk, "learn")
    reply(sitting)
    reply(sitting, right=False)
    desk.close()
    desk = open_desk(tmp_path)
    resumed = desk.open_session()
    assert resumed is not None
    assert resumed.undo()
    assert resumed.session.position == 1
    while resumed.asked() is not None:
        reply(resumed)
    assert desk.open_session() is None
    assert one(tmp_path / "progress.db", "SELECT count(*) FROM answer") == 4
    desk.close()


def test_one_answered_in_part_is_resumed_before_one_that_was_only_begun(desk: Desk) -> None:
    answered = _start(desk, "learn")
    reply(answered)
    begun = _start(desk, "topic", "school/sql")
    resumed = desk.open_session()
    assert resumed is not None and resumed.id == answered.id
    assert answered.undo()
    resumed = desk.open_session()
    assert resumed is not None and resumed.id == begun.id


def test_one_left_half_done_is_offered_still_once_a_later_one_was_finished(desk: Desk) -> None:
    first, second = _start(desk, "topic", "school/sql"), _start(desk, "topic", "school/indexing")
    reply(first)
    reply(second)
    _finish(_start(desk, "topic", "school/queues"))
    for left in (second, first):
        resumed = desk.open_session()
        assert resumed is not None and resumed.id == left.id
        _finish(resumed)
    assert desk.open_session() is None


@pytest.mark.parametrize("begun_first", [True, False])
def test_one_that_was_only_begun_is_let_go_once_another_is_finished(
    desk: Desk, *, begun_first: bool
) -> None:
    if begun_first:
        _start(desk, "topic", "school/sql")
    other = _start(desk, "topic", "school/indexing")
    if not begun_first:
        _start(desk, "topic", "school/sql")
    _finish(other)
    assert desk.open_session() is None
    begun = _start(desk, "topic", "school/queues")
    projects.keep(desk.store, "written after the plan").result()
    resumed = desk.open_session()
    assert resumed is not None and resumed.id == begun.id


def test_the_quiz_of_a_topic_that_was_left_is_found_by_its_topic(desk: Desk) -> None:
    quiz = _start(desk, "topic", "school/sql")
    reply(quiz)
    reply(_start(desk, "learn"))
    resumed = desk.open_session("school/sql")
    assert resumed is not None and resumed.id == quiz.id
    assert desk.open_session("school/indexing") is None


def test_a_session_is_resumed_from_its_first_question_on_until_its_end(desk: Desk) -> None:
    assert desk.open_session() is None
    sitting = _start(desk, "topic", "school/sql")
    projects.keep(desk.store, "written after the plan").result()
    resumed = desk.open_session()
    assert resumed is not None and _state(resumed) == _state(sitting)
    while sitting.asked() is not None:
        reply(sitting)
    assert desk.open_session() is None


@pytest.mark.parametrize(("days", "resumed"), [(0, True), (1, True), (2, False), (30, False)])
def test_a_session_can_be_resumed_today_and_tomorrow(
    tmp_path: Path, days: int, resumed: bool
) -> None:
    past = _ago(tmp_path, days)
    reply(_start(past, "learn"))
    past.close()
    desk = open_desk(tmp_path)
    assert (desk.open_session() is not None) is resumed
    desk.close()


def test_a_session_that_was_opened_and_left_unanswered_hides_no_earlier_one(
    tmp_path: Path,
) -> None:
    desk = open_desk(tmp_path)
    sitting = _start(desk, "learn")
    reply(sitting)
    _start(desk, "topic", "school/indexing")
    desk.close()
    desk = open_desk(tmp_path)
    resumed = desk.open_session()
    assert resumed is not None
    assert _state(resumed) == _state(sitting)
    desk.close()


def test_a_session_whose_questions_are_gone_is_not_resumed(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    reply(_start(desk, "learn"))
    desk.close()
    root = settings_in(tmp_path).content.path
    write_quiz(root, "queues", [choice("brand-new", objective) for objective in OBJECTIVES[:1]])
    desk = open_desk(tmp_path)
    assert desk.open_session() is None
    desk.close()


def test_a_session_goes_on_when_its_questions_have_moved(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    sitting = _start(desk, "topic", "school/sql")
    reply(sitting)
    left = sitting.session.queue[1].question.rsplit("/", 1)[1]
    desk.close()
    root = settings_in(tmp_path).content.path
    new = f"{left}-renamed"
    write_pack(root, moved={f"sql/{left}": f"sql/{new}"})
    kept = [f"{objective}-{n}" for objective in OBJECTIVES for n in range(QUESTIONS_EACH)]
    questions = [choice(new if q == left else q, q.split("-")[0]) for q in kept]
    write_quiz(root, "sql", questions)
    desk = open_desk(tmp_path)
    resumed = desk.open_session()
    assert resumed is not None
    asked = resumed.asked()
    assert asked is not None
    assert (asked.planned.question, resumed.session.position) == (f"school/sql/{new}", 1)
    desk.close()


# ---------------------------------------------------------------- the desk


def test_a_history_that_cannot_be_opened_leaves_the_desk_in_memory_and_says_why(
    tmp_path: Path,
) -> None:
    database = tmp_path / "progress.db"
    database.write_text("Dear diary")
    desk = open_desk(tmp_path)
    assert desk.failure is not None
    assert "is not a Nexus database" in desk.failure
    reply(_start(desk, "topic", "school/sql"))
    assert desk.overview().answers == 1
    desk.close()
    assert database.read_text() == "Dear diary"


def test_projects_go_round(desk: Desk) -> None:
    assert desk.project is None
    desk.next_project()
    assert desk.project is None
    for name in ("shop", "blog", "api"):
        desk.choose_project(name)
    seen: list[str | None] = []
    for _ in range(4):
        desk.next_project()
        seen.append(desk.project)
    assert seen == ["shop", "blog", "api", "shop"]


def test_reading_a_section_is_remembered_at_the_desk(desk: Desk) -> None:
    desk.read("school/sql", 1, "What goes wrong", 3)
    read(desk.store, "sql", 2)
    place = desk.overview().topics["school/sql"].place
    assert place is not None
    assert len(place.read) == 2 and "What goes wrong" in place.read


def test_search_finds_a_topic_and_never_an_answer(desk: Desk) -> None:
    assert any(hit.key == "school/indexing" for hit in desk.search("indexing").hits)
    assert desk.search("zebra") == ([], None, False)
