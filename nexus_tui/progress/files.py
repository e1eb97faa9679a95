"""A database file looked at without changing it: what it holds, and whether it is whole.

Files of any format are read here, also old and damaged ones, so the statements are written out:
the classes in `tables` describe the format of today only.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FACT_COLUMNS = (
    "learner", "id", "device", "seq", "at", "day", "kind", "subject", "revision", "payload", "crc",
)  # fmt: skip
"""The columns of `fact` since format 1; the checksum is over all before it."""
_MALFORMED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@dataclass(frozen=True)
class LearnerFacts:
    """How much a file holds of one learner; `last` is the id of the newest fact."""

    id: str
    name: str
    facts: int
    last: str
    day: str | None
    at: int
    """Milliseconds since the epoch of the newest fact, 0 without one."""


@dataclass(frozen=True)
class Contents:
    """What a file of Nexus holds."""

    version: int
    learners: tuple[LearnerFacts, ...]

    @property
    def facts(self) -> int:
        return sum(learner.facts for learner in self.learners)

    @property
    def day(self) -> str | None:
        """The last day on which something was done."""
        return max((learner.day for learner in self.learners if learner.day), default=None)


def log_of(path: Path) -> Path:
    """The write-ahead log beside a database."""
    return path.with_name(f"{path.name}-wal")


def address(path: Path, *, immutable: bool) -> str:
    """The address under which SQLite opens `path` for reading only.

    `immutable`: reads also where nothing may be written beside the file, but not its log.
    """
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"


@contextmanager
def read_only(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that changes nothing and leaves nothing behind where nobody has it open.

    Without a log beside it nobody has the file open; then no log is made by looking either.
    """
    log = log_of(path)
    alone = not log.exists() or log.stat().st_size == 0
    connection = sqlite3.connect(address(path, immutable=alone), uri=True)
    try:
        if not alone:
            try:
                connection.execute("SELECT count(*) FROM sqlite_master")
            except sqlite3.OperationalError:
                # The log needs a shared index that cannot be made in this folder.
                connection.close()
                connection = sqlite3.connect(address(path, immutable=True), uri=True)
        yield connection
    finally:
        connection.close()


def contents(connection: sqlite3.Connection, schema: str = "main") -> Contents:
    """Count the facts of each learner. Raises sqlite3.Error where the file cannot be read."""
    version = connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0]
    rows = connection.execute(
        f"""SELECT l.id, l.name, count(f.id), coalesce(max(f.id), '')
        FROM {schema}.learner l LEFT JOIN {schema}.fact f ON f.learner = l.id
        GROUP BY l.id, l.name ORDER BY l.made, l.id"""  # noqa: S608 - a name of ours
    ).fetchall()
    last = f"SELECT day, at FROM {schema}.fact WHERE learner = ? AND id = ?"  # noqa: S608
    found = []
    for learner, name, facts, newest in rows:
        day, at = connection.execute(last, (learner, newest)).fetchone() or (None, 0)
        found.append(LearnerFacts(learner, name, facts, newest, day, at))
    return Contents(version, tuple(found))


def contents_of(path: Path) -> Contents:
    """What the file at `path` holds. Raises sqlite3.Error or OSError where it cannot be read."""
    with read_only(path) as connection:
        return contents(connection)


def what_is_wrong(path: Path) -> str | None:
    """What SQLite finds wrong with the pages of a file, None when they are whole.

    Raises sqlite3.Error or OSError where they cannot be looked at.
    """
    try:
        with read_only(path) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _MALFORMED:
            raise
        return str(error)
    return None if found == "ok" else str(found).splitlines()[-1]


def checksum(row: tuple[object, ...]) -> int:
    """CRC-32 over the columns of a fact; the same as `derive.checksum`, for a plain row."""
    return zlib.crc32("\x1f".join(map(str, row[:-1])).encode())


def changed_facts(path: Path) -> int:
    """How many facts are no longer what their checksum says: a flipped byte in a text."""
    wrong = 0
    with read_only(path) as connection:
        for row in connection.execute(f"SELECT {', '.join(FACT_COLUMNS)} FROM fact"):  # noqa: S608
            wrong += checksum(row) != row[-1]
    return wrong
