"""Git: facts of the history, read from a bare frame around the project's objects.

The project's own configuration, hooks, filters and attributes are never read: the refs and the
index are copied beside a configuration of ours, which borrows the objects.
"""

from __future__ import annotations

import os
import re
import statistics
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from nexus_tui.audit.bench import ToolError
from nexus_tui.audit.tools.git_checks import CHECKS
from nexus_tui.audit.verdict import Finding, Verdict, absent, decided, unknown
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from nexus_tui.audit.bench import Bench

    Git = Callable[..., str]

_MOST_REFS = 5_000
_FILE = 50_000_000
"""Bytes of the index or the packed refs."""
_FEW = 5
"""Commits below which a habit cannot be told."""
_EXAMPLES = re.compile(r"\.(example|sample|template|dist)$")
_SECRET = r"""(SECRET_KEY|PASSWORD|TOKEN|API_KEY) *= *["'][^"'{}$<>]{8,}"""
_DRILLS = {
    "git/restore-drill": ("docs/drills/restore.md", 35),
    "git/rollback-drill": ("docs/drills/rollback.md", 90),
    "git/load-report": ("load/reports", 30),
}
_NUMBERS = re.compile(r"(\d+) (?:insertion|deletion)")
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color")


def look(bench: Bench) -> list[Verdict]:
    """The verdicts of the repository at the root of the project."""
    home = bench.project.root / ".git"
    if home.is_symlink() or home.is_file():
        why = "the repository lies elsewhere: a worktree or a submodule"
        return [unknown(check.id, why) for check in CHECKS]
    if not home.is_dir():
        return [absent(check.id, "it is no git repository") for check in CHECKS]
    program = bench.tool("git")
    with bench.folder() as folder:
        frame = folder / "frame"
        shallow = _frame(home, frame)
        environment = {
            "GIT_DIR": str(frame),
            "GIT_WORK_TREE": str(bench.project.root),
            "GIT_OBJECT_DIRECTORY": str(home / "objects"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_TERMINAL_PROMPT": "0",
        }

        def git(*arguments: str, accepts: Iterable[int] = (0,)) -> str:
            command = [program, "--no-pager", *arguments]
            root = bench.project.root
            ended = bench.run(command, folder, where=root, environment=environment)
            if ended.code not in accepts:
                said = clean_line(ended.errors.strip().split("\n")[0])[:100]
                raise ToolError(f"git: {said or ended.code}")
            return ended.printed if ended.code == 0 else ""

        return list(_verdicts(git, shallow=shallow))


def _frame(home: Path, frame: Path) -> bool:
    """Copy what names commits; whether the clone is shallow. Raises ToolError."""
    (frame / "refs").mkdir(parents=True)
    (frame / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n")
    for name in ("HEAD", "packed-refs", "index", "shallow"):
        _take(home / name, frame / name)
    refs = 0
    for folder, folders, files in os.walk(home / "refs"):
        folders[:] = sorted(folders)
        for name in files:
            refs += 1
            if refs > _MOST_REFS:
                raise ToolError(f"git: more than {_MOST_REFS:,} refs")
            source = os.path.join(folder, name)  # noqa: PTH118 - as os.walk gives it
            target = frame / os.path.relpath(source, home)
            target.parent.mkdir(parents=True, exist_ok=True)
            _take(source, target)
    return (frame / "shallow").exists()


def _take(source: Path | str, target: Path) -> None:
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return
    with os.fdopen(handle, "rb") as file:
        said = file.read(_FILE + 1)
    if len(said) > _FILE:
        raise ToolError(f"git: {target.name} is larger than {_FILE // 1_000_000} MB")
    target.write_bytes(said)


def _verdicts(git: Git, *, shallow: bool) -> Iterator[Verdict]:
    history = {
        "git/env-committed": lambda: _added(git, ":(glob)**/.env", ":(glob)**/.env.*"),
        "git/secret-history": lambda: _secrets(git),
        "git/state-files": lambda: _added(git, *(f":(glob)**/*.{end}" for end in _STATE)),
    }
    for check, ask in history.items():
        yield _one(check, ask, "the clone is shallow: its history is not here" if shallow else "")
    yield _one("git/env-ignored", lambda: _ignored(git))
    for check, (path, days) in _DRILLS.items():
        yield _one(check, lambda path=path, days=days: _recent(git, path, days))  # type: ignore[misc]
    yield _habit("git/pull-requests", lambda: _direct(git))
    yield _habit("git/change-size", lambda: _size(git))


_STATE = ("tfstate", "tfstate.*", "tfplan")


def _one(check: str, ask: Callable[[], list[Finding]], blind: str = "") -> Verdict:
    try:
        findings = ask()
    except ToolError as error:
        return unknown(check, str(error))
    return unknown(check, blind) if blind and not findings else decided(check, findings)


def _habit(check: str, ask: Callable[[], list[Finding] | None]) -> Verdict:
    try:
        findings = ask()
    except ToolError as error:
        return unknown(check, str(error))
    if findings is None:
        return unknown(check, f"fewer than {_FEW} commits: a habit cannot be told yet")
    return decided(check, findings)


def _added(git: Git, *patterns: str) -> list[Finding]:
    """Files of these names that some commit added."""
    command = ("log", "--all", *_PLAIN, "--format=", "--name-only", "--diff-filter=A", "-z")
    names = git(*command, "--", *patterns).replace("\n", "\0").split("\0")
    found = sorted({name for name in names if name and not _EXAMPLES.search(name)})
    return [Finding("it was committed", name) for name in found]


def _secrets(git: Git) -> list[Finding]:
    command = ("log", "--all", *_PLAIN, "--format=%x00%h of %cs", "--name-only", "-G", _SECRET)
    scope = (":(glob)**", ":(exclude,glob)**/tests/**", ":(exclude,glob)**/*.md")
    commits: dict[str, list[str]] = {}
    for part in git(*command, "--", *scope).split("\0"):
        commit, *names = [line for line in part.split("\n") if line] or [""]
        for name in names:
            if not _EXAMPLES.search(name) and not re.search(r"(^|/)tests?[^/]*\.py$", name):
                commits.setdefault(name, []).append(commit)
    return [
        Finding(f"a secret was written out or taken out in {said[-1]}", name)
        for name, said in sorted(commits.items())
    ]


def _ignored(git: Git) -> list[Finding]:
    ignored = git("check-ignore", "--no-index", ".env", accepts=(0, 1))
    return [] if ignored else [Finding(".env is not ignored", ".gitignore")]


def _recent(git: Git, path: str, days: int) -> list[Finding]:
    said = git("log", "-1", "--format=%cs", "--", path).strip()
    if not said:
        return [Finding(f"{path} was never committed")]
    age = (datetime.now(UTC).date() - date.fromisoformat(said)).days
    return [Finding(f"last changed on {said}, {age} days ago", path)] if age > days else []


def _direct(git: Git) -> list[Finding] | None:
    every = git("log", "--first-parent", "--format=%p%x09%h %s", "-50").splitlines()
    if len(every) < _FEW:
        return None
    direct = [
        line.partition("\t")[2]
        for line in every
        if " " not in line.partition("\t")[0] and not re.search(r"\(#\d+\)$", line)
    ]
    if not direct:
        return []
    said = f"{len(direct)} of the last {len(every)} commits, such as {direct[0]}"
    return [Finding(f"without a pull request: {said}")]


def _size(git: Git) -> list[Finding] | None:
    command = ("log", "-30", "--first-parent", *_PLAIN, "--shortstat", "--format=")
    sizes = [
        sum(int(number) for number in _NUMBERS.findall(line))
        for line in git(*command).splitlines()
        if line.strip()
    ]
    if len(sizes) < _FEW:
        return None
    median = statistics.median(sizes)
    said = f"the median of the last {len(sizes)} changes is {median:.0f} lines"
    return [Finding(said)] if median > 400 else []
