"""Several learners in one file: apart, renamed, put aside, deleted with all that was theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import learners, projects, tables
from nexus_tui.progress.errors import StoreError
from tests.histories import Clock, answer, given, one, opened, rows

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.progress.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


def _names(store: Store) -> list[tuple[str, int, bool, bool]]:
    return [(w.name, w.answers, w.in_use, w.archived) for w in learners.learners(store)]


def test_whoever_is_chosen_is_the_one_who_answers_also_after_a_restart(path: Path) -> None:
    store = opened(path, learner="anna")
    answer(store)
    ben = learners.add(store, "ben")

    learners.choose(store, ben)
    answer(store, "nexus/indexing/other")
    answer(store, "nexus/indexing/more")
    store.close()

    store = opened(path)
    assert _names(store) == [("anna", 1, False, False), ("ben", 2, True, False)]
    assert [day.answers for day in store.days()] == [2]
    store.close()


def test_what_waits_to_be_written_stays_with_who_answered_it(path: Path) -> None:
    store = opened(path, learner="anna")
    ben = learners.add(store, "ben")
    waiting = [store.answer(given(f"nexus/indexing/q{n}")) for n in range(20)]

    learners.choose(store, ben)

    assert all(future.done() for future in waiting)
    assert {w.name: w.answers for w in learners.learners(store)} == {"anna": 20, "ben": 0}
    store.close()


def test_naming_a_learner_once_does_not_choose_them_for_later(path: Path) -> None:
    clock = Clock()
    opened(path, clock, learner="anna").close()
    clock.move(hours=1)
    opened(path, clock, learner="ben").close()

    store = opened(path)

    assert learners.shown_name(store) == "anna"
    store.close()


def test_a_name_changes_and_the_history_stays(path: Path) -> None:
    store = opened(path, learner="anna")
    answer(store)
    before = store.learner

    learners.rename(store, before, "  Anna\tB. ")

    assert _names(store) == [("Anna B.", 1, True, False)]
    assert learners.id_of(store, "Anna B.") == before
    store.close()


@pytest.mark.parametrize("name", ["", " \n ", "x" * 61, "\x1b\x07", "ANNA"])
def test_a_name_that_is_none_or_taken_is_refused(name: str, path: Path) -> None:
    store = opened(path, learner="anna")
    with pytest.raises(StoreError, match=r"^(A name has|There is a learner)"):
        learners.add(store, name)
    assert _names(store) == [("anna", 0, True, False)]
    store.close()


def test_who_is_put_aside_is_hidden_and_comes_back_whole(path: Path) -> None:
    store = opened(path, learner="anna")
    ben = learners.add(store, "ben")
    assert learners.shown_name(store) == "anna"

    learners.archive(store, ben, away=True)

    assert learners.shown_name(store) is None
    assert _names(store) == [("anna", 0, True, False), ("ben", 0, False, True)]
    learners.archive(store, ben, away=False)
    assert _names(store) == [("anna", 0, True, False), ("ben", 0, False, False)]
    learners.archive(store, ben, away=True)
    learners.choose(store, ben)
    assert _names(store)[1] == ("ben", 0, True, False)
    store.close()


def test_who_is_in_use_is_neither_put_aside_nor_deleted(path: Path) -> None:
    store = opened(path, learner="anna")
    for act in (
        lambda: learners.archive(store, store.learner, away=True),
        lambda: learners.remove(store, store.learner),
    ):
        with pytest.raises(StoreError, match="in use"):
            act()
    assert _names(store) == [("anna", 0, True, False)]
    store.close()


def test_deleting_leaves_nothing_of_a_learner_and_everything_of_the_others(path: Path) -> None:
    store = opened(path, learner="anna")
    ben = learners.add(store, "ben")
    for who in (store.learner, ben):
        learners.choose(store, who)
        answer(store)
        store.reading("nexus/indexing", 0, "Why", 3).result()
        projects.tick(store, "shop", "nexus/pep8/names", "done", "").result()
        projects.keep(store, "shop").result()
    anna = learners.id_of(store, "anna")
    learners.choose(store, anna)
    digest = {}
    for table in tables.METADATA.sorted_tables:
        if "learner" in table.c:
            sql = f"SELECT * FROM {table.name} WHERE learner = ?"
            digest[table.name] = sorted(rows(path, sql, anna))

    assert learners.remove(store, ben) == 4

    for name, before in digest.items():
        assert sorted(rows(path, f"SELECT * FROM {name}")) == before
    assert one(path, "SELECT count(*) FROM learner") == 1
    kept = store.digest()
    store.rebuild()
    assert store.digest() == kept
    store.close()
    store = opened(path)
    assert store.learner == anna
    store.close()


def test_nobody_of_this_name_is_said_with_those_there_are(path: Path) -> None:
    store = opened(path, learner="anna")
    with pytest.raises(learners.NoSuchLearner, match=r"no learner 'zoe' here: there is anna\."):
        learners.id_of(store, "zoe")
    store.close()
