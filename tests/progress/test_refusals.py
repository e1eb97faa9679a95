"""Files and disks that cannot be used: one sentence each, nothing touched, nothing lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import sessions
from nexus_tui.progress.errors import (
    Damaged,
    DiskFull,
    EmptyFile,
    NewerDatabase,
    NotADatabase,
    ReadOnly,
)
from nexus_tui.progress.store import Store, StoreError
from tests.histories import answer, given, one, opened, rows
from tests.unprivileged import give_to_nobody, unprivileged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PAGE = 4096


def _history(path: Path, answers: int = 3) -> None:
    store = opened(path)
    for number in range(answers):
        answer(store, f"nexus/indexing/q{number}")
    store.close()


def _newer(path: Path) -> None:
    _history(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")


def _foreign_with_our_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
        connection.execute("PRAGMA user_version=2")


def _damage(path: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    page = one(path, "SELECT rootpage FROM sqlite_master WHERE name = ?", table)
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def _damaged(path: Path) -> None:
    _history(path)
    _damage(path, "learner")


def _cut_off(path: Path) -> None:
    _history(path, 40)
    with path.open("r+b") as file:
        file.truncate(3 * PAGE)


REFUSED: list[tuple[Callable[[Path], object], type[StoreError], str]] = [
    (lambda path: path.write_bytes(b""), EmptyFile, "is empty"),
    (lambda path: path.write_text("Dear diary,\n" * 500), NotADatabase, "is not a Nexus database"),
    (lambda path: path.write_text("short"), NotADatabase, "is not a Nexus database"),
    (_newer, NewerDatabase, "newer Nexus"),
    (_foreign, StoreError, "not one of Nexus"),
    (_foreign_with_our_version, StoreError, "not one of Nexus"),
    (_damaged, Damaged, "is damaged"),
    (_cut_off, Damaged, "is damaged"),
]


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    REFUSED,
    ids=[
        "zero-length",
        "text",
        "short-text",
        "newer",
        "foreign",
        "foreign-same-version",
        "damaged-page",
        "cut-off",
    ],
)
def test_a_file_that_is_refused_is_named_in_one_sentence_and_keeps_every_byte(
    tmp_path: Path, make: Callable[[Path], object], kind: type[StoreError], words: str
) -> None:
    path = tmp_path / "progress.db"
    make(path)
    before, threads = path.read_bytes(), set(threading.enumerate())
    with pytest.raises(kind) as refused:
        opened(path)
    assert type(refused.value) is kind
    sentence = str(refused.value)
    assert words in sentence
    assert str(path) in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} <= {"progress.db", "progress.db.lock"}
    assert set(threading.enumerate()) <= threads


def test_each_refusal_has_a_sentence_of_its_own(tmp_path: Path) -> None:
    sentences = set()
    for number, (make, _, _) in enumerate(REFUSED):
        path = tmp_path / str(number) / "progress.db"
        path.parent.mkdir()
        make(path)
        with pytest.raises(StoreError) as refused:
            opened(path)
        sentences.add(str(refused.value).replace(str(path), "…"))
    assert len(sentences) == 5  # empty, no database, newer, foreign, damaged


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder"):
        opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_page_of_answers_lets_everything_else_be_read_and_refuses_answers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "progress.db"
    _history(path, 30)
    _damage(path, "answer")
    before = path.read_bytes()
    store = opened(path)
    assert store.history()["nexus/indexing/design-an-index"].asked == 30
    for attempt in (lambda: answer(store), lambda: sessions.answers(store, "s1"), store.rebuild):
        with pytest.raises(Damaged, match="is damaged"):
            attempt()
    assert one(path, "SELECT count(*) FROM fact") == 30
    store.close()
    assert path.read_bytes() == before


# ---------------------------------------------------------------- rights


def _as_somebody_else(path: Path) -> str:
    command = unprivileged(sys.executable, "-m", "tests.progress.opener", str(path))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder


def test_a_file_that_may_not_be_written_is_refused_and_untouched(open_folder: Path) -> None:
    path = open_folder / "progress.db"
    _history(path)
    path.chmod(0o444)
    give_to_nobody(open_folder, path.with_name("progress.db.lock"))
    before = path.read_bytes()
    said = _as_somebody_else(path)
    assert said == (
        f"ReadOnly: {path} cannot be written: give yourself the right to write it and its folder."
    )
    assert path.read_bytes() == before


def test_a_folder_that_may_not_be_written_is_refused_and_untouched(open_folder: Path) -> None:
    path = open_folder / "progress.db"
    _history(path)
    open_folder.chmod(0o555)
    path.chmod(0o444)
    path.with_name("progress.db.lock").chmod(0o444)
    before = path.read_bytes()
    said = _as_somebody_else(path)
    assert said.startswith(f"ReadOnly: {path} cannot be written")
    assert path.read_bytes() == before
    open_folder.chmod(0o755)


def test_a_new_history_in_a_folder_that_may_not_be_written_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    for path in (open_folder / "progress.db", open_folder / "new" / "progress.db"):
        assert _as_somebody_else(path).startswith(f"ReadOnly: {path} cannot be written")
    assert list(open_folder.iterdir()) == []
    open_folder.chmod(0o755)


def test_somebody_else_answers_where_they_may_write(open_folder: Path) -> None:
    give_to_nobody(open_folder)
    assert _as_somebody_else(open_folder / "progress.db") == "answered"


# ---------------------------------------------------------------- disks


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(disk: Path, *, leave: int = 0) -> Path:
    """Fill the disk up to `leave` bytes; the file that takes the room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(b"\0" * PAGE)
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - leave)
    return filler


