"""YAML without surprises: every refusal names its place and its reason, and none crashes."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog import strict_yaml
from nexus_tui.catalog.strict_yaml import YamlProblem, read

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=["libyaml", "python"], autouse=True, scope="module")
def parser(request: pytest.FixtureRequest) -> Iterator[str]:
    """Both parsers: PyYAML built without libyaml has only its own."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "python":
            patch.delattr(yaml, "CLoader")
        yield request.param


def refusal(text: str) -> tuple[int, int, str]:
    """Where and why `text` is refused."""
    with pytest.raises(YamlProblem) as caught:
        read(text, "quiz.yaml")
    problem = caught.value.problem
    assert problem.path == "quiz.yaml"
    assert str(caught.value) == str(problem)
    assert str(problem).startswith(f"quiz.yaml:{problem.line}:{problem.column}: ")
    return problem.line, problem.column, problem.message


def value_of(scalar: str) -> Any:
    return read(f"a: {scalar}", "f.yaml").value["a"]


def test_libyaml_is_the_parser_where_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    used = []

    class Spy(yaml.Loader):
        def __init__(self, stream: Any) -> None:
            used.append(stream)
            super().__init__(stream)

    monkeypatch.setattr(yaml, "CLoader", Spy, raising=False)
    read("a: 1", "f.yaml")
    assert used == ["a: 1"]


def test_mappings_lists_and_scalars_become_plain_values() -> None:
    text = "a: [1, -2, 2.5, true, false, null, ~]\nb:\n- {c: d}\n- |\n  two\n  lines\ne:\n"
    assert read(text, "f.yaml").value == {
        "a": [1, -2, 2.5, True, False, None, None],
        "b": [{"c": "d"}, "two\nlines\n"],
        "e": None,
    }


@pytest.mark.parametrize("quoted", ['"no"', "'1:30'", '"2026-01-02"', '"12"', '"1.5"', '"null"'])
def test_quoted_text_stays_text(quoted: str) -> None:
    assert value_of(quoted) == quoted[1:-1]


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("999999999999999", 999_999_999_999_999),
        (".5", 0.5),
        ("-1.25", -1.25),
        ("1.5e3", 1500.0),
        ("1.2.3", "1.2.3"),
        ("a b", "a b"),
        ("x:y", "x:y"),
        ("nope", "nope"),
    ],
)
def test_plain_scalars_are_numbers_only_where_they_look_it(scalar: str, value: object) -> None:
    assert value_of(scalar) == value
    assert type(value_of(scalar)) is type(value)


# ---------------------------------------------------------------- keys


def test_a_second_equal_key_is_refused_at_its_line() -> None:
    assert refusal("a: 1\nb: 2\na: 3\n") == (3, 1, "the key `a` stands twice")


def test_a_second_equal_key_is_refused_in_a_nested_flow_mapping() -> None:
    assert refusal("a:\n- {b: 1, c: 2, b: 3}\n") == (2, 16, "the key `b` stands twice")


def test_equal_keys_in_different_mappings_are_no_duplicates() -> None:
    assert read("- {a: 1}\n- {a: 2}\n", "f.yaml").value == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize("key", ["[a]", "{a: 1}", "*a"])
def test_a_key_that_is_no_text_is_refused(key: str) -> None:
    assert refusal(f"x: 1\n? {key}\n: 1\n") == (2, 3, "a key must be plain text")


def test_a_key_with_a_control_character_is_refused() -> None:
    assert refusal('a: 1\n"b\\e[31m": 1\n') == (2, 1, "a key must be printable")


def test_a_merge_key_is_refused() -> None:
    line, column, message = refusal("a:\n  <<: {b: 1}\n")
    assert (line, column) == (2, 3)
    assert "merge key" in message


# ---------------------------------------------------------------- anchors, aliases, tags


def test_an_anchor_is_refused() -> None:
    assert refusal("a: 1\nb: &base {c: 1}\n") == (
        2,
        4,
        "an anchor (&base); write the value out",
    )


