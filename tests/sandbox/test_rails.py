"""What guard rails refuse and what they leave, tried in real processes.

Each attack is tried without rails first, where it must succeed: so a refusal is the rails'.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.sandbox.landlock import SCOPE_SINCE
from nexus_tui.sandbox.rails import Level, Rights, probe
from tests.unprivileged import give_to_nobody, unprivileged

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HERE = probe()
NONE = Rights()

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="guard rails are for Linux")
only_landlock = pytest.mark.skipif(HERE.landlock == 0, reason="this kernel has no Landlock")
only_seccomp = pytest.mark.skipif(not HERE.seccomp, reason="this machine has no seccomp filter")
pytestmark = only_linux


@dataclass(frozen=True)
class Outcome:
    """How the code ended, what it printed, and what the parent's memory held afterwards."""

    ended: str
    printed: list[str]
    memory: str


@dataclass(frozen=True)
class Place:
    """A run folder, a home outside of it, and who runs the code."""

    folder: Path
    outside: Path
    root: bool
    server: subprocess.Popen[str]

    def run(
        self,
        code: str,
        rights: Rights = NONE,
        *,
        level: Level | None = HERE,
        before: str = "",
        readable: list[Path] | None = None,
        hidden: bool = False,
    ) -> Outcome:
        """Run the code in the folder; `level` None: without rails."""
        asked = {
            "folder": str(self.folder),
            "outside": str(self.outside),
            "rights": asdict(rights),
            "level": None if level is None else [level.landlock, level.seccomp],
            "before": before,
            "readable": [str(path) for path in readable or ()],
            "code": code,
            "hidden": hidden,
        }
        assert self.server.stdin is not None and self.server.stdout is not None
        self.server.stdin.write(json.dumps(asked) + "\n")
        self.server.stdin.flush()
        return Outcome(**json.loads(self.server.stdout.readline()))

    def reset(self) -> None:
        """The folder with a file `mine`, and the home with a `secret`, as they were."""
        for place, name in ((self.folder, "mine"), (self.outside, "secret")):
            if place.exists():
                shutil.rmtree(place)
            place.mkdir()
            (place / name).write_text(name)
            (place / name).chmod(0o600)
            (place / "empty").mkdir()
            if not self.root:
                give_to_nobody(place, place / name, place / "empty")


