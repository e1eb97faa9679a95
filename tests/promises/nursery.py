"""Forks children that know everything already and kills them without warning.

`python -m tests.promises.nursery (answers|migration) FOLDER ROUNDS`: prints one JSON line a round.
A process of its own, because a fork is safe only where there is no other thread.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import alembic.operations  # noqa: F401 - so that no round pays for it

from nexus_tui.progress import migrate  # noqa: F401
from nexus_tui.progress.store import Store
from tests.histories import Clock, answer
from tests.old_files import schema_of

if TYPE_CHECKING:
    from collections.abc import Callable


def child(act: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Run `act` in a fork; (process, end of the pipe on which it says lines)."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    code = 1
    try:
        os.close(reading)
        act(lambda text: _say(writing, text))
        code = 0
    finally:
        os._exit(code)


def _say(descriptor: int, text: str) -> None:
    os.write(descriptor, f"{text}\n".encode())


def lines(descriptor: int, count: int) -> bytes:
    """What was said, up to so many lines or the end."""
    said = b""
    while said.count(b"\n") < count and (more := os.read(descriptor, 1)):
        said += more
    return said


def end(process: int, descriptor: int) -> bytes:
    """Kill; what it had said before."""
    os.kill(process, signal.SIGKILL)
    said = b""
    while more := os.read(descriptor, 65_536):
        said += more
    os.close(descriptor)
    os.waitpid(process, 0)
    return said


def whole(act: Callable[[Callable[[str], None]], None]) -> list[str]:
    """Run `act` in a fork to its end; what it said."""
    process, descriptor = child(act)
    said = b""
    while more := os.read(descriptor, 65_536):
        said += more
    os.close(descriptor)
    _, status = os.waitpid(process, 0)
    assert status == 0, f"the child ended with {status}"
    return said.decode().splitlines()


def _answering(path: Path, number: int) -> Callable[[Callable[[str], None]], None]:
    def act(say: Callable[[str], None]) -> None:
        store = Store.open(path)
        for count in range(10_000):
            if count % 11 == 10:
                store.undo().result()
            question = f"nexus/t{count % 3}/r{number}-{count % 7}"
            say(answer(store, question, right=count % 4 > 0).fact)

    return act


def _examined(path: Path) -> Callable[[Callable[[str], None]], None]:
    """Every fact, and is what was derived what a rebuild derives?"""

    def act(say: Callable[[str], None]) -> None:
        store = Store.open(path)
        kept = store.digest()
        store.rebuild()
        same = store.digest() == kept
        store.close()
        with closing(sqlite3.connect(path)) as connection:
            check = connection.execute("PRAGMA integrity_check").fetchone()[0]
            facts = [fact for (fact,) in connection.execute("SELECT id FROM fact")]
        say(json.dumps({"same": same, "check": check, "facts": facts}))

    return act


def answers(folder: Path, rounds: int) -> None:
    """One history; each round answers until it is killed."""
    path = folder / "progress.db"
    chance = random.Random("answers")
    for number in range(rounds):
        process, descriptor = child(_answering(path, number))
        said = lines(descriptor, chance.randrange(0, 25))
        for _ in range(chance.randrange(30_000)):
            pass
        said += end(process, descriptor)
        acknowledged = said.decode().rpartition("\n")[0].split("\n") if b"\n" in said else []
        [text] = whole(_examined(path))
        found: dict[str, Any] = json.loads(text)
        lost = set(acknowledged) - set(found.pop("facts"))
        print(json.dumps({**found, "acknowledged": len(acknowledged), "lost": len(lost)}))


def _opening(path: Path, backups: Path) -> Callable[[Callable[[str], None]], None]:
    def act(say: Callable[[str], None]) -> None:
        store = Store.open(path, clock=Clock(), backups=backups)
        say(json.dumps(store.digest()))
        store.close()

    return act


def migration(folder: Path, rounds: int) -> None:
    """A fresh copy of an old history each round, killed somewhere in its migration."""
    old = folder / "old.db"
    path, backups = folder / "progress.db", folder / "backups"
    chance = random.Random("migration")
    shutil.copy(old, path)
    began = time.monotonic()
    [wanted] = whole(_opening(path, backups))
    took = time.monotonic() - began
    for _ in range(rounds):
        for file in folder.glob("progress.db*"):
            file.unlink()
        shutil.copy(old, path)
        process, descriptor = child(_opening(path, backups))
        time.sleep(took * chance.uniform(0, 1.1))
        end(process, descriptor)
        with closing(sqlite3.connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            check = connection.execute("PRAGMA integrity_check").fetchone()[0]
        schema = schema_of(path)
        [after] = whole(_opening(path, backups))
        print(
            json.dumps(
                {
                    "version": version,
                    "check": check,
                    "untouched": schema == schema_of(old),
                    "done": schema == schema_of(path),
                    "same": after == wanted,
                }
            )
        )


if __name__ == "__main__":
    {"answers": answers, "migration": migration}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
