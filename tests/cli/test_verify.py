"""`content verify` on the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.builders import choice, make_pack, quiz_file
from tests.cli.conftest import surroundings
from tests.labs.packs import QUIZ, SHEET, checked, fence

if TYPE_CHECKING:
    from tests.cli.conftest import Command, Done

ROOT = Path(__file__).parents[2]


def pack(command: Command, *fences: str, verify: str = "assert True") -> Path:
    """A trusted pack beside the one that is in use."""
    bank = quiz_file(checked(verify), choice(), choice(id="c"))
    root = make_pack(command.folder / "tiny", {SHEET: "\n".join(fences) or "x\n", QUIZ: bank})
    assert command("pack", "trust", str(root), "--yes").code == 0
    return root


def verify(command: Command, root: Path, *options: str) -> Done:
    return command("content", "verify", str(root), *options)


def test_what_holds_is_counted_and_comes_from_the_cache_the_next_time(command: Command) -> None:
    root = pack(command, fence("python run", "print(1)", "1"))
    first = verify(command, root)
    assert (first.code, first.err) == (0, "")
    assert first.out.startswith("Ran 2 in ")
    assert first.out.endswith(" s, took 0 from the cache. Passed: 2. Failed: 0.\n")
    assert "Ran 0 in" in verify(command, root).out
    assert "took 2 from the cache" in verify(command, root).out
    assert "took 0 from the cache" in verify(command, root, "--no-cache").out


def test_each_failure_says_where_what_and_how_to_mend_it(command: Command) -> None:
    root = pack(command, fence("python run", "print(1)", "2"), verify="assert 0, 'not so'")
    found = verify(command, root)
    assert found.code == 1
    assert found.out.startswith(
        f"{SHEET}:1: printed something else than the output fence below it says\n"
        "    - 2\n    + 1\n"
        "    → mend the code, or take over what it printed with --write\n"
        f"{QUIZ}:"
    )
    assert ": question `checked`: its `verify` failed\n" in found.out
    assert "    AssertionError: not so\n    → mend the code, or the key" in found.out
    assert "Passed: 0. Failed: 2." in found.out


def test_problems_and_what_is_left_out_are_said(command: Command) -> None:
    root = pack(
        command,
        fence("python run after=x", ""),
        fence("sql run=postgres", "SELECT 1;"),
        *(fence(f'sh norun="reason {n // 2}"', "") for n in range(40)),
    )
    found = verify(command, root)
    assert found.code == 1
    lines = found.out.splitlines()
    assert lines[0].startswith(f"{SHEET}:1:1: fence: after=x names no fence above")
    assert lines[1] == "Skipped 1: NEXUS_POSTGRES_URL names no server."
    assert lines[2] == "Not run on purpose: 40 fences, for 20 reasons:"
    assert lines[3] == "    2  reason 0"
    assert lines[-2] == "   10  other reasons: --json has them all"
    assert "Passed: 1. Failed: 1." in lines[-1]


def test_json_has_every_result(command: Command) -> None:
    root = pack(
        command,
        fence("python run", "print(1)", "2"),
        fence("sql run=postgres", "SELECT 1;"),
        fence('sh norun="why"', ""),
    )
    done = verify(command, root, "--json")
    assert (done.code, done.err) == (1, "")
    found = json.loads(done.out)
    assert (found["ran"], found["passed"], found["failed"], found["written"]) == (2, 1, 1, 0)
    assert found["skipped"] == {"NEXUS_POSTGRES_URL names no server": 1}
    assert found["norun"] == [{"path": SHEET, "line": 12, "reason": "why"}]
    assert [(r["path"], r["line"], r["status"]) for r in found["results"][:2]] == [
        (SHEET, 1, "failed"),
        (SHEET, 8, "skipped"),
    ]
    assert found["results"][2]["question"] == "checked"


def test_writing_mends_the_fences_of_the_file(command: Command) -> None:
    root = pack(command, fence("python run", "print(1)", "2"))
    found = verify(command, root, "--write")
    assert found.code == 0
    assert "Wrote 1 output fences.\n" in found.out
    assert (root / SHEET).read_text() == fence("python run", "print(1)", "1")


def test_topics_are_chosen_by_their_ids(command: Command) -> None:
    root = pack(command, fence("python run", "1 / 0"))
    assert verify(command, root, "--topic", "beta").code == 0
    assert verify(command, root, "--topic", "beta", "--topic", "alpha").code == 1
    assert "Did you mean alpha" in verify(command, root, "--topic", "alpa").sentence


def test_a_pack_that_may_not_run_or_is_none_is_a_sentence(command: Command) -> None:
    root = make_pack(command.folder / "tiny", {SHEET: fence("sh run", "ls")})
    assert "nexus-tui pack trust" in verify(command, root).sentence
    assert "no pack.yaml" in verify(command, command.folder).sentence


def test_without_a_path_the_pack_in_use_is_verified(command: Command) -> None:
    assert "Ran 0 in" in command("content", "verify").out


def test_interrupted_it_ends_what_runs(command: Command) -> None:
    os.mkfifo(command.folder / "began")
    code = f"import os\nprint(os.getpid(), file=open({str(command.folder / 'began')!r}, 'w'))\n"
    root = pack(command, fence("python run", code + "while True: pass"))
    process = subprocess.Popen(
        [sys.executable, "-m", "nexus_tui", "content", "verify", str(root)],
        env=surroundings(command.folder),
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    running = int((command.folder / "began").read_text())
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(running, 0)
