"""A check: what it decides, what it tells, and that nothing of it stays."""

from __future__ import annotations

import os
import py_compile
import select
import signal
import threading
from typing import TYPE_CHECKING

import pytest

from nexus_tui.labs.challenges.check import Check
from nexus_tui.labs.challenges.verdict import Decided, Printed, Verdict
from tests.labs.challenges import toys

if TYPE_CHECKING:
    from pathlib import Path

ALIVE = "import os, time\nos.write(1, b'in total\\n')\n"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    return tmp_path / "runs"


def statuses(verdict: Verdict) -> list[tuple[str, str]]:
    return [(r.id, r.status) for r in verdict.requirements]


def checked(tmp_path: Path, runs: Path, code: str, **more: object) -> Verdict:
    files = toys.stage(tmp_path / "stage", **more)  # type: ignore[arg-type]
    return toys.verdict(files, toys.workspace(tmp_path / "work", code), runs)


def test_the_solution_passes_and_every_requirement_is_told_as_it_is_decided(
    tmp_path: Path, runs: Path
) -> None:
    files = toys.stage(tmp_path / "stage")
    events = list(Check(files, files.solution, runs=runs).events())
    assert [e.id for e in events if isinstance(e, Decided)] == ["empty", "adds"]
    assert isinstance(events[-1], Verdict)
    assert events[-1].status == "passed"


def test_the_starter_fails_with_what_was_observed_and_expected(tmp_path: Path, runs: Path) -> None:
    verdict = checked(tmp_path, runs, toys.STARTER)
    assert (verdict.status, verdict.failed_at) == ("failed", "adds")
    failed = verdict.requirements[1]
    assert failed.observed == "0"
    assert int(failed.expected) > 0


def test_the_same_seed_asks_the_same(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    said = [toys.verdict(files, files.starter, runs, seed=s) for s in (3, 3, 4)]
    expected = [verdict.requirements[1].expected for verdict in said]
    assert expected[0] == expected[1] != expected[2]


def test_an_exception_fails_its_requirement_and_names_the_line(tmp_path: Path, runs: Path) -> None:
    code = "def total(numbers):\n    if not numbers:\n        return 0\n    return numbers.sum()\n"
    verdict = checked(tmp_path, runs, code)
    assert statuses(verdict) == [("empty", "passed"), ("adds", "failed")]
    assert "AttributeError" in verdict.requirements[1].observed
    assert "(calc.py:4)" in verdict.requirements[1].observed
    assert 'File "calc.py", line 4' in verdict.output


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("def total(numbers)\n", "(calc.py:1)"),
        ("import nothing_of_that_name\n", "nothing_of_that_name"),
        ("raise SystemExit(0)\n", "SystemExit"),
    ],
)
def test_what_cannot_be_imported_is_said_once_and_nothing_more_is_reached(
    tmp_path: Path, runs: Path, code: str, said: str
) -> None:
    verdict = checked(tmp_path, runs, code)
    assert statuses(verdict) == [("empty", "failed"), ("adds", "not reached")]
    assert said in verdict.requirements[0].observed


