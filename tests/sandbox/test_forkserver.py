"""A warm process: each run is a child of its own, and ends with all that it started."""

from __future__ import annotations

import os
import select
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from nexus_tui.sandbox.client import ForkServer, ForkServerError
from nexus_tui.sandbox.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from nexus_tui.sandbox.watch import Ended

MODULE = "tests.sandbox.runner"
PATH = {"PATH": os.defpath}
only_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="elsewhere what leaves its group is not found"
)


@pytest.fixture(params=[False, True], ids=["handles", "no handles"])
def server(request: pytest.FixtureRequest) -> Iterator[ForkServer]:
    with ForkServer(MODULE, {"name": "warm", "bare": request.param}, PATH) as server:
        yield server


def run(server: ForkServer, folder: Path, code: str, **limits: float) -> Ended:
    chosen = Limits(**limits)  # type: ignore[arg-type]
    return server.run({"code": code}, folder, chosen)


# ---------------------------------------------------------------- a run


def test_what_was_printed_and_the_exit_code_come_back(server: ForkServer, tmp_path: Path) -> None:
    code = "import sys\nprint('é')\nprint('oh', file=sys.stderr)\nsys.exit(3)"
    ended = run(server, tmp_path, code)
    assert (ended.code, ended.printed, ended.errors) == (3, "é\n", "oh\n")
    assert (ended.stopped, ended.left_over) == (None, 0)


@pytest.mark.parametrize(
    ("code", "exit_code", "errors"),
    [
        ("", 0, ""),
        ("raise SystemExit", 0, ""),
        ("raise SystemExit('why')", 1, "why\n"),
        ("raise KeyError", 1, "KeyError\n"),
        ("import os; os._exit(7)", 7, ""),
        ("import os; os.kill(os.getpid(), 11)", -11, ""),
        ("import sys; sys.stdout.close()", 0, ""),
        ("import atexit; atexit.register(lambda: 1 / 0)", 0, "ZeroDivisionError"),
    ],
)
def test_a_run_ends_as_python_ends(
    code: str, exit_code: int, errors: str, server: ForkServer, tmp_path: Path
) -> None:
    ended = run(server, tmp_path, code)
    assert ended.code == exit_code
    assert errors in ended.errors
    assert bool(errors) == bool(ended.errors)


def test_threads_and_exit_functions_are_waited_for(server: ForkServer, tmp_path: Path) -> None:
    code = """
import atexit, threading
go = threading.Event()
atexit.register(print, "last")
threading.Thread(target=lambda: (go.wait(), print("thread"))).start()
print("main")
threading.Timer(0.01, go.set).start()
"""
    assert run(server, tmp_path, code).printed == "main\nthread\nlast\n"


def test_nothing_of_a_run_is_there_in_the_next(server: ForkServer, tmp_path: Path) -> None:
    assert run(server, tmp_path, "ready.append('mine'); print(ready)").printed == (
        "['warm', 'mine']\n"
    )
    assert run(server, tmp_path, "print(ready)").printed == "['warm']\n"


def test_a_run_sees_its_folder_and_its_environment_only(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "x")
    code = "import os; print(os.getcwd(), sorted(os.environ))"
    ended = server.run({"code": code}, tmp_path, Limits(), HOME="/h")
    assert ended.printed == f"{tmp_path} ['HOME', 'PATH']\n"


def test_a_run_reads_nothing_and_finds_no_line_to_who_asked(
    server: ForkServer, tmp_path: Path
) -> None:
    code = """
import os, sys
print(repr(sys.stdin.read()))
for number in range(3, 64):
    try:
        os.write(number, b'{"forged": true}\\n')
        print(number)
    except OSError:
        pass
"""
    assert run(server, tmp_path, code).printed == "''\n"


def test_what_fails_to_prepare_says_why() -> None:
    with (
        ForkServer(MODULE, {"fail": "no such thing"}, PATH) as server,
        pytest.raises(ForkServerError, match=r"RuntimeError: no such thing\.$"),
    ):
        server.run({}, os.sep, Limits())  # type: ignore[arg-type]


def test_a_module_that_is_missing_is_named() -> None:
    with (
        ForkServer("tests.sandbox.nowhere", {}, PATH) as server,
        pytest.raises(ForkServerError, match=r"nowhere"),
    ):
        server.run({}, os.sep, Limits())  # type: ignore[arg-type]


