"""What a run may take; the limits on processes are tried as somebody who is not root."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.sandbox import limits
from nexus_tui.sandbox.client import ForkServer
from nexus_tui.sandbox.limits import Limits, apply
from tests.unprivileged import give_to_nobody, unprivileged

ROOT = Path(__file__).parents[2]
MB = 1024 * 1024
only_linux = pytest.mark.skipif(sys.platform != "linux", reason="macOS does not limit this")


def errors_of(code: str, folder: Path, chosen: Limits) -> tuple[int, str]:
    with ForkServer("tests.sandbox.runner", {}, {}) as server:
        ended = server.run({"code": code}, folder, chosen)
    return ended.code, (ended.errors or ended.printed).strip().split("\n")[-1]


def as_nobody(code: str, folder: Path, **chosen: float) -> dict[str, Any]:
    """How the code ended in a process of a user without rights."""
    give_to_nobody(folder)
    command = unprivileged(
        sys.executable, "-m", "tests.sandbox.forker", str(folder), code, json.dumps(chosen)
    )
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@only_linux
def test_too_much_memory_is_refused(tmp_path: Path) -> None:
    code = f"bytearray({600 * MB}); print('had it')"
    assert errors_of(code, tmp_path, Limits(memory=512 * MB)) == (1, "MemoryError")
    assert errors_of(code, tmp_path, Limits(memory=1024 * MB)) == (0, "had it")


def test_a_large_file_is_refused(tmp_path: Path) -> None:
    code = f"open('big', 'wb').write(bytes({2 * MB}))"
    exit_code, error = errors_of(code, tmp_path, Limits(file=MB))
    assert (exit_code, error.partition(" ")[0]) == (1, "OSError:")
    assert (tmp_path / "big").stat().st_size <= MB
    assert errors_of(code, tmp_path, Limits(file=2 * MB)) == (0, "")


def test_many_open_files_are_refused(tmp_path: Path) -> None:
    code = "import os; [os.dup(1) for _ in range(60)]"
    exit_code, error = errors_of(code, tmp_path, Limits(files=50))
    assert (exit_code, error) == (1, "OSError: [Errno 24] Too many open files")
    assert errors_of(code, tmp_path, Limits(files=100)) == (0, "")


BOMB = """
import os, time
made = 0
try:
    while made < 300:
        if os.fork() == 0:
            time.sleep(600)
        made += 1
except BlockingIOError:
    print("refused", made <= 40)
"""


@only_linux
def test_a_fork_bomb_is_refused_and_swept_up(tmp_path: Path) -> None:
    ended = as_nobody(BOMB, tmp_path, tasks=40)
    assert ended["printed"] == "refused True\n"
    assert 0 < ended["left_over"] <= 40


@only_linux
def test_limits_cannot_be_raised_again(tmp_path: Path) -> None:
    code = """
import resource
for name in ("CPU", "AS", "FSIZE", "NOFILE", "NPROC"):
    try:
        kind = getattr(resource, f"RLIMIT_{name}")
        resource.setrlimit(kind, (2**40, 2**40))
        print("raised", name)
    except ValueError:
        pass
print("tried")
"""
    assert as_nobody(code, tmp_path)["printed"] == "tried\n"


@pytest.fixture
def set_to(monkeypatch: pytest.MonkeyPatch) -> dict[int, tuple[int, int]]:
    """What limits are set to, without setting them."""
    found: dict[int, tuple[int, int]] = {}
    monkeypatch.setattr(resource, "setrlimit", found.__setitem__)
    return found


def test_what_a_platform_refuses_to_limit_is_left_out(
    set_to: dict[int, tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def setrlimit(kind: int, values: tuple[int, int]) -> None:
        if kind == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")
        set_to[kind] = values

    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    monkeypatch.setattr(limits, "_PROC", Path("/nonexistent"))
    apply(Limits(seconds=2.5, files=20))
    assert set_to[resource.RLIMIT_CPU] == (4, 4)
    assert set_to[resource.RLIMIT_NOFILE] == (20, 20)
    assert resource.RLIMIT_AS not in set_to
    assert resource.RLIMIT_NPROC not in set_to


def test_a_limit_that_holds_already_is_not_widened(
    set_to: dict[int, tuple[int, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (10, 10))
    apply(Limits())
    assert set(set_to.values()) == {(10, 10), (0, 0)}
