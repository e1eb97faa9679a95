"""What is wrong with a history, in one sentence each, and the way on; nothing is changed."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from nexus_tui.command import command
from nexus_tui.progress import backup, columns, files, filesystem, unsaved
from nexus_tui.progress.errors import StoreError, explain
from nexus_tui.progress.opening import look_before_opening, make_folder
from nexus_tui.text import counted

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 1.0
"""Seconds to wait for another program before saying that it holds the file."""
_AHEAD = 5 * 60 * 1000
"""Milliseconds by which a fact may lie ahead of the clock: clocks are set right by moments."""
_ROOM = 5_000_000
"""Bytes; a transaction and its log need less, a backup of a long history needs more."""


@dataclass(frozen=True)
class Finding:
    """Something to know. `serious`: answers cannot be kept, or facts are lost."""

    name: str
    sentence: str
    remedy: str = ""
    """A command that helps; empty where the sentence says what to do."""
    serious: bool = True


def diagnose(
    database: Path, folder: Path, now: datetime | None = None, *, deep: bool = True
) -> list[Finding]:
    """Everything wrong with `database`, the worst first; `folder` is where its backups lie.

    `deep` reads every page and every fact, which takes a second for a long history.
    """
    refused = _why_not_opened(database, folder)
    if refused is not None:
        return [refused, *_around(database, folder)]
    if not database.exists():
        return [*_without_a_file(database, folder), *_around(database, folder)]
    found = _rights(database)
    if not found:
        found += _held(database)
    found += _inside(database, deep=deep)
    if not any(finding.serious for finding in found):
        found += _clock(database, now or datetime.now(UTC))
        found += _backups(database, folder)
    return [*found, *_around(database, folder)]


# ---------------------------------------------------------------- the file


def _restore_or_recover(database: Path, folder: Path) -> str:
    if backup.backups(folder):
        return f"{command()} restore"
    return f"{command()} doctor --recover '{database}'"


def _why_not_opened(database: Path, folder: Path) -> Finding | None:
    """What keeps the file from being opened at all."""
    names = {
        "EmptyFile": "empty",
        "NewerDatabase": "newer",
        "NotADatabase": "not a database",
        "Damaged": "damaged",
        "MissingFolder": "missing folder",
        "Busy": "held",
        "ReadOnly": "read-only",
    }
    try:
        if not database.parent.exists() and not database.parent.parent.exists():
            make_folder(database)  # refuses, and says why
        if database.exists():
            look_before_opening(database)
    except (OSError, sqlite3.Error, StoreError) as error:
        said = explain(error, database)
        name = names.get(type(said).__name__, "not opened")
        helps = name in {"empty", "not a database", "damaged"}
        return Finding(name, str(said), _restore_or_recover(database, folder) if helps else "")
    return None


def _without_a_file(database: Path, folder: Path) -> list[Finding]:
    kept = [made for made in backup.backups(folder) if made.facts]
    if not kept:
        return []
    sentence = (
        f"There is no history at {database}, but a backup of {kept[0].at:%Y-%m-%d} holds "
        f"{kept[0].facts} facts. The file was moved or deleted."
    )
    return [Finding("missing", sentence, f"{command()} restore")]


def _rights(database: Path) -> list[Finding]:
    folder = database.parent
    if not filesystem.writable(database):
        words = f"{database} can be read, not written: answers cannot be kept in it."
        return [Finding("read-only file", words, f"chmod u+w '{database}'")]
    if not filesystem.writable(folder):
        words = f"The folder {folder} cannot be written, and the log of the history lies in it."
        return [Finding("read-only folder", words, f"chmod u+wx '{folder}'")]
    return []


def _held(database: Path) -> list[Finding]:
    """Does another program keep the file to itself?"""
    words = (
        f"{database} is held by another program: close a second Nexus that hangs, or the program "
        "that inspects the file, then try again."
    )
    held = [Finding("held", words, f"fuser -v '{database}'")]
    try:
        descriptor = os.open(f"{database}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        return [Finding("not opened", str(explain(error, database)))]
    try:
        if not _locked(descriptor):
            return held
        with closing(sqlite3.connect(database, timeout=_PATIENCE)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.rollback()
    except sqlite3.Error as error:
        said = explain(error, database)
        return held if type(said).__name__ == "Busy" else [Finding("not opened", str(said))]
    finally:
        os.close(descriptor)
    return []


def _locked(descriptor: int) -> bool:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)
        else:
            return True


def _inside(database: Path, *, deep: bool) -> list[Finding]:
    recover = f"{command()} doctor --recover '{database}'"
    try:
        version = files.contents_of(database).version
        wrong = files.what_is_wrong(database) if deep else None
        changed = files.changed_facts(database) if deep and wrong is None else 0
    except (OSError, sqlite3.Error) as error:
        return [Finding("damaged", str(explain(error, database)), recover)]
    if wrong is not None:
        words = f"{database} is damaged ({wrong}). It was left as it is."
        return [Finding("damaged", words, recover)]
    if changed:
        said = f"{counted(changed, 'fact')} {'is' if changed == 1 else 'are'}"
        words = f"{said} no longer what was written to {database}: bytes were changed."
        return [Finding("changed facts", words, recover)]
    if version < columns.USER_VERSION:
        words = (
            f"{database} is of format {version}: the next start backs it up and brings it to "
            f"format {columns.USER_VERSION}."
        )
        return [Finding("older", words, serious=False)]
    return []


# ---------------------------------------------------------------- around it


def _clock(database: Path, now: datetime) -> list[Finding]:
    ahead = clock_behind(database, now)
    return [Finding("clock", ahead, serious=False)] if ahead else []


def clock_behind(database: Path, now: datetime) -> str | None:
    """Says so where the clock is behind the last fact; the days of new facts follow that one."""
    newest = max((who.at for who in files.contents_of(database).learners), default=0)
    if newest <= now.timestamp() * 1000 + _AHEAD:
        return None
    last = datetime.fromtimestamp(newest / 1000, UTC)
    return (
        f"The clock of this computer says {now:%Y-%m-%d %H:%M}, but the last answer was kept on "
        f"{last:%Y-%m-%d %H:%M} (UTC): set the clock right. Until then new answers count to the "
        "day of that one."
    )


def _backups(database: Path, folder: Path) -> list[Finding]:
    found = backup.backups(folder)
    if not found and files.contents_of(database).facts:
        words = "There is no backup of the history yet: the app makes one when it starts."
        return [Finding("no backup", words, f"{command()} backup", serious=False)]
    return []


def _around(database: Path, folder: Path) -> list[Finding]:
    found = []
    room = filesystem.room(database)
    if room is not None and room < _ROOM:
        words = f"The disk of {database} is full: make room; nothing that was kept is lost."
        found.append(Finding("full disk", words, f"df -h '{database.parent}'", serious=True))
    name = filesystem.remote(database)
    if name is not None:
        words = (
            f"{database} lies on a network file system ({name}): it is kept with a rollback "
            "journal, which is slower; open it on one computer at a time."
        )
        found.append(Finding("network", words, serious=False))
    aside = unsaved.folder_of(folder)
    if aside.is_dir() and any(aside.glob("*.jsonl")):
        words = "Answers that could not be kept lie aside: the next start puts them in."
        found.append(Finding("kept aside", words, serious=False))
    return found
