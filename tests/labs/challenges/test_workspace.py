"""Workspaces: made once, never written over, begun anew with the old one kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.labs.challenges import nearest, workspace
from nexus_tui.labs.challenges.runs import WorkspaceError
from tests.labs.challenges import toys

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.labs.challenges.stage import StageFiles


@pytest.fixture
def files(tmp_path: Path) -> StageFiles:
    return toys.stage(tmp_path / "stage")


def test_it_is_made_from_the_starter_with_the_brief_beside_it(
    files: StageFiles, tmp_path: Path
) -> None:
    folder = workspace.make(files, tmp_path / "solutions")
    assert folder == tmp_path / "solutions/nexus/toys/add"
    assert (folder / "calc.py").read_text() == toys.STARTER
    brief = (folder / "BRIEF.md").read_text()
    assert brief.startswith("# Add\n\nAdd them.\n\n---\n\n`r` is a key of Nexus")
    assert workspace.texts(folder) == {"calc.py": toys.STARTER}


def test_a_folder_called_like_the_pack_needs_no_second_one_of_that_name(
    files: StageFiles, tmp_path: Path
) -> None:
    assert workspace.make(files, tmp_path / "nexus") == tmp_path / "nexus/toys/add"


def test_what_was_begun_in_the_second_one_stays_there(files: StageFiles, tmp_path: Path) -> None:
    begun = tmp_path / "nexus/nexus/toys/another"
    begun.mkdir(parents=True)
    assert workspace.make(files, tmp_path / "nexus") == tmp_path / "nexus/nexus/toys/add"


def test_what_the_learner_wrote_is_never_written_over(files: StageFiles, tmp_path: Path) -> None:
    folder = workspace.make(files, tmp_path)
    (folder / "calc.py").write_text("mine")
    assert workspace.make(files, tmp_path) == folder
    assert (folder / "calc.py").read_text() == "mine"


def test_a_file_in_the_way_is_not_removed(files: StageFiles, tmp_path: Path) -> None:
    place = workspace.folder_of(files, tmp_path)
    place.parent.mkdir(parents=True)
    place.write_text("mine")
    with pytest.raises(WorkspaceError, match="move it away"):
        workspace.make(files, tmp_path)
    assert place.read_text() == "mine"


def test_beginning_anew_keeps_the_old_one_beside_it(files: StageFiles, tmp_path: Path) -> None:
    folder = workspace.make(files, tmp_path)
    (folder / "calc.py").write_text("mine")
    kept = workspace.reset(files, tmp_path)
    assert kept is not None
    assert (kept / "calc.py").read_text() == "mine"
    assert (folder / "calc.py").read_text() == toys.STARTER


def test_beginning_anew_twice_within_a_second_keeps_both(files: StageFiles, tmp_path: Path) -> None:
    folder = workspace.make(files, tmp_path)
    kept = []
    for text in ("first", "second"):
        (folder / "calc.py").write_text(text)
        kept.append(workspace.reset(files, tmp_path))
    assert [(k / "calc.py").read_text() for k in kept if k] == ["first", "second"]


def test_a_folder_inside_a_workspace_knows_its_stage(files: StageFiles, tmp_path: Path) -> None:
    folder = workspace.make(files, tmp_path)
    (folder / "deep").mkdir()
    assert workspace.stage_of(folder / "deep") == ("nexus/toys/add", folder)
    assert workspace.stage_of(tmp_path) is None


def test_a_marker_that_is_no_json_marks_nothing(tmp_path: Path) -> None:
    (tmp_path / workspace.MARKER).write_text("[]")
    assert workspace.stage_of(tmp_path) is None


def test_the_difference_goes_from_mine_to_the_solution(files: StageFiles, tmp_path: Path) -> None:
    folder = workspace.make(files, tmp_path)
    lines = workspace.diff(folder, files.solution)
    assert "-    return 0" in lines
    assert "+    return sum(numbers)" in lines
    (folder / "calc.py").write_text(toys.SOLUTION)
    assert workspace.diff(folder, files.solution) == []


# ---------------------------------------------------------------- known wrong solutions


def test_a_known_wrong_solution_is_recognised_whatever_its_layout(
    files: StageFiles, tmp_path: Path
) -> None:
    code = (
        '"""Mine."""\n\n\ndef total(numbers):\n    # one will do\n'
        "    return numbers[0]   if numbers else 0\n"
    )
    folder = toys.workspace(tmp_path / "work", code)
    found = nearest.recognised(files, folder, "adds")
    assert found is not None and found.id == "first"


def test_it_is_not_recognised_where_something_else_failed(
    files: StageFiles, tmp_path: Path
) -> None:
    folder = toys.workspace(tmp_path / "work", toys.FIRST)
    assert nearest.recognised(files, folder, "empty") is None


@pytest.mark.parametrize("code", [toys.STARTER, "def total(numbers):\n    import math\n"])
def test_other_code_is_not_taken_for_it(files: StageFiles, tmp_path: Path, code: str) -> None:
    folder = toys.workspace(tmp_path / "work", code)
    assert nearest.recognised(files, folder, "adds") is None


def test_what_is_untouched_is_near_to_nothing(files: StageFiles, tmp_path: Path) -> None:
    assert nearest.nearest(files, toys.workspace(tmp_path / "work", toys.STARTER)) is None


def test_code_that_cannot_be_parsed_is_compared_all_the_same(
    files: StageFiles, tmp_path: Path
) -> None:
    folder = toys.workspace(tmp_path / "work", "def total(numbers:\n    return numbers[0] if\n")
    assert nearest.nearest(files, folder) is not None
