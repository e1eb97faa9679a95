"""The store: what is acknowledged is on disk, in order, on the right day, of one learner."""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import zlib
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import inspect
from sqlmodel import create_engine

from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.learning.weeks import minutes
from nexus_tui.progress import decisions, projects, sessions, tables
from nexus_tui.progress.columns import USER_VERSION
from nexus_tui.progress.errors import Damaged
from nexus_tui.progress.store import Store, StoreError
from tests.histories import Clock, answer, given, kept, one, opened, rows

if TYPE_CHECKING:
    from concurrent.futures import Future

    from nexus_tui.progress.store import Answered


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


# ---------------------------------------------------------------- acknowledged


def test_an_answer_is_done_only_when_a_second_connection_sees_its_row(path: Path) -> None:
    store = opened(path)
    seen: list[int] = []
    looked = threading.Event()

    def look(done: Future[Answered]) -> None:
        seen.append(
            one(path, "SELECT count(*) FROM answer WHERE fact = ?", done.result().fact)
            + one(path, "SELECT count(*) FROM fact WHERE id = ?", done.result().fact)
        )
        looked.set()

    store.answer(given()).add_done_callback(look)
    assert looked.wait(30)
    store.close()
    assert seen == [2]


def test_while_another_process_writes_an_answer_waits_and_is_not_done(path: Path) -> None:
    store = opened(path)
    with path.with_name("progress.db.lock").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = store.answer(given())
        assert not waiting.done()
        assert one(path, "SELECT count(*) FROM fact") == 0
    assert one(path, "SELECT count(*) FROM answer WHERE fact = ?", waiting.result(30).fact) == 1
    store.close()


def test_close_writes_what_is_still_waiting(path: Path) -> None:
    store = opened(path)
    waiting = [store.answer(given(f"nexus/indexing/q{n}")) for n in range(20)]
    store.close()
    assert all(future.done() for future in waiting)
    assert one(path, "SELECT count(*) FROM answer") == 20


def test_what_is_asked_of_a_closed_store_fails_instead_of_waiting_for_ever(path: Path) -> None:
    store = opened(path)
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.answer(given()).result(30)


def test_closing_leaves_one_file_with_everything_in_it(path: Path) -> None:
    store = opened(path)
    answer(store)
    store.close()
    assert sorted(p.name for p in path.parent.iterdir()) == ["progress.db", "progress.db.lock"]


def test_an_answer_comes_back_with_the_card_it_made(path: Path) -> None:
    store = opened(path)
    answered = answer(store)
    assert answered.card == store.cards()["nexus/indexing/design-an-index"]
    assert answered.card.repetitions == 1
    store.close()


def test_a_wrong_payload_is_refused_and_nothing_of_it_is_written(path: Path) -> None:
    store = opened(path)
    with pytest.raises(ValueError, match="milliseconds"):
        answer(store, milliseconds=-1)
    assert one(path, "SELECT count(*) FROM fact") == 0
    answer(store)
    store.close()
    assert rows(path, "SELECT seq FROM fact") == [(1,)]


# ---------------------------------------------------------------- facts


def test_seq_counts_the_facts_of_a_learner_and_device_without_gaps(path: Path) -> None:
    anna, ben = opened(path, learner="anna"), opened(path, learner="ben")
    for number in range(4):
        answer(anna, f"nexus/indexing/a{number}")
        answer(ben, f"nexus/indexing/b{number}")
    anna.undo().result()
    anna.reading("nexus/indexing", 0, "Why it matters", 5).result()
    projects.tick(ben, "shop", "nexus/pep8/names", "done", "").result()
    anna.close()
    ben.close()
    query = "SELECT seq FROM fact WHERE learner = ? ORDER BY seq"
    assert rows(path, query, anna.learner) == [(n,) for n in range(1, 7)]
    assert rows(path, query, ben.learner) == [(n,) for n in range(1, 6)]


