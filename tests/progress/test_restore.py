"""A backup comes back as it was; what it replaces is kept; nothing is changed half."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import backup
from nexus_tui.progress.columns import USER_VERSION
from nexus_tui.progress.errors import Busy, NewerDatabase, NotADatabase, Removed, StoreError
from nexus_tui.progress.restore import compare, restore
from tests.histories import Clock, answer, one, opened, rows
from tests.old_files import format_1

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.progress.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "progress.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def _more(path: Path, *names: str, clock: Clock | None = None) -> None:
    store = opened(path, clock)
    for name in names:
        answer(store, f"nexus/indexing/{name}")
    store.close()


def _ids(path: Path) -> set[str]:
    return {fact for (fact,) in rows(path, "SELECT id FROM fact")}


def test_what_would_change_is_counted_before(path: Path, folder: Path) -> None:
    clock = Clock()
    _more(path, "a", "b", clock=clock)
    made = backup.make(path, folder, "asked")
    clock.move(days=3)
    _more(path, "c", "d", "e", clock=clock)
    before = path.read_bytes()
    change = compare(path, made.path)
    assert change.here is not None
    assert (change.here.facts, change.there.facts) == (5, 2)
    assert (change.lost, change.lost_since, change.gained) == (3, "2026-03-05", 0)
    back = compare(made.path, path)
    assert (back.lost, back.gained) == (0, 3)
    assert path.read_bytes() == before
    assert not list(folder.glob("*-wal"))


def test_a_restored_history_is_that_of_the_backup_on_a_new_device(path: Path, folder: Path) -> None:
    _more(path, "a", "b")
    made = backup.make(path, folder, "asked")
    saved, device = _ids(path), one(path, "SELECT value FROM meta WHERE key = 'device'")
    _more(path, "c")
    newest = _ids(path)
    kept = restore(path, made.path, folder)
    assert kept is not None
    assert _ids(kept) == newest
    assert _ids(path) == saved
    _more(path, "d")
    assert one(path, "SELECT value FROM meta WHERE key = 'device'") != device
    assert rows(path, "SELECT device = ?, count(*) FROM fact GROUP BY 1 ORDER BY 1", device) == [
        (0, 1),
        (1, 2),
    ]
    store = opened(path)
    digest = store.digest()
    store.rebuild()
    assert store.digest() == digest
    store.close()
    names = {p.name for p in path.parent.iterdir()}
    assert names == {"progress.db", "progress.db.lock"}


def test_the_restore_itself_can_be_taken_back(path: Path, folder: Path) -> None:
    _more(path, "a")
    made = backup.make(path, folder, "asked")
    _more(path, "b", "c")
    newest = _ids(path)
    kept = restore(path, made.path, folder)
    assert kept is not None
    restore(path, kept, folder)
    assert _ids(path) == newest


def test_a_history_that_is_not_there_any_more_comes_back(path: Path, folder: Path) -> None:
    _more(path, "a", "b")
    made = backup.make(path, folder, "asked")
    path.unlink()
    assert compare(path, made.path).here is None
    assert restore(path, made.path, folder) is None
    assert one(path, "SELECT count(*) FROM answer") == 2


@pytest.mark.parametrize(
    "content", [b"Dear diary,\n" * 900, b"\xa5" * 40_000], ids=["text", "noise"]
)
def test_bytes_that_cannot_be_read_are_kept_too(path: Path, folder: Path, content: bytes) -> None:
    _more(path, "a")
    made = backup.make(path, folder, "asked")
    path.write_bytes(content)
    change = compare(path, made.path)
    assert change.here is None
    assert "is not a Nexus database" in str(change.problem)
    kept = restore(path, made.path, folder)
    assert kept is not None
    assert kept.read_bytes() == content
    assert one(path, "SELECT count(*) FROM answer") == 1


def test_an_empty_file_is_replaced(path: Path, folder: Path) -> None:
    _more(path, "a")
    made = backup.make(path, folder, "asked")
    path.write_bytes(b"")
    assert restore(path, made.path, folder) is None
    assert one(path, "SELECT count(*) FROM answer") == 1


def test_a_backup_of_an_older_format_is_brought_to_the_one_of_today(
    path: Path, folder: Path, tmp_path: Path
) -> None:
    old = format_1(tmp_path / "old.db")
    before = old.read_bytes()
    restore(path, old, folder)
    assert one(path, "PRAGMA user_version") == USER_VERSION
    assert one(path, "SELECT count(*) FROM answer") == 11
    assert old.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if "old" in p.name] == []


def test_what_is_no_good_is_refused_and_nothing_is_touched(
    path: Path, folder: Path, tmp_path: Path
) -> None:
    _more(path, "a")
    before = path.read_bytes()
    text = tmp_path / "text.db"
    text.write_text("Dear diary,\n" * 500)
    newer = tmp_path / "newer.db"
    _more(newer, "x")
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute("PRAGMA user_version=99")
    damaged = tmp_path / "damaged.db"
    _more(damaged, *"abcdefghijklmnopqrstuvwxyz")
    page = one(damaged, "SELECT rootpage FROM sqlite_master WHERE name = 'answer'")
    with damaged.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    refused: list[tuple[Path, type[StoreError], str]] = [
        (text, NotADatabase, "is not a Nexus database"),
        (newer, NewerDatabase, "newer Nexus"),
        (damaged, StoreError, "--recover"),
        (tmp_path / "nowhere.db", StoreError, "There is no file"),
        (path, StoreError, "is the history in use"),
    ]
    for source, kind, words in refused:
        with pytest.raises(kind, match=words):
            restore(path, source, folder)
        assert path.read_bytes() == before
    assert backup.backups(folder) == []


def test_a_history_that_is_open_elsewhere_is_not_replaced(path: Path, folder: Path) -> None:
    _more(path, "a")
    made = backup.make(path, folder, "asked")
    store = opened(path)
    answer(store)
    with pytest.raises(Busy, match="is open in another program"):
        restore(path, made.path, folder)
    answer(store)
    store.close()
    assert one(path, "SELECT count(*) FROM answer") == 3
    assert one(path, "PRAGMA integrity_check") == "ok"


def test_a_store_never_writes_to_a_file_that_took_the_place_of_its_own(
    path: Path, tmp_path: Path
) -> None:
    store = opened(path)
    answer(store)
    other = tmp_path / "other.db"
    _more(other, "x", "y")
    other.replace(path)
    before = path.read_bytes()
    with pytest.raises(Removed, match="was replaced by another file"):
        answer(store)
    assert not store.gone
    with pytest.raises(StoreError, match="is there again"):
        store.put_back()
    assert path.read_bytes() == before
    store.close()


def test_a_removed_file_is_noticed_and_all_of_it_can_be_put_back(path: Path) -> None:
    store = opened(path)
    first = answer(store).fact
    assert store.counts()["answers"] == 1
    for end in ("", "-wal", "-shm", ".lock"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    with pytest.raises(Removed, match="was removed while Nexus was open"):
        answer(store)
    assert store.gone
    assert not path.exists()
    assert store.counts()["answers"] == 1
    assert not path.exists()
    store.put_back()
    second = answer(store).fact
    store.close()
    assert _ids(path) == {first, second}
    assert one(path, "PRAGMA integrity_check") == "ok"


def test_a_removed_folder_is_noticed_and_made_again(path: Path) -> None:
    store = opened(path)
    answer(store)
    for file in path.parent.iterdir():
        file.unlink()
    path.parent.rmdir()
    with pytest.raises(Removed):
        answer(store)
    store.put_back()
    answer(store)
    store.close()
    assert one(path, "SELECT count(*) FROM answer") == 2


def test_closing_a_store_whose_file_is_gone_makes_no_other(path: Path) -> None:
    store: Store = opened(path)
    answer(store)
    path.unlink()
    store.close()
    assert not path.exists()
