"""Waivers: they silence one rule at one question, say why, and are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.draws import draw_all
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.rules.checking import check
from tests.catalog.rules.sound import (
    ALPHA,
    TROUBLESHOOTING,
    Pack,
    choice,
    family,
    problems,
    short,
    write,
)

if TYPE_CHECKING:
    from pathlib import Path

LONG = ("a" * 60, "b" * 20, "c" * 20)
"""Breaks L04 and L06."""


def said(root: Path, pack: Pack) -> list[str]:
    return [f"{problem.rule} {problem.severity}" for problem in problems(root, pack)]


def test_a_waiver_silences_its_rule_at_its_question_and_no_other(tmp_path: Path) -> None:
    waived = choice(*LONG, lint_ok={"L04": "a name is that long"})
    assert said(tmp_path / "1", Pack((choice(*LONG),))) == ["L06 warning", "L04 error"]
    assert said(tmp_path / "2", Pack((waived,))) == ["L06 warning"]
    other = choice(
        "d" * 60, "e" * 20, "f" * 20, id="other", stem="What is done by all of them here then?"
    )
    found = said(tmp_path / "3", Pack((waived, other)))
    assert found == ["L06 warning", "L06 warning", "L04 error"]


@pytest.mark.parametrize("reason", [" ", "\t"])
def test_a_waiver_without_a_reason_is_an_error(reason: str, tmp_path: Path) -> None:
    found = problems(tmp_path, Pack((choice(*LONG, lint_ok={"L04": reason}),)))
    assert "a waiver of L04 without a reason" in str(next(p for p in found if p.rule == "W01"))


def test_an_empty_reason_is_not_even_read(tmp_path: Path) -> None:
    found = problems(tmp_path, Pack((choice(*LONG, lint_ok={"L04": ""}),)))
    unread = next(problem for problem in found if problem.path.endswith("quiz.yaml"))
    assert "lint_ok.L04" in unread.message
    assert unread.severity == "error"


@pytest.mark.parametrize("rule", ["L02", "L22", "L99", "l04", "key"])
def test_what_is_no_rule_or_never_waived_is_no_waiver(rule: str, tmp_path: Path) -> None:
    [found] = problems(tmp_path, Pack((short(lint_ok={rule: "why not"}),)))
    assert (found.rule, found.severity) == ("W01", "error")


def test_a_key_that_is_not_the_only_one_stays_an_error(tmp_path: Path) -> None:
    twice = short(
        short={"accept": ["a"], "wrong": [{"text": "A", "why": "w" * 40, "slip": "unit"}]}
    )
    found = said(tmp_path, Pack(({**twice, "lint_ok": {"L02": "why not"}},)))
    assert "L02 error" in found


def test_a_waiver_that_silences_nothing_is_a_warning_at_its_place(tmp_path: Path) -> None:
    root = tmp_path
    [found] = problems(root, Pack((short(lint_ok={"L04": "a name is that long"}),)))
    assert (found.rule, found.severity) == ("W02", "warning")
    line = (root / found.path).read_text().splitlines()[found.line - 1]
    assert line[found.column - 1 :].startswith('"L04"')


def test_of_two_questions_that_are_alike_either_may_carry_the_waiver(tmp_path: Path) -> None:
    stem = "What does the second of two sessions at one row do?"
    one, other = choice("a", "b", "c", stem=stem), choice("d", "e", "f", id="b", stem=stem)
    waived = {"lint_ok": {"L32": "a pair to compare"}}
    assert said(tmp_path / "0", Pack((one, other))) == ["L32 warning"]
    assert said(tmp_path / "1", Pack(({**one, **waived}, other))) == []
    assert said(tmp_path / "2", Pack((one, {**other, **waived}))) == []


def test_a_topic_waives_rules_for_the_whole_of_it(tmp_path: Path) -> None:
    few = {f"{ALPHA}/troubleshooting.md": TROUBLESHOOTING.replace("## It fails in way 4", "")}
    assert said(tmp_path / "1", Pack(files=few)) == ["T14 warning"]
    waived = {"lint_ok": {"T14": "four things can fail"}}
    assert said(tmp_path / "2", Pack(files=few, topic=waived)) == []
    [unused] = problems(tmp_path / "3", Pack(topic=waived))
    assert (unused.rule, unused.path) == ("W02", f"{ALPHA}/topic.yaml")


# ---------------------------------------------------------------- variants

WIDE = family(
    id="wide",
    stem="A table of {{name}} has some rows of orders. How many rows has it in all?",
    base={"books": 3, "queries": 4, "name": "a"},
    variants="def draw(random):\n"
    "    books = random.randint(10, 99)\n"
    '    return {"books": books, "queries": books + 1, "name": "a " * 60}\n',
)


def drawn(root: Path, pack: Pack) -> list[str]:
    content, found = read_pack(write(root, pack))
    assert content is not None
    assert found == []
    return [str(problem) for problem in check(content, draw_all(content, run_code=True).variants)]


def test_variants_are_held_to_the_rules_of_questions(tmp_path: Path) -> None:
    assert problems(tmp_path / "1", Pack((WIDE,))) == []
    [found] = drawn(tmp_path / "2", Pack((WIDE,)))
    assert "drawn with the seed `lint/0`: the stem has 75 words" in found


def test_a_waiver_that_only_variants_need_is_needed(tmp_path: Path) -> None:
    waived = {**WIDE, "lint_ok": {"L24": "a list to search in"}}
    assert drawn(tmp_path / "1", Pack((waived,))) == []
    # Not drawn: whether it is needed cannot be said.
    assert problems(tmp_path / "2", Pack((waived,))) == []