def test_a_missing_file_is_said(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    (tmp_path / "empty").mkdir()
    verdict = toys.verdict(files, tmp_path / "empty", runs)
    assert verdict.status == "failed"
    assert "calc" in verdict.requirements[0].observed


def test_an_endless_loop_is_stopped_and_the_line_it_was_at_is_named(
    tmp_path: Path, runs: Path
) -> None:
    verdict = checked(tmp_path, runs, "def total(numbers):\n    while True:\n        pass\n")
    assert statuses(verdict) == [("empty", "failed"), ("adds", "not reached")]
    assert "no answer within 1 s" in verdict.requirements[0].observed
    assert "calc.py:" in verdict.requirements[0].observed


def test_what_the_code_prints_is_passed_on_as_text(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    code = "def total(numbers):\n    print('\\x1b[31m[red]', numbers)\n    return sum(numbers)\n"
    folder = toys.workspace(tmp_path / "work", code)
    events = list(Check(files, folder, runs=runs).events())
    printed = "".join(e.text for e in events if isinstance(e, Printed))
    assert "[red] []" in printed
    assert "\x1b" not in printed


def test_stale_byte_code_never_decides(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    folder = toys.workspace(tmp_path / "work", toys.SOLUTION)
    py_compile.compile(str(folder / "calc.py"))
    before = (folder / "calc.py").stat()
    wrong = toys.SOLUTION.replace("sum(numbers)", "max(numbers)")
    (folder / "calc.py").write_text(wrong)
    os.utime(folder / "calc.py", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert len(wrong) == before.st_size
    assert toys.verdict(files, folder, runs).status == "failed"


def test_the_workspace_is_not_touched(tmp_path: Path, runs: Path) -> None:
    code = "open('left', 'w').write('x')\n" + toys.SOLUTION
    assert checked(tmp_path, runs, code).status == "passed"
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["calc.py"]


def test_nothing_of_a_run_is_left(tmp_path: Path, runs: Path) -> None:
    code = "import os\nos.mkdir('deep'); os.chmod('deep', 0)\n" + toys.SOLUTION
    assert checked(tmp_path, runs, code).status == "passed"
    assert list(runs.iterdir()) == []


def test_what_a_killed_app_left_is_removed_by_the_next_check(tmp_path: Path, runs: Path) -> None:
    left = runs / "run-left"
    (left / "work").mkdir(parents=True)
    (runs / "run-left.lock").touch()
    assert checked(tmp_path, runs, toys.SOLUTION).status == "passed"
    assert list(runs.iterdir()) == []


def test_a_check_that_runs_at_the_same_time_keeps_its_folder(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    first = Check(files, files.solution, runs=runs).events()
    next(first)
    assert toys.verdict(files, files.solution, runs).status == "passed"
    *_, last = first
    assert isinstance(last, Verdict)
    assert last.status == "passed"


def test_a_check_can_be_stopped_from_another_thread(tmp_path: Path, runs: Path) -> None:
    code = ALIVE + "def total(numbers):\n    time.sleep(600)\n"
    judge = toys.JUDGE.replace("1.0", "600.0")
    files = toys.stage(tmp_path / "stage", judge=judge, seconds=60)
    check = Check(files, toys.workspace(tmp_path / "work", code), runs=runs)
    seen: list[Verdict] = []

    def run() -> None:
        for event in check.events():
            if isinstance(event, Printed):
                stopper.start()
            if isinstance(event, Verdict):
                seen.append(event)

    stopper = threading.Thread(target=check.cancel)
    run()
    stopper.join()
    assert [verdict.status for verdict in seen] == ["cancelled"]
    assert list(runs.iterdir()) == []


def test_a_judge_that_breaks_decides_nothing(tmp_path: Path, runs: Path) -> None:
    verdict = checked(tmp_path, runs, toys.SOLUTION, judge="raise RuntimeError('judge')\n")
    assert verdict.status == "broken"
    assert "RuntimeError: judge" in verdict.why


def test_a_judge_that_decides_something_else_than_planned_is_broken(
    tmp_path: Path, runs: Path
) -> None:
    verdict = checked(tmp_path, runs, toys.SOLUTION, requirements=("adds", "empty"))
    assert verdict.status == "broken"


def test_a_judge_that_is_killed_never_passes(tmp_path: Path, runs: Path) -> None:
    kill = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
    judge = (
        toys.JUDGE + "\n@requirement('dies')\ndef dies(lab):\n    " + kill.replace("\n", "\n    ")
    )
    planned = ("empty", "adds", "dies")
    verdict = checked(tmp_path, runs, toys.SOLUTION, judge=judge, requirements=planned)
    assert verdict.status == "broken"
    assert statuses(verdict)[-1] == ("dies", "not reached")


def test_an_answer_of_another_form_fails_its_requirement(tmp_path: Path, runs: Path) -> None:
    judge = toys.JUDGE.replace("found == 0, str(found)", "found['x'] == 0, str(found)")
    verdict = checked(tmp_path, runs, toys.SOLUTION, judge=judge)
    assert verdict.failed_at == "empty"


def test_a_judge_reads_the_files_as_the_learner_left_them(tmp_path: Path, runs: Path) -> None:
    """Not as the learner's code leaves them, which could write what the judge looks for."""
    judge = """
from nexus_tui.labs.judging import Outcome, requirement


@requirement("empty")
def empty(lab):
    lab.ask("total", numbers=[])
    return Outcome("sum" in lab.read("calc.py"), lab.read("calc.py"), "sum")


@requirement("adds")
def adds(lab):
    return Outcome(len(lab.files()) == 2, str(lab.files()), "2 files")
"""
    code = "open('calc.py', 'w').write('s' 'um'); open('more.py', 'w')\n" + toys.STARTER
    verdict = checked(tmp_path, runs, code, judge=judge)
    assert statuses(verdict) == [("empty", "failed"), ("adds", "failed")]
    assert "open('calc.py'" in verdict.requirements[0].observed
    assert verdict.requirements[1].observed == "['calc.py']"


def test_a_package_that_is_not_installed_makes_the_stage_unavailable(
    tmp_path: Path, runs: Path
) -> None:
    verdict = checked(tmp_path, runs, toys.SOLUTION, needs=("no-such-library",))
    assert verdict.status == "unavailable"
    assert "no-such-library" in verdict.why
    assert "nexus-tui[labs]" in verdict.why


def test_a_server_nobody_named_makes_the_stage_unavailable(
    tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEXUS_REDIS_URL", raising=False)
    verdict = checked(tmp_path, runs, toys.SOLUTION, needs=("redis",))
    assert verdict.status == "unavailable"
    assert "NEXUS_REDIS_URL" in verdict.why


def test_the_code_knows_nothing_of_the_environment(
    tmp_path: Path, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "s3cret")
    code = "import os\nprint(sorted(os.environ))\n" + toys.SOLUTION
    verdict = checked(tmp_path, runs, code)
    assert "HOME" in verdict.output
    assert "SECRET" not in verdict.output


def test_a_workspace_that_is_too_large_is_refused(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    folder = toys.workspace(tmp_path / "work", toys.SOLUTION)
    with (folder / "data").open("wb") as large:
        large.truncate(11 * 1024 * 1024)
    verdict = toys.verdict(files, folder, runs)
    assert verdict.status == "unavailable"
    assert "10 MB" in verdict.why


def test_links_out_of_the_workspace_are_left_out(tmp_path: Path, runs: Path) -> None:
    files = toys.stage(tmp_path / "stage")
    folder = toys.workspace(tmp_path / "work", "import os\nprint(os.listdir())\n" + toys.SOLUTION)
    (folder / "passwords").symlink_to("/etc/passwd")
    assert "passwords" not in toys.verdict(files, folder, runs).output


def test_no_process_outlives_an_app_that_is_killed(tmp_path: Path, runs: Path) -> None:
    """The judge dies with the app, and the subject with the judge."""
    code = "import os, time\n\ndef total(numbers):\n    print(os.getpid(), flush=True)\n"
    toys.workspace(tmp_path / "work", code + "    time.sleep(600)\n")
    judge = toys.JUDGE.replace("1.0", "600.0")
    files = toys.stage(tmp_path / "stage", judge=judge, seconds=60)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        for event in Check(files, tmp_path / "work", runs=runs).events():
            if isinstance(event, Printed):
                os.write(write, event.text.encode())
        os._exit(0)
    os.close(write)
    subject = os.pidfd_open(int(os.read(read, 100).split()[0]))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert select.select([subject], [], [], 30)[0], "the subject goes on"
    os.close(subject)
    os.close(read)
