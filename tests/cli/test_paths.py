"""`path` and `exam --path`, from the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from tests.study.test_paths import PATH

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def command(command: Command) -> Command:
    (command.pack / "paths").mkdir()
    (command.pack / "paths/both.yaml").write_text(yaml.safe_dump(PATH))
    return command


def test_paths_are_listed_and_shown(command: Command) -> None:
    assert "0 of 2 mastered" in command("path", "list").out
    shown = command("path", "show", "both").out
    assert "Both, 1 h. Know both." in shown
    assert "Closing exam: 8 questions, 10 minutes" in shown
    assert "nexus-tui exam --path both begins it" in shown
    assert "Next: Read Sql (30 min)" in shown


def test_a_path_as_json_says_the_same(command: Command) -> None:
    [listed] = command("path", "list", "--json").json["results"]
    shown = command("path", "show", "school/both", "--json").json
    assert shown == listed
    assert [topic["topic"] for topic in shown["topics"]] == ["school/sql", "school/indexing"]
    assert shown["exam"]["last"] is None
    assert shown["next"]["step"] == "topic:school/sql"


def test_a_path_that_is_not_there_is_named_with_those_that_are(command: Command) -> None:
    assert command("path", "show", "all").sentence == "There is no path 'all'; there are: both."


def test_the_closing_exam_of_a_path_is_taken_and_told_with_it(command: Command) -> None:
    taken = command("exam", "--path", "both", stdin="hand in\n")
    assert "Closing exam: Both. 8 questions, 10 minutes." in taken.out
    assert "0 of 8 right" in command("path", "show", "both").out
    [listed] = command("exam", "--json").json["results"]
    assert listed["path"] == "school/both"


def test_a_path_says_itself_what_its_exam_asks(command: Command) -> None:
    refused = command("exam", "--path", "both", "--questions", "5")
    assert "give --path alone" in refused.sentence
