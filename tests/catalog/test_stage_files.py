"""What is wrong with the files of a stage is named with its file."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.reader import read_pack
from tests.looks.scenes import PACK

if TYPE_CHECKING:
    from pathlib import Path

STAGE = "challenges/database-performance/stages/n-plus-one"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copytree(PACK, tmp_path / "pack")


def problems(pack: Path) -> list[str]:
    return [str(problem) for problem in read_pack(pack)[1]]


def test_a_sound_stage_has_no_problems(pack: Path) -> None:
    assert problems(pack) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("starter: same-count", "starter: other", "`other` is no requirement of the stage"),
        ("opens: pages.py", "opens: views.py", "`opens` is views.py, which `starter/` has not"),
        ("{id: once, fails", "{id: first, fails", "two have the mutant id `first`"),
        ("{id: once, fails", "{id: twice, fails", "the mutant `twice` has no files"),
        ("fails: same-answer", "fails: same-count", "no mutant fails at `same-answer`"),
        ("indexing/how-many", "indexing/nothing", "the question `indexing/nothing`, unknown here"),
        ("tier: T0", "tier: T9", "expected 'T0', 'T1' or 'T2'"),
    ],
)
def test_what_does_not_fit_together_is_named(pack: Path, old: str, new: str, said: str) -> None:
    file = pack / STAGE / "stage.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    found = problems(pack)
    assert any(f"{STAGE}/stage.yaml" in problem and said in problem for problem in found), found


@pytest.mark.parametrize("part", ["brief.md", "debrief.md", "checks/judge.py", "checks/probe.py"])
def test_a_file_that_is_missing_is_named(pack: Path, part: str) -> None:
    (pack / STAGE / part).unlink()
    assert any(
        f"{STAGE}/{part}" in problem and "is missing" in problem for problem in problems(pack)
    )


def test_a_stage_that_its_challenge_does_not_list_is_named(pack: Path) -> None:
    shutil.copytree(pack / STAGE, pack / STAGE / "../forgotten")
    assert any("`forgotten` is no stage" in problem for problem in problems(pack))


def test_there_are_three_hints(pack: Path) -> None:
    (pack / STAGE / "hints.md").write_text("## Nudge\n\nOnly one.\n")
    assert any("has 1 hints" in problem for problem in problems(pack))


def test_a_stage_that_its_topic_does_not_name_is_named(pack: Path) -> None:
    file = pack / "topics/databases/indexing/topic.yaml"
    file.write_text(
        file.read_text().replace("  predict-use: [database-performance/n-plus-one]\n", "")
    )
    assert any("say so in `stages` of its topic" in problem for problem in problems(pack))


def test_a_topic_that_names_another_stage_is_named(pack: Path) -> None:
    file = pack / "topics/databases/indexing/topic.yaml"
    file.write_text(file.read_text().replace("performance/n-plus-one]", "performance/other]"))
    assert any("the stage does not" in problem for problem in problems(pack))


def test_a_stage_without_checks_is_to_be_read_and_no_problem(pack: Path) -> None:
    shutil.rmtree(pack / STAGE)
    assert problems(pack) == []
