"""Hostile projects end in a bounded time, with a word for what was not looked at."""

from __future__ import annotations

import functools
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.audit.auditing import AuditError, audit
from nexus_tui.audit.project import Bounds, walk
from nexus_tui.audit.registry import CHECKS
from tests.audit.building import RUN, build, report, states, write

if TYPE_CHECKING:
    from nexus_tui.audit.auditing import Progress
    from nexus_tui.audit.verdict import Verdict


def test_links_are_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("x = 1\n")
    root = write(tmp_path / "shop", {"a.py": "", "sub/b.py": ""})
    (root / "loop").symlink_to(root)
    (root / "sub" / "up").symlink_to("..")
    (root / "out.py").symlink_to(tmp_path / "secret.py")
    (root / "self").symlink_to("self")
    found = walk(root)
    assert found.files == ("a.py", "sub/b.py")
    assert list(found.notes()) == ["Links that were not followed: 4."]


def test_what_others_made_is_left_out(tmp_path: Path) -> None:
    files = {
        "a.py": "",
        ".git/config": "",
        "node_modules/x/i.js": "",
        ".venv/lib/x.py": "",
        "own/pyvenv.cfg": "",
        "own/lib/x.py": "",
        "a/__pycache__/x.pyc": "",
    }
    assert walk(write(tmp_path, files)).files == ("a.py",)


def test_a_pipe_a_huge_file_and_one_that_is_no_text_are_skipped_with_a_word(
    tmp_path: Path,
) -> None:
    root = write(tmp_path, {"a.py": ""})
    os.mkfifo(root / "pipe.py")
    with (root / "big.py").open("wb") as file:
        file.truncate(1_000_000_000)
    (root / "latin.py").write_bytes(b"x = '\xe4'\n")
    found = walk(root)
    assert found.files == ("a.py", "latin.py")
    assert found.text("latin.py") is None
    assert found.text("pipe.py") is None
    assert found.skipped["big.py"] == "larger than 1 MB"
    assert found.skipped["latin.py"] == "it is not UTF-8"


def test_what_was_not_looked_at_does_not_pass(tmp_path: Path) -> None:
    root = write(tmp_path / "shop", {"a.py": '"""A."""\n'})
    with (root / "big.py").open("wb") as file:
        file.truncate(2_000_000)
    with (root / "runbook.md").open("wb") as file:
        file.truncate(2_000_000)
    checks = ("ruff/F", "nexus/silent-except", "trace/runbook", "trace/codeowners")
    found = report(root, *checks)
    by_check = {one.check: one for one in found.verdicts}
    for check in ("ruff/F", "nexus/silent-except"):
        assert by_check[check].state == "unknown"
        assert by_check[check].reason == "not looked at: big.py: larger than 1 MB"
    assert by_check["trace/runbook"].state == "unknown"
    assert found.notes == ("Not looked at: big.py and 1 more: larger than 1 MB.",)


def test_more_files_than_are_looked_at_end_the_walk(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number}.py").touch()
    for bounds, why in (
        (Bounds(files=50), "more than 50 files"),
        (Bounds(entries=40), "more than 40 entries"),
        (Bounds(seconds=-1), "longer than -1 s"),
    ):
        found = walk(tmp_path, bounds)
        assert found.cut == why
        assert next(iter(found.notes())).startswith(f"The walk ended early: {why}.")


