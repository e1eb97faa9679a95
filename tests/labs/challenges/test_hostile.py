"""Submissions that try to fool, to stop or to outlive their check, or to do harm beside it.

Each file of `hostile/` is the `calc.py` of a learner. They are checked in real processes, by an app
that runs as a user without rights. Those in `known_pass/` lie about what is measured inside their
process: they pass, and `docs/guard-rails.md` says so.
"""

from __future__ import annotations

import contextlib
import json
import re
import select
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.sandbox.rails import probe
from nexus_tui.text import clean
from tests.labs.challenges import toys
from tests.unprivileged import give_to_nobody, unprivileged

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(
    not (probe().landlock and probe().seccomp), reason="harm is only tried behind guard rails"
)

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PATIENCE = 120
"""Seconds beyond those of a check, so that it comes to its end on a slow machine too."""

SAID = {
    "answers_of_a_child": r"something else|^0$|no answer",
    "closed_descriptors": r"the process (ended with exit code|was ended by signal)",
    "closed_output": r"ended with exit code 1",
    "daemon": r"^0$",
    "daemon_with_the_right": r"^0$",
    "deep_answer": r"^RecursionError",
    "deep_folders": r"^0$",
    "endless_call": r"^no answer within 0\.5 s",
    "endless_import": r"^no answer within [12]",
    "endless_line": r"more than 4 MB",
    "exit_at_once": r"ended with exit code 0 before it answered",
    "exit_zero": r"^SystemExit: 0",
    "files_outside": r"reached \[\]",
    "flood": r"more than 8 MB of output",
    "flood_in_a_thread": r"more than 8 MB of output|^0$",
    "forged_at_exit": r"ended with exit code 0 before it answered",
    "forged_depth": r"no JSON",
    "forged_digits": r"no JSON",
    "forged_garbage": r"no JSON",
    "forged_nan": r"no JSON",
    "forged_output": r"^0$",
    "forged_replies_ahead": r"something else than the check wrote",
    "forged_reply_beside": r"something else than the check wrote",
    "forged_verdict": r"something else than the check wrote",
    "fork_bomb": r"^BlockingIOError",
    "half_character": r"^half$",
    "huge_answer": r"more than 4 MB",
    "huge_file": r"^OSError",
    "ignored_signals": r"^no answer within 0\.5 s$",
    "keyboard_interrupt": r"^KeyboardInterrupt",
    "links_to_folders": r"^0$",
    "lying_mapping": r"^\{",
    "lying_number": r"^0$",
    "lying_text": r"^equal$",
    "many_files": r"^0$",
    "memory_bomb": r"^MemoryError",
    "memory_of_the_judge": r"reached \[\]",
    "moving_target": r"^0$",
    "nan_answer": r"^ValueError",
    "network": r"reached \[\]",
    "object_answer": r"^TypeError",
    "own_base_exception": r"^Escape: out",
    "own_group": r"the child ended with 13",
    "patched_json": r"no JSON",
    "patched_libraries": r"^0$",
    "programs": r"reached \[\]",
    "raised_limits": r"reached \[\]",
    "raising_mapping": r"^SystemExit: 0",
    "recursion": r"^RecursionError",
    "recursion_in_c": r"signal 11|RecursionError",
    "replaced_folders": r"^0$",
    "segfault": r"signal 11",
    "shadowing_modules": r"^0$",
    "signals": r"reached \[\]",
    "signals_to_all": r"^0$",
    "stopped_itself": r"^no answer within 0\.5 s$",
    "terminal_codes": r"\[red\]codes\[/red\]",
    "thread_bomb": r"^RuntimeError",
    "unspeakable_exception": r"ended with exit code",
    "usr1_ignored": r"^no answer within 0\.5 s$",
    "usr1_lies": r"^no answer within 0\.5 s|more than 8 MB",
}
"""What the first requirement that is not met says of each."""
SHORT = ("endless_import",)
"""Those that take all the seconds of their stage."""
SESSION = ("moving_target", "daemon_with_the_right")
"""Those for a stage whose code may start sessions."""
SHADOWS = [
    *("json", "selectors", "traceback", "django", "sitecustomize", "usercustomize"),
    *("probe", "judge", "conftest", "nexus_tui/__init__"),
]
"""Modules beside `shadowing_modules`; no files here, where pytest would read one as its own."""
SHADOW = """
import os
os.write(1, b"shadowed\\n")
os._exit(0)
"""


