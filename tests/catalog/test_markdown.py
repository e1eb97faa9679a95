"""Markdown: sections, fences and what is left of a fence for the renderer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.catalog.markdown import (
    Fence,
    Section,
    fences,
    in_lines,
    plain,
    sections,
    strip_attributes,
    words,
)


def test_sections_are_cut_at_headings_of_the_second_level() -> None:
    text = "intro\n\n## One\n\nfirst\n### Deeper\n\n## Two\nsecond\n"
    assert sections(text) == (
        Section("", "intro", 1),
        Section("One", "first\n### Deeper", 3),
        Section("Two", "second", 8),
    )


def test_blank_lines_before_the_first_heading_are_no_section() -> None:
    assert sections("\n\n## One\nx") == (Section("One", "x", 3),)


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_an_empty_text_has_no_sections(text: str) -> None:
    assert sections(text) == ()


@pytest.mark.parametrize("mark", ["```", "````", "~~~"])
def test_a_comment_in_a_fence_is_no_heading(mark: str) -> None:
    text = f"## One\n{mark}sh\n## not a heading\n{mark}\n## Two\n"
    assert [section.heading for section in sections(text)] == ["One", "Two"]


def test_a_shorter_mark_does_not_close_a_fence() -> None:
    text = "````md\n```\n## inside\n```\n````\n## Outside\n"
    assert [section.heading for section in sections(text)] == ["", "Outside"]


def test_a_fence_that_is_never_closed_reaches_to_the_end() -> None:
    (fence,) = fences("```python run\nx = 1\n## y\n")
    assert fence.code == "x = 1\n## y\n"
    assert fence.malformed == "never closed"


def test_a_fence_has_language_attributes_code_and_line() -> None:
    text = (
        "text\n\n```python run=django id=a after=b\nx = 1\ny = 2\n```\n\n"
        '~~~sh norun="needs a server"\nls\n~~~\n'
    )
    assert fences(text) == (
        Fence("python", {"run": "django", "id": "a", "after": "b"}, "x = 1\ny = 2", 3),
        Fence("sh", {"norun": "needs a server"}, "ls", 8),
    )


def test_a_bare_run_has_no_runner() -> None:
    (fence,) = fences("```python run\n```\n")
    assert fence.attributes == {"run": ""}
    assert fence.malformed is None


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ("runs", "unknown attribute runs"),
        ("run=perl", "run=perl is no runner of python: run, run=django, run=postgres, run=redis"),
        ("id=a", "id and after are for a fence that says `run`"),
        ('run norun="why"', "says both `run` and `norun`"),
        ("norun", 'norun needs a reason: norun="why"'),
        ('norun=""', 'norun needs a reason: norun="why"'),
        ('norun="why', 'cannot be read: norun="why'),
        ("RUN", "cannot be read: RUN"),
        ("run id=1 !", "cannot be read: run id=1 !"),
    ],
)
def test_attributes_that_cannot_be_read_are_named(attributes: str, problem: str) -> None:
    (fence,) = fences(f"```python {attributes}\n```\n")
    assert fence.malformed == problem


@pytest.mark.parametrize(
    ("opening", "problem"),
    [
        ("yaml run", "nothing runs yaml: python, sql, sh, http"),
        ("sql run", "sql needs a runner: run=sqlite, run=postgres"),
        ("sql run=redis", "run=redis is no runner of sql: run=sqlite, run=postgres"),
        ("sql run after=a", None),
        ("http run", None),
    ],
)
def test_each_language_has_its_own_runners(opening: str, problem: str | None) -> None:
    (fence,) = fences(f"```{opening}\n```\n")
    assert fence.malformed == problem


def test_a_fence_knows_where_it_ends() -> None:
    text = "```sh\n```\n```sh\nls\n```\n```sh\nls\n"
    assert [(fence.line, fence.end) for fence in fences(text)] == [(1, 2), (3, 5), (6, 8)]


@pytest.mark.parametrize(
    "line",
    [
        "```" + " " * 50_000 + "`",
        "~" * 50_000 + "`",
        "[" * 50_000,
        "[a](" * 50_000,
        "-" * 50_000 + "x",
    ],
)
def test_a_hostile_line_is_text_and_is_done_with_at_once(line: str) -> None:
    assert fences(line) == ()
    assert strip_attributes(line) == line
    assert plain(line).strip("-x") in line


def test_only_the_language_is_left_for_the_renderer() -> None:
    text = '```python run id=x\ncode ```\n```\n~~~sh norun="x"\n~~~\n```output\n1\n```\n'
    assert strip_attributes(text) == "```python\ncode ```\n```\n~~~sh\n~~~\n```text\n1\n```\n"


@given(st.text('`~# \n\txy|*-="', max_size=200))
def test_stripping_keeps_every_line_outside_opening_fences(text: str) -> None:
    before, after = text.split("\n"), strip_attributes(text).split("\n")
    assert len(before) == len(after)
    opening = {fence.line for fence in fences(text)}
    for number, (old, new) in enumerate(zip(before, after, strict=True), 1):
        assert number in opening or old == new


@given(st.text('`~# \n\txy|*-="', max_size=200))
def test_every_word_of_a_section_comes_from_the_text(text: str) -> None:
    lines = text.split("\n")
    for section in sections(text):
        body = section.body.split("\n")
        assert not section.heading or section.heading in lines[section.line - 1]
        assert all(line in lines for line in body)


def test_code_does_not_count_as_words() -> None:
    assert words("one two\n```python\nthree four five\n```\nsix\n") == 3


def test_plain_text_has_the_words_without_the_marks() -> None:
    text = "Use `a_b` and **bold** [link](https://x.y)\n\n| a | b |\n|---|---|\n| c | d |\n- item\n"
    found = plain(text)
    for word in ("a_b", "bold", "link", "a", "b", "c", "d", "item"):
        assert word in found.split()
    for mark in ("`", "*", "|", "https", "---"):
        assert mark not in found


def test_code_keeps_its_words_in_plain_text() -> None:
    assert plain("```python run\nx | y\n```\n").split("\n")[0] == "x | y"


def test_a_line_is_a_paragraph_or_one_of_code_of_a_list_or_of_a_table() -> None:
    text = (
        "One\n*sentence* here.\n\n- an item\n  goes on\n- another\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n"
        "1. first\n2. second\n\n```python\nx = 1\n\ny = 2\n```\nThe end."
    )
    assert [line.strip() for line in in_lines(text).split("\n") if line.strip()] == [
        "One sentence here.",
        "an item goes on",
        "another",
        "a  b",
        "1  2",
        "1. first",
        "2. second",
        "x = 1",
        "y = 2",
        "The end.",
    ]
