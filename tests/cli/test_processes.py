"""The command as a process of its own: streams, exit codes, pipes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nexus_tui import __version__
from tests.cli.conftest import surroundings
from tests.histories import rows
from tests.study.school import write_pack

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_pack(tmp_path / "pack")
    return tmp_path


def _run(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nexus_tui", *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(folder),
        check=False,
    )


def test_the_module_is_the_command(folder: Path) -> None:
    done = _run(folder, "--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"nexus-tui {__version__}\n", "")


@pytest.mark.parametrize("arguments", [[], ["--learner", "anna"]])
def test_without_a_terminal_the_app_says_so_and_opens_nothing(
    folder: Path, arguments: list[str]
) -> None:
    done = _run(folder, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "nexus-tui: the app needs a terminal. In a pipe use a command: "
        "nexus-tui --help lists them.\n"
    )
    assert not (folder / "progress.db").exists()


def test_a_wrong_command_has_no_traceback(folder: Path) -> None:
    done = _run(folder, "frob")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "nexus-tui: No such command 'frob'. Run nexus-tui --help to see what there is.\n"
    )


def test_a_quiz_in_a_pipe_is_in_the_answers_and_in_the_next_process(folder: Path) -> None:
    done = _run(folder, "quiz", "sql", stdin="1\nquit\n")
    assert (done.returncode, done.stderr) == (0, "")
    [(question,)] = rows(folder / "progress.db", "SELECT question FROM answer")
    assert question.startswith("school/sql/")
    assert "1 answer" in _run(folder, "progress").stdout


def test_a_reader_that_goes_away_is_no_crash(folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "nexus_tui", "content", "schema"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings(folder),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_commands_load_neither_the_screens_nor_each_other(folder: Path) -> None:
    code = """
import sys
sys.argv = ["nexus-tui", "--version"]
from nexus_tui.cli.commands import run
code = run()
print([name for name in ("textual", "sqlmodel", "fsrs") if name in sys.modules], code)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=surroundings(folder),
        check=False,
    )
    assert done.stdout.splitlines()[-1] == "[] 0"
