"""The history written out: facts as JSON Lines, answers as CSV, notes as Markdown."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from nexus_tui.progress import cards, jsonl, learners
from nexus_tui.progress.columns import ANSWER, FACT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nexus_tui.progress.history import History

    Say = Callable[[int, int], None]

_BATCH = 5_000
CSV_COLUMNS = (
    "time", "day", "question", "objective", "score", "certainty", "rating", "seconds", "mode",
    "session",
)  # fmt: skip
_RATINGS = {1: "again", 2: "hard", 3: "good", 4: "easy"}


def facts(history: History, learner: str, say: Say | None = None) -> Iterator[str]:
    """The lines of a file of JSON Lines, without their ends: the first line, then every fact.

    All are of one moment, also while answers are given. Raises a StoreError where the history
    cannot be read.
    """
    mine = FACT.c.learner == learner
    with history.snapshot() as connection:
        who = learners.row_of(connection, learner)
        count = select(func.count()).select_from(FACT).where(mine)
        total = connection.execute(count).scalar_one()
        yield jsonl.header(dict(who), total)
        query = select(FACT).where(mine).order_by(FACT.c.id)
        found = connection.execute(query.execution_options(yield_per=_BATCH)).mappings()
        for number, row in enumerate(found, 1):
            yield jsonl.line_of(dict(row))
            if say is not None and (number % _BATCH == 0 or number == total):
                say(number, total)


def answers(history: History, learner: str, say: Say | None = None) -> Iterator[str]:
    """The rows of a CSV file, without their ends: names, then the live answers in order."""
    mine = ANSWER.c.learner == learner
    with history.snapshot() as connection:
        count = select(func.count()).select_from(ANSWER).where(mine)
        total = connection.execute(count).scalar_one()
        yield _row(CSV_COLUMNS)
        query = select(ANSWER).where(mine).order_by(ANSWER.c.fact)
        found = connection.execute(query.execution_options(yield_per=_BATCH)).mappings()
        for number, row in enumerate(found, 1):
            yield _row(
                (
                    cards.moment(row["at"]).isoformat(timespec="milliseconds"),
                    row["day"],
                    row["question"],
                    row["objective"],
                    f"{row['score']:g}",
                    row["certainty"],
                    _RATINGS[row["rating"]],
                    f"{row['milliseconds'] / 1000:g}",
                    row["mode"],
                    row["session"],
                )
            )
            if say is not None and (number % _BATCH == 0 or number == total):
                say(number, total)


def notes(history: History, learner: str, titles: Mapping[str, str]) -> Iterator[str]:
    """A Markdown document of all notes, each under the title of its topic, in pieces.

    They stand in the order of `titles` (topic → title); what has none comes last, by its id.
    """
    found = history.notes(learner)
    with history.snapshot() as connection:
        yield f"# Notes of {learners.row_of(connection, learner)['name']}"
    order = {topic: place for place, topic in enumerate(titles)}
    for topic in sorted(found, key=lambda topic: (order.get(topic, len(order)), topic)):
        yield f"\n## {titles.get(topic, topic)}\n\n{found[topic].text.strip()}"


def _row(values: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    return text.getvalue()
