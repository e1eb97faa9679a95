"""Limits, credit, leeches and what is held back, at the desk and in a session."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.choices import Choices
from nexus_tui.learning.mastery import Standing
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress import decisions
from nexus_tui.settings import SettingsError, load
from nexus_tui.study import choosing
from nexus_tui.study.desk import Desk
from nexus_tui.study.why import why, whys_due
from tests.histories import Clock, answer
from tests.study.school import OBJECTIVES, open_desk, read, reply, settings_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.objectives import ObjectiveState
    from nexus_tui.study.sitting import Sitting

SQL = "school/sql"
EXPLAIN = f"{SQL}/explain"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_desk(tmp_path, clock)
    desk.store._zone = UTC
    yield desk
    desk.close()


def give(desk: Desk, objective: str, number: int = 0, **more: object) -> None:
    answer(desk.store, f"{objective}-{number}", objective=objective, **more)


def state(desk: Desk, objective: str = EXPLAIN) -> ObjectiveState:
    return next(o for o in desk.overview().objectives if o.key == objective)


def start(desk: Desk, mode: str, subject: str = "") -> Sitting:
    sitting = desk.start(mode, subject)
    assert sitting is not None
    sitting.asked()
    return sitting


# ---------------------------------------------------------------- held back


def test_what_is_suspended_is_neither_due_nor_new_nor_in_a_session(
    desk: Desk, clock: Clock
) -> None:
    give(desk, EXPLAIN)
    clock.move(days=30)
    decisions.suspend(desk.store, EXPLAIN).result()
    decisions.suspend(desk.store, f"{SQL}/decide").result()
    view = desk.overview()
    assert (view.due, sum(view.forecast)) == ((), 0)
    assert f"{SQL}/decide" not in [o.key for o in view.new]
    assert desk.plan("review") is None
    assert desk.plan("topic", SQL) is None
    assert desk.plan("drill", EXPLAIN) is not None
    assert state(desk).words == "suspended"


def test_what_is_buried_comes_back_tomorrow(desk: Desk, clock: Clock) -> None:
    give(desk, EXPLAIN)
    clock.move(days=30)
    decisions.bury(desk.store, EXPLAIN).result()
    assert (state(desk).words, desk.plan("review")) == ("not today", None)
    clock.move(days=1)
    assert state(desk).is_due


def test_suspending_in_a_session_leaves_its_question_and_can_be_undone(desk: Desk) -> None:
    sitting = start(desk, "topic", SQL)
    first = sitting.session.queue[0]
    sitting.hold(suspended=True)
    assert [p.objective for p in sitting.session.queue] != [first.objective]
    assert first.objective not in [p.objective for p in sitting.session.queue]
    assert sitting.undo()
    assert sitting.session.queue[0] == first
    assert decisions.held(desk.store) == {}


def test_undo_takes_back_what_was_done_last(desk: Desk) -> None:
    sitting = start(desk, "learn")
    reply(sitting)
    sitting.asked()
    sitting.hold(suspended=False)
    assert sitting.undo()
    assert (sitting.session.position, decisions.held(desk.store)) == (1, {})
    assert sitting.undo()
    assert sitting.session.position == 0
    assert not sitting.undo()


def test_a_session_resumed_leaves_out_what_was_suspended_since(desk: Desk) -> None:
    sitting = start(desk, "learn")
    reply(sitting)
    left = sitting.session.queue[2].objective
    decisions.suspend(desk.store, left).result()
    resumed = desk.open_session()
    assert resumed is not None
    assert left not in [p.objective for p in resumed.session.queue]


# ---------------------------------------------------------------- limits


def test_no_more_is_met_anew_on_a_day_than_was_chosen(desk: Desk, clock: Clock) -> None:
    desk.choices = replace(desk.choices, new_limit=3)
    sitting = start(desk, "learn")
    assert sitting.session.total == 3
    while sitting.asked():
        reply(sitting)
    assert desk.new_left(desk.overview()) == 0
    assert desk.plan("learn") is None
    assert desk.plan("topic", "school/queues") is not None
    clock.move(days=1)
    assert desk.plan("learn") is not None


def test_a_review_asks_no_more_than_was_chosen(desk: Desk, clock: Clock) -> None:
    for objective in OBJECTIVES:
        give(desk, f"{SQL}/{objective}")
        give(desk, f"school/queues/{objective}")
    clock.move(days=60)
    desk.choices = replace(desk.choices, due_limit=3)
    assert start(desk, "review").session.total == 3


# ---------------------------------------------------------------- confident errors, leeches


def test_a_confident_error_comes_first_in_the_next_review(desk: Desk, clock: Clock) -> None:
    for objective in OBJECTIVES:
        give(desk, f"{SQL}/{objective}", right=False)
    give(desk, "school/queues/decide", right=False, certainty=Certainty.SURE)
    clock.move(days=3)
    plan = desk.plan("review")
    assert plan is not None
    assert plan.queue[0].objective == "school/queues/decide"
    assert whys_due(desk, desk.overview())[0].objective.key == "school/queues/decide"


def test_a_leech_is_marked_points_to_its_lesson_and_comes_last(desk: Desk, clock: Clock) -> None:
    for number in range(7):
        give(desk, EXPLAIN, number % 3, right=False)
        clock.move(days=2)
    for objective in OBJECTIVES:
        give(desk, f"school/queues/{objective}", right=False)
    clock.move(days=2)
    found = state(desk)
    assert (found.lapses, found.leech, found.words) == (6, True, "due, missed often")
    plan = desk.plan("review")
    assert plan is not None
    assert (plan.queue[-1].objective, plan.queue[-1].why) == (EXPLAIN, "leech")
    said = why(desk, desk.overview(), EXPLAIN)
    assert said is not None
    assert "Reading its lesson again, Sql, helps more." in said.sentences[-1]


# ---------------------------------------------------------------- credit


def test_who_says_they_know_a_topic_is_asked_once_in_about_a_week(desk: Desk, clock: Clock) -> None:
    read(desk.store, "sql")
    keys = [f"{SQL}/{objective}" for objective in OBJECTIVES]
    decisions.credit(desk.store, SQL, keys).result()
    view = desk.overview()
    topic = view.topics[SQL]
    assert topic.standing is Standing.STARTED
    assert [o.words for o in topic.objectives] == ["credited", "credited"]
    assert not {o.key for o in view.new} & set(keys)
    clock.move(days=14)
    assert len(desk.overview().due) == 2
    assert desk.overview().topics[SQL].standing is Standing.DUE


def test_mastery_credits_what_it_was_built_on(desk: Desk, clock: Clock) -> None:
    for number in range(3):
        give(desk, "school/indexing/explain", number)
        clock.move(days=4)
    view = desk.overview()
    below = view.topics[SQL]
    assert [o.words for o in below.objectives] == ["credited", "credited"]
    assert below.standing is Standing.STARTED
    assert all(o.due is None and o.standing is not Standing.MASTERED for o in below.objectives)
    assert view.topics["school/indexing"].after is None
    assert [o.key for o in view.new[-2:]] == [o.key for o in below.objectives]


def test_one_right_answer_credits_nothing(desk: Desk) -> None:
    give(desk, "school/indexing/explain")
    assert [o.words for o in desk.overview().topics[SQL].objectives] == ["not asked"] * 2


# ---------------------------------------------------------------- why


def test_why_says_when_how_and_how_likely(desk: Desk, clock: Clock) -> None:
    give(desk, EXPLAIN, certainty=Certainty.SURE)
    clock.move(days=20)
    said = why(desk, desk.overview(), EXPLAIN)
    assert said is not None
    assert said.sentences[0] == (
        "Last answered 20 days ago, on Monday 2 March: right, and you were sure. "
        "Right 1 of 1 so far."
    )
    assert said.recall is not None
    assert f"{round(100 * said.recall)} in 100" in said.sentences[1]


def test_of_what_was_never_right_no_chance_is_told_that_it_is_known_still(
    desk: Desk, clock: Clock
) -> None:
    give(desk, EXPLAIN, right=False)
    give(desk, f"{SQL}/decide", right=True)
    clock.move(days=20)
    found = {one.objective.key: one for one in whys_due(desk, desk.overview())}
    assert found[EXPLAIN].chance is None and found[f"{SQL}/decide"].chance is not None
    assert "still know" not in " ".join(found[EXPLAIN].sentences)
    assert "It has been due since Tuesday 3 March." in found[EXPLAIN].sentences


@pytest.mark.parametrize(
    ("certainty", "right", "words"),
    [
        (Certainty.GUESSED, True, "A right guess comes back within three days."),
        (Certainty.UNMARKED, False, "What was missed is asked again the next day."),
        (Certainty.SURE, False, "You were sure, and it was wrong: such errors come first."),
    ],
)
def test_why_names_the_rule_that_brought_it_back(
    desk: Desk, certainty: Certainty, right: bool, words: str
) -> None:
    give(desk, EXPLAIN, right=right, certainty=certainty)
    said = why(desk, desk.overview(), EXPLAIN)
    assert said is not None
    assert words in said.sentences
    assert not any("100 in 100" in sentence for sentence in said.sentences)


def test_why_of_what_was_never_asked_and_of_what_is_gone(desk: Desk) -> None:
    said = why(desk, desk.overview(), EXPLAIN)
    assert said is not None
    assert said.sentences[0].startswith("Never asked.")
    assert why(desk, desk.overview(), "school/sql/nothing") is None


# ---------------------------------------------------------------- settings in force


def test_a_choice_is_in_the_file_and_in_force_and_only_once(tmp_path: Path, desk: Desk) -> None:
    settings = settings_in(tmp_path)
    chosen = choosing.keep(settings, Choices(retention=0.95, easy_days=(6,)))
    assert settings.file.path.read_text() == ('[review]\nretention = 0.95\neasy_days = ["sun"]\n')
    assert choosing.adopt(desk.store, chosen.choices)
    assert not choosing.adopt(desk.store, chosen.choices)
    found = choosing.in_force(desk.store)
    assert (found.retention, found.easy_days) == (0.95, frozenset({6}))


def test_defaults_leave_no_fact(desk: Desk) -> None:
    assert not choosing.adopt(desk.store, Choices())
    assert decisions.preset(desk.store) is None


def test_what_was_changed_in_the_file_by_hand_is_in_force_at_the_next_start(
    tmp_path: Path, clock: Clock
) -> None:
    settings = replace(settings_in(tmp_path), choices=Choices(due_limit=7, day_starts=0))
    desk = Desk.open(settings, clock)
    preset = decisions.preset(desk.store)
    assert preset is not None
    assert (preset.due_limit, desk.choices.due_limit, desk.store.day_starts) == (7, 7, 0)
    desk.close()


def test_a_bad_value_in_the_file_is_named_with_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("[review]\nretention = 0.5\n")
    monkeypatch.setenv("NEXUS_SETTINGS", str(file))
    with pytest.raises(SettingsError, match=r"settings.toml: `retention`: .*0.80 to 0.97"):
        load()
    file.write_text("review = 3\n")
    with pytest.raises(SettingsError, match="must be a table"):
        load()


def test_the_next_days_hold_what_is_due_and_what_follows(desk: Desk, clock: Clock) -> None:
    give(desk, EXPLAIN)
    clock.now += timedelta(days=10)
    view = desk.overview()
    counts = choosing.next_days(desk, view)
    assert (len(counts), counts[0]) == (30, 1)
    assert sum(choosing.next_days(desk, view, learning=True)) > sum(counts)
