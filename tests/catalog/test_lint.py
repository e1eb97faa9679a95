"""What a topic is made of, beyond what reading it checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.lint import lint
from tests.builders import LESSON, choice, make_pack, quiz_file, topic_file

if TYPE_CHECKING:
    from pathlib import Path

ALPHA = "topics/basics/alpha"


def findings(root: Path, files: dict[str, str | None]) -> list[str]:
    return [str(problem) for problem in lint(make_pack(root, files))]


def lesson_findings(root: Path, lesson: str) -> list[str]:
    found = findings(root, {f"{ALPHA}/lesson.md": lesson})
    return [text.removeprefix(f"{ALPHA}/lesson.md:") for text in found]


def test_a_sound_pack_has_no_findings(tmp_path: Path) -> None:
    assert findings(tmp_path, {}) == []


def test_a_pack_that_cannot_be_read_has_its_reading_problems(tmp_path: Path) -> None:
    assert findings(tmp_path, {"pack.yaml": ""}) == ["pack.yaml:1:1: the file is empty [yaml]"]


def test_an_objective_with_fewer_than_three_questions_is_named(tmp_path: Path) -> None:
    objectives = [{"id": "name-it", "text": "T"}, {"id": "use-it", "text": "T"}]
    files: dict[str, str | None] = {
        f"{ALPHA}/topic.yaml": topic_file("alpha", objectives=objectives),
        f"{ALPHA}/quiz.yaml": quiz_file(
            choice(), choice(id="b"), choice(id="c", objective="use-it")
        ),
    }
    where = f"{ALPHA}/quiz.yaml:1:1: the objective"
    assert findings(tmp_path, files) == [
        f"{where} `name-it` has 2 questions, needs 3 [coverage]",
        f"{where} `use-it` has 1 questions, needs 3 [coverage]",
    ]


@pytest.mark.parametrize("name", ["quiz.yaml", "cheatsheet.md", "troubleshooting.md"])
def test_a_topic_with_a_lesson_has_all_its_parts(name: str, tmp_path: Path) -> None:
    assert findings(tmp_path, {f"{ALPHA}/{name}": None}) == [
        f"{ALPHA}/{name}:1:1: is missing: a topic with a lesson has it [parts]"
    ]


def test_a_topic_without_a_lesson_may_lack_the_rest(tmp_path: Path) -> None:
    names = ("lesson.md", "quiz.yaml", "cheatsheet.md", "troubleshooting.md")
    assert findings(tmp_path, {f"{ALPHA}/{name}": None for name in names}) == []


@pytest.mark.parametrize(
    ("lesson", "expected"),
    [
        (
            LESSON.replace("Why it matters", "Intro"),
            "1:1: the first section is `Intro`, expected `Why it matters` [sections]",
        ),
        (
            LESSON.replace("## Recall", "## The end"),
            "9:1: the last section is `The end`, expected `Recall` [sections]",
        ),
        (
            LESSON.replace("## What goes wrong", "## Else"),
            "1:1: has no section `What goes wrong` [sections]",
        ),
        (
            LESSON.replace("\nForgetting it.\n", "\nline" * 101),
            "5:1: `What goes wrong` has 101 lines, at most 100: split it [paging]",
        ),
    ],
)
def test_a_lesson_has_its_sections_each_on_a_page(
    lesson: str, expected: str, tmp_path: Path
) -> None:
    assert lesson_findings(tmp_path, lesson) == [expected]


def test_a_title_in_a_text_is_named(tmp_path: Path) -> None:
    assert "1:1: a `# Title`: the title is in topic.yaml [sections]" in lesson_findings(
        tmp_path, f"# Alpha\n\n{LESSON}"
    )


@pytest.mark.parametrize(
    ("fence", "expected"),
    [
        ("```python run\nx\n```", []),
        ('```sql norun="needs PostgreSQL"\nx\n```', []),
        ("```json\n{}\n```", []),
        ("```python\nx\n```", ['3:1: a python fence says `run` or `norun="why"` [fence]']),
        ("```sh runn\nx\n```", ["3:1: fence: unknown attribute runn [fence]"]),
        (
            "```python run\n" + "x\n" * 26 + "```",
            ["3:1: 26 lines of code, at most 25 [fence]"],
        ),
        ("```text\n" + "x" * 72 + "\n```", []),
        ("```text\ny\n" + "x" * 73 + "\n```", ["5:73: 73 columns, at most 72 [width]"]),
    ],
)
def test_a_fence_says_whether_it_runs_and_fits(
    fence: str, expected: list[str], tmp_path: Path
) -> None:
    lesson = LESSON.replace("\nNothing is older than alpha.\n", f"\n{fence}\n")
    assert lesson_findings(tmp_path, lesson) == expected


def test_a_fence_that_is_never_closed_is_named(tmp_path: Path) -> None:
    found = lesson_findings(tmp_path, LESSON + "\n```text\nx\n")
    assert "13:1: fence: never closed [fence]" in found


def test_cheat_sheets_and_troubleshooting_are_held_to_the_same_fences(tmp_path: Path) -> None:
    bad = "```python\nx\n```\n"
    files: dict[str, str | None] = {
        f"{ALPHA}/cheatsheet.md": bad,
        f"{ALPHA}/troubleshooting.md": bad,
    }
    assert [text.split(":")[0] for text in findings(tmp_path, files)] == [
        f"{ALPHA}/cheatsheet.md",
        f"{ALPHA}/troubleshooting.md",
    ]