class Driver:
    """The app: a process that runs checks, one after the other."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            unprivileged(sys.executable, "-m", "tests.labs.challenges.driver"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin"},
            start_new_session=True,
        )

    def check(self, seconds: int, **asked: Any) -> dict[str, Any]:
        """How a check came out, once it has come to its end and all of it is gone."""
        assert self.process.stdin is not None and self.process.stdout is not None
        line = json.dumps({**asked, "seconds": seconds}).encode()
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        ready = select.select([self.process.stdout], [], [], seconds + PATIENCE)[0]
        assert ready, "the check does not end"
        said = self.process.stdout.readline()
        assert said, "the app is gone"
        found: dict[str, Any] = json.loads(said)
        return found

    def stop(self) -> None:
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="module")
def drivers() -> Iterator[list[Driver]]:
    found: list[Driver] = []
    yield found
    for driver in found:
        driver.stop()


@pytest.fixture
def driver(drivers: list[Driver]) -> Driver:
    """One that lives: a test that took it away does not fail the next."""
    if not drivers or drivers[-1].process.poll() is not None:
        drivers.append(Driver())
    return drivers[-1]


@pytest.fixture(autouse=True)
def nothing_left(tmp_path: Path) -> Iterator[None]:
    """What an app that failed left is removed: pytest itself could not remove all of it."""
    yield
    if any(tmp_path.glob("runs/*")):
        subprocess.run(["rm", "-rf", tmp_path / "runs"], check=True)


@pytest.fixture
def listening(tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Servers that nobody may reach, and where they are."""
    with contextlib.ExitStack() as stack:
        kinds = {
            "tcp": (socket.AF_INET, socket.SOCK_STREAM),
            "udp": (socket.AF_INET, socket.SOCK_DGRAM),
            "unix": (socket.AF_UNIX, socket.SOCK_STREAM),
            "datagram": (socket.AF_UNIX, socket.SOCK_DGRAM),
        }
        where: dict[str, Any] = {}
        servers = []
        for name, kind in kinds.items():
            server = stack.enter_context(socket.socket(*kind))
            internet = kind[0] == socket.AF_INET
            server.bind(("127.0.0.1", 0) if internet else str(tmp_path / name))
            where[name] = server.getsockname()[1] if internet else server.getsockname()
            if kind[1] == socket.SOCK_STREAM:
                server.listen()
            else:
                give_to_nobody(*([tmp_path / name] if not internet else []))
            servers.append(server)
        yield where
        assert not select.select(servers, [], [], 0)[0], "something was reached"


def around(tmp_path: Path, submission: Path, **known: Any) -> dict[str, str]:
    """The stage, a workspace with the submission and a victim's home; all may be written to."""
    toys.stage(tmp_path / "stage", judge=toys.JUDGE.replace("1.0", str(known.pop("call"))))
    work, victim = tmp_path / "workspace", tmp_path / "victim"
    work.mkdir()
    shutil.copy(submission, work / "calc.py")
    for name in SHADOWS if submission.stem == "shadowing_modules" else ():
        (work / name).parent.mkdir(exist_ok=True)
        (work / f"{name}.py").write_text(SHADOW)
    victim.mkdir()
    (victim / "secret").write_text("secret")
    (victim / "secret").chmod(0o600)
    places = {"stage": str(tmp_path / "stage"), "victim": str(victim), "workspace": str(work)}
    (work / "around.json").write_text(json.dumps(places | known))
    give_to_nobody(tmp_path, *tmp_path.rglob("*"))
    return {
        "stage": str(tmp_path / "stage"),
        "work": str(work),
        "runs": str(tmp_path / "runs"),
    }


def seen(tmp_path: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """All that lies outside of run folders, but for byte code, which the judge keeps."""
    found = {}
    for path in tmp_path.rglob("*"):
        about = path.lstat()
        text = path.read_bytes() if path.is_file() else b""
        name = path.relative_to(tmp_path)
        if name.parts[0] != "runs" and "__pycache__" not in name.parts:
            when = 0 if path.is_dir() else about.st_mtime_ns
            found[str(name)] = (about.st_mode, about.st_uid, when, text)
    return found


def names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.py"))


def test_every_submission_is_tried() -> None:
    assert sorted(SAID) == names(HERE / "hostile")


@pytest.mark.parametrize("name", names(HERE / "hostile"))
def test_a_hostile_submission_never_passes_and_leaves_nothing(
    name: str, tmp_path: Path, driver: Driver, listening: dict[str, Any]
) -> None:
    hangs = SAID[name].startswith("^no answer")
    asked = around(
        tmp_path,
        HERE / "hostile" / f"{name}.py",
        call=0.5 if hangs else 20.0,
        app=driver.process.pid,
        **listening,
    )
    before = seen(tmp_path)
    rights = ["session"] if name in SESSION else []
    answer = driver.check(2 if name in SHORT else 30, rights=rights, **asked)
    verdict = answer["verdict"]
    assert verdict["status"] == "failed", verdict
    assert "tried" in verdict["output"]
    failed = next(r for r in verdict["requirements"] if r["status"] == "failed")
    assert re.search(SAID[name], failed["observed"]), failed
    assert answer["alive"] == []
    assert answer["runs"] == []
    assert seen(tmp_path) == before
    for text in (verdict["output"], *(r["observed"] for r in verdict["requirements"])):
        assert clean(text) == text


@pytest.mark.parametrize("name", names(HERE / "hostile" / "known_pass"))
def test_what_lies_about_itself_with_care_passes_and_is_documented(
    name: str, tmp_path: Path, driver: Driver
) -> None:
    submission = HERE / "hostile" / "known_pass" / f"{name}.py"
    asked = around(tmp_path, submission, call=20.0)
    answer = driver.check(60, rights=[], **asked)
    assert answer["verdict"]["status"] == "passed", answer
    assert (answer["alive"], answer["runs"]) == ([], [])
    assert name in (ROOT / "docs" / "guard-rails.md").read_text()


@pytest.mark.parametrize("name", ["daemon_with_the_right", "moving_target", "ignored_signals"])
def test_nothing_goes_on_after_a_check_that_is_cancelled(
    name: str, tmp_path: Path, driver: Driver
) -> None:
    asked = around(tmp_path, HERE / "hostile" / f"{name}.py", call=20.0)
    with Path(asked["work"], "calc.py").open("a") as code:
        code.write("\n\ndef total(numbers):\n    print('tried', flush=True)\n    time.sleep(600)\n")
    answer = driver.check(30, rights=["session"], cancel=True, **asked)
    assert answer["verdict"]["status"] == "cancelled"
    assert (answer["alive"], answer["runs"]) == ([], [])
