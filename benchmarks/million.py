"""A learner of ten years: a million facts in a file, made in bulk and derived by a rebuild."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from unittest import mock
from uuid import UUID

from sqlalchemy import insert, select

from benchmarks.__main__ import NEXUS, ROOT, Row, show, surroundings
from benchmarks.terminal import Program
from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.learning.calendar import day_of
from nexus_tui.progress import cards, derive
from nexus_tui.progress.columns import FACT
from nexus_tui.progress.engine import writer_engine
from nexus_tui.progress.history import History
from nexus_tui.progress.store import Store
from nexus_tui.settings import Place, Settings
from nexus_tui.study.desk import Desk
from nexus_tui.study.figures import figures
from nexus_tui.study.next_steps import next_steps

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = 1_000_000
YEARS = 10
SESSION = 15
"""Answers of a session; with each begins one reading, and now and then a tick or an undo."""
_BATCH = 20_000
ROUNDS = 7
REPEATS = 25


def _id(at: int, random: Random) -> str:
    """A uuid7 from a seeded generator, so that two runs write the same file."""
    value = (at & (1 << 48) - 1) << 80 | random.getrandbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=value & ~(0x3 << 62) | 0x2 << 62))


def _answer(objective: str, session: str, random: Random) -> tuple[str, dict[str, Any]]:
    """An answer to one of five questions of `objective`, four in five right."""
    question = f"{objective}-{random.randrange(5)}"
    right = random.random() < 0.8
    certainty = random.choices(("unmarked", "sure", "guessed"), (7, 2, 1))[0]
    rating = 2 if certainty == "guessed" else random.choices((3, 2, 4), (8, 1, 1))[0]
    return question, {
        "objective": objective,
        "seed": f"{session}/{question}",
        "shown": ["a", "b", "c", "d"],
        "response": {"options": ["a" if right else "b"]},
        "score": 1.0 if right else 0.0,
        "certainty": certainty,
        "milliseconds": random.randrange(2_000, 60_000),
        "rating": rating if right else 1,
        "mode": "review",
        "session": session,
    }


def _events(objectives: list[str], random: Random) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(kind, subject, payload), for ever; an undo says `None` for the answer just before it."""
    number = 0
    while True:
        number += 1
        session = f"{number:x}"
        asked = random.choices(objectives, k=SESSION)
        queue = [
            {"question": f"{o}-0", "objective": o, "topic": o.rsplit("/", 1)[0], "why": "due"}
            for o in asked
        ]
        yield "session", session, {"id": session, "mode": "review", "queue": queue}
        if number % 4 == 0:
            topic = asked[0].rsplit("/", 1)[0]
            section = random.randrange(6)
            reading = {"section": section, "sections": 6, "heading": f"Section {section}"}
            yield "reading", topic, reading
        for objective in asked:
            yield "answer", *_answer(objective, session, random)
            if random.random() < 0.01:
                yield "undo", objective, {"fact": None}
        if number % 10 == 0:
            item = f"nexus/checklist/i{random.randrange(60)}"
            status = "done" if random.random() < 0.8 else "open"
            yield "tick", item, {"project": "shop", "status": status, "note": ""}
        if number % 500 == 0:
            yield "project", random.choice(("shop", "blog")), {}


def facts(
    objectives: list[str], learner: str, device: str, count: int, until: datetime
) -> Iterator[dict[str, Any]]:
    """`count` facts of one learner, evenly over ten years that end at `until`."""
    random = Random(f"million/{count}")
    step = timedelta(days=365 * YEARS) / count
    at = until - step * count
    events, last = _events(objectives, random), ""
    for seq in range(1, count + 1):
        kind, subject, payload = next(events)
        at += step
        milliseconds = cards.milliseconds(at)
        row = {
            "learner": learner,
            "id": _id(milliseconds, random),
            "device": device,
            "seq": seq,
            "at": milliseconds,
            "day": day_of(at).isoformat(),
            "kind": kind,
            "subject": subject,
            "revision": "0" * 12 if kind == "answer" else "",
            "payload": json.dumps({"fact": last} if kind == "undo" else payload),
        }
        row["crc"] = derive.checksum(row)
        last = str(row["id"])
        yield row


def objectives_of(content: Path, cache: Path) -> list[str]:
    """Every objective of the content, so that Today has them all to show."""
    with open_catalog([content], cache) as catalog:
        return [key for topic in catalog.topics() for key, _ in topic.objectives]


