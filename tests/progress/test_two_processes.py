"""Two real processes on one database lose nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

from tests.histories import one, opened, rows

ROOT = Path(__file__).parents[2]
EACH = 120


def _writer(path: Path, name: str, count: int = EACH) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.progress.writer", str(path), name, str(count)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _pipe(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream


def _race(path: Path) -> list[str]:
    """Both begin when both are ready; the facts that were acknowledged."""
    writers = [_writer(path, "a"), _writer(path, "b")]
    for writer in writers:
        assert _pipe(writer.stdout).readline() == "ready\n"
    for writer in writers:
        _pipe(writer.stdin).write("go\n")
        _pipe(writer.stdin).flush()
    outputs = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    return [fact for output in outputs for fact in output]


def test_two_processes_that_answer_at_once_lose_no_answer(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    acknowledged = _race(path)
    total = 2 * EACH
    assert len(set(acknowledged)) == total
    assert {fact for (fact,) in rows(path, "SELECT id FROM fact")} == set(acknowledged)
    assert {fact for (fact,) in rows(path, "SELECT fact FROM answer")} == set(acknowledged)
    assert one(path, "SELECT count(*) FROM learner") == 1
    assert one(path, "SELECT sum(answers) FROM day") == total
    assert one(path, "SELECT sum(right) FROM day") == total - 2 * EACH // 4
    assert one(path, "SELECT sum(milliseconds) FROM day") == total * 1_000
    assert one(path, "SELECT sum(asked) FROM card") == total
    assert one(path, "SELECT sum(repetitions) FROM card") == total
    assert one(path, "PRAGMA integrity_check") == "ok"

    assert rows(path, "SELECT seq FROM fact ORDER BY seq") == [(n,) for n in range(1, total + 1)]
    times = [at for (at,) in rows(path, "SELECT at FROM fact ORDER BY seq")]
    assert len(set(times)) == total
    assert times == sorted(times)

    store = opened(path)
    kept = store.digest()
    store.rebuild()
    assert store.digest() == kept
    store.close()


def test_of_two_processes_that_start_at_once_one_makes_the_file_and_both_use_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "new" / "progress.db"
    writers = [_writer(path, name, 1) for name in "abc"]
    outputs = [writer.communicate("go\n", timeout=60)[0].split() for writer in writers]
    assert {fact for (fact,) in rows(path, "SELECT fact FROM answer")} == {o[1] for o in outputs}
    assert one(path, "SELECT count(*) FROM learner") == 1
    assert sorted(p.name for p in path.parent.iterdir()) == ["progress.db", "progress.db.lock"]
