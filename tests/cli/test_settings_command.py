"""`nexus-tui settings`: listed, set, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.histories import opened

if TYPE_CHECKING:
    from tests.cli.conftest import Command


def test_settings_lists_each_with_value_and_meaning(command: Command) -> None:
    done = command("settings")
    assert (done.code, done.err) == (0, "")
    for name in ("retention", "due_limit", "new_limit", "easy_days", "day_starts"):
        assert name in done.out
    assert "Kept in " in done.out


def test_what_is_set_is_listed_and_kept(command: Command) -> None:
    assert command("settings", "set", "easy_days", "sat", "sun").code == 0
    assert command("settings", "set", "retention", "0.92").out.startswith("retention is 0.92")
    listed = {one["name"]: one for one in command("settings", "--json").json["results"]}
    assert listed["easy_days"]["value"] == ["sat", "sun"]
    assert (listed["retention"]["value"], listed["retention"]["default"]) == (0.92, 0.9)
    said = command("settings", "set", "due_limit", "20", "--json").json
    assert (said["name"], said["value"]) == ("due_limit", 20)


def test_a_history_that_is_there_holds_the_change_as_a_fact(command: Command) -> None:
    opened(command.database).close()
    command("settings", "set", "retention", "0.85")
    store = opened(command.database)
    assert store.counts()["facts"] == 1
    store.close()


def test_without_a_history_none_is_made(command: Command) -> None:
    command("settings", "set", "retention", "0.85")
    assert not command.database.exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("colour", "green", "choose one of retention"),
        ("retention", "0.99", "0.80 to 0.97"),
        ("easy_days", "someday", "no weekday"),
    ],
)
def test_what_cannot_be_set_is_refused_in_one_sentence(
    command: Command, name: str, value: str, words: str
) -> None:
    assert words in command("settings", "set", name, value).sentence
