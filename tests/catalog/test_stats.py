"""Figures of a pack; and those of the pack that is shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.stats import stats
from tests.builders import (
    LESSON,
    challenge_file,
    checklist_file,
    choice,
    family,
    make_pack,
    quiz_file,
    short,
    topic_file,
)

CONTENT = Path(__file__).parents[2] / "content"
ALPHA = "topics/basics/alpha"


def figures(root: Path) -> dict[str, Any]:
    content, _ = read_pack(root)
    assert content is not None
    return stats(content)


def test_all_that_a_pack_holds_is_counted(tmp_path: Path) -> None:
    files: dict[str, str | None] = {
        "checklists/safe.yaml": checklist_file("safe"),
        "challenges/slow/challenge.yaml": challenge_file("slow"),
        "docs/guide.md": "# Guide\n\nx\n",
    }
    found = figures(make_pack(tmp_path, files))
    results = found.pop("results")
    assert found == {
        "pack": "tiny",
        "tracks": 1,
        "topics": 2,
        "objectives": 2,
        "misconceptions": 2,
        "minutes": 20,
        "lessons": 1,
        "topics_done": 1,
        "words": len(LESSON.split()),
        "fences_run": 0,
        "fences_not_run": 0,
        "questions": 3,
        "questions_with_variants": 0,
        "questions_verified": 0,
        "checklists": 1,
        "checklist_items": 1,
        "challenges": 1,
        "stages": 1,
        "paths": 0,
        "documents": 1,
    }
    assert [result["topic"] for result in results] == ["tiny/alpha", "tiny/beta"]


def test_questions_are_counted_by_kind_bloom_and_objective(tmp_path: Path) -> None:
    objectives = [{"id": "name-it", "text": "T"}, {"id": "use-it", "text": "T"}]
    questions = [choice(), choice(id="b", bloom="evaluate"), short(accept=["a"])]
    files: dict[str, str | None] = {
        f"{ALPHA}/topic.yaml": topic_file("alpha", objectives=objectives),
        f"{ALPHA}/quiz.yaml": quiz_file(*questions),
    }
    alpha, _ = figures(make_pack(tmp_path, files))["results"]
    assert alpha["questions_by_kind"] == {"choice": 2, "short": 1}
    assert alpha["questions_by_bloom"] == {"apply": 2, "evaluate": 1}
    assert alpha["questions_by_objective"] == {"name-it": 3, "use-it": 0}
    assert not alpha["done"]


def test_a_question_with_variants_covers_its_objective_twice(tmp_path: Path) -> None:
    files: dict[str, str | None] = {f"{ALPHA}/quiz.yaml": quiz_file(choice(), family())}
    found = figures(make_pack(tmp_path, files))
    alpha = found["results"][0]
    assert (alpha["questions"], alpha["questions_by_objective"]) == (2, {"name-it": 3})
    assert (found["questions"], found["questions_with_variants"]) == (2, 1)
    assert alpha["done"]


def test_snippets_are_counted_as_run_or_not_run_with_the_reason(tmp_path: Path) -> None:
    lesson = LESSON + '\n```python run\n1\n```\n\n```sh norun="needs a server"\nls\n```\n'
    found = figures(make_pack(tmp_path, {f"{ALPHA}/lesson.md": lesson}))
    alpha, _ = found["results"]
    assert (alpha["fences_run"], alpha["fences_not_run"]) == (1, ["needs a server"])
    assert (found["fences_run"], found["fences_not_run"]) == (1, 1)


def test_questions_whose_key_is_computed_are_counted(tmp_path: Path) -> None:
    quiz = quiz_file(choice(), choice(id="b", verify="assert True"))
    found = figures(make_pack(tmp_path, {f"{ALPHA}/quiz.yaml": quiz}))
    assert [topic["questions_verified"] for topic in found["results"]] == [1, 0]
    assert found["questions_verified"] == 1


@pytest.mark.parametrize("name", ["lesson.md", "quiz.yaml", "cheatsheet.md", "troubleshooting.md"])
def test_a_topic_that_lacks_a_part_is_not_done(name: str, tmp_path: Path) -> None:
    assert figures(make_pack(tmp_path, {f"{ALPHA}/{name}": None}))["topics_done"] == 0


def test_the_shipped_pack_has_the_whole_map() -> None:
    found = figures(CONTENT)
    assert found["pack"] == "nexus"
    assert (found["tracks"], found["topics"], found["objectives"]) == (10, 84, 346)


def test_the_shipped_pack_reads_without_problems() -> None:
    _, problems = read_pack(CONTENT)
    assert [str(problem) for problem in problems] == []


def test_every_shipped_topic_is_the_folder_it_stands_in() -> None:
    content, _ = read_pack(CONTENT)
    assert content is not None
    folders = {path.parent.name for path in CONTENT.glob("topics/*/*/topic.yaml")}
    assert {topic.topic.id for topic in content.topics} == folders
    assert len(folders) == 84