def test_an_anchor_on_a_key_is_refused() -> None:
    line, column, message = refusal("&k a: 1\n")
    assert (line, column) == (1, 1)
    assert "anchor" in message


def test_an_alias_is_refused() -> None:
    assert refusal("a: 1\nb: *base\n") == (2, 4, "an alias (*base); write the value out")


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
    )
    assert refusal(bomb) == (1, 5, "an anchor (&a0); write the value out")


@pytest.mark.parametrize(
    "value",
    ["!x 1", "!!str 1", "!!python/object/apply:os.system [true]", "!!binary aGk=", "! a"],
)
def test_a_tag_is_refused(value: str) -> None:
    line, column, message = refusal(f"a: 1\nb: {value}\n")
    assert (line, column) == (2, 4)
    assert message.startswith("a tag (")


def test_a_tag_on_a_key_is_refused() -> None:
    line, column, message = refusal("!!str a: 1\n")
    assert (line, column) == (1, 1)
    assert "tag on a key" in message


# ---------------------------------------------------------------- words that YAML 1.1 reads as else


@pytest.mark.parametrize("word", ["no", "yes", "No", "YES", "on", "Off", "y", "N"])
def test_an_old_boolean_is_refused(word: str) -> None:
    line, column, message = refusal(f"a: 1\nb: {word}\n")
    assert (line, column) == (2, 4)
    assert message.startswith(f"`{word}`: older YAML reads it as true or false")


@pytest.mark.parametrize(
    "number",
    [
        "1:30",
        "1:30:15",
        "190:20:30.5",
        "0x1F",
        "0o17",
        "017",
        "00",
        "0b11",
        "1_000",
        "1_0_0_",
        "0_7",
    ],
)
def test_a_number_that_some_yaml_reads_otherwise_is_refused(number: str) -> None:
    line, column, message = refusal(f"a: 1\nb: {number}\n")
    assert (line, column) == (2, 4)
    assert message.startswith(f"`{number}`: some YAML reads it as a number or a date")


@pytest.mark.parametrize("date", ["2026-01-02", "2026-1-2", "2026-01-02T10:00:00Z"])
def test_a_date_is_refused(date: str) -> None:
    line, column, message = refusal(f"a: 1\nb: {date}\n")
    assert (line, column) == (2, 4)
    assert message.startswith(f"`{date}`: some YAML reads it as a number or a date")


@pytest.mark.parametrize("number", ["1234567890123456", "-" + "9" * 16, "9" * 10_000])
def test_a_huge_whole_number_is_refused(number: str) -> None:
    assert refusal(f"a: 1\nb: {number}\n") == (
        2,
        4,
        "a number of more than 15 digits; quote it",
    )


@pytest.mark.parametrize("number", ["1.5e999", "-1.5e999"])
def test_a_number_beyond_all_bounds_is_refused(number: str) -> None:
    assert refusal(f"b: {number}\n") == (1, 4, f"`{number}` is too large for a number; quote it")


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize("opening", ["[", "{"])
def test_100_kb_of_opening_brackets_are_refused_and_do_not_crash(opening: str) -> None:
    line, column, message = refusal(opening * 100_000)
    assert line == 1
    assert column > 1
    assert "nest" in message or message == "a key must be plain text"


@pytest.mark.parametrize("opening", ["- ", "? ", "!", "&", "*", "|", "'", '"'])
def test_100_kb_of_one_indicator_are_refused_and_do_not_crash(opening: str) -> None:
    assert refusal((opening * 100_000)[:99_999])[0] >= 1


@pytest.mark.parametrize("scalar", ["1" + "_" * 100_000 + "x", "1" + ":1" * 50_000 + ":x"])
def test_a_long_scalar_that_is_nearly_a_number_is_text(scalar: str) -> None:
    assert value_of(scalar) == scalar