def serving(*, root: bool) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.sandbox.railed"]
    with subprocess.Popen(
        command if root else unprivileged(*command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PATH": os.defpath},
    ) as server:
        yield server


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Who runs code: somebody without rights and, where tests run as root, root."""
    with contextlib.ExitStack() as stack:
        found = {"user": stack.enter_context(contextlib.contextmanager(serving)(root=False))}
        if os.geteuid() == 0:
            found["root"] = stack.enter_context(contextlib.contextmanager(serving)(root=True))
        yield found


@pytest.fixture(params=["user", "root"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, servers: dict[str, subprocess.Popen[str]]
) -> Place:
    if request.param not in servers:
        pytest.skip("tests do not run as root")
    made = Place(
        tmp_path / "run", tmp_path / "home", request.param == "root", servers[request.param]
    )
    made.reset()
    return made


@pytest.fixture
def user(tmp_path: Path, servers: dict[str, subprocess.Popen[str]]) -> Place:
    made = Place(tmp_path / "run", tmp_path / "home", False, servers["user"])
    made.reset()
    return made


def refused(place: Place, code: str, rights: Rights = NONE, *, level: Level = HERE) -> None:
    """The code works without rails, and not with them, where nothing outside is changed."""
    free = place.run(code, level=None)
    assert free.ended in ("done", "parent killed"), free
    place.reset()
    held = place.run(code, rights, level=level)
    assert held.ended in ("PermissionError", "OSError"), held
    assert held.memory == "secret"
    assert (place.outside / "secret").read_text() == "secret"
    assert {path.name for path in place.outside.iterdir()} == {
        "secret",
        "empty",
        "unix",
        "datagram",
    }


CHECKED = (
    "def checked(result):\n    if result < 0:\n        raise OSError(ctypes.get_errno(), '')\n"
)


# ---------------------------------------------------------------- files

FILES = {
    "a new file": "(outside / 'new').write_text('x')",
    "overwriting": "(outside / 'secret').write_text('x')",
    "appending": "open(outside / 'secret', 'a')",
    "reading": "(outside / 'secret').read_text()",
    "listing": "os.listdir(outside)",
    "deleting": "(outside / 'secret').unlink()",
    "a new folder": "(outside / 'new').mkdir()",
    "deleting a folder": "(outside / 'empty').rmdir()",
    "a pipe": "os.mkfifo(outside / 'new')",
    "a symbolic link": "os.symlink('mine', outside / 'new')",
    "moving out": "os.rename('mine', outside / 'new')",
    "moving over": "os.replace('mine', outside / 'secret')",
    "moving in": "os.rename(outside / 'secret', 'here')",
    "moving outside": "os.rename(outside / 'secret', outside / 'new')",
    "linking out": "os.link('mine', outside / 'new')",
    "linking in": "os.link(outside / 'secret', 'here')",
    "a link that leads out": "os.symlink(outside / 'secret', 'link'); open('link', 'r+')",
    "a linked folder": "os.symlink(outside, 'link'); open('link/new', 'w')",
    "its working folder": "os.chdir(outside); open('secret')",
    "dots": "open('../home/secret')",
    "a descriptor": """
found = os.open(outside / 'secret', os.O_PATH)
open(f'/proc/self/fd/{found}')
""",
    "the root of a process": "open(f'/proc/self/root/{outside}/secret')",
    "the folder of the parent": "os.listdir(f'/proc/{parent}/cwd/')",
    "a child": """
if os.fork() == 0:
    try:
        open(outside / 'secret')
    except OSError as error:
        os._exit(error.errno)
    os._exit(0)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
    "a thread": """
import threading
raised = []
def read():
    try:
        open(outside / 'secret')
    except OSError as error:
        raised.append(error)
thread = threading.Thread(target=read)
thread.start()
thread.join()
if raised:
    raise raised[0]
""",
    "shared memory": """
import uuid
name = f'/dev/shm/nexus-{uuid.uuid4()}'
open(name, 'x').close()
os.unlink(name)
""",
    "the folder of all": "import tempfile; tempfile.TemporaryFile(dir='/tmp')",
}


@only_landlock
@pytest.mark.parametrize("code", FILES.values(), ids=FILES)
def test_files_outside_the_run_folder_are_out_of_reach(code: str, place: Place) -> None:
    refused(place, code)


ATTRIBUTES = {
    "emptying": "os.truncate(outside / 'secret', 0)",
    "mode": "os.chmod(outside / 'secret', 0o777)",
    "mode in the module below": "import posix; posix.chmod(outside / 'secret', 0o777)",
    "mode by descriptor": CHECKED
    + """
found = os.open(outside / 'secret', os.O_PATH)
posix = __import__('posix')
posix.chmod(f'/proc/self/fd/{found}', 0o777)
""",
    "dates": "os.utime(outside / 'secret', (0, 0))",
    "dates in the module below": "import posix; posix.utime(outside / 'secret', (0, 0))",
    "owner": "os.chown(outside / 'secret', os.getuid(), os.getgid())",
    "owner of a link": "os.lchown(outside / 'secret', os.getuid(), os.getgid())",
    "attribute": "os.setxattr(outside / 'secret', 'user.x', b'x')",
}


@only_landlock
@only_seccomp
@pytest.mark.parametrize("code", ATTRIBUTES.values(), ids=ATTRIBUTES)
def test_what_describes_a_file_outside_cannot_be_changed(code: str, place: Place) -> None:
    refused(place, code)
    found = (place.outside / "secret").stat()
    assert found.st_mode & 0o777 == 0o600
    assert found.st_mtime > 0


@only_landlock
def test_the_checks_can_be_read_and_not_changed(place: Place, tmp_path: Path) -> None:
    checks = tmp_path / "checks"
    checks.mkdir()
    (checks / "check.py").write_text("expected = 1")
    if not place.root:
        give_to_nobody(checks, checks / "check.py")
    code = f"""
from pathlib import Path
checks = Path({str(checks)!r})
print((checks / 'check.py').read_text())
(checks / 'check.py').write_text('')
"""
    held = place.run(code, readable=[checks])
    assert held.printed[0] == "expected = 1"
    assert held.ended == "PermissionError"
    assert place.run(code).printed[0].startswith("PermissionError")


