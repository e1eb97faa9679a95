"""What is kept of a stage: attempts, hints, time, and the pass that counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.histories import Clock, opened

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.progress.store import Store

STAGE = "nexus/database-performance/n-plus-one-to-one"


def attempt(store: Store, *, passed: bool, worked: int = 0) -> None:
    failed = None if passed else "same-count"
    payload = {"passed": passed, "met": (), "failed": failed, "seed": 7, "seconds": 0.4}
    store.attempt(STAGE, "0" * 12, payload | {"worked": worked}).result()


def test_attempts_and_time_count_up_to_the_first_pass(tmp_path: Path) -> None:
    store = opened(tmp_path / "progress.db")
    attempt(store, passed=False, worked=60_000)
    attempt(store, passed=True, worked=30_000)
    attempt(store, passed=True, worked=90_000)
    kept = store.stages()[STAGE]
    assert (kept.attempts, kept.milliseconds) == (3, 90_000)
    assert kept.passed is not None
    store.close()


def test_each_check_and_the_work_before_it_count_for_their_day(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path / "progress.db", clock)
    attempt(store, passed=True, worked=60_000)
    store.hint(STAGE, 1).result()
    clock.move(days=1)
    attempt(store, passed=False, worked=30_000)
    attempt(store, passed=True, worked=10_000)
    assert [(d.attempts, d.worked) for d in store.days()] == [(1, 60_000), (2, 40_000)]
    store.close()


def test_a_pass_on_the_day_the_solution_was_read_does_not_count(tmp_path: Path) -> None:
    clock = Clock()
    store = opened(tmp_path / "progress.db", clock)
    for number in (1, 2, 3):
        store.hint(STAGE, number).result()
    store.hint(STAGE, 4, solution=True).result()
    attempt(store, passed=True)
    assert store.stages()[STAGE].passed is None
    clock.move(hours=30)
    attempt(store, passed=True)
    kept = store.stages()[STAGE]
    assert kept.passed is not None and kept.seen is not None
    assert kept.passed > kept.seen
    assert kept.hints == 4
    store.close()


def test_the_solution_after_a_pass_costs_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path / "progress.db")
    attempt(store, passed=True)
    store.hint(STAGE, 4, solution=True).result()
    kept = store.stages()[STAGE]
    assert isinstance(kept.passed, date)
    assert kept.seen is None
    store.close()
