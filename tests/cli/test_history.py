"""`backup`, `restore` and what `doctor` says of a history that is not well."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress.columns import USER_VERSION
from tests.histories import answer, one
from tests.old_files import format_1
from tests.study.school import open_desk

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def _answered(command: Command, *names: str) -> None:
    desk = open_desk(command.folder)
    for name in names:
        answer(desk.store, f"school/sql/{name}", objective="school/sql/explain")
    desk.close()


def test_backup_says_where_and_that_it_is_whole(command: Command) -> None:
    _answered(command, "a", "b")
    done = command("backup")
    assert done.code == 0
    first, path, last = done.out.splitlines()
    assert first == "2 facts copied to"
    assert last == "The copy was read back and is whole."
    assert Path(path).is_relative_to(command.folder / "data" / "nexus-tui" / "backups")
    assert one(Path(path), "SELECT count(*) FROM answer") == 2


def test_backup_as_json_and_the_list_of_them(command: Command) -> None:
    _answered(command, "a")
    assert command("backup", "--list", "--json").json["results"] == []
    assert "no backup" in command("backup", "--list").out
    made = command("backup", "--json").json
    assert (made["facts"], made["reason"]) == (1, "asked")
    found = command("backup", "--list", "--json").json
    assert found == {"database": str(command.database), "results": [made]}
    listed = command("backup", "--list").out
    assert "1 fact " in listed
    assert "asked for" in listed
    assert made["path"] in listed


def test_backup_of_what_is_no_history_is_refused(command: Command) -> None:
    assert "There is no history" in command("backup").sentence
    command.database.write_text("Dear diary")
    assert "is not a Nexus database" in command("backup").sentence


def test_restore_shows_what_would_change_and_asks(command: Command) -> None:
    _answered(command, "a", "b")
    made = command("backup", "--json").json
    _answered(command, "c")
    before = command.database.read_bytes()
    done = command("restore", stdin="n\n")
    assert done.code == 1
    assert f"Here   {command.database}\n       3 facts, until " in done.out
    assert f"There  {made['path']}\n       2 facts, until " in done.out
    assert "Lost would be 1 fact that is only here, the first of " in done.out
    assert "Won would be 0 facts. What is here now is kept as a backup." in done.out
    assert command.database.read_bytes() == before
    assert command("restore", "--show").code == 0
    assert command.database.read_bytes() == before
    done = command("restore", stdin="y\n")
    assert done.code == 0
    assert one(command.database, "SELECT count(*) FROM answer") == 2
    kept = Path(done.out.splitlines()[-1])
    assert one(kept, "SELECT count(*) FROM answer") == 3
    assert "before a restore" in command("backup", "--list").out


def test_restore_takes_a_file_and_speaks_json(command: Command) -> None:
    _answered(command, "a")
    old = format_1(command.folder / "old.db")
    found = command("restore", str(old), "--yes", "--json").json
    assert (found["here"], found["lost"], found["gained"]) == (1, 1, found["there"])
    assert one(command.database, "PRAGMA user_version") == USER_VERSION
    assert one(command.database, "SELECT count(*) FROM answer") == 11


def test_restore_without_an_answer_changes_nothing(command: Command) -> None:
    _answered(command, "a")
    command("backup")
    _answered(command, "b")
    assert command("restore").code == 130
    assert one(command.database, "SELECT count(*) FROM answer") == 2


def test_restore_of_nothing_is_a_sentence(command: Command) -> None:
    assert "There is no backup" in command("restore").sentence
    assert "There is no file" in command("restore", "/nowhere.db", "--yes").sentence


def test_an_older_history_is_migrated_by_any_command(command: Command) -> None:
    format_1(command.database)
    assert command("progress", "--json").json["answers"] == 11
    assert one(command.database, "PRAGMA user_version") == USER_VERSION
    [made] = command("backup", "--list", "--json").json["results"]
    assert made["reason"] == "migration"
    assert command("doctor", "--json").json["results"] == []


# ---------------------------------------------------------------- doctor


def test_doctor_names_the_fault_and_what_helps(command: Command) -> None:
    _answered(command, "a")
    command("backup")
    command.database.write_bytes(b"")
    done = command("doctor")
    assert done.code == 1
    assert f"empty: {command.database} is empty" in done.out
    assert "  what helps: nexus-tui restore" in done.out
    found = json.loads(command("doctor", "--json").out)
    assert found["well"] is False
    assert set(found["results"][0]) == {"name", "sentence", "remedy", "serious"}
    assert command.database.read_bytes() == b""


def test_doctor_does_not_begin_a_new_history_where_one_is_missed(command: Command) -> None:
    _answered(command, "a")
    command("backup")
    command.database.unlink()
    done = command("doctor", "--json")
    assert done.code == 1
    assert json.loads(done.out)["results"][0]["name"] == "missing"
    assert not command.database.exists()


@pytest.mark.parametrize("as_json", [True, False])
def test_doctor_recovers_what_can_be_read(command: Command, as_json: bool) -> None:
    _answered(command, *(f"q{number}" for number in range(30)))
    content = bytearray(command.database.read_bytes())
    content[:4096] = b"\xa5" * 4096
    command.database.write_bytes(content)
    into = command.folder / "progress-recovered.db"
    if as_json:
        found = command("doctor", "--recover", str(command.database), "--json").json
        assert (found["facts"], found["lost"], found["into"]) == (30, 0, str(into))
    else:
        done = command("doctor", "--recover", str(command.database))
        assert done.code == 0
        assert "30 facts were read, each with the checksum it was written with." in done.out
        assert "No fact is known to be missing." in done.out
    assert command.database.read_bytes() == bytes(content)
    assert "exists already" in command("doctor", "--recover", str(command.database)).sentence
    command("restore", str(into), "--yes")
    assert command("progress", "--json").json["answers"] == 30


def test_doctor_counts_what_could_not_be_recovered(command: Command) -> None:
    _answered(command, *(f"q{number}" for number in range(30)))
    with closing(sqlite3.connect(command.database)) as connection:
        connection.execute(
            "UPDATE fact SET payload = replace(payload, '9000', '9001') WHERE seq = 7"
        )
        connection.execute(
            "UPDATE fact SET payload = replace(payload, '9000', '9001') WHERE seq = 8"
        )
        connection.commit()
    found = json.loads(command("doctor", "--json").out)
    assert found["results"][0]["name"] == "changed facts"
    done = command("doctor", "--recover", str(command.database))
    assert done.code == 1
    assert "28 facts were read" in done.out
    assert "2 facts could not be read: number 7 to 8." in done.out
