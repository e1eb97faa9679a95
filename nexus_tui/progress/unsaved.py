"""Answers given while the history could not be written: kept aside, and put in later.

They are facts of a device of their own, so that adding them to any file is a plain union.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from nexus_tui.progress.cards import KEEP_FACT
from nexus_tui.progress.columns import FACT, LEARNER
from nexus_tui.progress.statements import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from nexus_tui.progress.store import Store


def folder_of(backups: Path) -> Path:
    """Where they are kept, beside the backups of the same database."""
    return backups / "unsaved"


def keep_aside(store: Store, backups: Path) -> Path | None:
    """Write the facts that are only in memory to a file; None where there are none.

    Raises OSError where no file can be written.
    """
    facts = store.change(lambda connection: _of_device(connection, store.device))
    if not facts:
        return None
    folder = folder_of(backups)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.jsonl"
    part = path.with_suffix(".part")
    try:
        with part.open("w", encoding="utf-8") as file:
            for fact in facts:
                file.write(json.dumps(fact) + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def _of_device(connection: Connection, device: str) -> list[dict[str, Any]]:
    """The facts of a device, each with the name of its learner."""
    query = (
        select(FACT, LEARNER.c.name)
        .join(LEARNER, LEARNER.c.id == FACT.c.learner)
        .where(FACT.c.device == device, FACT.c.kind != "preset")
        .order_by(FACT.c.learner, FACT.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def put_in(store: Store, backups: Path) -> int:
    """Add what was kept aside to the history, now that it can be written; how many facts."""
    folder = folder_of(backups)
    added = 0
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else ():
        rows = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
        added += store.change(partial(_put_in, rows=rows, learner=store.learner))
        path.unlink()
    return added


def _put_in(connection: Connection, rows: list[dict[str, Any]], learner: str) -> int:
    """Where the history could not even be read, its learners were not known: the name says who."""
    from nexus_tui.progress.derive import checksum

    known = {row.id: row.name for row in connection.execute(select(LEARNER.c.id, LEARNER.c.name))}
    by_name = {name: learner_id for learner_id, name in known.items()}
    mine = []
    for row in rows:
        fact = dict(row)
        if fact["learner"] not in known:
            fact["learner"] = by_name.get(fact["name"], learner)
            fact["crc"] = checksum(fact)
        mine.append(fact)
    return union(connection, mine)


def union(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """Add the facts that are not there yet and derive everything anew; how many were added.

    A learner of the same name is the same learner's history only where the id is the same: a
    new id gets a name of its own. Facts whose checksum is wrong, or whose place in the count of
    their device is taken by another, are left out.
    """
    from nexus_tui.progress.derive import checksum
    from nexus_tui.progress.replay import rebuild

    added = 0
    names = [column.name for column in FACT.c]
    c = FACT.c
    for row in rows:
        fact = {name: row[name] for name in names}
        if checksum(fact) != fact["crc"]:
            continue
        same = (c.device == fact["device"]) & (c.seq == fact["seq"]) | (c.id == fact["id"])
        there = select(c.id).where(c.learner == fact["learner"], same)
        if connection.execute(there).first() is None:
            _learner(connection, fact["learner"], str(row.get("name") or "learner"), fact["at"])
            write(connection, KEEP_FACT, [fact])
            added += 1
    if added:
        rebuild(connection)
    return added


def _learner(connection: Connection, id: str, name: str, made: int) -> None:
    """Make sure that the learner is known."""
    known = connection.execute(select(LEARNER.c.id, LEARNER.c.name)).all()
    if id in {row.id for row in known}:
        return
    taken, free, number = {row.name for row in known}, name, 2
    while free in taken:
        free, number = f"{name} {number}", number + 1
    connection.execute(insert(LEARNER).values(id=id, name=free, made=made))
