"""The filter decides alike on both architectures: its instructions are followed one by one."""

from __future__ import annotations

import errno
import os
import socket
import struct

import pytest

from nexus_tui.sandbox.rails import Rights
from nexus_tui.sandbox.rails_calls import _ABOUT_PROCESS, _ALWAYS, _BY_PATH, refused
from nexus_tui.sandbox.seccomp import Refuse, Where, program
from nexus_tui.sandbox.syscalls import NUMBERS

ALLOWED, KILLED = 0x7FFF0000, 0x80000000
MACHINES = {"x86-64": (0, 0xC000003E), "AArch64": (1, 0xC00000B7)}
ME = os.getpid()
NONE = Rights()


def decide(filters: list[bytes], number: int, architecture: int, arguments: list[int]) -> int:
    """What the kernel would do with a call: its part of the machine that runs filters."""
    wide = [one & 2**64 - 1 for one in arguments + [0] * 6][:6]
    seen = struct.pack("<IIQ6Q", number, architecture, 0, *wide)
    value, at = 0, 0
    while True:
        code, then, otherwise, constant = struct.unpack("HBBI", filters[at])
        at += 1
        if code == 0x20:
            value = struct.unpack_from("<I", seen, constant)[0]
        elif code == 0x54:
            value &= constant
        elif code == 0x06:
            found: int = constant
            return found
        else:
            holds = {
                0x15: value == constant,
                0x25: value > constant,
                0x35: value >= constant,
                0x45: value & constant != 0,
            }[code]
            at += then if holds else otherwise


def answer(
    machine: str, name: str, *arguments: int, rights: Rights = NONE, landlock: int = 7
) -> str | None:
    """The error that a call gets; None where it is allowed."""
    column, architecture = MACHINES[machine]
    number = NUMBERS[name][column]
    assert number is not None
    rules = list(program(refused(rights, landlock), column, architecture))
    found = decide(rules, number, architecture, list(arguments))
    return None if found == ALLOWED else errno.errorcode[found & 0xFFFF]


machines = pytest.mark.parametrize("machine", MACHINES)


@machines
@pytest.mark.parametrize("name", [*_ALWAYS, *_BY_PATH])
def test_what_is_always_refused_is_refused_on_all_machines(machine: str, name: str) -> None:
    if NUMBERS[name][MACHINES[machine][0]] is not None:
        assert answer(machine, name) == "EPERM"


@machines
@pytest.mark.parametrize("name", _ABOUT_PROCESS)
def test_limits_and_priority_are_ones_own(machine: str, name: str) -> None:
    assert answer(machine, name, 0) is None
    assert answer(machine, name, ME) is None
    assert answer(machine, name, ME - 1) == "EPERM"
    for call, kind in (("setpriority", 0), ("ioprio_set", 1)):
        assert answer(machine, call, kind, 0) is None
        assert answer(machine, call, kind, ME) is None
        assert answer(machine, call, kind, ME - 1) == "EPERM"
        assert answer(machine, call, 2, 0) == "EPERM"


@machines
@pytest.mark.parametrize(
    ("kind", "protocol", "port", "error"),
    [
        (socket.SOCK_STREAM, 0, True, None),
        (socket.SOCK_STREAM | 0o2000000, 6, True, None),
        (socket.SOCK_STREAM | 0o4000, 0, True, None),
        (socket.SOCK_STREAM, 262, True, "EPERM"),
        (socket.SOCK_DGRAM, 0, True, "EPERM"),
        (socket.SOCK_RAW, 0, True, "EPERM"),
        (socket.SOCK_STREAM, 0, False, "EPERM"),
    ],
)
@pytest.mark.parametrize("family", [2, 10])
def test_the_right_to_a_port_is_to_tcp(
    machine: str, family: int, kind: int, protocol: int, port: bool, error: str | None
) -> None:
    rights = Rights(port=port)
    assert answer(machine, "socket", family, kind, protocol, rights=rights) == error
    assert answer(machine, "socket", 1, kind, protocol, rights=rights) == "EPERM"


