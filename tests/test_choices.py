"""What can be chosen: read, refused with a sentence, stepped through, written."""

from __future__ import annotations

import tomllib

import pytest

from nexus_tui.choices import (
    BY_NAME,
    CHOICES,
    Choices,
    Refused,
    changed,
    from_table,
    stepped,
    to_toml,
)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("retention", "0.9", 0.9),
        ("retention", " 92 % ", 0.92),
        ("retention", "0,85", 0.85),
        ("retention", "0.80", 0.8),
        ("retention", "97", 0.97),
        ("due_limit", "20", 20),
        ("new_limit", "0", 0),
        ("easy_days", "Sat, sunday", (5, 6)),
        ("easy_days", "none", ()),
        ("easy_days", "", ()),
        ("day_starts", "0", 0),
        ("day_starts", "5:00", 5),
    ],
)
def test_a_value_is_read_as_people_write_it(name: str, text: str, value: object) -> None:
    assert getattr(changed(Choices(), name, text), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("retention", "0.79"),
        ("retention", "0.98"),
        ("retention", "high"),
        ("retention", "nan"),
        ("retention", ""),
        ("due_limit", "4"),
        ("due_limit", "101"),
        ("due_limit", "7.5"),
        ("due_limit", "inf"),
        ("new_limit", "-1"),
        ("easy_days", "sat someday"),
        ("easy_days", "mon tue wed thu fri sat sun"),
        ("day_starts", "13"),
        ("day_starts", "noon"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(name: str, text: str) -> None:
    with pytest.raises(Refused, match=r"^\S.*\.$"):
        changed(Choices(), name, text)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_every_setting_reads_back_what_it_says(choice: object) -> None:
    name = choice.name  # type: ignore[attr-defined]
    for value in BY_NAME[name].steps:
        said = BY_NAME[name].say(value)
        assert getattr(changed(Choices(), name, said), name) == value


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: choice.name)
def test_every_setting_is_written_as_toml_that_means_the_same(choice: object) -> None:
    name = choice.name  # type: ignore[attr-defined]
    for value in BY_NAME[name].steps:
        choices = changed(Choices(), name, BY_NAME[name].say(value))
        table = tomllib.loads(f"{name} = {to_toml(name, choices)}")
        assert from_table(table) == choices


def test_steps_go_on_from_the_nearest_and_stay_at_the_ends() -> None:
    choices = changed(Choices(), "due_limit", "12")
    assert stepped(choices, "due_limit", 1).due_limit == 15
    assert stepped(choices, "due_limit", -1).due_limit == 10
    low = changed(Choices(), "day_starts", "0")
    assert stepped(low, "day_starts", -1).day_starts == 0
    odd = changed(Choices(), "easy_days", "wed")
    assert stepped(odd, "easy_days", 1).easy_days == ()


@pytest.mark.parametrize("table", [{"retention": 2.0}, {"due_limit": True}, {"easy_days": ["x"]}])
def test_a_table_that_cannot_be_names_its_key(table: dict[str, object]) -> None:
    with pytest.raises(Refused, match=f"^`{next(iter(table))}`: "):
        from_table(table)


def test_keys_that_are_not_known_are_left_alone() -> None:
    assert from_table({"colour": "green"}) == Choices()
