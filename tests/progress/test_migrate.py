"""An older file becomes one of today, whole or not at all, after a backup that was verified."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress import backup, migrate, sessions
from nexus_tui.progress.columns import USER_VERSION
from nexus_tui.progress.errors import NewerDatabase, NotMigrated
from tests.histories import answer, kept, one, opened, rows
from tests.old_files import SCHEMAS, format_1, schema_of

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return format_1(tmp_path / "progress.db")


def _facts(path: Path) -> list[tuple[object, ...]]:
    return rows(path, "SELECT * FROM fact ORDER BY learner, id")


def _folder(path: Path) -> Path:
    return path.with_name("progress.db-backups")


@pytest.mark.parametrize("version", range(1, USER_VERSION))
def test_an_older_file_becomes_what_a_new_one_would_be(tmp_path: Path, version: int) -> None:
    path = format_1(tmp_path / "progress.db", version=version)
    facts, learners, meta = (
        _facts(path),
        rows(path, "SELECT id, name, made FROM learner"),
        one(path, "SELECT value FROM meta WHERE key = 'device'"),
    )
    store = opened(path)
    digest = store.digest()
    store.rebuild()
    assert store.digest() == digest
    store.close()
    assert one(path, "PRAGMA user_version") == USER_VERSION
    assert _facts(path) == facts
    assert rows(path, "SELECT id, name, made FROM learner") == learners
    assert one(path, "SELECT value FROM meta WHERE key = 'device'") == meta
    assert one(path, "PRAGMA integrity_check") == "ok"
    fresh = path.with_name("fresh.db")
    opened(fresh).close()
    assert schema_of(path) == schema_of(fresh)
    assert len(kept(path)["answer"]) == 11


def test_what_was_derived_before_is_derived_after(path: Path) -> None:
    old = (
        "learner",
        "objective",
        "stability",
        "difficulty",
        "due",
        "repetitions",
        "asked",
        "right",
    )
    query = f"SELECT {', '.join(old)} FROM card ORDER BY 1, 2"
    sums = 'SELECT day, answers, "right", milliseconds, sections FROM day ORDER BY day'
    cards, days = rows(path, query), rows(path, sums)
    opened(path).close()
    assert rows(path, query) == cards
    assert rows(path, sums) == days


def test_the_file_as_it_was_is_backed_up_first(path: Path) -> None:
    facts = _facts(path)
    opened(path).close()
    [made] = backup.backups(_folder(path))
    assert (made.reason, made.facts) == ("migration", len(facts))
    assert one(made.path, "PRAGMA user_version") == 1
    assert _facts(made.path) == facts
    assert one(made.path, "PRAGMA integrity_check") == "ok"


def test_a_file_of_today_pays_nothing_and_imports_no_alembic(path: Path) -> None:
    opened(path).close()
    code = (
        "import sys; from pathlib import Path; from nexus_tui.progress.store import Store; "
        f"Store.open(Path({str(path)!r})).close(); print('alembic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
    assert len(backup.backups(_folder(path))) == 1


def test_a_migration_that_fails_leaves_the_file_as_it_was_and_says_so(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(connection: Connection) -> None:
        raise NotMigrated("The check found something.")

    before, schema = _facts(path), schema_of(path)
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "verify", broken)
        with pytest.raises(NotMigrated) as refused:
            opened(path)
    assert str(path) in str(refused.value)
    assert "left as it was. The check found something." in str(refused.value)
    assert one(path, "PRAGMA user_version") == 1
    assert (_facts(path), schema_of(path)) == (before, schema)
    opened(path).close()
    assert one(path, "PRAGMA user_version") == USER_VERSION


def test_without_a_backup_nothing_is_migrated(path: Path) -> None:
    _folder(path).write_text("a file where the folder should be")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(NotMigrated, match="No backup could be made"):
        opened(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == digest


def test_a_fact_that_was_changed_stops_the_migration(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE fact SET subject = 'nexus/other' WHERE seq = 3")
        connection.commit()
    with pytest.raises(NotMigrated, match="Fact 3 of"):
        opened(path)
    assert one(path, "PRAGMA user_version") == 1


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ("ALTER TABLE learner ADD COLUMN colour VARCHAR", "learner"),
        ("DROP INDEX fact_seq", "fact_seq"),
        ("CREATE TABLE other (id INTEGER PRIMARY KEY)", "other"),
    ],
    ids=["column", "index", "table"],
)
def test_a_result_that_is_not_what_the_tables_say_is_not_kept(
    path: Path, change: str, name: str
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(change)
        connection.commit()
    with pytest.raises(NotMigrated, match=f"After the migration {name} was not as it should be"):
        opened(path)
    assert one(path, "PRAGMA user_version") == 1


def test_of_two_processes_that_find_an_older_file_one_migrates_and_both_answer(
    path: Path,
) -> None:
    command = [sys.executable, "-m", "tests.progress.writer", str(path)]
    writers = [
        subprocess.Popen(
            [*command, name, "3"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    said = [writer.communicate("go\n", timeout=60)[0].split() for writer in writers]
    assert [len(words) for words in said] == [4, 4]
    assert len(backup.backups(_folder(path))) == 1
    assert one(path, "SELECT count(*) FROM answer") == 11 + 6
    assert one(path, "PRAGMA user_version") == USER_VERSION


def test_a_newer_file_is_refused_and_keeps_every_byte(path: Path) -> None:
    opened(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={USER_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerDatabase, match="update nexus-tui"):
        opened(path)
    assert path.read_bytes() == before


def test_an_app_that_was_open_while_a_newer_one_migrated_writes_nothing_more(path: Path) -> None:
    store = opened(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version={USER_VERSION + 1}")
    before = _facts(path)
    with pytest.raises(NewerDatabase, match="quit, update nexus-tui"):
        answer(store)
    store.close()
    assert _facts(path) == before


PLANS = {
    "SELECT * FROM fact WHERE learner = 'a' AND kind = 'session' AND subject = 's'": "fact_session",
    "SELECT subject FROM fact WHERE learner = 'a' AND kind = 'project'": "fact_kind",
    "SELECT fact FROM answer WHERE learner = 'a' AND score = 1.0 AND question = 'q'"
    " AND objective = 'o'": "answer_question",
    "SELECT question FROM answer WHERE learner = 'a' AND session = 's'": "answer_session",
}


@pytest.mark.parametrize("old", [True, False], ids=["migrated", "new"])
def test_the_planner_uses_the_indexes_that_are_there(path: Path, old: bool) -> None:
    path = path if old else path.with_name("new.db")
    opened(path).close()
    for query, index in PLANS.items():
        assert f"INDEX {index} " in str(rows(path, f"EXPLAIN QUERY PLAN {query}"))


def test_the_plan_of_a_session_is_found_after_a_migration(path: Path) -> None:
    store = opened(path)
    answer(store, session="s1")
    [plan] = [row for row in sessions.latest(store) if row.answers]
    assert plan.id == "s1"
    store.close()


def test_there_is_a_frozen_schema_of_every_older_format() -> None:
    assert {f"format_{n}.sql" for n in range(1, USER_VERSION)} <= {
        file.name for file in SCHEMAS.glob("format_*.sql")
    }
