"""Small histories for tests: a clock that tests set, answers, and what a file holds of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from nexus_tui.learning.rating import Certainty, Rating
from nexus_tui.progress import tables
from nexus_tui.progress.store import AnswerGiven, Store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nexus_tui.progress.store import Answered

DERIVED = tuple(str(model.__tablename__) for model in tables.DERIVED)
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday; tests count their days from here."""


class Clock:
    """Stands still until it is moved, forward or back."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        """Move by hours, days, … as `timedelta` names them."""
        self.now += timedelta(**by)


def opened(
    path: Path | None,
    clock: Clock | None = None,
    *,
    learner: str | None = None,
    moved: Mapping[str, str] | None = None,
) -> Store:
    """A store with a clock of its own, in UTC."""
    return Store.open(path, learner=learner, clock=clock or Clock(), zone=UTC, moved=moved)


def given(
    question: str = "nexus/indexing/which-index",
    *,
    objective: str | None = None,
    right: bool = True,
    certainty: Certainty = Certainty.UNMARKED,
    rating: Rating | None = None,
    milliseconds: int = 9_000,
    session: str = "s1",
) -> AnswerGiven:
    """An answer to `question`; the objective is one of the same topic."""
    topic = question.rsplit("/", 1)[0]
    return AnswerGiven(
        question=question,
        objective=objective or f"{topic}/design-an-index",
        revision="0123456789ab",
        seed=f"{session}/{question}",
        shown=("a", "b", "c"),
        response={"options": ["a" if right else "b"]},
        score=1.0 if right else 0.0,
        certainty=certainty,
        milliseconds=milliseconds,
        rating=rating or (Rating.GOOD if right else Rating.AGAIN),
        mode="topic",
        session=session,
    )


def answer(store: Store, question: str = "nexus/indexing/which-index", **more: Any) -> Answered:
    """Give an answer and wait until it is on disk."""
    return store.answer(given(question, **more)).result()


def rows(path: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """What a second connection sees."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, values).fetchall()


def one(path: Path, sql: str, *values: object) -> Any:
    """The only value of the only row."""
    [(value,)] = rows(path, sql, *values)
    return value


def kept(path: Path, *, but: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """Every derived table, without the columns named in `but`."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        for table in DERIVED:
            all_rows = connection.execute(f"SELECT * FROM {table}").fetchall()
            plain = [{k: row[k] for k in row.keys() if k not in but} for row in all_rows]  # noqa: SIM118
            found[table] = sorted(plain, key=repr)
    return found