def test_more_files_than_an_audit_takes_leave_nothing_green(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = functools.partial(walk, bounds=Bounds(files=20))
    monkeypatch.setattr("nexus_tui.audit.auditing.walk", few)
    root = write(tmp_path / "shop", {f"{number}.txt": "x" for number in range(30)})
    found = report(root, "trace/runbook", "yamllint/yaml", "trace/load-hosts", "trace/slo")
    assert found.notes[0].startswith("The walk ended early: more than 20 files.")
    assert set(states(found).values()) == {"unknown"}


def test_folders_that_never_end_are_left(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(45):
        folder = folder / "d"
        folder.mkdir()
    (folder / "a.py").touch()
    found = walk(tmp_path)
    assert found.files == ()
    assert "deeper than 40 folders" in found.skipped.values()


def test_names_that_steer_a_terminal_or_look_like_markup_are_shown_as_plain_lines(
    tmp_path: Path,
) -> None:
    root = tmp_path / "shop"
    names = ["[red]x[/].py", "a\x1b[31m\nb.py", "-rf.py", "a b'\"$(id).py", "\u202egnp.py"]
    write(root, dict.fromkeys(names, "import os\n"))
    raw = os.fsencode(root) + b"/\xff\xfe.py"
    Path(os.fsdecode(raw)).write_text("import os\n")
    found = report(root, "ruff/F401", "bandit/low", "nexus/silent-except", "ruff/format")
    by_check = {one.check: one for one in found.verdicts}
    paths = {finding.path for finding in by_check["ruff/F401"].findings}
    assert {"[red]x[/].py", "-rf.py", "a b'\"$(id).py", "gnp.py", "a[31m b.py"} <= paths
    for verdict in found.verdicts:
        for finding in verdict.findings:
            assert finding.place.isprintable()
    broken = report(write(tmp_path / "broken", {"\x1b[2J.py": "def (\n"}), "nexus/silent-except")
    assert broken.verdicts[0].reason == "not Python that can be read: [2J.py"


def test_a_nest_that_breaks_readers_is_unknown(tmp_path: Path) -> None:
    root = write(
        tmp_path / "shop",
        {
            "a.py": f"x = {'(' * 5000}1{')' * 5000}\n",
            "b.py": f"x = {'-' * 200_000}1\n",
            "compose.yaml": "[" * 20_000,
            ".github/workflows/ci.yml": "a: &a [x]\n"
            + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 40)).replace(
                "*b0", "*a"
            ),
        },
    )
    found = report(root, "nexus/silent-except", "schema/compose", "schema/workflow", "ruff/F")
    assert "passed" not in states(found).values()


def test_a_folder_that_is_none_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(AuditError, match=r"cannot be audited: .*\.$"):
            report(path)


def test_each_verdict_is_told_once_as_it_comes(tmp_path: Path) -> None:
    told: list[tuple[Verdict, Progress]] = []
    root = write(tmp_path / "shop", {"a.py": "import os\n"})
    only = ("ruff/F401", "nexus/silent-except", "trace/runbook")
    found = audit(
        root, tmp_path / "work", only=only, tell=lambda one, progress: told.append((one, progress))
    )
    assert sorted(one.check for one, _ in told) == sorted(only)
    assert {one for one, _ in told} == set(found.verdicts)
    assert [progress.done for _, progress in told] == [1, 2, 3]
    assert told[-1][1].total == 3 and told[-1][1].running == ()


def test_an_audit_that_is_stopped_ends_what_runs_and_leaves_the_rest_unknown(
    tmp_path: Path,
) -> None:
    stop = threading.Event()
    root = build(tmp_path / "shop")
    (root / "manage.py").write_text("import django, time\ntime.sleep(600)\n")

    def told(_: object, progress: Progress) -> None:
        if progress.running == ("Django",):
            stop.set()

    only = ("django/check", "trace/runbook")
    found = audit(root, tmp_path / "work", consent=RUN, only=only, tell=told, stop=stop)
    assert found.stopped
    assert found.of(["django/check"]).reason == "the audit was stopped"
    assert found.of(["trace/runbook"]).state == "passed"
    assert list((tmp_path / "work").iterdir()) == []


def test_stopped_before_it_began_everything_is_unknown(tmp_path: Path) -> None:
    stop = threading.Event()
    stop.set()
    found = audit(build(tmp_path / "shop"), tmp_path / "work", stop=stop)
    assert len(found.verdicts) == len(CHECKS)
    assert found.stopped


def test_whoever_leaves_an_audit_ends_what_runs(tmp_path: Path) -> None:
    root = build(tmp_path / "shop")
    (root / "manage.py").write_text("import django, time\ntime.sleep(600)\n")

    def leave(_: object, progress: Progress) -> None:
        if progress.running == ("Django",):
            raise KeyboardInterrupt

    only = ("django/check", "trace/runbook")
    with pytest.raises(KeyboardInterrupt):
        audit(root, tmp_path / "work", consent=RUN, only=only, tell=leave)
    assert list((tmp_path / "work").iterdir()) == []