def test_a_disk_that_fills_up_loses_no_acknowledged_answer_and_goes_on_when_there_is_room(
    disk: Path,
) -> None:
    path = disk / "progress.db"
    store = opened(path)
    filler = _fill(disk, leave=120_000)
    acknowledged: list[str] = []
    with pytest.raises(DiskFull) as full:
        for number in range(400):
            fact = answer(store, f"nexus/indexing/q{number}").fact
            acknowledged.append(fact)
    assert len(acknowledged) > 1
    assert str(full.value) == (
        f"The disk of {path} is full: make room, then answer again. Nothing was lost."
    )
    with pytest.raises(DiskFull):
        answer(store)
    assert [fact for (fact,) in rows(path, "SELECT fact FROM answer")] == acknowledged
    assert store.counts()["answers"] == len(acknowledged)
    filler.unlink()
    acknowledged.append(answer(store).fact)
    kept = store.digest()
    store.rebuild()
    assert store.digest() == kept
    store.close()
    assert [fact for (fact,) in rows(path, "SELECT fact FROM answer")] == acknowledged
    assert one(path, "PRAGMA integrity_check") == "ok"


def test_a_history_on_a_full_disk_says_so_and_keeps_every_byte(disk: Path) -> None:
    path = disk / "progress.db"
    _history(path)
    _fill(disk)
    before = path.read_bytes()
    with pytest.raises(DiskFull, match="is full"):
        answer(opened(path))
    assert path.read_bytes() == before


def test_a_new_history_on_a_full_disk_says_so_and_leaves_nothing_behind(disk: Path) -> None:
    for leave in (0, PAGE, 5 * PAGE, 12 * PAGE):
        filler = _fill(disk, leave=leave)
        with pytest.raises(DiskFull, match="is full"):
            opened(disk / "progress.db")
        left = {p.name for p in disk.iterdir()}
        assert left <= {"filler", "progress.db.lock"}
        filler.unlink()


def test_a_disk_that_is_mounted_to_read_only_is_refused_and_untouched(disk: Path) -> None:
    path = disk / "progress.db"
    _history(path)
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for refused in (path, disk / "new.db", disk / "new" / "progress.db"):
        with pytest.raises(ReadOnly, match="cannot be written"):
            opened(refused)
    assert path.read_bytes() == before


def test_a_file_under_another_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("…")
    with pytest.raises(StoreError) as refused:
        Store.open(tmp_path / "notes" / "progress.db")
    assert str(tmp_path / "notes" / "progress.db") in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_answer_that_failed_is_given_again_without_a_gap(disk: Path) -> None:
    path = disk / "progress.db"
    store = opened(path)
    answer(store, "nexus/indexing/q1")
    filler = _fill(disk)
    failed = [store.answer(given(f"nexus/indexing/q{n}")) for n in range(60)]
    assert isinstance(failed[-1].exception(30), DiskFull)
    filler.unlink()
    answer(store, "nexus/indexing/q2")
    store.close()
    seqs = [seq for (seq,) in rows(path, "SELECT seq FROM fact ORDER BY seq")]
    assert seqs == list(range(1, len(seqs) + 1))
