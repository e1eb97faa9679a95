"""What guard rails refuse, tried in real processes.

Each attack is tried without rails first, where it must succeed: so a refusal is the rails'.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import pytest

from nexus_tui.sandbox.landlock import SCOPE_SINCE
from nexus_tui.sandbox.rails import Level, Rights
from tests.sandbox.attacks import (
    ATTRIBUTES,
    FILES,
    NETWORK,
    PROCESSES,
    SESSION,
    STARTING,
)
from tests.sandbox.place import (
    HERE,
    Place,
    only_landlock,
    only_rails,
    only_seccomp,
    refused,
)
from tests.unprivileged import give_to_nobody

if TYPE_CHECKING:
    from pathlib import Path

# ---------------------------------------------------------------- files


@only_landlock
@pytest.mark.parametrize("code", FILES.values(), ids=FILES)
def test_files_outside_the_run_folder_are_out_of_reach(code: str, place: Place) -> None:
    refused(place, code)


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


@only_seccomp
@pytest.mark.parametrize("code", NETWORK.values(), ids=NETWORK)
def test_the_network_and_services_are_out_of_reach(code: str, place: Place) -> None:
    refused(place, code)


@only_seccomp
@pytest.mark.parametrize("what", sorted(set(NETWORK) - {"TCP", "serving", "IPv6"}))
def test_the_right_to_a_port_is_to_tcp_only(what: str, place: Place) -> None:
    refused(place, NETWORK[what], Rights(port=True))


# ---------------------------------------------------------------- other processes


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


# ---------------------------------------------------------------- root


@only_seccomp
@pytest.mark.skipif(HERE.landlock < SCOPE_SINCE, reason="Landlock does not tell whom to signal")
def test_root_is_held_as_anybody_is(root: Place) -> None:
    attacks = FILES | ATTRIBUTES | NETWORK | PROCESSES | STARTING | SESSION
    code = f"""
reached = []
for name, attack in {attacks!r}.items():
    try:
        exec(attack, dict(globals()))
        reached.append(name)
    except OSError:
        pass
print(reached)
"""
    assert root.run(code).printed == ["[]"]
    assert (root.outside / "secret").read_text() == "secret"


# ---------------------------------------------------------------- rights to be declared


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


@only_landlock
def test_a_home_on_the_path_of_imports_is_not_readable(user: Place) -> None:
    before = "import sys; sys.path += [str(outside), str(outside.parent)]"
    assert user.run(FILES["reading"], before=before, level=None).ended == "done"
    assert user.run(FILES["reading"], before=before).ended == "PermissionError"


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
        ("libc.setpriority(0, parent, 19)", "EPERM"),
        ("libc.setpriority(2, 0, 19)", "EPERM"),
        ("libc.sched_setaffinity(parent, 8, b'12345678')", "EPERM"),
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


def test_limits_cannot_be_raised_again(place: Place) -> None:
    before = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))"
    code = "resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))"
    assert place.run(code, before=before).ended == "ValueError"


@only_rails
def test_root_is_left_no_right_but_to_open_files(place: Place) -> None:
    code = "print(open('/proc/self/status').read())"
    held = dict(line.split(":\t", 1) for line in place.run(code).printed[0].strip().split("\n"))
    opening = 1 << 1 | 1 << 2
    for kind in ("CapPrm", "CapEff", "CapInh", "CapAmb"):
        assert int(held[kind], 16) & ~opening == 0
