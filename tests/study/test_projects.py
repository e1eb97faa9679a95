"""Projects of a learner, from a folder or by name, and what they are made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nexus_tui.progress.projects import projects as all_projects
from nexus_tui.study import projects
from nexus_tui.study.stack import detect
from tests.study.school import open_desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.study.desk import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(tmp_path / "home")
    yield desk
    desk.close()


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "src" / "shop"
    (folder / "deploy" / "k8s").mkdir(parents=True)
    (folder / ".github" / "workflows").mkdir(parents=True)
    (folder / "venv").mkdir()
    (folder / "manage.py").write_text("")
    (folder / "requirements.txt").write_text("Django==5.2\npsycopg[binary]>=3\nredis-tools\n")
    (folder / "Dockerfile").write_text("FROM python:3.12")
    (folder / ".github" / "workflows" / "ci.yml").write_text("on: push\n")
    (folder / "deploy" / "k8s" / "web.yaml").write_text("apiVersion: apps/v1\nkind: Deployment\n")
    (folder / "venv" / "main.tf").write_text("")
    return folder


def test_the_stack_is_seen_from_names_and_from_what_is_declared(shop: Path) -> None:
    assert detect(shop) == (
        "Python", "Django", "PostgreSQL", "Docker", "Kubernetes", "GitHub Actions",
    )  # fmt: skip


def test_a_name_that_only_begins_like_a_library_is_another(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('dependencies = ["flask-nothing", "celery>=5"]')
    (tmp_path / "requirements.txt").symlink_to(tmp_path / "gone.txt")
    assert detect(tmp_path) == ("Python", "Celery")


def test_a_project_is_named_by_its_folder_and_numbered_where_that_is_taken(
    desk: Desk, shop: Path, tmp_path: Path
) -> None:
    made = projects.add(desk, shop)
    assert (made.name, made.folder) == ("shop", str(shop.resolve()))
    assert "Django" in made.stack and made.allowed is None
    other = tmp_path / "other" / "shop"
    other.mkdir(parents=True)
    assert projects.add(desk, other).name == "shop 2"
    assert desk.project == "shop 2"

    assert projects.add(desk, shop).name == "shop"
    assert desk.project == "shop" and len(all_projects(desk.store)) == 2


def test_a_path_that_is_typed_must_be_a_folder_and_a_name_need_not(desk: Desk, shop: Path) -> None:
    assert projects.begin(desk, str(shop)).name == "shop"
    assert projects.begin(desk, "their api").folder == ""
    for mistyped in ("/no/such/folder", "src/shp", "shop/", "~/no-such-folder"):
        with pytest.raises(projects.ProjectError, match="There is no folder"):
            projects.begin(desk, mistyped)
    with pytest.raises(projects.ProjectError, match="1 to 80"):
        projects.begin(desk, "x" * 300)

    assert {p.name for p in all_projects(desk.store)} == {"shop", "their api"}


def test_a_folder_is_found_from_where_one_is_unless_a_project_has_that_name(
    desk: Desk, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.parent)
    assert projects.begin(desk, "shop").folder == str(shop.resolve())
    monkeypatch.chdir(shop.parent.parent)
    assert projects.begin(desk, "src/shop").name == "shop"
    projects.begin(desk, "deploy")
    monkeypatch.chdir(shop)

    assert projects.begin(desk, "deploy").folder == ""
    assert len(all_projects(desk.store)) == 2


def test_what_was_allowed_is_asked_again_when_the_learner_wants_that(
    desk: Desk, shop: Path
) -> None:
    projects.add(desk, shop)
    projects.allow(desk, "shop", code=True, network=False)
    assert projects.named(desk, "shop").allowed == (True, False)  # type: ignore[union-attr]
    projects.ask_again(desk, "shop")

    assert projects.named(desk, "shop").allowed is None  # type: ignore[union-attr]


def test_put_aside_by_mistake_it_comes_back_by_its_name(desk: Desk, shop: Path) -> None:
    projects.add(desk, shop)
    projects.put_aside(desk, "shop")
    assert projects.named(desk, "shop") is None and desk.project is None
    projects.begin(desk, "shop")

    assert projects.at_folder(desk, shop) is not None
