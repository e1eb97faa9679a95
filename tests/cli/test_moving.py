"""`export`, `import`, `report` and `learners`: what they write, say, refuse and ask."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.histories import answer, one, opened, rows

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def answered(command: Command) -> Command:
    """A history of five answers, one of them undone, and a reported question."""
    store = opened(command.database, learner="anna")
    for number in range(5):
        answer(store, f"school/sql/explain-{number % 3}", objective="school/sql/explain")
    store.undo().result()
    store.report("school/sql/explain-1", "[no](x) *right*", "0123456789ab").result()
    store.report("school/sql/gone", "", "").result()
    store.close()
    return command


# ---------------------------------------------------------------- export and import


def test_an_export_goes_to_the_output_or_to_a_file(answered: Command) -> None:
    shown = answered("export").out
    file = answered.folder / "facts.jsonl"

    assert answered("export", str(file)).out == f"8 facts written to {file}.\n"

    assert file.read_text() == shown
    assert json.loads(shown.splitlines()[0])["learner"]["name"] == "anna"
    assert not list(answered.folder.glob(".*part"))


def test_a_file_that_is_there_is_written_over_only_when_asked(answered: Command) -> None:
    file = answered.folder / "facts.jsonl"
    file.write_text("mine")
    assert "exists already" in answered("export", str(file)).sentence
    assert file.read_text() == "mine"
    assert answered("export", "--force", str(file)).code == 0


def test_answers_are_exported_as_csv(answered: Command) -> None:
    lines = answered("export", "--format", "csv").out.splitlines()
    assert lines[0].startswith("time,day,question,objective,score")
    assert len(lines) == 5


def test_notes_are_exported_as_markdown_under_the_titles_of_their_topics(
    answered: Command,
) -> None:
    store = opened(answered.database, learner="anna")
    store.write_note("school/indexing", "Left first.\n\n```sql\nSELECT 1\n```\n").result()
    store.write_note("school/gone", "Of a topic that is gone.").result()
    store.write_note("school/sql", "taken away").result()
    store.write_note("school/sql", "").result()
    store.close()
    file = answered.folder / "notes.md"

    said = answered("export", "--format", "notes", str(file)).out

    assert said == f"2 notes written to {file}.\n"
    assert file.read_text() == (
        "# Notes of anna\n\n## Indexing\n\nLeft first.\n\n```sql\nSELECT 1\n```\n\n"
        "## school/gone\n\nOf a topic that is gone.\n"
    )


def test_an_unknown_learner_is_not_made_by_an_export(answered: Command) -> None:
    assert "There is no learner 'zoe'" in answered("export", "--learner", "zoe").sentence
    assert one(answered.database, "SELECT count(*) FROM learner") == 1


def test_the_schema_needs_no_history(command: Command) -> None:
    schema = json.loads(command("export", "--schema").out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert not command.database.exists()


def test_an_import_says_what_it_did_and_keeps_a_backup(answered: Command) -> None:
    file = answered.folder / "facts.jsonl"
    answered("export", str(file))
    store = opened(answered.database, learner="anna")
    answer(store, "school/sql/explain-2", objective="school/sql/explain")
    store.close()

    done = answered("import", str(file), "--json").json

    assert (done["added"], done["known"], done["results"]) == (0, 8, [])
    other = answered.folder / "other.db"
    said = answered("--db", str(other), "import", str(file)).out
    assert said == "8 facts added to the history of anna, 0 were here already.\n"
    assert one(other, "SELECT count(*) FROM answer") == 4
    assert list(answered.folder.glob("data/nexus-tui/backups/*/*-import-9.db"))


def test_a_file_with_a_bad_line_is_refused_whole_unless_asked(answered: Command) -> None:
    file = answered.folder / "facts.jsonl"
    answered("export", str(file))
    lines = file.read_text().splitlines()
    lines[2] = lines[2].replace('"score":1.0', '"score":0.0')
    file.write_text("\n".join(lines) + "\n")
    other = str(answered.folder / "other.db")

    refused = answered("--db", other, "import", str(file))

    assert refused.code == 1
    assert refused.out.splitlines() == [
        "line 3: the checksum is wrong: it was changed or damaged",
        "1 of 8 lines are bad: checksum 1.",
        f"Nothing was imported from {file}. --skip-bad leaves such lines out and adds the rest.",
    ]
    assert not (answered.folder / "other.db").exists()
    taken = answered("--db", other, "import", str(file), "--skip-bad").out
    assert "7 facts added" in taken
    assert "1 facts of these devices are neither here nor in the file" in taken


def test_a_file_that_is_not_there_is_a_sentence(command: Command) -> None:
    assert "cannot be read" in command("import", "nowhere.jsonl").sentence


# ---------------------------------------------------------------- report


def test_the_report_is_markdown_for_somebody_else(answered: Command) -> None:
    text = answered("report").out

    assert text.startswith("# Progress of anna\n\nAs of ")
    for heading in ("Mastery by track", "Mastered", "Due", "Weak", "The last 12 weeks"):
        assert f"\n## {heading}\n\n" in text
    assert "| Databases | 0 of 3 | 0 of 6 | 1 | " in text
    assert "| unmarked | 4 | 4 | 100 % |" in text
    assert (
        "- `school/sql/explain-1`, revision 0123456789ab, 2026-03-02 (changed since): "
        r"\[no\](x) \*right\*"
    ) in text
    assert "- `school/sql/gone`, revision unknown, 2026-03-02 (no longer in the content)" in text


def test_the_report_goes_to_a_file_and_over_none(answered: Command) -> None:
    file = answered.folder / "report.md"
    assert answered("report", "--output", str(file)).out == f"Written to {file}.\n"
    assert file.read_text().startswith("# Progress of anna")
    assert "exists already" in answered("report", "--output", str(file)).sentence


def test_reported_questions_are_listed_with_id_revision_and_text(answered: Command) -> None:
    found = answered("report", "--questions", "--json").json["results"]

    assert found[0] == {
        "question": "school/sql/explain-1",
        "revision": "0123456789ab",
        "day": "2026-03-02",
        "text": "[no](x) *right*",
        "stem": "Is explain-1 so?",
        "changed": True,
    }
    assert found[1]["stem"] is None
    assert answered("report", "--questions").out.startswith("## Questions reported as wrong\n")
    assert "--questions" in answered("report", "--json").sentence


# ---------------------------------------------------------------- learners


def test_learners_are_added_chosen_renamed_and_put_aside(answered: Command) -> None:
    answered("learners", "add", "ben")
    answered("learners", "choose", "ben")
    answered("learners", "rename", "ben", "Benjamin")
    answered("learners", "archive", "anna")

    found = answered("learners", "--json").json["results"]

    assert [(w["name"], w["answers"], w["in_use"], w["archived"]) for w in found] == [
        ("Benjamin", 0, True, False),
        ("anna", 4, False, True),
    ]
    assert "put aside" in answered("learners").out
    answered("learners", "archive", "anna", "--undo")
    assert not answered("learners", "--json").json["results"][0]["archived"]


def test_deleting_asks_and_keeps_a_backup(answered: Command) -> None:
    answered("learners", "add", "ben")
    answered("learners", "choose", "ben")

    assert answered("learners", "delete", "anna", stdin="n\n").code in {1, 130}
    assert one(answered.database, "SELECT count(*) FROM fact") == 8
    said = answered("learners", "delete", "anna", stdin="y\n").out

    assert "anna and 8 facts are deleted. A backup holds them still:" in said
    assert rows(answered.database, "SELECT name FROM learner") == [("ben",)]
    assert one(answered.database, "SELECT count(*) FROM fact") == 0
    [backup] = answered.folder.glob("data/nexus-tui/backups/*/*-delete-8.db")
    assert one(backup, "SELECT count(*) FROM fact") == 8


def test_who_is_in_use_is_not_deleted(answered: Command) -> None:
    assert "in use" in answered("learners", "delete", "anna", "--yes").sentence
    assert one(answered.database, "SELECT count(*) FROM fact") == 8
