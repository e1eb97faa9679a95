"""Facts of a repository, each both ways; its own configuration is never followed."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.bench import Bench, ToolError
from nexus_tui.audit.tools.git_checks import CHECKS
from tests.audit.building import build, report, states, write

if TYPE_CHECKING:
    from pathlib import Path

IDS = tuple(check.id for check in CHECKS)
TODAY = datetime.now(UTC)


def git(root: Path, *arguments: str, days: int = 0) -> None:
    """Run git as nobody in particular, some days ago."""
    when = (TODAY - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(root.parent),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_DATE": when,
    }
    options = (
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    )
    subprocess.run(
        ["git", *options, *arguments],
        cwd=root, env=environment, check=True, capture_output=True, timeout=60,
    )  # fmt: skip


def commit(root: Path, message: str = "Change (#1)", *, days: int = 0) -> None:
    """All that changed, as one commit."""
    git(root, "add", "--all", "--force")
    git(root, "commit", "--allow-empty", "-m", message, days=days)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """The good project with some history."""
    root = build(tmp_path / "shop")
    git(root, "init")
    commit(root)
    for number in range(5):
        (root / "notes.md").write_text(f"{number}\n")
        commit(root, f"Note {number} (#{number + 2})")
    return root


def test_a_good_history_passes(repository: Path) -> None:
    assert states(report(repository, *IDS)) == dict.fromkeys(sorted(IDS), "passed")


def test_each_defect_of_a_history_is_found(repository: Path) -> None:
    (repository / ".gitignore").unlink()
    write(
        repository,
        {
            ".env": "A=1\n",
            "infra/terraform.tfstate": "{}\n",
            "shop/keys.py": 'API_KEY = "4f8a1c9e7b2d"\n',
            "big.txt": "line\n" * 500,
        },
    )
    commit(repository, "Without a pull request")
    for path in (".env", "infra/terraform.tfstate", "shop/keys.py", "docs/drills/rollback.md"):
        (repository / path).unlink()
    for number in range(8):
        (repository / "big.txt").write_text(f"{number}\n" * 500)
        commit(repository, f"Again {number} (#{number})")
    for path in ("docs/drills/restore.md", "docs/drills/rollback.md", "load/reports/january.md"):
        write(repository, {path: "old\n"})
    commit(repository, "Drills (#9)", days=100)
    found = report(repository, *IDS)
    assert states(found) == dict.fromkeys(sorted(IDS), "failed")
    places = {one.check: one.findings[0] for one in found.verdicts}
    assert places["git/env-committed"].path == ".env"
    assert places["git/secret-history"].path == "shop/keys.py"
    assert "4f8a1c9e7b2d" not in str(found)
    assert "100 days ago" in places["git/rollback-drill"].what
    assert "Without a pull request" in places["git/pull-requests"].what


def test_a_shallow_clone_does_not_pass_what_is_about_the_past(
    repository: Path, tmp_path: Path
) -> None:
    git(tmp_path, "clone", "--depth", "1", f"file://{repository}", "shallow")
    found = states(report(tmp_path / "shallow", *IDS))
    for check in ("git/env-committed", "git/secret-history", "git/state-files"):
        assert found[check] == "unknown"
    assert found["git/pull-requests"] == "unknown"


def test_without_git_and_without_a_repository_nothing_is_known(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert all(one.absent for one in report(build(tmp_path / "bare"), *IDS).verdicts)
    worktree = write(tmp_path / "tree", {".git": "gitdir: /elsewhere\n"})
    reasons = {one.reason for one in report(worktree, *IDS).verdicts}
    assert reasons == {"the repository lies elsewhere: a worktree or a submodule"}

    def missing(_: Bench, name: str) -> str:
        raise ToolError(f"{name} is not installed")

    monkeypatch.setattr(Bench, "tool", missing)
    assert {one.reason for one in report(repository, *IDS).verdicts} == {"git is not installed"}


def test_a_repository_without_a_commit_is_unknown(tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.txt": "x\n"})
    git(root, "init")
    found = states(report(root, *IDS))
    assert found["git/pull-requests"] == "unknown"
    assert found["git/restore-drill"] == "unknown"


def test_commands_in_the_configuration_of_a_repository_do_not_run(repository: Path) -> None:
    trap = repository.parent / "trap.sh"
    ran = repository.parent / "ran"
    trap.write_text(f"#!/bin/sh\ntouch {ran}\ncat\n")
    trap.chmod(0o755)
    for name in (
        "core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "pager.log",
        "diff.trap.textconv", "filter.trap.clean", "core.hooksPath", "alias.log",
    ):  # fmt: skip
        git(repository, "config", name, str(trap) if name != "alias.log" else f"!{trap}")
    (repository / ".git" / "info" / "attributes").write_text("* diff=trap filter=trap\n")
    (repository / ".gitattributes").write_text("* diff=trap filter=trap\n")
    ran.unlink(missing_ok=True)
    before = sorted(path.name for path in (repository / ".git").iterdir())
    assert set(states(report(repository, *IDS)).values()) == {"passed"}
    assert not ran.exists()
    assert sorted(path.name for path in (repository / ".git").iterdir()) == before
