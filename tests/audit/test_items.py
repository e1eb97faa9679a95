"""The items of our checklists, held against the good project and against one with nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.strict_yaml import read
from nexus_tui.settings import bundled_content
from tests.audit.building import RUN, build, report, write
from tests.audit.test_git import commit, git

if TYPE_CHECKING:
    from pathlib import Path

NETWORK = "pip-audit/known-vulnerability"


@pytest.fixture(scope="module")
def items() -> dict[str, list[str]]:
    """Item → the checks that look at it, where some do."""
    content = bundled_content()
    assert content is not None
    found = {}
    for file in sorted((content / "checklists").glob("*.yaml")):
        checklist = read(file.read_text(encoding="utf-8"), file.name).value
        for item in checklist["items"]:
            if item.get("audit"):
                found[f"{checklist['id']}/{item['id']}"] = item["audit"]
    return found


def test_each_item_that_is_audited_passes_on_the_good_project(
    items: dict[str, list[str]], tmp_path: Path
) -> None:
    root = build(tmp_path / "shop")
    git(root, "init")
    for number in range(6):
        (root / "notes.md").write_text(f"{number}\n")
        commit(root, f"Note {number} (#{number})")
    found = report(root, consent=RUN)
    verdicts = {name: found.of(ids, name) for name, ids in items.items() if NETWORK not in ids}
    assert {name: one.reason for name, one in verdicts.items() if one.state != "passed"} == {}
    assert found.notes == ()


def test_no_item_passes_on_a_project_with_nothing_in_it(
    items: dict[str, list[str]], tmp_path: Path
) -> None:
    found = report(write(tmp_path / "shop", {"notes": "x\n"}), consent=RUN)
    states = {name: found.of(ids, name).state for name, ids in items.items()}
    assert {name for name, state in states.items() if state == "passed"} == set()
