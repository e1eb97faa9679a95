"""Backups are whole, verified, made when something changed, and thinned."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import backup
from nexus_tui.progress.errors import Damaged, StoreError
from tests.histories import answer, one, opened, rows

if TYPE_CHECKING:
    from nexus_tui.progress.store import Store

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "progress.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "backups" / "progress"


def _answered(path: Path, answers: int = 5) -> Store:
    store = opened(path)
    for number in range(answers):
        answer(store, f"nexus/indexing/q{number}")
    return store


def test_a_backup_is_one_whole_file_with_everything_in_it(path: Path, folder: Path) -> None:
    _answered(path).close()
    made = backup.make(path, folder, "asked", now=NOW)
    assert made.path.name == "20260302T090000.000Z-asked-5.db"
    assert (made.facts, made.reason, made.at) == (5, "asked", NOW)
    assert backup.backups(folder) == [made]
    for table in ("fact", "answer", "card", "day", "meta", "learner"):
        query = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert rows(made.path, query) == rows(path, query)
    assert one(made.path, "PRAGMA integrity_check") == "ok"
    assert one(made.path, "PRAGMA journal_mode") == "delete"
    names = {p.name for p in folder.iterdir()}
    assert names == {made.path.name, "origin.txt"}
    assert (folder / "origin.txt").read_text() == f"{path}\n"


def test_a_backup_of_an_open_history_has_what_is_only_in_its_log(path: Path, folder: Path) -> None:
    store = _answered(path)
    made = backup.make(path, folder, "start")
    answer(store)
    assert made.facts == 5
    assert one(made.path, "SELECT count(*) FROM fact") == 5
    store.close()
    assert one(path, "SELECT count(*) FROM fact") == 6


def test_backups_made_while_answers_are_given_are_each_whole(path: Path, folder: Path) -> None:
    store = _answered(path)
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            answer(store)

    worker = threading.Thread(target=work)
    worker.start()
    made = [backup.make(path, folder, "delete") for _ in range(5)]
    stop.set()
    worker.join()
    store.close()
    for each in made:
        assert one(each.path, "PRAGMA integrity_check") == "ok"
        assert one(each.path, "SELECT count(*) FROM fact") == each.facts
        assert one(each.path, "SELECT count(*) FROM answer") == each.facts
    assert [each.facts for each in made] == sorted(each.facts for each in made)


def test_a_backup_that_is_not_what_it_was_copied_from_is_thrown_away(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answered(path).close()

    def short(database: Path, target: Path, *, locked: bool = False) -> object:
        held = copy(database, target, locked=locked)
        with closing(sqlite3.connect(target)) as connection:
            connection.execute("DELETE FROM fact WHERE seq = 3")
            connection.commit()
        return held

    copy = backup.copy
    monkeypatch.setattr(backup, "copy", short)
    with pytest.raises(Damaged, match="is not what it was copied from"):
        backup.make(path, folder, "asked")
    assert backup.backups(folder) == []
    assert {p.name for p in folder.iterdir()} == {"origin.txt"}


def test_no_backup_is_made_of_a_damaged_history(path: Path, folder: Path) -> None:
    _answered(path, 60).close()
    before = backup.make(path, folder, "asked")
    page = one(path, "SELECT rootpage FROM sqlite_master WHERE name = 'answer'")
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    with pytest.raises(Damaged):
        backup.make(path, folder, "asked")
    assert backup.backups(folder) == [before]


def test_a_folder_that_cannot_be_made_is_said_and_the_history_is_untouched(
    path: Path, folder: Path
) -> None:
    _answered(path).close()
    folder.parent.parent.mkdir(parents=True)
    folder.parent.write_text("a file")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="No backup could be made"):
        backup.make(path, folder, "asked")
    assert path.read_bytes() == before


def test_a_backup_is_due_after_changes_only(path: Path, folder: Path) -> None:
    opened(path).close()
    assert not backup.is_due(path, folder)  # nothing in it
    store = _answered(path)
    assert backup.is_due(path, folder)
    backup.make(path, folder, "start")
    assert not backup.is_due(path, folder)
    store.undo().result()
    assert backup.is_due(path, folder)
    store.close()


def test_databases_of_one_name_have_folders_of_their_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    folders = {backup.folder_of(data, tmp_path / name / "progress.db") for name in "ab"}
    assert len(folders) == 2
    assert {folder.parent for folder in folders} == {data / "backups"}


# ---------------------------------------------------------------- thinning


def _days(count: int, reason: str = "start", each: int = 1) -> list[backup.Backup]:
    """Backups of so many days, the newest first."""
    return [
        backup.Backup(Path(f"{day:04}-{number}.db"), NOW - timedelta(days=day, hours=number),
                      reason, 10_000 - day)
        for day in range(count)
        for number in range(each)
    ]  # fmt: skip


def test_two_years_of_starts_leave_days_weeks_and_months() -> None:
    kept = backup.staying(_days(730), NOW)
    ages = [(NOW - made.at).days for made in kept]
    assert ages[:7] == list(range(7))
    assert len(kept) <= 7 + 4 + 12
    assert len({made.at.strftime("%G%V") for made in kept}) >= 4
    assert len({made.at.strftime("%Y%m") for made in kept}) == 12
    assert ages[-1] > 300


def test_of_one_day_the_newest_stays() -> None:
    kept = backup.staying(_days(3, each=4), NOW)
    assert [made.path.name for made in kept] == ["0000-0.db", "0001-0.db", "0002-0.db"]


def test_what_was_made_before_something_dangerous_stays_for_a_month() -> None:
    dangerous = _days(60, "restore", each=2)
    kept = backup.staying(dangerous, NOW)
    young = [made for made in dangerous if (NOW - made.at).days < 30]
    assert set(young) <= set(kept)
    assert len(kept) < len(dangerous)


def test_the_fullest_backup_stays_whatever_its_age() -> None:
    found = _days(40)
    fullest = backup.Backup(Path("full.db"), NOW - timedelta(days=999), "start", 99_999)
    assert fullest in backup.staying([*found, *_days(1), fullest], NOW)


def test_thinning_is_stable_and_deletes_only_backups(path: Path, folder: Path) -> None:
    _answered(path).close()
    for day in range(40):
        backup.make(path, folder, "start", now=NOW + timedelta(days=day))
    (folder / "notes.txt").write_text("mine")
    found = backup.backups(folder)
    assert len(found) <= 7 + 4 + 12
    assert backup.thin(folder, NOW + timedelta(days=39)) == []
    assert (folder / "notes.txt").exists()
