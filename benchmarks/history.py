"""A learner of two months, for the benchmarks: every question answered, much of it due."""

from __future__ import annotations

import sqlite3
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.progress.store import AnswerGiven, Store

if TYPE_CHECKING:
    from pathlib import Path

_TABLES = (
    "CREATE TABLE fact (a TEXT, b TEXT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE TABLE answer (a TEXT, b TEXT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE TABLE card (a TEXT, b TEXT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
    "CREATE TABLE day (a TEXT, b TEXT, c TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID",
)


def _given(question: str, objective: str, *, right: bool) -> AnswerGiven:
    return AnswerGiven(
        question=question,
        objective=objective,
        revision="",
        seed="bench",
        shown=("a", "b", "c"),
        response={"options": ["a"]},
        score=1.0 if right else 0.0,
        certainty=Certainty.UNMARKED,
        milliseconds=9_000,
        rating=Rating.GOOD if right else Rating.AGAIN,
        mode="review",
        session="bench",
    )


def make(content: Path, cache: Path, database: Path) -> None:
    """Write the history to `database`, a little every third day until a week ago."""
    now = datetime.now(UTC)
    at = now - timedelta(days=60)
    with open_catalog([content], cache) as catalog:
        asked = [
            (question, objective)
            for topic in catalog.topics()
            for objective, _ in topic.objectives
            for question in catalog.questions_of(objective)
        ]
    store = Store.open(database, clock=lambda: at)
    for number, (question, objective) in enumerate(asked):
        if number % 10 == 0:
            at = min(at + timedelta(days=3), now - timedelta(days=7))
        store.answer(_given(question, objective, right=number % 4 > 0)).result()
    store.close()


def answers(folder: Path, count: int = 300) -> tuple[float, float]:
    """Median seconds of an answer kept by the store, and of the same rows in raw sqlite3."""
    store = Store.open(folder / "store.db")
    ours = []
    for number in range(count):
        given = _given(f"nexus/t/q{number % 20}", f"nexus/t/o{number % 5}", right=True)
        begun = time.perf_counter()
        store.answer(given).result()
        ours.append(time.perf_counter() - begun)
    store.close()
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    for statement in _TABLES:
        connection.execute(statement)
    raw = []
    for number in range(count):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        for table, key in (("fact", number), ("answer", number), ("card", number % 5), ("day", 0)):
            connection.execute(
                f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", ("me", str(key), "x" * 300)
            )
        connection.execute("COMMIT")
        raw.append(time.perf_counter() - begun)
    connection.close()
    return statistics.median(ours), statistics.median(raw)
