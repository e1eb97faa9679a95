"""What of a pack is run together, and on which servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.reader import read_pack
from nexus_tui.labs.verify.plan import plan
from nexus_tui.labs.verify.runs import project_of, runs_of
from nexus_tui.settings import bundled_content
from tests.builders import make_pack
from tests.labs.packs import checked, fence, trusted_pack

if TYPE_CHECKING:
    from pathlib import Path

    from nexus_tui.labs.verify.plan import Job

PROJECT = "examples/django-projects/bookshop"


def jobs(root: Path) -> tuple[Job, ...]:
    content, _ = read_pack(root)
    assert content is not None
    return plan(content).jobs


def test_snippets_that_continue_each_other_are_one_job_for_each_end(tmp_path: Path) -> None:
    root = trusted_pack(
        tmp_path,
        fence("python run id=a", "1"),
        fence("python run id=b after=a", "2"),
        fence("python run after=b", "3"),
        fence("python run after=a", "4"),
        fence("python run", "5"),
    )
    found = [[(step.code, step.decided) for step in job.steps] for job in jobs(root)]
    assert found == [
        [("1", True), ("2", True), ("3", True)],
        [("1", False), ("4", True)],
        [("5", True)],
    ]


def test_a_job_needs_the_servers_of_its_runner_and_those_that_its_code_names(
    tmp_path: Path,
) -> None:
    root = trusted_pack(
        tmp_path,
        fence("sql run=postgres", "SELECT 1;"),
        fence("python run", "url = 'NEXUS_RABBITMQ_URL' + 'NEXUS_REDIS_URL'"),
        fence("python run=redis", "r"),
        fence("python run=redis", "r, 'NEXUS_REDIS_URL'"),
        questions=(checked("# run=postgres\nconn"),),
    )
    found = [(run.server, set(run.services)) for run in runs_of(jobs(root))]
    assert found == [
        (None, {"postgres"}),
        (None, {"rabbitmq", "redis"}),
        ("fakeredis", set()),
        ("redis", {"redis"}),
        ("redis", {"redis"}),
        (None, {"postgres"}),
    ]


def test_a_pack_brings_its_own_bookshop_or_has_the_bundled_one(tmp_path: Path) -> None:
    bundled = bundled_content()
    assert bundled is not None
    assert project_of(make_pack(tmp_path / "none")) == bundled / PROJECT
    own = make_pack(tmp_path / "own", {f"{PROJECT}/manage.py": "", f"{PROJECT}/shop.py": ""})
    assert project_of(own) == own / PROJECT


def test_a_bookshop_with_code_from_outside_its_pack_is_none(tmp_path: Path) -> None:
    own = make_pack(tmp_path / "own", {f"{PROJECT}/manage.py": ""})
    (tmp_path / "outside.py").write_text("")
    (own / PROJECT / "shop.py").symlink_to(tmp_path / "outside.py")
    assert project_of(own) != own / PROJECT
