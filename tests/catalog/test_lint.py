"""Lint puts reading, variants and rules together; the rules have their own tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.lint import lint
from tests.builders import checklist_file, make_pack, quiz_file
from tests.builders import choice as rough_choice
from tests.catalog.rules.sound import ALPHA, Pack, choice, family, short, write

if TYPE_CHECKING:
    from pathlib import Path


def findings(root: Path, pack: Pack, *, run_code: bool = True) -> list[str]:
    return [str(problem) for problem in lint(write(root, pack), run_code=run_code)]


def test_a_sound_pack_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, Pack()) == []


def test_a_pack_that_cannot_be_read_has_its_reading_problems(tmp_path: Path) -> None:
    pack = Pack(files={"pack.yaml": ""})
    assert findings(tmp_path, pack) == ["pack.yaml:1:1: the file is empty [yaml]"]


def test_a_topic_without_a_lesson_may_lack_the_rest(tmp_path: Path) -> None:
    names = ("lesson.md", "quiz.yaml", "cheatsheet.md", "troubleshooting.md")
    assert findings(tmp_path, Pack(files={f"{ALPHA}/{name}": None for name in names})) == []


def test_a_finding_says_where_what_how_to_mend_it_and_its_rule(tmp_path: Path) -> None:
    lesson = "## Why it matters\n\n## What goes wrong\n\n## Recall\n\n## Answers\n"
    assert findings(tmp_path, Pack(files={f"{ALPHA}/lesson.md": lesson})) == [
        f"{ALPHA}/lesson.md:1:1: 8 words of prose: a lesson has 700 to 1,400 [T06 warning]"
    ]


def test_findings_of_all_sources_stand_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    endless = family(id="fails", variants="def draw(random):\n    return 1\n")
    bank = (short(id="a", bloom="recite"), choice("a" * 60, "b" * 9, "c" * 9))
    found = lint(write(tmp_path / "1", Pack((endless, *bank[1:]))), run_code=True)
    assert {"variants", "L04"} <= {problem.rule for problem in found}
    assert found == sorted(found, key=lambda problem: (problem.path, problem.line))
    [unread] = [p for p in lint(write(tmp_path / "2", Pack(bank))) if p.path.endswith("quiz.yaml")]
    assert "bloom" in unread.message


def test_variants_that_fail_are_named_at_their_code(tmp_path: Path) -> None:
    broken = family(id="fails", variants="def draw(random):\n    return 1\n")
    root = write(tmp_path, Pack((broken,)))
    [found] = [problem for problem in lint(root, run_code=True) if problem.rule == "variants"]
    lines = (root / found.path).read_text().splitlines()
    assert "return 1" in lines[found.line - 1]
    assert lines[found.line - 1][found.column - 1 :].startswith('"variants"')


def test_variants_of_a_pack_that_may_not_run_are_an_error(tmp_path: Path) -> None:
    [found] = findings(tmp_path, Pack(), run_code=False)
    assert "variants of `family`: not drawn: trust the pack first" in found


@pytest.mark.parametrize("files", [{}, {f"{ALPHA}/quiz.yaml": quiz_file(rough_choice())}])
def test_a_rough_pack_has_findings(files: dict[str, str | None], tmp_path: Path) -> None:
    assert {problem.severity for problem in lint(make_pack(tmp_path, files))} == {
        "error",
        "warning",
    }


def test_an_item_that_names_a_check_which_no_audit_makes_is_an_error_at_its_line(
    tmp_path: Path,
) -> None:
    text = checklist_file("safety", item={"audit": ["ruff/sql", "ruff/sqll"]})
    root = make_pack(tmp_path, {"checklists/safety.yaml": text})
    line = 1 + next(n for n, one in enumerate(text.splitlines()) if "sqll" in one)
    found = [str(one) for one in lint(root, audits={"ruff/sql"}) if "checklists" in one.path]
    said = "item `item` names the check `ruff/sqll`, which no audit makes"
    assert found == [f"checklists/safety.yaml:{line}:1: {said} [structure]"]
