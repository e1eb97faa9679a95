"""Files as older versions left them: their frozen schemas, filled from a history of today."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from nexus_tui.progress import projects
from nexus_tui.progress.derive import checksum
from tests.histories import Clock, answer, opened

SCHEMAS = Path(__file__).parent / "progress"


def schema_of(path: Path) -> list[tuple[str, str, str]]:
    """(kind, name, statement) of everything in a file, however it is broken into lines."""
    sql = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name"
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(sql).fetchall()
    return [(kind, name, " ".join(text.split())) for kind, name, text in found]


def format_1(path: Path, answers: int = 12, version: int = 1) -> Path:
    """A history of an old format at `path`: answers, an undo, a reading, a tick and a session."""
    today = path.with_name(f"{path.name}.today")
    clock = Clock()
    store = opened(today, clock, learner="anna")
    store.session("s1", "topic", [{"question": "nexus/indexing/q0"}]).result()
    for number in range(answers):
        clock.move(hours=7)
        answer(store, f"nexus/t{number % 3}/q{number % 5}", right=number % 4 > 0)
    store.undo().result()
    store.reading("nexus/indexing", 1, "Order", 5).result()
    projects.tick(store, "shop", "nexus/pep8/i1", "done", "done").result()
    store.close()
    older(today, path, version)
    today.unlink()
    today.with_name(f"{today.name}.lock").unlink()
    return path


def older(today: Path, path: Path, version: int) -> None:
    """Write what `today` holds to `path` in an older format, column by column."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"format_{version}.sql").read_text())
        connection.execute("ATTACH ? AS today", (str(today),))
        tables = "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        for (table,) in connection.execute(tables).fetchall():
            columns = connection.execute(f"PRAGMA main.table_info({table})").fetchall()
            names = ", ".join(f'"{column[1]}"' for column in columns)
            # A tick of format 4 and before: done or not.
            values = names.replace('"done"', "status = 'done'") if table == "tick" else names
            connection.execute(
                f"INSERT INTO main.{table} ({names}) SELECT {values} FROM today.{table}"
            )
        _tick_as_then(connection)
        connection.commit()
        connection.execute("PRAGMA main.journal_mode=WAL")


def _tick_as_then(connection: sqlite3.Connection) -> None:
    """Facts of ticks say `done`, as they did up to format 4."""
    connection.row_factory = sqlite3.Row
    for row in connection.execute("SELECT * FROM main.fact WHERE kind = 'tick'").fetchall():
        said = json.loads(row["payload"])
        done = said.get("done", said.get("status") == "done")
        then = json.dumps({"project": said["project"], "done": done, "note": said["note"]})
        crc = checksum({**dict(row), "payload": then})
        update = "UPDATE main.fact SET payload = ?, crc = ? WHERE id = ?"
        connection.execute(update, (then, crc, row["id"]))
