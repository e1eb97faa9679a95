"""Whatever ends a process that answers or migrates, the history is whole, and nothing is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

from nexus_tui.progress import backup
from nexus_tui.progress.columns import USER_VERSION
from tests.histories import one, opened, rows
from tests.old_files import format_1

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.promise

ROOT = Path(__file__).parents[2]
COUNT = int(os.environ.get("NEXUS_PROMISE_COUNT", "3"))
"""`make promises` says 50: 300 kills while answering, 60 while migrating."""
EACH = 60


def _rounds(what: str, folder: Path, rounds: int) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.promises.nursery", what, str(folder), str(rounds)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(text) for text in done.stdout.splitlines()]
    assert len(found) == rounds
    return found


@pytest.mark.short
def test_a_process_killed_while_it_answers_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    found = _rounds("answers", tmp_path, 6 * COUNT)
    assert sum(each["acknowledged"] for each in found) > len(found)
    for each in found:
        assert each["lost"] == 0
        assert each["check"] == "ok"
        assert each["same"]


def test_a_process_killed_while_it_migrates_leaves_no_half_migration(tmp_path: Path) -> None:
    format_1(tmp_path / "old.db", answers=400)
    found = _rounds("migration", tmp_path, max(12, COUNT * 6 // 5))
    for each in found:
        assert each["check"] == "ok"
        assert each["same"]
        if each["version"] == 1:
            assert each["untouched"]
        else:
            assert each["version"] == USER_VERSION
            assert each["done"]
    assert any(each["version"] == 1 for each in found)
    for made in backup.backups(tmp_path / "backups"):
        assert one(made.path, "PRAGMA integrity_check") == "ok"
        assert one(made.path, "SELECT count(*) FROM fact") == made.facts


# ---------------------------------------------------------------- several at once


def _writers(path: Path, names: str) -> list[subprocess.Popen[str]]:
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.progress.writer", str(path), name, str(EACH)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for name in names
    ]
    for writer in writers:
        assert _pipe(writer.stdout).readline() == "ready\n"
    for writer in writers:
        _pipe(writer.stdin).write("go\n")
        _pipe(writer.stdin).flush()
    return writers


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def _agrees(path: Path, acknowledged: Sequence[str], most: int) -> None:
    """Nothing acknowledged is missing, nothing is counted twice."""
    facts = {fact for (fact,) in rows(path, "SELECT id FROM fact")}
    assert set(acknowledged) <= facts
    assert len(set(acknowledged)) == len(acknowledged)
    assert len(facts) <= most
    total = len(facts)
    for query in ("SELECT sum(answers) FROM day", "SELECT sum(asked) FROM card",
                  "SELECT count(*) FROM answer", "SELECT max(seq) FROM fact"):  # fmt: skip
        assert one(path, query) == total
    assert one(path, "PRAGMA integrity_check") == "ok"
    store = opened(path)
    kept = store.digest()
    store.rebuild()
    assert store.digest() == kept
    store.close()


@pytest.mark.parametrize("names", ["ab", "abcd"], ids=["two", "four"])
def test_processes_that_answer_at_once_lose_no_update(tmp_path: Path, names: str) -> None:
    path = tmp_path / "progress.db"
    outputs = [writer.communicate(timeout=120)[0] for writer in _writers(path, names)]
    acknowledged = "".join(outputs).split()
    assert len(acknowledged) == EACH * len(names)
    _agrees(path, acknowledged, EACH * len(names))


@pytest.mark.parametrize("seed", range(max(1, COUNT // 5)))
def test_of_four_processes_two_killed_ones_cost_no_acknowledged_answer(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(f"four/{seed}")
    path = tmp_path / "progress.db"
    writers = _writers(path, "abcd")
    acknowledged: list[str] = []
    for writer in writers[:2]:
        acknowledged += [
            _pipe(writer.stdout).readline().strip() for _ in range(chance.randrange(1, EACH // 2))
        ]
        writer.send_signal(signal.SIGKILL)
    for writer in writers:
        said = writer.communicate(timeout=120)[0]
        acknowledged += said.rpartition("\n")[0].split()
    _agrees(path, acknowledged, 4 * EACH)


# ---------------------------------------------------------------- a full disk


@pytest.mark.parametrize("seed", range(max(1, COUNT // 5)))
def test_a_disk_that_fills_up_costs_no_acknowledged_answer(tmp_path: Path, seed: int) -> None:
    """A process answers on a small disk until it is full; with room again it goes on."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    size = 900 + 40 * random.Random(f"disk/{seed}").randrange(20)
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(disk)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        pytest.skip(f"no small disk can be mounted here: {made.stderr.strip()}")
    try:
        path, ballast = disk / "progress.db", disk / "ballast"
        ballast.write_bytes(b"\0" * 200_000)
        done = subprocess.run(
            [sys.executable, "-m", "tests.progress.filler", str(path), str(ballast)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        *acknowledged, said = done.stdout.splitlines()
        assert said == "DiskFull, read, went on"
        assert len(acknowledged) > 10
        _agrees(path, acknowledged, len(acknowledged))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
