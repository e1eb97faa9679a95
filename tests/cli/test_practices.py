"""`checklist …` from a shell: projects, what holds, ticks, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import builders

if TYPE_CHECKING:
    from tests.cli.conftest import Command


@pytest.fixture
def checklist(command: Command) -> Command:
    folder = command.pack / "checklists"
    folder.mkdir(parents=True, exist_ok=True)
    text = builders.checklist_file("https", item={"topic": "sql"})
    (folder / "https.yaml").write_text(text)
    return command


def test_a_project_is_added_by_its_folder_and_listed(checklist: Command) -> None:
    assert "No project yet" in checklist("checklist", "projects").out
    src = checklist.folder / "shop"
    src.mkdir()
    (src / "manage.py").write_text("")
    assert checklist("checklist", "project", str(src)).out == "In use: shop (Python, Django)\n"

    [shop] = checklist("checklist", "projects", "--json").json["results"]
    assert (shop["name"], shop["folder"], shop["unknown"]) == ("shop", str(src.resolve()), 1)
    assert shop["percent"] is None and shop["stack"] == ["Python", "Django"]


def test_an_item_is_ticked_left_out_and_taken_back(checklist: Command) -> None:
    checklist("checklist", "project", "shop")
    done = checklist("checklist", "tick", "https/item", "--note", "curl says 301")
    assert done.out == "shop: done: It is so\n"
    [item] = checklist("checklist", "show", "https", "--json").json["results"]
    assert (item["status"], item["note"], item["who"]) == ("by you", "curl says 301", "learner")
    checklist("checklist", "tick", "https/item", "--not-applicable", "no server")
    [item] = checklist("checklist", "show", "https", "--json").json["results"]
    assert (item["status"], item["note"]) == ("not applicable", "no server")
    checklist("checklist", "tick", "https/item", "--undo")

    assert "unknown: It is so [item]" in checklist("checklist", "show", "https").out
    listed = checklist("checklist", "list").out
    assert listed.startswith("shop: nothing known, 1 unknown")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tick", "https/item"), "There is no project yet"),
        (("show", "htps"), "Did you mean https?"),
        (("list", "--project", "gone"), "There is no project 'gone'"),
        (("project", "/no/such/folder"), "There is no folder /no/such/folder"),
        (("tick", "https/item", "--note", "x", "--undo"), "Give one of"),
        (("tick", "https/item", "--not-applicable", " "), "needs a reason"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    checklist: Command, arguments: tuple[str, ...], sentence: str
) -> None:
    assert sentence in checklist("checklist", *arguments).sentence


def test_without_an_audit_there_are_no_findings(checklist: Command) -> None:
    checklist("checklist", "project", "shop")
    assert checklist("checklist", "findings").out == "Nothing was audited yet.\n"
    assert checklist("checklist", "findings", "--json").json == {"project": "shop", "results": []}


def test_an_audit_from_a_shell_is_kept_for_the_project_it_makes(checklist: Command) -> None:
    folder = checklist.folder / "shop"
    folder.mkdir()
    (folder / "views.py").write_text("def page(books):\n    return [b.author for b in books]\n")
    run = ("checklist", "audit", str(folder), "--only", "nexus/silent-except")
    assert "Kept" not in checklist(*run).err
    assert checklist("checklist", "projects", "--json").json["results"] == []
    done = checklist(*run, "--keep")
    assert done.err.endswith("Kept for shop: nexus-tui checklist findings.\n")

    [shop] = checklist("checklist", "projects", "--json").json["results"]
    assert (shop["name"], shop["findings"]) == ("shop", 0) and shop["audited"] is not None