# ---------------------------------------------------------------- network

NETWORK = {
    "TCP": "socket.create_connection(addresses['tcp'])",
    "serving": "socket.socket().bind(('127.0.0.1', 0))",
    "UDP": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', addresses['udp'])",
    "IPv6": "socket.socket(socket.AF_INET6)",
    "netlink": "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
    "a Unix socket": "socket.socket(socket.AF_UNIX).connect(addresses['unix'])",
    "an abstract one": "socket.socket(socket.AF_UNIX).connect(addresses['abstract'])",
    "datagrams of a pair": """
one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
one.sendto(b'x', addresses['datagram'])
""",
}


@only_seccomp
@pytest.mark.parametrize("code", NETWORK.values(), ids=NETWORK)
def test_the_network_and_services_are_out_of_reach(code: str, place: Place) -> None:
    refused(place, code)


@only_seccomp
@pytest.mark.parametrize("what", sorted(set(NETWORK) - {"TCP", "serving", "IPv6"}))
def test_the_right_to_a_port_is_to_tcp_only(what: str, place: Place) -> None:
    refused(place, NETWORK[what], Rights(port=True))


# ---------------------------------------------------------------- other processes

PROCESSES = {
    "a signal": "os.kill(parent, 9)",
    "a signal by descriptor": """
import signal
signal.pidfd_send_signal(os.pidfd_open(parent), 9)
""",
    "a queued signal": CHECKED
    + """
import struct
what = ctypes.create_string_buffer(struct.pack('iii', 9, 0, -1), 128)
number = {'x86_64': 129, 'aarch64': 138}[os.uname().machine]
checked(libc.syscall(number, parent, 9, what))
""",
    "a signal about a pipe": """
import fcntl, select
reading, writing = os.pipe()
fcntl.fcntl(reading, fcntl.F_SETOWN, parent)
fcntl.fcntl(reading, 10, 9)  # F_SETSIG
fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
os.write(writing, b'x')
if os.getppid() == parent:
    raise OSError('it lives')
""",
    "its limits": "import resource; resource.prlimit(parent, resource.RLIMIT_NOFILE, (9, 9))",
    "tracing": CHECKED + "checked(libc.ptrace(0x4206, parent, None, None))",
    "its memory by a call": CHECKED
    + """
what = ctypes.create_string_buffer(b'forged')
here = (ctypes.c_void_p * 2)(ctypes.addressof(what), 6)
there = (ctypes.c_void_p * 2)(memory, 6)
checked(libc.process_vm_writev(parent, here, 1, there, 1, 0))
""",
    "its memory as a file": """
with open(f'/proc/{parent}/mem', 'r+b', buffering=0) as file:
    file.seek(memory)
    file.write(b'forged')
""",
    "its environment": "open(f'/proc/{parent}/environ').read()",
    "its descriptors": "os.listdir(f'/proc/{parent}/fd')",
    "a descriptor of it": CHECKED + "checked(libc.syscall(438, os.pidfd_open(parent), 1, 0))",
    "its command line": "open(f'/proc/{parent}/cmdline').read()",
}


@only_seccomp
@pytest.mark.skipif(HERE.landlock < SCOPE_SINCE, reason="Landlock does not tell whom to signal")
@pytest.mark.parametrize("code", PROCESSES.values(), ids=PROCESSES)
def test_the_parent_is_out_of_reach(code: str, place: Place) -> None:
    refused(place, code)


def test_what_is_not_dumpable_keeps_its_memory_from_its_user(user: Place) -> None:
    code = PROCESSES["its memory as a file"]
    assert user.run(code, level=None).memory == "forged"
    hidden = user.run(code, level=None, hidden=True)
    assert (hidden.ended, hidden.memory) == ("PermissionError", "secret")


# ---------------------------------------------------------------- rights to be declared

