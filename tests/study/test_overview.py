"""The overview: where the learner stands, what holds what back, what falls due."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.learning.mastery import Standing
from nexus_tui.learning.rating import Certainty
from nexus_tui.progress import decisions
from nexus_tui.progress.store import Store
from nexus_tui.study.overview import Overview, overview
from nexus_tui.tui.topic_state import state_words
from tests.histories import MORNING, Clock, answer
from tests.study.school import (
    OBJECTIVES,
    QUESTIONS_EACH,
    catalog_in,
    read,
    settings_in,
    write_lesson,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(clock: Clock) -> Iterator[Store]:
    store = Store.open(None, clock=clock, zone=UTC)
    yield store
    store.close()


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with catalog_in(tmp_path) as catalog:
        yield catalog


def _right(store: Store, topic: str, objective: str, number: int = 0, **more: object) -> None:
    question = f"school/{topic}/{objective}-{number}"
    answer(store, question, objective=f"school/{topic}/{objective}", **more)


def _after(view: Overview) -> dict[str, str | None]:
    return {key.removeprefix("school/"): state.after for key, state in view.topics.items()}


def _master(store: Store, clock: Clock, topic: str) -> None:
    """Right on three days, a week apart, on two questions."""
    for number in range(3):
        for objective in OBJECTIVES:
            _right(store, topic, objective, number)
        clock.move(days=4)
    clock.move(days=-4)


# ---------------------------------------------------------------- prerequisites


def test_at_first_only_what_needs_nothing_written_is_open(catalog: Catalog, store: Store) -> None:
    view = overview(catalog, store, MORNING)
    assert _after(view) == {"sql": None, "indexing": "Sql", "sharding": "Indexing", "queues": None}


def test_a_prerequisite_without_a_lesson_yet_holds_nothing_back(tmp_path: Path) -> None:
    store = Store.open(None, clock=Clock(), zone=UTC)
    with catalog_in(tmp_path) as catalog:
        assert _after(overview(catalog, store, MORNING))["queues"] is None
    write_lesson(settings_in(tmp_path).content.path, "sharding")
    with catalog_in(tmp_path) as catalog:
        assert _after(overview(catalog, store, MORNING))["queues"] == "Sharding"
    store.close()


def test_opening_its_lesson_starts_a_prerequisite(catalog: Catalog, store: Store) -> None:
    read(store, "sql", 0)
    assert _after(overview(catalog, store, MORNING))["indexing"] is None


def test_one_right_answer_starts_a_prerequisite_and_a_wrong_one_does_not(
    catalog: Catalog, store: Store
) -> None:
    _right(store, "sql", "explain", right=False)
    assert _after(overview(catalog, store, MORNING))["indexing"] == "Sql"
    _right(store, "sql", "decide")
    assert _after(overview(catalog, store, MORNING))["indexing"] is None


def test_new_objectives_are_those_of_topics_that_are_open_or_were_opened(
    catalog: Catalog, store: Store
) -> None:
    def new() -> set[str]:
        keys = (o.key for o in overview(catalog, store, MORNING).new)
        return {key.removeprefix("school/").split("/")[0] for key in keys}

    assert new() == {"sql", "queues"}
    read(store, "indexing", 0)
    assert new() == {"sql", "queues", "indexing"}
    for objective in OBJECTIVES:
        _right(store, "sql", objective)
    assert new() == {"queues", "indexing"}


# ---------------------------------------------------------------- figures


def test_on_the_first_day_nothing_was_done(catalog: Catalog, store: Store) -> None:
    view = overview(catalog, store, MORNING)
    assert view.first_day
    assert (view.answers, view.due, view.mastered, view.streak.length) == (0, (), 0, 0)
    assert view.forecast == (0,) * 7
    assert view.weakest is None
    assert view.reading is None
    assert view.next_lesson is not None
    assert view.next_lesson.row.key == "school/sql"
    read(store, "sql", 0)
    assert not overview(catalog, store, MORNING).first_day


def test_what_is_due_later_is_in_the_forecast_of_its_day(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    _right(store, "sql", "explain", right=False)
    due = store.cards()["school/sql/explain"].due
    days = (due.date() - MORNING.date()).days
    view = overview(catalog, store, MORNING)
    assert view.due == ()
    assert view.forecast[days] == 1
    assert sum(view.forecast) == 1
    clock.move(days=days)
    view = overview(catalog, store, clock.now)
    assert [o.key for o in view.due] == ["school/sql/explain"]
    assert view.forecast[0] == 1
    assert view.due_by_topic == [("Sql", 1)]
    assert view.topics["school/sql"].standing is Standing.DUE
    assert view.tracks[0].due == 1


def test_what_content_no_longer_holds_is_neither_due_nor_in_the_forecast(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    answer(store, "school/gone/q", objective="school/gone/explain", right=False)
    clock.move(days=2)
    view = overview(catalog, store, clock.now)
    assert view.due == ()
    assert view.forecast == (0,) * 7


def test_a_topic_is_mastered_when_all_its_objectives_are_and_it_fades_to_due(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    _master(store, clock, "sql")
    view = overview(catalog, store, clock.now)
    assert view.topics["school/sql"].standing is Standing.MASTERED
    assert view.topics["school/sql"].mastered == len(OBJECTIVES)
    assert (view.mastered, [t.mastered for t in view.tracks]) == (1, [1, 0])
    later = clock.now + timedelta(days=4000)
    view = overview(catalog, store, later)
    assert view.topics["school/sql"].standing is Standing.DUE
    assert view.mastered == 0


def test_a_topic_without_a_lesson_counts_in_its_track_and_as_nothing_done(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    _master(store, clock, "sql")
    _master(store, clock, "indexing")
    view = overview(catalog, store, clock.now)
    databases = view.tracks[0]
    assert [t.row.id for t in databases.topics] == ["sql", "indexing", "sharding"]
    assert databases.mastered < len(databases.topics)
    sharding = view.topics["school/sharding"]
    assert sharding.standing is Standing.NOT_STARTED
    assert (sharding.mastered, sharding.asked, sharding.due) == (0, 0, 0)


def test_a_topic_whose_lesson_is_not_written_is_never_counted_as_mastered(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    _master(store, clock, "sharding")
    view = overview(catalog, store, clock.now)
    assert (view.mastered, view.tracks[0].mastered) == (0, 0)


def test_the_week_and_the_streak_count_days_with_something_done(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    _right(store, "sql", "explain", milliseconds=90_000)
    _right(store, "sql", "decide", right=False, milliseconds=60_000)
    clock.move(days=1)
    read(store, "sql", 0, 1)
    view = overview(catalog, store, clock.now)
    assert [(d.answers, d.right) for d in view.week] == [(2, 1)] + [(0, 0)] * 6
    assert [d.minutes for d in view.week] == [2, 2, 0, 0, 0, 0, 0]
    assert view.streak.words == "2 days in a row"
    assert (view.answers, view.right) == (2, 1)


def test_certainty_is_counted_by_what_was_said(catalog: Catalog, store: Store) -> None:
    _right(store, "sql", "explain", certainty=Certainty.SURE)
    _right(store, "sql", "explain", 1, certainty=Certainty.SURE, right=False)
    _right(store, "sql", "decide", certainty=Certainty.GUESSED)
    view = overview(catalog, store, MORNING)
    assert view.certainty == {"sure": (1, 2), "unmarked": (0, 0), "guessed": (1, 1)}


def test_the_weakest_objective_was_asked_thrice_and_is_right_least_often(
    catalog: Catalog, store: Store
) -> None:
    for number in range(QUESTIONS_EACH):
        _right(store, "sql", "explain", number, right=number == 0)
        _right(store, "sql", "decide", number, right=False) if number < 2 else None
        _right(store, "indexing", "explain", number, right=number > 0)
    weak = overview(catalog, store, MORNING).weakest
    assert weak is not None
    assert (weak.key, weak.right, weak.asked) == ("school/sql/explain", 1, 3)


def test_only_what_was_right_on_an_earlier_day_is_forgotten(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    def record() -> str:
        view = overview(catalog, store, clock.now)
        return view.topics["school/sql"].objectives[0].record

    seen = []
    for right in (False, False, True, False):
        _right(store, "sql", "explain", right=right)
        seen.append(record())
    clock.move(days=1)
    _right(store, "sql", "explain", right=False)
    assert seen == ["right 0 of 1", "right 0 of 2", "right 1 of 3", "right 1 of 4"]
    assert record() == "right 1 of 5, forgotten at least once"


# ---------------------------------------------------------------- reading


def test_the_lesson_left_last_is_the_one_to_go_on_with(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    read(store, "sql", 0)
    clock.move(hours=1)
    read(store, "queues", 0, 1)
    left = overview(catalog, store, clock.now).reading
    assert left is not None
    assert left.place is not None
    assert (left.row.key, left.place.section) == ("school/queues", 1)
    assert left.minutes_left == 10
    read(store, "queues", 2)
    left = overview(catalog, store, clock.now).reading
    assert left is not None
    assert left.row.key == "school/sql"
    read(store, "sql", 1, 2)
    assert overview(catalog, store, clock.now).reading is None


def test_the_next_lesson_is_the_first_written_open_one_not_started(
    catalog: Catalog, store: Store
) -> None:
    def next_lesson() -> str | None:
        found = overview(catalog, store, MORNING).next_lesson
        return found.row.id if found else None

    seen = []
    for _ in range(3):
        seen.append(next_lesson())
        read(store, seen[-1] or "", 0)
    assert seen == ["sql", "indexing", "queues"]
    assert next_lesson() is None


def test_the_next_lesson_is_none_of_a_topic_that_is_credited_or_mastered(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    def next_lesson() -> str | None:
        found = overview(catalog, store, clock.now).next_lesson
        return found.row.id if found else None

    decisions.credit(store, "school/sql", [f"school/sql/{OBJECTIVES[0]}"]).result()
    assert next_lesson() == "indexing"
    _master(store, clock, "indexing")
    assert next_lesson() == "queues"
    for objective in OBJECTIVES:
        _right(store, "sql", objective)
    assert next_lesson() == "queues", "it stays credited once it was asked"
    read(store, "queues", 0)
    assert next_lesson() == "sql", "where all are, the first open one"


def test_an_objective_says_its_state_in_words(catalog: Catalog, store: Store, clock: Clock) -> None:
    def words() -> str:
        view = overview(catalog, store, clock.now)
        return view.topics["school/sql"].objectives[0].words

    seen = [words()]
    for number in range(3):
        _right(store, "sql", "explain", number)
        seen.append(words())
        clock.move(days=1)
    clock.move(days=5)
    _right(store, "sql", "explain", 0)
    seen.append(words())
    clock.move(days=400)
    seen.append(words())
    assert seen == ["not asked", *(f"right on {n} of 3 days" for n in (1, 2, 3)), "mastered", "due"]


def test_a_topic_says_how_far_it_is_from_the_first_answer_on(
    catalog: Catalog, store: Store, clock: Clock
) -> None:
    def words() -> str:
        return state_words(overview(catalog, store, clock.now).topics["school/sql"])[0]

    seen = [words()]
    _right(store, "sql", "explain", 0)
    seen.append(words())
    for number in (1, 2, 0):
        clock.move(days=5)
        _right(store, "sql", "explain", number)
    seen.append(words())

    assert seen == ["ready", "learning · 1 of 2 asked", "learning · 1 of 2 mastered"]
