"""The other commands: what they print, as text and as JSON, and how they fail."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tomllib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui import __version__
from nexus_tui.catalog.trust import is_trusted
from tests.catalog.rules.sound import Pack, short, write
from tests.histories import answer, one
from tests.study.school import OBJECTIVES, TOPICS, open_desk, write_pack

if TYPE_CHECKING:
    from tests.cli.conftest import Command

ROOT = Path(__file__).parents[2]


def _answered(command: Command) -> None:
    desk = open_desk(command.folder)
    answer(desk.store, "school/sql/explain-0", objective="school/sql/explain")
    answer(desk.store, "school/sql/decide-0", objective="school/sql/decide", right=False)
    desk.close()


# ---------------------------------------------------------------- progress


def test_progress_counts_answers_and_topics_by_track(command: Command) -> None:
    _answered(command)
    done = command("progress")
    assert done.code == 0
    first = (
        "0 of 4 topics mastered\n2 answers, 50 % right. 0 objectives due now. 1 day of learning\n"
    )
    assert done.out.startswith(first)
    assert "Databases" in done.out
    assert "0 of 3 mastered" in done.out
    assert re.search(r"^Due in the next days: 0( \d){6}$", done.out, re.MULTILINE)


def test_progress_as_json_has_every_topic_and_objective_under_results(command: Command) -> None:
    _answered(command)
    found = command("progress", "--json").json
    assert (found["answers"], found["right"], found["due"], found["mastered"]) == (2, 1, 0, 0)
    assert sum(day["answers"] for day in found["week"]) == 2
    assert len(found["week"]) == len(found["forecast"]) == 7
    assert found["certainty"]["unmarked"] == {"right": 1, "answered": 2}
    assert [r["topic"] for r in found["results"]] == [f"school/{name}" for name in TOPICS]
    sql = found["results"][0]
    assert (sql["standing"], sql["asked"], sql["track"]) == ("started", 2, "databases")
    states = {o["objective"]: (o["state"], o["asked"], o["right"]) for o in sql["objectives"]}
    assert states["school/sql/explain"] == ("right on 1 of 3 days", 1, 1)
    assert states["school/sql/decide"] == ("right on 0 of 3 days", 1, 0)
    assert all(o["due"] for o in sql["objectives"])


def test_learners_are_chosen_by_name(command: Command) -> None:
    command("--learner", "anna", "quiz", "sql", stdin="1\nquit\n")
    assert command("--learner", "anna", "progress", "--json").json["answers"] == 1
    assert command("--learner", "ben", "progress", "--json").json["answers"] == 0


def test_a_database_is_named_by_option_before_the_environment(command: Command) -> None:
    _answered(command)
    other = command.folder / "other.db"
    assert command("--db", str(other), "progress", "--json").json["answers"] == 0
    assert other.is_file()
    assert command("progress", "--json").json["answers"] == 2


# ---------------------------------------------------------------- search


def test_search_prints_kind_title_and_heading(command: Command) -> None:
    done = command("search", "indexing")
    assert done.code == 0
    assert "topic           Indexing" in done.out


def test_search_as_json_lists_hits_under_results(command: Command) -> None:
    found = command("search", "indexing", "--json").json
    assert found["query"] == "indexing"
    assert "school/indexing" in {hit["key"] for hit in found["results"]}
    assert set(found["results"][0]) == {"kind", "key", "title", "heading", "section", "snippet"}
    assert len(command("search", "sql", "--limit", "2", "--json").json["results"]) == 2


def test_search_lists_the_own_note_first_as_the_app_does(command: Command) -> None:
    with closing(open_desk(command.folder)) as desk:
        desk.store.write_note("school/sql", "Mind the zebra.").result()
    assert command("search", "zebra").out.startswith("note            Sql\n")


def test_search_for_nothing_known_says_so(command: Command) -> None:
    done = command("search", "zeppelin")
    assert (done.code, done.out) == (0, "Nothing was found for 'zeppelin'.\n")
    assert command("search", "zeppelin", "--json").json["results"] == []


@pytest.mark.parametrize("words", ["c++", '"', "a-b", "print()", "NEAR(", "*", "'; DROP", "é[/b]"])
def test_search_takes_any_signs(command: Command, words: str) -> None:
    assert isinstance(command("search", "--json", "--", words).json["results"], list)


def test_search_finds_packs_of_your_own_too(command: Command) -> None:
    mine = command.folder / "data" / "nexus-tui" / "packs" / "mine"
    write_pack(mine)
    (mine / "pack.yaml").write_text((mine / "pack.yaml").read_text().replace("school", "mine", 1))
    keys = {hit["key"] for hit in command("search", "indexing", "--json").json["results"]}
    assert {"school/indexing", "mine/indexing"} <= keys
    topics = [r["topic"] for r in command("progress", "--json").json["results"]]
    assert "mine/indexing" in topics


# ---------------------------------------------------------------- doctor


def test_doctor_names_every_path_and_why(command: Command) -> None:
    _answered(command)
    done = command("doctor")
    assert done.code == 0
    assert f"database    {command.database}\n            named by NEXUS_DB" in done.out
    assert f"content     {command.pack}\n            named by NEXUS_CONTENT" in done.out
    assert "2 facts, 2 answers, 2 objectives" in done.out
    assert f"nexus-tui   {__version__}" in done.out


def test_doctor_as_json_says_that_all_is_well(command: Command) -> None:
    found = command("doctor", "--json").json
    assert found["well"] is True
    assert found["paths"]["database"] == {
        "path": str(command.database),
        "why": "named by NEXUS_DB",
    }
    assert set(found["paths"]) == {"content", "your packs", "database", "cache", "data", "settings"}
    assert found["checks"]["content"].startswith("4 topics")
    assert found["versions"]["sqlite"] == sqlite3.sqlite_version


def test_doctor_rebuilds_the_figures_and_says_whether_they_were_the_same(command: Command) -> None:
    _answered(command)
    assert "the same figures" in command("doctor", "--rebuild").out
    with closing(sqlite3.connect(command.database)) as connection:
        connection.execute("UPDATE card SET asked = 99")
        connection.commit()
    assert command("doctor", "--rebuild", "--json").json["checks"]["rebuild"] == (
        "figures were mended"
    )
    assert one(command.database, "SELECT sum(asked) FROM card") == 2


def test_doctor_finds_a_fact_that_was_changed(command: Command) -> None:
    _answered(command)
    with closing(sqlite3.connect(command.database)) as connection:
        connection.execute("UPDATE fact SET payload = '{}' WHERE seq = 1")
        connection.commit()
    done = command("doctor", "--rebuild", "--json")
    assert done.code == 1
    assert "Fact 1" in json.loads(done.out)["checks"]["failed"]
    assert one(command.database, "SELECT sum(asked) FROM card") == 2


def test_doctor_of_a_history_that_cannot_be_opened_says_why_and_where_things_are(
    command: Command,
) -> None:
    command.database.write_text("Dear diary")
    done = command("doctor", "--json")
    found = json.loads(done.out)
    assert (done.code, found["well"], done.err) == (1, False, "")
    assert "is not a Nexus database" in found["checks"]["failed"]
    assert found["paths"]["database"]["path"] == str(command.database)


# ---------------------------------------------------------------- content


def test_lint_of_a_whole_pack_finds_only_what_is_missing(command: Command) -> None:
    done = command("content", "lint", "--json")
    found = json.loads(done.out)["results"]
    assert done.code == any(problem["severity"] == "error" for problem in found)
    keys = {"path", "line", "column", "rule", "message", "severity", "mend"}
    assert keys == set().union(*found)


def test_lint_of_a_broken_pack_names_file_line_and_column_and_ends_with_one(
    command: Command,
) -> None:
    path = command.pack / "topics" / "databases" / "sql" / "topic.yaml"
    path.write_text(path.read_text() + "flavour: sweet\n")
    line = len(path.read_text().splitlines())
    done = command("content", "lint", str(command.pack))
    assert (done.code, done.err) == (1, "")
    [problem] = [text for text in done.out.splitlines() if "flavour" in text]
    assert problem.startswith(f"topics/databases/sql/topic.yaml:{line}:1")
    done = command("content", "lint", str(command.pack), "--json")
    assert done.code == 1
    [found] = [p for p in json.loads(done.out)["results"] if "flavour" in p["message"]]
    assert (found["path"], found["line"], found["column"]) == (
        "topics/databases/sql/topic.yaml",
        line,
        1,
    )


def test_lint_of_a_pack_without_problems_ends_with_zero(command: Command) -> None:
    bare = command.folder / "bare"
    bare.mkdir()
    text = (command.pack / "pack.yaml").read_text()
    (bare / "pack.yaml").write_text(text[: text.index("tracks:")])
    done = command("content", "lint", str(bare))
    assert (done.code, done.out, done.err) == (0, "No problems.\n", "")
    assert command("content", "lint", str(bare), "--json").json == {"results": []}


def test_warnings_alone_end_with_zero_and_under_strict_with_one(command: Command) -> None:
    unused = short(lint_ok={"L04": "a name is that long"})
    root = write(command.folder / "warned", Pack((unused,)))
    assert command("pack", "trust", str(root), "--yes").code == 0
    done = command("content", "lint", str(root))
    assert done.code == 0
    assert done.out.splitlines()[-1] == "Errors: 0. Warnings: 1."
    assert command("content", "lint", str(root), "--strict").code == 1
    [found] = command("content", "lint", str(root), "--json").json["results"]
    assert (found["rule"], found["severity"], found["mend"]) == ("W02", "warning", "take it out")


def test_stats_count_what_the_pack_holds(command: Command) -> None:
    found = command("content", "stats", "--json").json
    assert (found["topics"], found["lessons"], found["topics_done"]) == (4, 3, 0)
    assert found["questions"] == 18
    assert [t["topic"] for t in found["results"]] == [
        "school/indexing",
        "school/sharding",
        "school/sql",
        "school/queues",
    ]
    assert "topics                        4" in command("content", "stats").out


def test_schemas_are_json_schemas_of_every_file(command: Command) -> None:
    all_of_them = command("content", "schema").json
    assert {"pack", "topic", "quiz", "checklist", "challenge", "moved"} <= set(all_of_them)
    assert command("content", "schema", "topic").json == all_of_them["topic"]
    assert "objectives" in all_of_them["topic"]["properties"]


def test_trust_shows_what_would_run_and_remembers_it(command: Command) -> None:
    lesson = command.pack / "topics" / "databases" / "sql" / "lesson.md"
    lesson.write_text(lesson.read_text() + "\n```python run\nprint(1)\n```\n")
    refused = command("pack", "trust", str(command.pack), stdin="n\n")
    assert refused.code == 1
    assert "topics/databases/sql/lesson.md" in refused.out
    data = command.folder / "data" / "nexus-tui"
    assert not is_trusted(command.pack, data)
    done = command("pack", "trust", str(command.pack), stdin="y\n")
    assert (done.code, done.err) == (0, "")
    assert is_trusted(command.pack, data)
    lesson.write_text(lesson.read_text().replace("print(1)", "print(2)"))
    assert not is_trusted(command.pack, data)
    assert command("pack", "trust", "--yes", str(command.pack)).code == 0
    assert is_trusted(command.pack, data)


def test_trust_of_a_pack_without_code_asks_nothing(command: Command) -> None:
    done = command("pack", "trust", str(command.pack))
    assert (done.code, done.err) == (0, "")
    assert "there is nothing to trust" in done.out


def test_trust_without_an_answer_trusts_nothing(command: Command) -> None:
    lesson = command.pack / "topics" / "databases" / "sql" / "lesson.md"
    lesson.write_text(lesson.read_text() + "\n```python run\nprint(1)\n```\n")
    done = command("pack", "trust", str(command.pack), stdin="")
    assert done.code == 130
    assert done.err.splitlines()[-1].startswith("nexus-tui: stopped")
    assert not (command.folder / "data" / "nexus-tui" / "trusted.json").exists()


# ---------------------------------------------------------------- what cannot be done


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], "No such command 'frob'"),
        (["content"], "Missing command"),
        (["content", "frob"], "No such command 'frob'"),
        (["progress", "--frob"], "No such option"),
        (["--frob", "progress"], "No such option"),
        (["progress", "too much"], "unexpected extra argument"),
        (["search"], "Missing argument"),
        (["search", ""], "Say what to look for"),
        (["search", "x", "--limit", "0"], "'--limit'"),
        (["search", "x", "--limit", "many"], "'--limit'"),
        (["--db"], "requires an argument"),
        (["quiz", "indxing"], "There is no topic 'indxing'. Did you mean indexing"),
        (["quiz", "school/zzz"], "There is no topic 'school/zzz'"),
        (["quiz", ""], "There is no topic ''"),
        (["content", "schema", "nope"], "There is no schema 'nope'"),
        (["content", "lint", "/nowhere"], "/nowhere is no content pack"),
        (["content", "stats", "/nowhere"], "/nowhere is no content pack"),
        (["pack", "trust", "/nowhere"], "/nowhere is no content pack"),
        (["pack", "trust"], "Missing argument"),
        (["--content", "/nowhere", "progress"], "--content names /nowhere"),
        (["--db", "/dev/null/progress.db", "progress"], "/dev/null/progress.db"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_wrong_is_one_sentence_and_exit_code_two(
    command: Command, arguments: list[str], words: str
) -> None:
    assert words in command(*arguments).sentence


@pytest.mark.parametrize("arguments", [["progress"], ["quiz", "sql"], ["review"], ["quiz"]])
def test_a_history_that_cannot_be_opened_is_not_replaced_by_an_empty_one(
    command: Command, arguments: list[str]
) -> None:
    command.database.write_text("Dear diary")
    assert "is not a Nexus database" in command(*arguments, stdin="1\n1\n").sentence
    assert "is not a Nexus database" in command(*arguments, "--json").sentence
    assert command.database.read_text() == "Dear diary"


def test_a_damaged_history_is_a_sentence_for_every_command(command: Command) -> None:
    _answered(command)
    page = one(command.database, "SELECT rootpage FROM sqlite_master WHERE name = 'card'")
    with command.database.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    for arguments in (["progress"], ["review", "--json"], ["quiz", "sql"]):
        assert "is damaged" in command(*arguments).sentence
    assert command("doctor").code == 1


def test_settings_that_cannot_be_read_are_a_sentence(command: Command) -> None:
    file = command.folder / "settings.toml"
    command.monkeypatch.setenv("NEXUS_SETTINGS", str(file))
    file.write_text("learner = [")
    assert "your settings cannot be read" in command("progress").sentence
    file.write_text("learner = 7")
    assert "`learner` must be text" in command("progress").sentence
    file.write_bytes(b"\xff\xff")
    assert "your settings cannot be read" in command("progress").sentence


def test_a_pack_that_cannot_be_read_at_all_is_a_sentence(command: Command) -> None:
    (command.pack / "pack.yaml").write_text("id: [")
    assert "pack.yaml" in command("content", "stats").sentence
    assert command("content", "lint").code == 1


def test_content_that_vanishes_is_a_sentence(command: Command) -> None:
    shutil.rmtree(command.pack)
    for arguments in (["progress"], ["search", "sql"], ["quiz", "sql"]):
        assert str(command.pack) in command(*arguments).sentence


# ---------------------------------------------------------------- the program itself


def test_the_version_is_that_of_the_package(command: Command) -> None:
    done = command("--version")
    assert (done.code, done.out, done.err) == (0, f"nexus-tui {__version__}\n", "")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert declared == __version__


@pytest.mark.parametrize("name", ["", "content", "pack", "quiz", "review", "search", "doctor"])
def test_help_names_what_there_is(command: Command, name: str) -> None:
    done = command(*([name] if name else []), "--help")
    assert (done.code, done.err) == (0, "")
    assert f"Usage: nexus-tui {name}".rstrip() in done.out


def test_help_lists_every_command(command: Command) -> None:
    listed = command("--help").out
    for name in ("quiz", "review", "progress", "search", "doctor", "content", "pack"):
        assert f"\n  {name} " in listed


def test_objectives_of_the_pack_are_those_that_progress_lists(command: Command) -> None:
    listed = [o for r in command("progress", "--json").json["results"] for o in r["objectives"]]
    assert len(listed) == len(TOPICS) * len(OBJECTIVES)