def make(database: Path, objectives: list[str], count: int = COUNT) -> None:
    """Write `count` facts to a new database; what follows from them is not derived yet."""
    store = Store.open(database)
    learner, device = store.learner, store._device
    store.close()
    engine = writer_engine(database)
    with engine.begin() as connection:
        assert connection.execute(select(FACT.c.id).limit(1)).first() is None
        batch: list[dict[str, Any]] = []
        for row in facts(objectives, learner, device, count, datetime.now(UTC)):
            batch.append(row)
            if len(batch) == _BATCH:
                connection.execute(insert(FACT), batch)
                batch.clear()
        if batch:
            connection.execute(insert(FACT), batch)
    engine.dispose()


def _queries(database: Path, home: Path) -> tuple[float, float]:
    """Seconds in queries of what Today shows, and with what Progress shows besides.

    The quickest of many: what other programs did meanwhile is no part of it.
    """
    spent = 0.0
    read = History._read

    def timed(self: History, query: Any) -> Any:
        nonlocal spent
        begun = time.perf_counter()
        try:
            return read(self, query)
        finally:
            spent += time.perf_counter() - begun

    settings = Settings(
        content=Place(ROOT / "content", "a benchmark"),
        database=Place(database, "a benchmark"),
        packs=Place(home / "packs", "a benchmark"),
        cache=Place(home / "cache", "a benchmark"),
        data=Place(home / "data", "a benchmark"),
        file=Place(home / "settings.toml", "a benchmark"),
    )
    desk = Desk.open(settings)
    today, progress = [], []
    with mock.patch.object(History, "_read", timed):
        for _ in range(REPEATS):
            spent = 0.0
            view = desk.overview()
            next_steps(desk, view)
            today.append(spent)
            figures(desk, view)
            progress.append(spent)
    desk.close()
    return min(today), min(progress)


def _starts(home: Path, full: Path) -> dict[str, list[float]]:
    """Seconds until the first screen and its figures, with a million facts and without any."""
    found: dict[str, list[float]] = {name: [] for name in ("paint", "figures", "none", "welcome")}
    programs = (
        (full, "This week", r"(objectives? (is|are)|what is) due", "paint", "figures"),
        (home / "none.db", "Welcome to Nexus", r"\d+ topics, ", "none", "welcome"),
    )
    for round_ in range(ROUNDS + 1):
        for database, screen, filled, first, then in programs:
            database.with_name("none.db").unlink(missing_ok=True)
            environment = surroundings(home) | {"NEXUS_DB": str(database)}
            with Program(NEXUS[0], environment) as running:
                paint, figures = running.wait_for(screen), running.wait_for(filled)
            if round_:
                found[first].append(paint)
                found[then].append(figures)
    return found


def _rebuild(database: Path) -> float:
    """Seconds of a whole rebuild, which says how far it is."""

    def say(done: int, total: int) -> None:
        print(f"\r{done} of {total} facts replayed", end="", file=sys.stderr, flush=True)

    store = Store.open(database)
    begun = time.perf_counter()
    store.rebuild(say)
    seconds = time.perf_counter() - begun
    store.close()
    print(file=sys.stderr)
    return seconds


def measure(count: int) -> list[Row]:
    """All rows; the file is made in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        database = home / "million.db"
        begun = time.perf_counter()
        make(database, objectives_of(ROOT / "content", home / "cache" / "nexus-tui"), count)
        made = time.perf_counter() - begun
        rebuilt = _rebuild(database)
        size = database.stat().st_size / 1e6
        today, progress = _queries(database, home)
        starts = {name: statistics.median(times) for name, times in _starts(home, database).items()}
    ms = 1000
    return [
        Row("first screen (no facts)", ms * starts["paint"], ms * starts["none"], "ms", 1.1),
        Row("its figures (no facts)", ms * starts["figures"], ms * starts["welcome"], "ms", 1.1),
        Row("queries of Today (5 ms)", ms * today, 5.0, "ms", 1.0),
        Row("and of Progress (5 ms)", ms * progress, 5.0, "ms", 1.0),
        Row("full rebuild (30 s)", rebuilt, 30.0, "s", 1.0),
        Row("making the file", made, made, "s", None),
        Row("size of the file", size, size, "MB", None),
    ]


def main() -> int:
    """Measure and print, or with `--make FILE` only make one. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--make", type=Path, metavar="FILE", help="only make this file")
    parser.add_argument("--count", type=int, default=COUNT, help="facts (default: a million)")
    chosen = parser.parse_args()
    if chosen.make is None:
        rows = measure(chosen.count)
        show(rows)
        return 1 if any(row.verdict == "missed" for row in rows) else 0
    make(chosen.make, objectives_of(ROOT / "content", chosen.make.parent / "cache"), chosen.count)
    _rebuild(chosen.make)
    return 0


if __name__ == "__main__":
    sys.exit(main())