# ---------------------------------------------------------------- what does not end


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "import time; time.sleep(600)",
        "import signal, time\nfor n in (2, 15): signal.signal(n, signal.SIG_IGN)\ntime.sleep(600)",
        "import threading; threading.Event().wait()",
        "import threading; threading.Thread(target=threading.Event().wait).start()",
    ],
)
def test_what_does_not_end_is_stopped_at_its_deadline(
    code: str, server: ForkServer, tmp_path: Path
) -> None:
    ended = run(server, tmp_path, f"print('began', flush=True)\n{code}", seconds=0.3)
    assert (ended.stopped, ended.code, ended.printed) == ("time", -9, "began\n")
    assert run(server, tmp_path, "print(1)").printed == "1\n"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_flood_is_stopped_and_its_beginning_kept(
    stream: str, server: ForkServer, tmp_path: Path
) -> None:
    code = f"import sys\nwhile True: sys.{stream}.write('flood\\n' * 1000)"
    ended = run(server, tmp_path, code, printed=1_000_000, kept=600)
    assert ended.stopped == "output"
    found = ended.printed if stream == "stdout" else ended.errors
    assert found == "flood\n" * 100


def test_more_than_is_kept_does_no_harm(server: ForkServer, tmp_path: Path) -> None:
    ended = run(server, tmp_path, "print('x' * 100_000)", kept=10)
    assert (ended.code, ended.stopped, ended.printed) == (0, None, "x" * 10)


def test_a_run_can_be_ended_from_another_thread(server: ForkServer, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "began")
    ended: list[Ended] = []
    code = "open('began', 'w').close()\nwhile True: pass"
    waiting = threading.Thread(target=lambda: ended.append(run(server, tmp_path, code)))
    waiting.start()
    (tmp_path / "began").read_text()  # waits for the run to begin
    server.interrupt()
    waiting.join()
    assert ended[0].stopped == "left"


# ---------------------------------------------------------------- what is left over

CHILD = """
import os, sys
reading, writing = os.pipe()
if os.fork() == 0:
    {leave}
    os.write(writing, f"{{os.getpid()}}".encode())
    while True: pass
print(os.read(reading, 20).decode())
{then}
"""


@only_linux
@pytest.mark.parametrize(
    "leave",
    ["pass", "os.setpgid(0, 0)", "os.setsid()", "os.setsid()\n    if os.fork(): os._exit(0)"],
)
@pytest.mark.parametrize(("then", "stopped"), [("", None), ("while True: pass", "time")])
def test_a_process_that_outlives_its_run_is_gone(
    leave: str, then: str, stopped: str | None, server: ForkServer, tmp_path: Path
) -> None:
    code = CHILD.format(leave=leave, then=f"sys.stdout.flush()\n{then}")
    ended = run(server, tmp_path, code, seconds=1 if stopped else 60)
    assert ended.stopped == stopped
    assert ended.left_over > 0
    with pytest.raises(ProcessLookupError):
        os.kill(int(ended.printed), 0)


@only_linux
def test_processes_that_go_on_starting_others_are_all_gone(
    server: ForkServer, tmp_path: Path
) -> None:
    code = """
import os
for _ in range(5):
    if os.fork() == 0:
        while True:
            if os.fork():
                os._exit(0)
            os.setsid()
"""
    assert run(server, tmp_path, code).left_over > 0
    assert run(server, tmp_path, "print(1)").left_over == 0


@only_linux
def test_a_run_that_kills_its_server_ends_with_it(server: ForkServer, tmp_path: Path) -> None:
    code = """
import os, signal
held = open('held', 'w')
os.kill(os.getppid(), signal.SIGKILL)
while True: pass
"""
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert run(server, tmp_path, code).stopped == "lost"
        assert select.select([held], [], [], 30)[0]
        assert os.read(held, 1) == b""  # the end: who could write is gone
    finally:
        os.close(held)
    assert run(server, tmp_path, "print(1)").printed == "1\n"


def test_a_stopped_server_is_gone(server: ForkServer, tmp_path: Path) -> None:
    parent = int(run(server, tmp_path, "import os; print(os.getppid())").printed)
    server.stop()
    server.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(parent, 0)