STARTING = {
    "a program": "os.posix_spawn('/bin/true', ['true'], {})",
    "its own place": """
import subprocess
assert subprocess.run(['/bin/true']).returncode == 0
""",
    "a program of memory": """
found = os.memfd_create('x')
os.write(found, open('/bin/true', 'rb').read())
if os.fork() == 0:
    try:
        os.execve(found, ['true'], {})
    except OSError as error:
        os._exit(error.errno)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
}
SESSION = {
    "a session": """
if os.fork() == 0:
    try:
        os.setsid()
    except OSError as error:
        os._exit(error.errno)
    os._exit(0)
failed = os.waitstatus_to_exitcode(os.wait()[1])
if failed:
    raise OSError(failed, '')
""",
    "a group": "os.setpgid(0, 0)",
}


@only_seccomp
@pytest.mark.parametrize("code", STARTING.values(), ids=STARTING)
def test_starting_programs_takes_the_right_to(code: str, place: Place) -> None:
    refused(place, code)
    assert place.run(code, Rights(subprocess=True)).ended == "done"


@only_landlock
def test_without_seccomp_landlock_refuses_to_start_programs(user: Place) -> None:
    refused(user, STARTING["a program"], level=Level(HERE.landlock, False))


@only_seccomp
@pytest.mark.parametrize("code", SESSION.values(), ids=SESSION)
def test_leaving_the_session_or_the_group_takes_the_right_to(code: str, place: Place) -> None:
    refused(place, code)
    assert place.run(code, Rights(session=True)).ended == "done"


@only_landlock
def test_a_program_is_held_by_the_same_rails(place: Place) -> None:
    code = """
import subprocess
done = subprocess.run(['/bin/cat', outside / 'secret'], capture_output=True, text=True)
print(done.returncode, done.stdout)
"""
    assert place.run(code, Rights(subprocess=True), level=None).printed == ["0 secret"]
    assert place.run(code, Rights(subprocess=True)).printed == ["1 "]


# ---------------------------------------------------------------- the kernel


@only_seccomp
@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("libc.unshare(0x10000000)", "EPERM"),
        ("libc.setns(0, 0)", "EPERM"),
        ("libc.chroot(b'.')", "EPERM"),
        ("libc.mount(b'x', b'.', b'tmpfs', 0, None)", "EPERM"),
        ("libc.personality(0xffffffff)", "EPERM"),
        ("libc.shmget(0, 10, 0o1600)", "EPERM"),
        ("libc.syscall(425, 1, None)", "EPERM"),  # io_uring_setup
        ("libc.syscall(435, None, 0)", "ENOSYS"),  # clone3
    ],
)
def test_calls_that_lead_around_the_rails_are_refused(code: str, error: str, place: Place) -> None:
    asked = f"import errno\nassert {code} == -1\nprint(errno.errorcode[ctypes.get_errno()])"
    assert place.run(asked).printed == [error]


@only_seccomp
@pytest.mark.parametrize("flags", [0x10000000, 0x20000000, 0x8000], ids=["user", "pid", "parent"])
def test_a_fork_into_other_namespaces_or_as_a_sibling_is_refused(flags: int, place: Place) -> None:
    number = {"x86_64": 56, "aarch64": 220}[platform.machine()]
    code = f"""
import errno
made = libc.syscall({number}, ctypes.c_long({flags} | 17), None, None, None, None)
if made == 0:
    os._exit(0)
print(made if made < 0 else 'made', errno.errorcode.get(ctypes.get_errno()))
"""
    assert place.run(code).printed == ["-1 EPERM"]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x86-64 has two other tables of calls")
@only_seccomp
def test_the_tables_of_calls_for_other_machines_are_closed(user: Place) -> None:
    x32 = "import errno\nlibc.syscall(0x40000000 | 39)\nprint(errno.errorcode[ctypes.get_errno()])"
    assert user.run(x32).printed == ["EPERM"]
    # mov eax, 20 (getpid on i386); int 0x80; ret
    i386 = """
import mmap
page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
page.write(bytes.fromhex('b814000000cd80c3'))
place = ctypes.addressof(ctypes.c_char.from_buffer(page))
print(ctypes.CFUNCTYPE(ctypes.c_int)(place)() == os.getpid())
"""
    if user.run(i386, level=None).printed != ["True"]:
        pytest.skip("this kernel has no calls of i386")
    assert user.run(i386).ended == "signal 31"


def test_limits_cannot_be_raised_by_root_either(place: Place) -> None:
    before = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))"
    code = "resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))"
    if place.root:
        assert place.run(code, before=before, level=None).ended == "done"
    assert place.run(code, before=before).ended == "ValueError"


# ---------------------------------------------------------------- what works

WORKS = {
    "files": """
from pathlib import Path
Path('deep/er').mkdir(parents=True)
Path('deep/er/file').write_text('x')
os.rename('deep/er/file', 'file')
os.link('file', 'linked')
os.symlink('file', 'soft')
os.mkfifo('fifo')
assert sorted(os.listdir()) == ['deep', 'empty', 'fifo', 'file', 'linked', 'mine', 'soft']
os.truncate('file', 0)
os.unlink('file')
os.rmdir('deep/er')
""",
    "mode and dates": """
import shutil
os.chmod('mine', 0o640)
os.utime('mine', (5, 5))
shutil.copy2('mine', 'copy')
found = os.stat('copy')
assert (found.st_mode & 0o777, found.st_mtime) == (0o640, 5)
shutil.copytree('empty', 'other')
os.utime('copy')
assert os.stat('copy').st_mtime > 5
with open('mine') as file:
    os.chmod(file.fileno(), 0o600)
assert os.stat('mine').st_mode & 0o777 == 0o600
""",
    "temporary files": """
import tempfile
tempfile.tempdir = None
with tempfile.TemporaryDirectory() as folder, tempfile.NamedTemporaryFile('w') as file:
    assert folder.startswith(os.getcwd()) and file.name.startswith(os.getcwd())
    file.write('x')
""",
    "SQLite": """
import sqlite3
base = sqlite3.connect('base.db')
base.execute('PRAGMA journal_mode = wal')
base.execute('CREATE TABLE t (x)')
base.execute('INSERT INTO t VALUES (1)')
base.commit()
assert base.execute('SELECT * FROM t').fetchall() == [(1,)]
base.close()
""",
    "threads": """
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(4) as pool:
    assert list(pool.map(abs, [-1, 2])) == [1, 2]
""",
    "a loop": """
import asyncio
async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(10, print)
    await asyncio.sleep(0)
    return await asyncio.to_thread(lambda: 5)
assert asyncio.run(main()) == 5
""",
    "forks": """
import multiprocessing
fork = multiprocessing.get_context('fork')
here, there = fork.Pipe()
process = fork.Process(target=lambda: there.send(os.getpid()))
process.start()
assert here.recv() == process.pid
process.join()
assert process.exitcode == 0
""",
    "ending a child": """
import signal, time
child = os.fork()
if child == 0:
    time.sleep(600)
os.kill(child, signal.SIGTERM)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -15
""",
    "signals to itself": """
import signal, threading
got = []
signal.signal(signal.SIGUSR1, lambda *what: got.append(what[0]))
os.kill(os.getpid(), signal.SIGUSR1)
signal.raise_signal(signal.SIGUSR1)
signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
assert got == [10, 10, 10]
""",
    "imports": """
import django, redis, celery, psycopg, fakeredis, rest_framework, decimal, ssl, zoneinfo
assert zoneinfo.ZoneInfo('Europe/Berlin')
ssl.create_default_context()
import mimetypes
assert mimetypes.guess_type('a.png')[0] == 'image/png'
""",
    "randomness and nothing": """
import secrets, subprocess
assert open('/dev/urandom', 'rb').read(4) and secrets.token_hex()
open(os.devnull, 'w').write('x')
""",
    "what it is": """
assert str(os.getpid()) in open('/proc/self/stat').read()
assert os.listdir('/proc/self/fd')
assert 'VmRSS' in open('/proc/self/status').read() and os.cpu_count()
""",
    "a plain limit": """
import resource
resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (50, 50))
""",
}


@pytest.mark.parametrize("code", WORKS.values(), ids=WORKS)
@pytest.mark.parametrize(
    "level",
    [HERE, Level(min(HERE.landlock, 2), HERE.seccomp)],
    ids=["this machine", "an older kernel"],
)
def test_ordinary_code_works(code: str, level: Level, place: Place) -> None:
    if level.landlock < 3 and "os.truncate" in code:
        code = code.replace("os.truncate('file', 0)", "open('file', 'w').close()")
    outcome = place.run(code, level=level)
    assert outcome.ended == "done", outcome.printed