def test_the_deepest_nesting_is_read_and_one_more_is_refused() -> None:
    levels = strict_yaml.MAX_DEPTH + 1
    value = read("[" * levels + "]" * levels, "f.yaml").value
    for _ in range(levels - 1):
        assert len(value) == 1
        (value,) = value
    assert value == []
    assert refusal("[" * (levels + 1) + "]" * (levels + 1)) == (
        1,
        levels + 1,
        "nested deeper than 24 levels",
    )


def test_a_file_over_the_size_limit_is_refused() -> None:
    fits = "#" * (strict_yaml.MAX_BYTES - 5) + "\na: 1"
    assert read(fits, "f.yaml").value == {"a": 1}
    assert refusal(fits + " ") == (1, 1, "the file is over 1,000,000 bytes; split it")


def test_size_counts_bytes_not_characters() -> None:
    assert refusal("#" + "é" * (strict_yaml.MAX_BYTES // 2))[2].startswith("the file is over")


def test_too_many_values_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "MAX_NODES", 5)
    assert read("[1, 2, 3, 4]", "f.yaml").value == [1, 2, 3, 4]
    assert refusal("[1, 2, 3, 4, 5]") == (1, 14, "more than 5 values")


# ---------------------------------------------------------------- what is no document


def test_a_second_document_is_refused() -> None:
    assert refusal("a: 1\n---\nb: 2\n") == (2, 1, "a second document; keep one in a file")


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_an_empty_file_is_refused(text: str) -> None:
    assert refusal(text) == (1, 1, "the file is empty")


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\n  b: 2\n", 2, 4),
        ("a:\n- 1\n b: 2\n", 3, 3),
        ("a:\n\tb: 1\n", 2, 1),
        ("a: [1, 2\nb: 3\n", 2, 2),
        ("a: é\n  b: c: d\n", 2, 4),
        ("a: @x\n", 1, 4),
    ],
)
def test_bad_indentation_and_syntax_are_refused_at_their_place(
    text: str, line: int, column: int
) -> None:
    found_line, found_column, message = refusal(text)
    assert (found_line, found_column) == (line, column)
    assert message.startswith("not YAML: ")


@pytest.mark.parametrize(
    ("character", "code"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x9b", "U+009B"),
        ("\uffff", "U+FFFF"),
        ("\ud800", "U+D800"),
    ],
)
def test_a_raw_control_character_is_refused_at_its_place(character: str, code: str) -> None:
    what = f"the character {code} cannot be printed; take it out"
    assert refusal(f"é: 1\nb: x{character}y\n") == (2, 5, what)


def test_half_of_a_surrogate_pair_is_refused() -> None:
    line, _, message = refusal('a: 1\nb: "\\ud800"\n')
    assert line == 2
    assert "surrogate" in message or "invalid Unicode character" in message


# ---------------------------------------------------------------- places


def test_the_place_of_a_value_is_that_of_its_key() -> None:
    document = read("a: 1\nb:\n- c: x\n  d: w\n- z\n", "f.yaml")
    assert document.place(("b", 0, "d")) == (4, 3)
    assert document.place(("b", 1)) == (5, 3)


def test_the_place_of_what_is_missing_is_that_of_what_should_hold_it() -> None:
    document = read("a: 1\nb:\n- c: x\n", "f.yaml")
    assert document.place(("b", 0, "absent", "deeper")) == (3, 3)
    assert document.place(("absent",)) == (1, 1)


@given(st.text(st.sampled_from(string.printable + "é\x00\u2028\ud800"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(text, "f.yaml").value
    except YamlProblem as error:
        assert error.problem.line >= 1
        assert error.problem.column >= 1
        assert error.problem.message
    else:
        assert isinstance(found, dict | list | str | int | float | bool | None)


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | st.text("abc é:#-'\""),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé"), inner, max_size=4),
    max_leaves=10,
)


@given(values)
def test_what_a_common_writer_writes_is_read_back(value: Any) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert read(text, "f.yaml").value == value
