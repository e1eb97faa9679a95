"""Each fault has a name, a sentence and a way on; looking changes nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from nexus_tui.progress import backup, filesystem, health
from nexus_tui.progress.errors import MissingFolder
from nexus_tui.progress.health import Finding, diagnose
from nexus_tui.progress.store import Store
from tests.histories import MORNING, answer, one, opened
from tests.old_files import format_1
from tests.unprivileged import give_to_nobody, unprivileged

ROOT = Path(__file__).parents[2]
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "progress.db"
    store = opened(path)
    for number in range(40):
        answer(store, f"nexus/indexing/q{number}")
    store.close()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def _only(path: Path, folder: Path) -> Finding:
    """The one serious finding; nothing is changed by looking."""
    before = {p: p.read_bytes() for p in path.parent.glob("progress.db*") if p.is_file()}
    [found] = [finding for finding in diagnose(path, folder, MORNING) if finding.serious]
    for file, content in before.items():
        assert file.read_bytes() == content
    assert found.sentence.endswith(".")
    assert "\n" not in found.sentence
    return found


def test_a_history_that_is_well_has_nothing_to_say_once_it_is_backed_up(
    path: Path, folder: Path
) -> None:
    [finding] = diagnose(path, folder, MORNING)
    assert (finding.name, finding.serious, finding.remedy) == (
        "no backup",
        False,
        "nexus-tui backup",
    )
    backup.make(path, folder, "asked")
    assert diagnose(path, folder, MORNING) == []


def test_a_new_learner_has_nothing_to_hear(tmp_path: Path, folder: Path) -> None:
    assert diagnose(tmp_path / "progress.db", folder, MORNING) == []
    assert list(tmp_path.iterdir()) == []


def test_a_zero_length_file_points_to_the_backups(path: Path, folder: Path) -> None:
    backup.make(path, folder, "asked")
    path.write_bytes(b"")
    found = _only(path, folder)
    assert (found.name, found.remedy) == ("empty", "nexus-tui restore")


def test_a_file_that_is_no_database_can_be_searched_for_facts(path: Path, folder: Path) -> None:
    path.write_text("Dear diary,\n" * 500)
    found = _only(path, folder)
    assert found.name == "not a database"
    assert found.remedy == f"nexus-tui doctor --recover '{path}'"


def test_a_damaged_page_is_found_though_the_file_opens(path: Path, folder: Path) -> None:
    page = one(path, "SELECT rootpage FROM sqlite_master WHERE name = 'answer'")
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)
    found = _only(path, folder)
    assert found.name == "damaged"
    assert "--recover" in found.remedy


def test_a_flipped_byte_in_a_fact_is_found(path: Path, folder: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content.replace(b'"s1/nexus/indexing/q7"', b'"s1/nexus/indexing/q9"'))
    found = _only(path, folder)
    assert found.name == "changed facts"
    assert found.sentence.startswith("1 fact is no longer what was written")
    assert diagnose(path, folder, MORNING, deep=False)[0].name == "no backup"


def test_a_file_that_is_gone_is_missed_where_a_backup_is_left(path: Path, folder: Path) -> None:
    backup.make(path, folder, "asked")
    path.unlink()
    found = _only(path, folder)
    assert (found.name, found.remedy) == ("missing", "nexus-tui restore")
    assert "40 facts" in found.sentence


def test_a_missing_folder_is_not_taken_for_a_first_start(tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "media" / "stick" / "progress.db"
    found = _only(path, folder)
    assert found.name == "missing folder"
    assert "connect the drive" in found.sentence
    with pytest.raises(MissingFolder, match="There is no folder"):
        Store.open(path)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_and_an_older_file_are_told_apart(path: Path, folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    assert _only(path, folder).name == "newer"
    old = format_1(tmp_path / "progress.db")
    names = {f.name: f.serious for f in diagnose(old, folder, MORNING + timedelta(days=99))}
    assert names == {"older": False, "no backup": False}


@pytest.mark.parametrize("way", ["lock", "transaction"])
def test_a_file_held_by_another_program_is_said_to_be(
    path: Path, folder: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_PATIENCE", 0.05)
    holds = {
        "lock": "import fcntl; f = open(p + '.lock', 'a'); fcntl.flock(f, fcntl.LOCK_EX)",
        "transaction": "import sqlite3; c = sqlite3.connect(p); c.execute('BEGIN IMMEDIATE')",
    }
    code = f"import sys; p = sys.argv[1]; {holds[way]}; print('held', flush=True); input()"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    found = [f for f in diagnose(path, folder, MORNING) if f.serious]
    other.communicate("\n", timeout=30)
    assert [f.name for f in found] == ["held"]
    assert "held by another program" in found[0].sentence
    assert [f for f in diagnose(path, folder, MORNING) if f.serious] == []


def test_a_clock_that_was_set_back_is_noticed_and_answers_go_on(path: Path, folder: Path) -> None:
    before = MORNING - timedelta(days=30)
    [finding] = [f for f in diagnose(path, folder, before) if f.name == "clock"]
    assert not finding.serious
    assert "2026-01-31 09:00" in finding.sentence
    assert "2026-03-02 09:00" in finding.sentence


def _as_somebody_else(path: Path, folder: Path) -> list[str]:
    code = (
        "import sys; from pathlib import Path; from nexus_tui.progress.health import diagnose\n"
        "for f in diagnose(Path(sys.argv[1]), Path(sys.argv[2])): print(f.name, '|', f.remedy)"
    )
    command = unprivileged(sys.executable, "-c", code, str(path), str(folder))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_rights_that_are_missing_are_named_for_who_lacks_them(path: Path, folder: Path) -> None:
    backup.make(path, folder, "asked")
    path.chmod(0o444)
    path.with_name("progress.db.lock").chmod(0o444)
    give_to_nobody(path.parent)
    assert f"read-only file | chmod u+w '{path}'" in _as_somebody_else(path, folder)
    path.chmod(0o644)
    give_to_nobody(path)
    path.parent.chmod(0o555)
    assert f"read-only folder | chmod u+wx '{path.parent}'" in _as_somebody_else(path, folder)
    path.parent.chmod(0o755)


# ---------------------------------------------------------------- network


def test_on_a_network_file_system_the_journal_is_delete_and_nothing_is_lost(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one(path, "PRAGMA journal_mode") == "wal"
    monkeypatch.setattr(filesystem, "remote", lambda _: "NFS")
    store = opened(path)
    with store._writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    answer(store)
    assert not path.with_name("progress.db-wal").exists()
    other = opened(path)
    answer(other)
    other.close()
    store.close()
    assert one(path, "SELECT count(*) FROM answer") == 42
    assert one(path, "PRAGMA integrity_check") == "ok"
    [finding] = [f for f in diagnose(path, folder, MORNING) if f.name == "network"]
    assert "(NFS)" in finding.sentence
    assert not finding.serious


def test_a_log_left_behind_is_taken_in_on_a_network_file_system(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys, os; from pathlib import Path; from tests.histories import *\n"
        "s = opened(Path(sys.argv[1])); answer(s); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], cwd=ROOT, check=False)
    assert path.with_name("progress.db-wal").stat().st_size > 0
    monkeypatch.setattr(filesystem, "remote", lambda _: "NFS")
    store = opened(path)
    assert store.counts()["answers"] == 41
    store.close()


def test_file_systems_are_told_by_their_magic_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filesystem.remote(tmp_path / "not" / "there.db") is None
    size = 8
    for magic, name in ((0x6969, "NFS"), (0xFF534D42, "SMB"), (0x01021997, "9P")):
        said = magic.to_bytes(size, sys.byteorder) + bytes(100)
        monkeypatch.setattr(filesystem, "_statfs", lambda _, said=said: said)
        assert filesystem.remote(tmp_path) == name
    monkeypatch.setattr(filesystem, "_statfs", lambda _: None)
    assert filesystem.remote(tmp_path) is None


@pytest.mark.skipif(not Path("/proc/mounts").exists(), reason="only Linux has /proc")
def test_the_magic_number_of_a_real_file_system_is_read() -> None:
    found = filesystem._statfs(b"/proc")
    assert found is not None
    assert int.from_bytes(found[:8], sys.byteorder) == 0x9FA0
