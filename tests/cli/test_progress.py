"""`progress`: its JSON is what its schema says, and each figure is a CSV."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import jsonschema_rs
import pytest

from nexus_tui.cli.progress import Table
from nexus_tui.study.figures import COLUMNS, TITLES
from tests.cli.test_commands import _answered

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_what_it_prints_as_json_is_what_the_schema_says(command: Command) -> None:
    _answered(command)
    schema = command("progress", "--schema").json
    found = command("progress", "--json").json
    jsonschema_rs.validator_for(schema).validate(found)
    assert found["figures"]["accuracy"]["results"][-1]["answers"] == 2
    assert found["figures"]["time"]["sentence"] == "1 minute this week."


def test_every_figure_has_a_title_and_can_be_asked_for() -> None:
    assert [table.value for table in Table] == list(COLUMNS) == list(TITLES)


@pytest.mark.parametrize("name", ["tracks", "accuracy", "weakest"])
def test_a_figure_as_csv_has_the_names_of_its_columns_first(name: str, command: Command) -> None:
    _answered(command)
    done = command("progress", "--csv", name)
    rows = list(csv.reader(done.out.splitlines()))
    figure = command("progress", "--json").json["figures"][name]
    assert rows[0] == list(COLUMNS[name])
    assert len(rows) == 1 + len(figure["results"])


def test_json_and_csv_at_once_are_refused(command: Command) -> None:
    done = command("progress", "--json", "--csv", "days")
    assert (done.code, done.err) == (2, "nexus-tui: Say either --json or --csv.\n")


def test_each_figure_is_said_in_a_sentence(command: Command) -> None:
    _answered(command)
    out = command("progress").out
    assert "Right answers, week by week: 50 % right in the last four weeks" in out
    assert "The year: 2 answers on 1 day." in out
