"""`nexus-tui challenge`: list, start, check, hint, solution, reset, gate; exit codes and JSON."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from nexus_tui.catalog.trust import trust
from nexus_tui.settings import load
from tests.running import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command, Done

PACK = ROOT / "tests/looks/pack"
SOLUTION = "def page(books, ask):\n    return list(zip(books, ask(books)))\n"
MUTANT = (ROOT / "tests/looks/pack/challenges/database-performance/stages/n-plus-one").joinpath(
    "mutants/first/pages.py"
)


@dataclass(frozen=True)
class Shell:
    """Runs the command as a learner does, with everything below one folder."""

    command: Command
    monkeypatch: pytest.MonkeyPatch

    @property
    def pack(self) -> Path:
        return self.command.pack

    @property
    def workspace(self) -> Path:
        return self.command.folder / "nexus/look/database-performance/n-plus-one"

    def run(self, *words: str, cwd: Path | None = None) -> Done:
        self.monkeypatch.chdir(cwd or self.command.folder)
        return self.command(*words)


@pytest.fixture
def shell(command: Command, monkeypatch: pytest.MonkeyPatch) -> Shell:
    shutil.rmtree(command.pack)
    shutil.copytree(PACK, command.pack)
    trust(command.pack, load().data.path)
    return Shell(command, monkeypatch)


def test_a_stage_is_started_checked_helped_with_and_solved(shell: Shell) -> None:
    started = shell.run("challenge", "start", "n-plus-one")
    assert str(shell.workspace / "pages.py") in started.out, started.err
    assert "count how often it is called" in started.out

    first = shell.run("challenge", "check", cwd=shell.workspace)
    assert first.code == 1
    assert "✗ More books take as many queries (failed)" in first.out
    assert "observed: 5 books: 5 queries, 35 books: 35" in first.out

    early = shell.run("challenge", "solution", cwd=shell.workspace)
    assert early.code == 2 and "after the last hint" in early.err

    (shell.workspace / "pages.py").write_text(MUTANT.read_text())
    wrong = shell.run("challenge", "check", "n-plus-one")
    assert 'This is a known wrong fix. Its idea: "One author is enough."' in wrong.out
    assert "Why it fails: It names one author for all books." in wrong.out

    assert "Hint 1 of 3" in shell.run("challenge", "hint", cwd=shell.workspace).out

    (shell.workspace / "pages.py").write_text(SOLUTION)
    solved = shell.run("challenge", "check", "--json", cwd=shell.workspace)
    said = json.loads(solved.out)
    assert solved.code == 0 and said["status"] == "passed"
    assert [result["status"] for result in said["results"]] == ["passed", "passed"]

    listed = json.loads(shell.run("challenge", "list", "--json").out)["results"]
    assert (listed[0]["standing"], listed[0]["attempts"], listed[0]["hints"]) == ("passed", 3, 1)
    assert listed[1]["standing"] == "to read"

    reset = shell.run("challenge", "reset", "n-plus-one")
    assert "Your work until now:" in reset.out
    assert "ask([book])" in (shell.workspace / "pages.py").read_text()


BRIEF = (
    "**Measure first.** `r` counts, and `2 * 3` stays. To see them one by one, read on and on "
    'until a line is full.\n\n- *each* author\n\n```python norun="blanks"\nask(*books)\n```\n'
)


def test_a_shell_shows_a_brief_without_marks_and_names_the_command(shell: Shell) -> None:
    stage = shell.pack / "challenges/database-performance/stages/n-plus-one"
    (stage / "brief.md").write_text(BRIEF)
    (stage / "hints.md").write_text(BRIEF.join(f"## {n}\n\n" for n in "ABCD"))
    started = shell.run("challenge", "start", "n-plus-one").out
    command = "nexus-tui challenge check n-plus-one"
    assert f"Measure first. {command} counts, and 2 * 3 stays." in started
    assert f"Check them: {command}\n" in started
    assert "\n- each author\n\n    ask(*books)\n" in started
    hint = shell.run("challenge", "hint", "n-plus-one").out
    assert not any(mark in started + hint for mark in ("**", "`", "norun"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("check",), "This folder is no workspace"),
        (("check", "n-plus-on"), "Did you mean n-plus-one?"),
        (("start", "composite-index"), "to be read: it has no checks"),
        (("allow", "mysql"), "none of postgres, redis, rabbitmq"),
        (("gate", "nothing"), "There is no stage nothing"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(
    words: tuple[str, ...], said: str, shell: Shell
) -> None:
    ended = shell.run("challenge", *words)
    assert ended.code == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_the_gate_takes_a_stage_by_the_name_that_it_prints(shell: Shell) -> None:
    printed = shell.run("challenge", "gate", "n-plus-one", "--repeats", "1").out.split()[0]
    assert printed.endswith("/n-plus-one")
    assert "1 stage" in shell.run("challenge", "gate", printed, "--repeats", "1").out


def test_the_gate_passes_for_a_sound_stage_and_names_what_is_wrong_with_another(
    shell: Shell,
) -> None:
    sound = shell.run("challenge", "gate", "--repeats", "2")
    assert sound.code == 0, sound.out + sound.err
    assert "1 stage, 7 runs: 0 wrong." in sound.out

    stage = shell.pack / "challenges/database-performance/stages/n-plus-one"
    shutil.copy(stage / "solution/pages.py", stage / "mutants/first/pages.py")
    (stage / "solution/pages.py").write_text("def page(books, ask):\n    return []\n")
    shell.run("pack", "trust", str(shell.pack), "--yes")
    broken = shell.run("challenge", "gate", "--repeats", "1")
    assert broken.code == 1
    assert "n-plus-one: first passes, and should fail at same-answer" in broken.out
    assert "n-plus-one: solution fails at same-answer (observed: [])" in broken.out


def test_a_server_is_allowed_for_stages_once_and_for_all(shell: Shell) -> None:
    said = shell.run("challenge", "allow", "redis", "redis://127.0.0.1:6399/0")
    assert said.code == 0, said.err
    [file] = shell.command.folder.rglob("settings.toml")
    assert file.read_text() == '[servers]\nredis = "redis://127.0.0.1:6399/0"\n'
