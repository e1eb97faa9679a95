"""The desk goes on reading where it cannot write, and what was answered is not lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from nexus_tui.progress import backup, filesystem, unsaved
from nexus_tui.study import care
from tests.histories import MORNING, Clock, answer, one
from tests.old_files import format_1
from tests.study.school import open_desk, settings_in
from tests.unprivileged import give_to_nobody, unprivileged

ROOT = Path(__file__).parents[2]


def _answered(folder: Path, *names: str) -> None:
    desk = open_desk(folder, Clock())
    for name in names:
        answer(desk.store, f"school/sql/{name}", objective="school/sql/explain")
    desk.close()


def _exclusive(path: Path) -> sqlite3.Connection:
    """A program that keeps the whole file to itself for a moment of writing."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    return connection


AS_NOBODY = """
import sys
from pathlib import Path
from tests.histories import Clock, answer
from tests.study.school import open_desk
desk = open_desk(Path(sys.argv[1]), Clock())
print(desk.failure)
print(desk.store.counts()["answers"])
answer(desk.store, "school/sql/z", objective="school/sql/explain")
print(desk.store.counts()["answers"], len(desk.overview().topics))
desk.close()
"""


def _as_nobody(folder: Path) -> list[str]:
    command = unprivileged(sys.executable, "-c", AS_NOBODY, str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_history_that_cannot_be_written_is_read_and_answers_are_kept_aside(
    tmp_path: Path, what: str
) -> None:
    _answered(tmp_path, "a", "b")
    path = tmp_path / "progress.db"
    before = path.read_bytes()
    data = tmp_path / "data"
    data.mkdir()
    give_to_nobody(data, *data.rglob("*"), tmp_path / "cache", *(tmp_path / "cache").rglob("*"))
    if what == "file":
        give_to_nobody(tmp_path, path.with_name("progress.db.lock"))
        path.chmod(0o444)
    else:
        tmp_path.chmod(0o555)
    failure, counted, after = _as_nobody(tmp_path)
    tmp_path.chmod(0o755)
    assert "cannot be written" in failure
    assert "You can go on reading; what you answer is kept aside" in failure
    assert (counted, after.split()[0]) == ("2", "3")
    assert path.read_bytes() == before
    path.chmod(0o644)
    desk = open_desk(tmp_path, Clock())
    assert desk.failure is None
    assert "1 fact that could not be kept before: in the history now." in " ".join(desk.notices)
    assert desk.store.counts()["answers"] == 3
    digest = desk.store.digest()
    desk.store.rebuild()
    assert desk.store.digest() == digest
    desk.close()
    assert one(path, "SELECT count(DISTINCT device) FROM fact WHERE kind = 'answer'") == 2
    desk = open_desk(tmp_path, Clock())
    assert desk.store.counts()["answers"] == 3
    desk.close()


def test_answers_given_beside_a_file_that_could_not_be_read_join_the_restored_one(
    tmp_path: Path,
) -> None:
    _answered(tmp_path, "a", "b")
    path = tmp_path / "progress.db"
    whole = path.read_bytes()
    path.write_text("Dear diary,\n" * 500)
    desk = open_desk(tmp_path, Clock())
    assert desk.failure is not None
    assert "You can look around; what you answer is kept aside" in desk.failure
    answer(desk.store, "school/sql/c", objective="school/sql/explain")
    desk.close()
    path.write_bytes(whole)
    desk = open_desk(tmp_path, Clock())
    assert desk.store.counts()["answers"] == 3
    desk.close()
    assert one(path, "SELECT count(*) FROM learner") == 1


def test_a_file_of_a_newer_version_is_neither_read_nor_touched(tmp_path: Path) -> None:
    _answered(tmp_path, "a")
    path = tmp_path / "progress.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    before = path.read_bytes()
    desk = open_desk(tmp_path, Clock())
    assert "newer Nexus" in str(desk.failure)
    assert desk.store.counts()["answers"] == 0
    desk.look_after()
    desk.close()
    assert path.read_bytes() == before


def test_an_older_history_that_cannot_be_migrated_is_read_all_the_same(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    path = format_1(settings.database.path)
    folder = care.backups_of(settings)
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the backups should be")
    before = path.read_bytes()
    desk = open_desk(tmp_path, Clock())
    assert "could not be brought to the one of today" in str(desk.failure)
    assert desk.store.counts()["answers"] == 11
    desk.close()
    assert path.read_bytes() == before


def test_where_nothing_can_be_kept_aside_the_learner_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "progress.db").write_bytes(b"")
    settings_in(tmp_path)
    monkeypatch.setattr(filesystem, "room", lambda _: 0)
    desk = open_desk(tmp_path, Clock())
    assert "what you answer is lost when you quit" in str(desk.failure)
    desk.close()


def test_nothing_is_kept_aside_where_nothing_was_answered(tmp_path: Path) -> None:
    (tmp_path / "progress.db").write_bytes(b"")
    open_desk(tmp_path, Clock()).close()
    assert not unsaved.folder_of(care.backups_of(settings_in(tmp_path))).exists()


# ---------------------------------------------------------------- looking after


def test_a_start_after_changes_makes_a_backup_and_one_without_makes_none(tmp_path: Path) -> None:
    folder = care.backups_of(settings_in(tmp_path))
    _answered(tmp_path, "a")
    for _ in range(2):
        desk = open_desk(tmp_path, Clock())
        desk.look_after()
        assert desk.notices == ()
        desk.close()
    [made] = backup.backups(folder)
    assert (made.reason, made.at) == ("start", MORNING)


def test_a_damaged_page_is_said_after_the_start_and_the_good_backup_stays(
    tmp_path: Path,
) -> None:
    _answered(tmp_path, *(f"q{number}" for number in range(60)))
    desk = open_desk(tmp_path, Clock())
    desk.look_after()
    desk.close()
    folder = care.backups_of(settings_in(tmp_path))
    before = backup.backups(folder)
    path = tmp_path / "progress.db"
    page = one(path, "SELECT rootpage FROM sqlite_master WHERE name = 'answer_session'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    desk = open_desk(tmp_path, Clock())
    desk.look_after()
    assert "is damaged" in desk.notices[0]
    assert "nexus-tui doctor" in desk.notices[0]
    desk.close()
    assert backup.backups(folder) == before


def test_a_clock_set_back_is_said(tmp_path: Path) -> None:
    _answered(tmp_path, "a")
    clock = Clock()
    clock.move(days=-3)
    desk = open_desk(tmp_path, clock)
    desk.look_after()
    assert "set the clock right" in desk.notices[0]
    answer(desk.store, "school/sql/b", objective="school/sql/explain")
    desk.close()
    assert one(tmp_path / "progress.db", "SELECT count(DISTINCT day) FROM answer") == 1


def test_a_history_that_vanished_is_missed(tmp_path: Path) -> None:
    _answered(tmp_path, "a")
    desk = open_desk(tmp_path, Clock())
    desk.look_after()
    desk.close()
    (tmp_path / "progress.db").unlink()
    desk = open_desk(tmp_path, Clock())
    assert "a new one was begun" in desk.notices[0]
    assert "nexus-tui restore" in desk.notices[0]
    desk.close()


def test_a_history_that_another_program_writes_to_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nexus_tui.progress import engine

    monkeypatch.setattr(engine, "_BUSY_MILLISECONDS", 50)
    _answered(tmp_path, "a")
    with closing(_exclusive(tmp_path / "progress.db")):
        desk = open_desk(tmp_path, Clock())
        assert "is held by another program" in str(desk.failure)
        assert desk.store.counts()["answers"] == 1
        desk.close()