def test_at_rises_strictly_with_seq_also_when_the_clock_is_set_back(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    for hours in (0, 0, -5, 30, -100, 0):
        clock.move(hours=hours)
        answer(store)
    store.close()
    times = [at for (at,) in rows(path, "SELECT at FROM fact ORDER BY seq")]
    assert all(later > earlier for earlier, later in pairwise(times))
    assert times[1] - times[0] == 1
    by_id = [at for (at,) in rows(path, "SELECT at FROM fact ORDER BY id")]
    assert by_id == times


def test_the_crc_of_every_fact_is_that_of_its_other_columns(path: Path) -> None:
    store = opened(path)
    answer(store)
    projects.tick(store, "Ünser Shop", "nexus/pep8/names", "done", "näher\x1f“hin”").result()
    store.undo().result()
    store.close()
    columns = "learner, id, device, seq, at, day, kind, subject, revision, payload"
    found = rows(path, f"SELECT {columns}, crc FROM fact")
    assert len(found) == 3
    for row in found:
        assert row[-1] == zlib.crc32("\x1f".join(str(value) for value in row[:-1]).encode())


def test_an_answer_fact_says_everything_that_replay_needs(path: Path) -> None:
    store = opened(path)
    answer(store, certainty=Certainty.SURE, rating=Rating.EASY)
    store.close()
    kind, subject, revision, payload = rows(
        path, "SELECT kind, subject, revision, payload FROM fact"
    )[0]
    assert (kind, subject, revision) == ("answer", "nexus/indexing/which-index", "0123456789ab")
    assert json.loads(payload) == {
        "objective": "nexus/indexing/design-an-index",
        "seed": "s1/nexus/indexing/which-index",
        "shown": ["a", "b", "c"],
        "response": {"options": ["a"]},
        "score": 1.0,
        "certainty": "sure",
        "milliseconds": 9000,
        "rating": 4,
        "mode": "topic",
        "session": "s1",
    }


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 3, 3, 59, 59, 999000), "2026-03-02"),
        (datetime(2026, 3, 3, 4, 0), "2026-03-03"),
        (datetime(2026, 3, 29, 3, 59), "2026-03-28"),  # the night that has 23 hours
        (datetime(2026, 3, 29, 4, 0), "2026-03-29"),
        (datetime(2026, 10, 25, 3, 59), "2026-10-24"),  # the night that has 25
        (datetime(2026, 10, 25, 4, 0), "2026-10-25"),
    ],
)
def test_a_day_begins_at_four_in_the_morning_on_the_wall_clock(at: datetime, day: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    local = at.replace(tzinfo=berlin)
    store = Store.open(None, clock=lambda: local.astimezone(UTC), zone=berlin)
    answer(store)
    assert [row.day for row in store.days()] == [date.fromisoformat(day)]
    store.close()


def test_a_day_is_fixed_when_written_and_stays_in_another_time_zone(path: Path) -> None:
    late = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    store = Store.open(path, clock=lambda: late, zone=UTC)
    answer(store)
    store.close()
    tokyo = Store.open(path, clock=lambda: late, zone=ZoneInfo("Asia/Tokyo"))
    assert tokyo.day_of(late) == date(2026, 3, 3)
    tokyo.rebuild()
    assert [row.day for row in tokyo.days()] == [date(2026, 3, 2)]
    tokyo.close()


def test_the_sums_of_a_day_are_those_of_its_answers_and_sections(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    answer(store, "nexus/indexing/q1", milliseconds=5_000, certainty=Certainty.SURE)
    answer(store, "nexus/indexing/q2", right=False, milliseconds=7_000, certainty=Certainty.SURE)
    answer(store, "nexus/indexing/q3", milliseconds=1_000, certainty=Certainty.GUESSED)
    store.reading("nexus/indexing", 0, "Why it matters", 5).result()
    clock.move(days=1)
    answer(store, "nexus/indexing/q1", right=False, milliseconds=500)
    assert [(d.answers, d.right, d.milliseconds, d.sections) for d in store.days()] == [
        (3, 2, 13_000, 1),
        (1, 0, 500, 0),
    ]
    assert store.certainty() == {"sure": (1, 2), "unmarked": (0, 1), "guessed": (1, 1)}
    store.close()


def test_a_review_is_an_answer_to_what_was_answered_on_an_earlier_day(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)

    def reviews() -> list[tuple[int, int]]:
        return [(d.reviews, d.recalled) for d in store.days()]

    answer(store, "nexus/indexing/q1", right=False)
    answer(store, "nexus/indexing/q2")
    assert reviews() == [(0, 0)]
    clock.move(days=1)
    answer(store, "nexus/indexing/q1", right=False)
    answer(store, "nexus/indexing/q1")
    answer(store, "nexus/sql/q1")
    assert reviews() == [(0, 0), (1, 0)]
    clock.move(days=3)
    answer(store, "nexus/indexing/q2")
    assert reviews() == [(0, 0), (1, 0), (1, 1)]
    store.undo().result()
    assert reviews() == [(0, 0), (1, 0)]
    decisions.reset(store, "nexus/indexing", ["nexus/indexing/design-an-index"]).result()
    answer(store, "nexus/indexing/q2")
    assert reviews() == [(0, 0), (1, 0), (0, 0)]
    _, fact = decisions.last_topic_mark(store, "nexus/indexing") or ("", "")
    decisions.take_back(store, [fact]).result()
    assert reviews() == [(0, 0), (1, 0), (1, 1)]
    store.close()


def test_the_counts_of_mastery_follow_days_and_questions(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    for question, right in (("q1", True), ("q1", True), ("q2", False), ("q2", True)):
        answer(store, f"nexus/indexing/{question}", right=right, certainty=Certainty.SURE)
        clock.move(hours=20)
    history = store.history()["nexus/indexing/design-an-index"]
    assert (history.asked, history.right, history.sure_wrong) == (4, 3, 1)
    assert (history.right_days, history.right_questions) == (3, 2)
    assert (history.first_right, history.last_right) == (date(2026, 3, 2), date(2026, 3, 4))
    store.close()


# ---------------------------------------------------------------- undo


def test_undo_takes_back_the_last_answer_as_if_it_had_never_been(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    answer(store, "nexus/indexing/q1", right=False)
    clock.move(days=2)
    answer(store, "nexus/indexing/q2", certainty=Certainty.GUESSED, rating=Rating.HARD)
    before = kept(path)
    clock.move(days=1)
    answer(store, "nexus/indexing/q3", right=False, certainty=Certainty.SURE)
    assert kept(path) != before
    assert store.undo().result() == "nexus/indexing/q3"
    assert kept(path) == before
    store.close()


def test_undo_works_after_reopening_and_goes_on_as_if_it_had_never_been(
    path: Path, tmp_path: Path
) -> None:
    clock = Clock()
    store = opened(path, clock)
    answer(store, "nexus/indexing/q1")
    store.close()
    other = tmp_path / "never.db"
    shutil.copy(path, other)

    store = opened(path, clock)
    answer(store, "nexus/indexing/q1", right=False)
    store.close()
    store = opened(path, clock)
    assert store.undo().result() == "nexus/indexing/q1"
    never = opened(other, clock)
    for hours in (30, 80, 200):
        clock.move(hours=hours)
        answer(store, "nexus/indexing/q2")
        answer(never, "nexus/indexing/q2")
    assert store.cards() == never.cards()
    store.close()
    never.close()
    assert kept(path, but=("fact",)) == kept(other, but=("fact",))


def test_undo_of_the_only_answer_leaves_no_card_and_no_day(path: Path) -> None:
    store = opened(path)
    answer(store)
    store.undo().result()
    assert (store.cards(), store.days(), store.history()) == ({}, [], {})
    store.close()
    assert one(path, "SELECT count(*) FROM fact") == 2


def test_undo_keeps_the_day_on_which_something_was_read(path: Path) -> None:
    store = opened(path)
    store.reading("nexus/indexing", 0, "Why it matters", 5).result()
    answer(store)
    store.undo().result()
    assert [(d.answers, d.milliseconds, d.sections) for d in store.days()] == [(0, 0, 1)]
    store.close()


def test_there_is_no_undo_of_an_undo(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/indexing/q1")
    answer(store, "nexus/indexing/q2")
    assert [store.undo().result() for _ in range(3)] == [
        "nexus/indexing/q2",
        "nexus/indexing/q1",
        None,
    ]
    assert one(path, "SELECT count(*) FROM fact WHERE kind = 'undo'") == 2
    store.close()


def test_undo_leaves_the_answers_of_other_learners_and_devices(path: Path) -> None:
    anna, ben = opened(path, learner="anna"), opened(path, learner="ben")
    answer(anna, "nexus/indexing/of-anna")
    answer(ben, "nexus/indexing/of-ben")
    assert anna.undo().result() == "nexus/indexing/of-anna"
    assert anna.undo().result() is None
    anna.close()
    assert ben.was_asked("nexus/indexing/of-ben")
    ben.close()

    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE key = 'device'")
    connection.close()
    elsewhere = opened(path, learner="ben")
    assert elsewhere.undo().result() is None
    answer(elsewhere, "nexus/indexing/here")
    assert elsewhere.undo().result() == "nexus/indexing/here"
    elsewhere.close()


def test_undo_in_a_session_takes_back_only_an_answer_of_it(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/indexing/here", session="here")
    answer(store, "nexus/indexing/there", session="there")
    assert store.undo("here").result() == "nexus/indexing/here"
    assert store.undo("here").result() is None
    assert sessions.answers(store, "there") == [("nexus/indexing/there", True)]
    store.close()


def test_a_question_whose_right_answer_was_taken_back_counts_anew(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/indexing/q1")
    store.undo().result()
    assert not store.was_asked("nexus/indexing/q1")
    answer(store, "nexus/indexing/q1")
    assert store.history()["nexus/indexing/design-an-index"].right_questions == 1
    store.close()


# ---------------------------------------------------------------- rebuild


def test_rebuild_mends_derived_rows_that_were_changed_by_hand(path: Path) -> None:
    store = opened(path)
    answer(store)
    good = store.digest()
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE card SET due = 0, asked = 7")
        connection.execute("DELETE FROM day")
    connection.close()
    store = opened(path)
    assert store.digest() != good
    store.rebuild()
    assert store.digest() == good
    store.close()


def test_rebuild_refuses_a_fact_whose_bytes_have_changed_and_keeps_what_is_there(
    path: Path,
) -> None:
    store = opened(path)
    answer(store)
    good = store.digest()
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute(
            """UPDATE fact SET payload = replace(payload, '"score":1', '"score":0')"""
        )
    connection.close()
    store = opened(path)
    with pytest.raises(Damaged, match=r"Fact 1 .* no longer what was written"):
        store.rebuild()
    assert store.digest() == good
    store.close()


# ---------------------------------------------------------------- reading, ticks, sessions


def test_a_reading_remembers_the_place_and_every_section_shown(path: Path) -> None:
    store = opened(path)
    for section, heading in ((0, "Why it matters"), (3, "How to decide"), (1, "The idea")):
        store.reading("nexus/indexing", section, heading, 5).result()
    place = store.readings()["nexus/indexing"]
    assert (place.section, place.heading, place.sections) == (1, "The idea", 5)
    assert place.read == {"Why it matters", "How to decide", "The idea"}
    store.close()


def test_a_section_that_was_only_shown_is_not_read_and_makes_no_day_of_learning(
    path: Path,
) -> None:
    store = opened(path)
    store.reading("nexus/indexing", 2, "The idea", 5, read=False).result()
    place = store.readings()["nexus/indexing"]
    assert (place.section, place.heading, place.read) == (2, "The idea", frozenset())
    assert store.days() == []
    store.close()


def test_a_section_counts_the_time_it_was_read_each_time(path: Path) -> None:
    store = opened(path)
    for took in (290_000, 600_000):
        store.reading("nexus/indexing", 0, "Why", 5, milliseconds=took).result()
    store.reading("nexus/indexing", 1, "How", 5, milliseconds=10_000).result()
    store.reading("nexus/indexing", 2, "As in older facts", 5).result()
    [day] = store.days()
    assert (day.sections, day.worked) == (3, 290_000 + 600_000 + 10_000 - 120_000)
    assert minutes(day.milliseconds, day.sections, day.worked) == 16
    store.close()


def test_reading_again_or_not_to_the_end_counts_from_a_minute_on(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    store.reading("nexus/indexing", 0, "Why", 5, milliseconds=5_000).result()
    clock.move(days=1)
    for took in (59_999, 60_000):
        store.reading("nexus/indexing", 0, "Why", 5, milliseconds=took).result()
        store.reading("nexus/indexing", 1, "How", 5, read=False, milliseconds=took).result()
    answer(store, "nexus/indexing/q1", milliseconds=1_000)
    store.undo().result()
    kept = store.days()
    store.rebuild()
    assert store.days() == kept
    assert [(day.sections, day.worked) for day in kept] == [(1, -55_000), (0, 120_000)]
    assert store.readings()["nexus/indexing"].read == {"Why"}
    store.close()


def test_a_tick_holds_for_one_project_and_the_last_word_counts(path: Path) -> None:
    store = opened(path)
    projects.tick(store, "shop", "nexus/pep8/names", "done", "all of them").result()
    projects.tick(store, "blog", "nexus/pep8/names", "done", "").result()
    projects.tick(store, "shop", "nexus/pep8/names", "open", "not in legacy/").result()
    shop, blog = projects.ticks(store, "shop"), projects.ticks(store, "blog")
    assert (shop["nexus/pep8/names"].done, shop["nexus/pep8/names"].note) == (
        False,
        "not in legacy/",
    )
    assert blog["nexus/pep8/names"].done
    assert projects.ticks(store, "new") == {}
    store.close()


def test_the_project_chosen_last_comes_first(path: Path) -> None:
    store = opened(path)
    for name in ("shop", "blog", "shop"):
        projects.keep(store, name).result()
    assert [p.name for p in projects.projects(store)] == ["shop", "blog"]
    store.close()


def test_the_sessions_begun_last_and_their_live_answers_are_known_after_reopening(
    path: Path,
) -> None:
    clock = Clock()
    store = opened(path, clock)
    planned = {"question": "nexus/indexing/q1", "objective": "o", "topic": "t", "why": "due"}
    store.session("old", "learn", [planned]).result()
    answer(store, "nexus/indexing/q1", session="old")
    clock.move(days=1)
    store.session("new", "review", [planned, planned]).result()
    store.session("not begun", "learn", [planned]).result()
    answer(store, "nexus/indexing/q1", session="new")
    answer(store, "nexus/indexing/q2", session="new", right=False)
    answer(store, "nexus/indexing/q3", session="new")
    store.undo().result()
    store.close()
    store = opened(path, clock)
    not_begun, new, old = sessions.latest(store)
    assert (new.id, new.mode, new.queue) == ("new", "review", (planned, planned))
    assert (new.day, new.began < not_begun.began < new.answered) == (date(2026, 3, 3), True)
    assert new.answers == (("nexus/indexing/q1", True), ("nexus/indexing/q2", False))
    assert (not_begun.id, not_begun.answered, not_begun.answers) == ("not begun", 0, ())
    assert sessions.answers(store, "new") == list(new.answers)
    assert (old.id, old.day, len(old.answers)) == ("old", date(2026, 3, 2), 1)
    store.close()


# ---------------------------------------------------------------- learners


def test_learners_are_apart(path: Path) -> None:
    anna, ben = opened(path, learner="anna"), opened(path, learner="ben")
    answer(anna)
    anna.reading("nexus/indexing", 0, "Why it matters", 5).result()
    projects.tick(anna, "shop", "nexus/pep8/names", "done", "").result()
    projects.keep(anna, "shop").result()
    anna.session("s1", "learn", []).result()
    assert sessions.latest(anna)
    assert ben.counts() == {"facts": 0, "answers": 0, "objectives": 0}
    assert (ben.cards(), ben.days(), ben.readings(), projects.ticks(ben, "shop")) == (
        {},
        [],
        {},
        {},
    )
    assert (projects.projects(ben), sessions.answers(ben, "s1")) == ([], [])
    assert sessions.latest(ben) == []
    assert (ben.last_asked(["nexus/indexing/which-index"]), ben.certainty()["unmarked"]) == (
        {},
        (0, 0),
    )
    assert not ben.was_asked("nexus/indexing/which-index")
    anna.close()
    ben.close()


def test_a_learner_name_gives_the_same_id_again(path: Path) -> None:
    first = opened(path, learner="anna")
    second = opened(path, learner="ben")
    again = opened(path, learner="anna")
    assert again.learner == first.learner != second.learner
    for store in (first, second, again):
        store.close()
    assert one(path, "SELECT count(*) FROM learner") == 2


def test_without_a_name_whoever_was_here_first_learns(path: Path) -> None:
    clock = Clock()
    first = opened(path, clock)
    first.close()
    clock.move(seconds=1)
    opened(path, clock, learner="ben").close()
    again = opened(path, clock)
    assert again.learner == first.learner
    again.close()


# ---------------------------------------------------------------- moved ids


def test_a_moved_topic_takes_its_questions_objectives_and_place_along(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/http-basics/verbs", objective="nexus/http-basics/choose-verbs")
    store.reading("nexus/http-basics", 2, "Verbs", 5).result()
    store.close()
    store = opened(path, moved={"nexus/http-basics": "nexus/http-semantics"})
    assert list(store.cards()) == list(store.history()) == ["nexus/http-semantics/choose-verbs"]
    asked = store.last_asked(["nexus/http-semantics/verbs", "nexus/http-basics/verbs"])
    assert list(asked) == ["nexus/http-semantics/verbs"]
    assert store.was_asked("nexus/http-semantics/verbs")
    assert sessions.answers(store, "s1") == [("nexus/http-semantics/verbs", True)]
    assert list(store.readings()) == ["nexus/http-semantics"]
    store.close()
    assert rows(path, "SELECT subject FROM fact WHERE kind = 'answer'") == [
        ("nexus/http-basics/verbs",)
    ]


def test_a_moved_question_keeps_its_history_and_its_neighbours_stay(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/indexing/old")
    answer(store, "nexus/indexing/older")
    store.close()
    store = opened(path, moved={"nexus/indexing/old": "nexus/indexing/new"})
    questions = {"nexus/indexing/new", "nexus/indexing/older"}
    assert set(store.last_asked({*questions, "nexus/indexing/never"})) == questions
    assert store.was_asked("nexus/indexing/new")
    store.close()


def test_what_moved_twice_is_found_at_its_last_place(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/a/q", objective="nexus/a/o")
    store.close()
    store = opened(
        path, moved={"nexus/a": "nexus/b", "nexus/b": "nexus/c", "nexus/c/q": "nexus/c/r"}
    )
    assert list(store.cards()) == ["nexus/c/o"]
    assert list(store.last_asked(["nexus/c/r"])) == ["nexus/c/r"]
    store.close()


def test_what_moved_away_and_back_is_found_where_it_came_back_to(path: Path) -> None:
    store = opened(path)
    answer(store, "nexus/a/q1", objective="nexus/a/o")
    answer(store, "nexus/b/q2", objective="nexus/b/o")
    store.close()
    store = opened(path, moved={"nexus/a": "nexus/b", "nexus/b": "nexus/a"})
    assert store.history()["nexus/a/o"].asked == 2
    assert set(store.last_asked({"nexus/a/q1", "nexus/a/q2"})) == {"nexus/a/q1", "nexus/a/q2"}
    assert store.was_asked("nexus/a/q1")
    assert store.was_asked("nexus/a/q2")
    assert not store.was_asked("nexus/b/q2")
    store.close()


def test_answers_before_and_after_a_move_are_one_history(path: Path, tmp_path: Path) -> None:
    """As if every answer had been given under the new id."""
    clock, plain = Clock(), tmp_path / "plain.db"
    store = opened(path, clock)
    store.close()
    shutil.copy(path, plain)
    moved = {"nexus/zz-old": "nexus/new"}

    steps = [("q1", True), ("q1", False), ("q2", True), ("q1", True), ("q2", True)]
    for number, (question, right) in enumerate(steps):
        topic = "nexus/zz-old" if number < 3 else "nexus/new"
        store = opened(path, clock, moved=moved if number >= 3 else None)
        answer(store, f"{topic}/{question}", objective=f"{topic}/o", right=right)
        store.reading(topic, number, f"Section {number}", 5).result()
        store.close()
        never_moved = opened(plain, clock)
        answer(never_moved, f"nexus/new/{question}", objective="nexus/new/o", right=right)
        never_moved.reading("nexus/new", number, f"Section {number}", 5).result()
        never_moved.close()
        clock.move(hours=31)

    store, never_moved = opened(path, clock, moved=moved), opened(plain, clock)
    assert store.history() == never_moved.history()
    assert store.cards() == never_moved.cards()
    questions = {f"nexus/new/{question}" for question, _ in steps}
    assert store.last_asked(questions) == never_moved.last_asked(questions)
    assert store.readings() == never_moved.readings()
    store.close()
    never_moved.close()


def test_a_session_left_before_a_move_goes_on_under_the_new_ids(path: Path) -> None:
    store = opened(path)
    planned = {"question": "nexus/a/q", "objective": "nexus/a/o", "topic": "nexus/a", "why": "due"}
    store.session("s", "learn", [planned]).result()
    answer(store, "nexus/a/q", session="s")
    store.close()
    store = opened(path, moved={"nexus/a": "nexus/b"})
    [session] = sessions.latest(store)
    moved = {"question": "nexus/b/q", "objective": "nexus/b/o", "topic": "nexus/b", "why": "due"}
    assert (session.queue, session.answers) == ((moved,), (("nexus/b/q", True),))
    store.close()


# ---------------------------------------------------------------- the schema


def test_the_sqlmodel_classes_define_every_table_of_the_file(path: Path) -> None:
    opened(path).close()
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    known = tables.METADATA.tables
    assert set(found.get_table_names()) == set(known)
    for name, table in known.items():
        columns = {column["name"]: column for column in found.get_columns(name)}
        assert list(columns) == [column.name for column in table.columns]
        for column in table.columns:
            assert columns[column.name]["nullable"] == column.nullable
            assert str(columns[column.name]["type"]) == str(column.type.compile(engine.dialect))
        key = found.get_pk_constraint(name)["constrained_columns"]
        assert key == [column.name for column in table.primary_key.columns]
        indexes = {(i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)}
        assert indexes == {(i.name, tuple(c.name for c in i.columns)) for i in table.indexes}
    engine.dispose()
    assert one(path, "PRAGMA user_version") == USER_VERSION


def test_every_learner_table_is_keyed_by_the_learner_first() -> None:
    keyed = [m.__table__ for m in (tables.Fact, *tables.DERIVED)]  # type: ignore[attr-defined]
    assert {next(iter(table.primary_key.columns)).name for table in keyed} == {"learner"}


def test_the_file_is_durable_write_ahead_logging_with_full_syncs(path: Path) -> None:
    store = opened(path)
    with store._writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    store.close()


def test_a_path_with_signs_that_mean_something_in_an_address_is_just_a_path(
    tmp_path: Path,
) -> None:
    path = tmp_path / "100% sure? #1 & ü" / "my%20progress?mode=ro#.db"
    store = opened(path)
    answer(store)
    store.close()
    store = opened(path)
    assert store.counts()["answers"] == 1
    store.close()
    assert [p.name for p in tmp_path.iterdir()] == ["100% sure? #1 & ü"]
    assert path.name in {p.name for p in path.parent.iterdir()}


def test_a_history_in_memory_answers_like_one_on_disk_and_leaves_nothing() -> None:
    clock = Clock()
    store = Store.open(None, clock=clock, zone=UTC)
    answer(store)
    clock.move(days=1)
    answer(store, right=False)
    store.undo().result()
    before = store.digest()
    store.rebuild()
    assert store.digest() == before
    assert store.counts() == {"facts": 3, "answers": 1, "objectives": 1}
    store.close()
    again = Store.open(None, clock=clock, zone=UTC)
    assert again.counts()["facts"] == 0
    again.close()


def test_closing_a_history_in_memory_waits_for_who_still_reads() -> None:
    """A connection closed under a reader ends the whole process, so that is where it is tried."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.progress.closing"],
        check=False,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (0, "closed 20 histories\n"), done.stderr[-2000:]


def test_reading_from_many_threads_while_answers_are_written_sees_whole_answers(
    path: Path,
) -> None:
    store = opened(path)
    wrong: list[tuple[int, int]] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            asked = sum(h.asked for h in store.history().values())
            answers = sum(d.answers for d in store.days())
            if answers < asked:  # days are read later: never fewer
                wrong.append((asked, answers))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for number in range(60):
        answer(store, f"nexus/indexing/q{number}")
    stop.set()
    for thread in readers:
        thread.join()
    assert wrong == []
    assert sum(d.answers for d in store.days()) == 60
    store.close()


def test_what_is_read_within_a_snapshot_is_of_one_moment(path: Path) -> None:
    store = opened(path)
    answer(store)
    elsewhere: list[int] = []

    with store.snapshot():
        before = store.days()
        answer(store)
        reader = threading.Thread(target=lambda: elsewhere.append(store.days()[0].answers))
        reader.start()
        reader.join()
        assert store.days() == before

    assert elsewhere == [2]
    assert [day.answers for day in store.days()] == [2]
    store.close()


def test_a_future_clock_is_followed_and_due_never_lies_before_the_answer(path: Path) -> None:
    clock = Clock()
    store = opened(path, clock)
    clock.move(days=4000)
    answer(store)
    clock.move(days=-4000)
    card = answer(store, right=False).card
    assert card.due >= card.last >= clock.now + timedelta(days=4000)
    store.close()


def test_a_section_shown_again_adds_nothing_to_the_day() -> None:
    store = opened(None)
    for section in (0, 1, 0):
        store.reading("nexus/indexing", section, f"Section {section}", 3).result()

    [day] = store.days()

    assert day.sections == 2
    store.close()
