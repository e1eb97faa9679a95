"""Every fault, met by a user without special rights: said, survived, and nothing overwritten."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.progress import backup
from tests.histories import answer, one, opened
from tests.study.school import write_pack
from tests.unprivileged import give_to_nobody, unprivileged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.promise

ROOT = Path(__file__).parents[2]
PAGE = 4096


class Home:
    """The folder of a learner who is nobody in particular: forty answers and a backup."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "progress.db"
        write_pack(folder / "pack")
        store = opened(self.database)
        for number in range(40):
            answer(store, f"school/sql/q{number}", objective="school/sql/explain")
        store.close()
        self.backups = backup.folder_of(folder / "data", self.database)
        backup.make(self.database, self.backups, "asked")
        self.give()

    def give(self) -> None:
        """Everything belongs to the learner."""
        give_to_nobody(self.folder, *self.folder.rglob("*"))

    def run(self, *command: str, code: int | None = None) -> Any:
        """Run a module as the learner; the JSON it prints."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEXUS_", "XDG_"))}
        homes = {f"XDG_{n}_HOME": str(self.folder / "x" / n) for n in ("CACHE", "CONFIG")}
        done = subprocess.run(
            unprivileged(sys.executable, "-m", *command),
            cwd=ROOT,
            env={
                **kept,
                **homes,
                "XDG_DATA_HOME": str(self.folder / "x"),
                "HOME": str(self.folder),
                "NEXUS_DB": str(self.database),
                "NEXUS_CONTENT": str(self.folder / "pack"),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        if code is not None:
            assert done.returncode == code, done.stderr
        return json.loads(done.stdout)

    def visit(self, *words: str) -> dict[str, Any]:
        found: dict[str, Any] = self.run("tests.promises.visitor", str(self.folder), *words, code=0)
        return found

    def doctor(self) -> dict[str, str]:
        """Name of each finding → the remedy."""
        found = self.run("nexus_tui", "doctor", "--json")
        return {finding["name"]: finding["remedy"] for finding in found["results"]}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    folder = tmp_path / "home"
    folder.mkdir()
    return Home(folder)


def _empty(home: Home) -> None:
    home.database.write_bytes(b"")


def _text(home: Home) -> None:
    home.database.write_text("Dear diary,\n" * 900)


def _newer(home: Home) -> None:
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("PRAGMA user_version=99")


def _damage(home: Home, table: str) -> None:
    page = one(home.database, "SELECT rootpage FROM sqlite_master WHERE name = ?", table)
    with home.database.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def _damaged_answers(home: Home) -> None:
    _damage(home, "answer")


def _damaged_learners(home: Home) -> None:
    _damage(home, "learner")


def _read_only_file(home: Home) -> None:
    home.database.chmod(0o444)


def _read_only_folder(home: Home) -> None:
    home.folder.chmod(0o555)


KEPT_ASIDE = "what you answer is kept aside"
FAULTS: list[tuple[Callable[[Home], None], str, str, int | None]] = [
    (_empty, "empty", "is empty", 0),
    (_text, "not a database", "is not a Nexus database", 0),
    (_newer, "newer", "was written by a newer Nexus", 0),
    (_damaged_answers, "damaged", "is damaged", None),
    (_damaged_learners, "damaged", "is damaged", 0),
    (_read_only_file, "read-only file", "cannot be written", 40),
    (_read_only_folder, "read-only folder", "cannot be written", 40),
]


@pytest.mark.parametrize(
    ("make", "name", "words", "read"), FAULTS, ids=[fault[0].__name__[1:] for fault in FAULTS]
)
def test_a_fault_of_the_file_is_said_and_survived(
    home: Home, make: Callable[[Home], None], name: str, words: str, read: int | None
) -> None:
    """`read` is how many answers the app can still show; None where a page of them is gone."""
    make(home)
    before = home.database.read_bytes()
    assert name in home.doctor()
    visited = home.visit()
    assert words in visited["screen"]
    if read is None:
        assert "Damaged" in visited["answer"]
    else:
        assert KEPT_ASIDE in visited["failure"]
        assert (visited["answer"], visited["answers"]) == ("answered", read + 1)
        aside = list((home.backups / "unsaved").glob("*.jsonl"))
        assert len(aside) == 1
    assert home.database.read_bytes() == before
    home.folder.chmod(0o755)


@pytest.mark.parametrize("make", [_empty, _text, _damaged_answers, _damaged_learners])
def test_the_remedy_works(home: Home, make: Callable[[Home], None]) -> None:
    make(home)
    [remedy] = {r for n, r in home.doctor().items() if n in {"empty", "not a database", "damaged"}}
    shutil.copytree(home.backups.parent, home.folder / "x" / "nexus-tui" / "backups")
    home.give()
    if make in {_empty, _text}:
        assert remedy == f"nexus-tui doctor --recover '{home.database}'"
    home.run("nexus_tui", "restore", "--yes", "--json", code=0)
    assert home.visit()["answers"] == 41
    assert one(home.database, "PRAGMA integrity_check") == "ok"
    if make in {_damaged_answers, _damaged_learners}:
        into = home.folder / "recovered.db"
        _damage(home, "answer")
        ran = ("doctor", "--recover", str(home.database), "--into", str(into), "--json")
        found = home.run("nexus_tui", *ran, code=0)
        assert (found["facts"], found["lost"]) == (41, 0)


def test_a_missing_folder_is_not_taken_for_a_new_learner(home: Home) -> None:
    home.database = home.folder / "media" / "stick" / "progress.db"
    assert "missing folder" in home.doctor()
    assert not (home.folder / "media").exists()


@contextmanager
def _holding(database: Path) -> Iterator[None]:
    code = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('BEGIN IMMEDIATE'); print('held', flush=True); input()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    yield
    other.communicate("\n", timeout=30)


def test_a_file_that_another_program_holds_is_read_and_said_to_be_held(home: Home) -> None:
    with _holding(home.database):
        home.give()
        assert "held" in home.doctor()
        visited = home.visit()
    assert "is held by another program" in visited["screen"]
    assert (visited["answer"], visited["answers"]) == ("answered", 41)
    visited = home.visit()
    assert visited["failure"] is None
    assert visited["answers"] == 42


def test_a_database_removed_while_the_app_runs_costs_nothing(home: Home) -> None:
    visited = home.visit("remove")
    assert visited["answer"].startswith("Removed: ")
    assert "ctrl+p" in visited["answer"]
    assert (visited["again"], visited["answers"]) == ("answered", 41)
    assert one(home.database, "SELECT count(*) FROM answer") == 41
    assert one(home.database, "PRAGMA integrity_check") == "ok"


def test_a_clock_set_back_is_said_and_answers_go_on(home: Home) -> None:
    with closing(sqlite3.connect(home.database)) as connection:
        connection.execute("DELETE FROM fact")
        connection.commit()
    from datetime import UTC, datetime

    from tests.histories import Clock

    ahead = Clock(datetime(2100, 1, 1, tzinfo=UTC))
    store = opened(home.database, ahead)
    answer(store, "school/sql/ahead", objective="school/sql/explain")
    store.close()
    home.give()
    assert "clock" in home.doctor()
    visited = home.visit()
    assert "set the clock right" in visited["screen"]
    assert visited["answer"] == "answered"
    assert one(home.database, "SELECT min(day) FROM fact") == "2099-12-31"


def test_a_full_disk_is_said_and_read_from(tmp_path: Path) -> None:
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4000k", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    try:
        home = Home(disk)
        home.visit()
        with (disk / "filler").open("wb", buffering=0) as file, pytest.raises(OSError):
            while True:
                file.write(b"\0" * 512)
        before = home.database.read_bytes()
        assert "full disk" in home.doctor()
        visited = home.visit()
        assert "is full" in visited["screen"]
        assert visited["answers"] == 42
        assert home.database.read_bytes() == before
        (disk / "filler").unlink()
        visited = home.visit()
        assert (visited["failure"], visited["answer"]) == (None, "answered")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