@machines
@pytest.mark.parametrize("landlock", [0, 5])
@pytest.mark.parametrize(
    ("process", "error"),
    [
        (ME, None),
        (0, None),
        (ME + 1, None),
        (ME - 1, "EPERM"),
        (1, "EPERM"),
        (-1, "EPERM"),
        (-ME + 1, "EPERM"),
        (-ME, None),
        (-ME - 1, None),
    ],
    # Not the number, which each worker of the tests has another of.
    ids=["me", "group", "next", "before", "first", "all", "group before", "mine", "group next"],
)
def test_where_landlock_does_not_tell_older_processes_are_not_signalled(
    machine: str, landlock: int, process: int, error: str | None
) -> None:
    assert answer(machine, "kill", process, 9, landlock=landlock) == error
    assert answer(machine, "kill", process, 9) is None
    if process > 0:
        assert answer(machine, "tgkill", process, process, 9, landlock=landlock) == error
    if process < 0:
        assert answer(machine, "tgkill", process, process, 9, landlock=landlock) == "EPERM"


@machines
@pytest.mark.parametrize(
    ("flags", "error"),
    [
        (os.O_RDONLY, None),
        (os.O_WRONLY | os.O_TRUNC, None),
        (os.O_RDONLY | os.O_TRUNC, "EPERM"),
    ],
)
def test_opening_to_read_does_not_empty_beside_an_older_landlock(
    machine: str, flags: int, error: str | None
) -> None:
    assert answer(machine, "openat", 0, 0, flags, landlock=2) == error
    assert answer(machine, "openat", 0, 0, flags, landlock=3) is None
    assert answer(machine, "openat2", landlock=2) == "ENOSYS"
    assert answer(machine, "truncate", landlock=2) == "EPERM"


@machines
def test_dates_change_by_descriptor_and_not_by_path(machine: str) -> None:
    assert answer(machine, "utimensat", 5, 0) is None
    assert answer(machine, "utimensat", 5, 7) == "EPERM"
    assert answer(machine, "utimensat", 5, 7 << 32) == "EPERM"


@machines
def test_arguments_are_told_apart(machine: str) -> None:
    assert answer(machine, "prctl", 1, 9) is None
    assert answer(machine, "prctl", 1, 0) == "EPERM"
    assert answer(machine, "prctl", 1, 23) == "EPERM"
    assert answer(machine, "prctl", 4, 0) is None
    assert answer(machine, "clone3") == "ENOSYS"
    assert answer(machine, "clone", 17) is None
    assert answer(machine, "clone", 0x10000011) == "EPERM"
    assert answer(machine, "ioctl", 0, 0x5412) == "EPERM"
    assert answer(machine, "ioctl", 0, 0x5413) is None
    assert answer(machine, "socketpair", 1, 5) is None
    assert answer(machine, "socketpair", 1, 2) == "EPERM"


@machines
@pytest.mark.parametrize(
    ("rights", "names"),
    [
        (Rights(subprocess=True), ("execve", "execveat")),
        (Rights(session=True), ("setsid", "setpgid")),
    ],
)
def test_a_right_allows_its_calls(machine: str, rights: Rights, names: tuple[str, ...]) -> None:
    for name in names:
        assert answer(machine, name, rights=rights) is None
        assert answer(machine, name) == "EPERM"


@machines
def test_calls_of_other_tables_and_machines_are_refused(machine: str) -> None:
    column, architecture = MACHINES[machine]
    rules = list(program([], column, architecture))
    assert decide(rules, 1, architecture, []) == ALLOWED
    assert decide(rules, 1, 0x40000003, []) == KILLED
    assert decide(rules, 0x40000001, architecture, []) & 0xFFFF == errno.EPERM


def test_a_rule_whose_conditions_do_not_hold_leaves_the_next_to_decide() -> None:
    rules = [
        Refuse(("kill",), (Where(0, "is", 1), Where(1, "above", 5)), errno.EACCES),
        Refuse(("kill",), (Where(0, "is", 1), Where(1, "is not", 0)), errno.EBUSY),
        Refuse(("tkill",)),
    ]
    filters = list(program(rules, *MACHINES["x86-64"]))
    found = [
        decide(filters, number, MACHINES["x86-64"][1], arguments) & 0xFFFF
        for number, arguments in [(62, [1, 6]), (62, [1, 5]), (62, [1, 0]), (62, [2, 6]), (200, [])]
    ]
    assert found == [errno.EACCES, errno.EBUSY, 0, 0, errno.EPERM]
