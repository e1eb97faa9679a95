"""seccomp: system calls that the kernel refuses to this process, by a filter that it is given.

A filter sees numbers and no paths: it tells which kind of socket, and not which file. It holds
for root too, and for all that the process starts; more filters can be added, none removed.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from nexus_tui.sandbox.kernel import call, prctl
from nexus_tui.sandbox.syscalls import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PR_SET_SECCOMP = 22
_MODE_FILTER = 2
_GET_ACTION_AVAIL = 2
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000

# Where `struct seccomp_data` has the number, the architecture and the arguments; both
# architectures are little-endian, so the low half of an argument comes first.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_MORE, _IF_AT_LEAST, _IF_ANY_BIT = 0x15, 0x25, 0x35, 0x45
_X32 = 0x40000000
"""The bit of x86-64 that selects a second table of calls."""

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""The column of the table, and what the kernel calls the architecture."""

Test = Literal["is", "is not", "below", "above", "has any of"]


@dataclass(frozen=True)
class Where:
    """What the low 32 bits of an argument must be, after `mask`, for a rule to refuse the call."""

    argument: int
    test: Test
    value: int
    mask: int = 0xFFFFFFFF
    upper: bool = False
    """The high 32 bits instead."""


@dataclass(frozen=True)
class Refuse:
    """Calls to refuse with an error; where there are conditions, only if all of them hold."""

    calls: tuple[str, ...]
    where: tuple[Where, ...] = ()
    error: int = errno.EPERM


def available() -> bool:
    """Whether filters that answer with an error can be set here, on a known architecture."""
    machine = _machine()
    if machine is None:
        return False
    action = ctypes.c_uint32(_ERRNO)
    try:
        call(NUMBERS["seccomp"][machine[0]] or -1, _GET_ACTION_AVAIL, 0, ctypes.byref(action))
    except OSError:
        return False
    return True


def refuse(rules: Iterable[Refuse]) -> None:
    """Refuse these calls to this thread and to all it will start. Needs `no_new_privileges`.

    Raises OSError where the kernel refuses the filter, or the architecture is not known.
    """
    machine = _machine()
    if machine is None:
        raise OSError(errno.ENOSYS, f"No filter for {platform.machine()}")
    code = b"".join(program(rules, *machine))
    # struct sock_fprog: how many instructions, and where they are.
    kept = ctypes.create_string_buffer(code, len(code))
    what = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(kept))
    )
    prctl(_PR_SET_SECCOMP, _MODE_FILTER, ctypes.addressof(what))


def program(rules: Iterable[Refuse], column: int, architecture: int) -> Iterator[bytes]:
    """The filter's instructions: the first rule that fits decides; what none fits is allowed."""
    yield _step(_LOAD, _ARCHITECTURE)
    yield _step(_IF_EQUAL, architecture, then=1)
    yield _step(_RETURN, _KILL)
    yield _step(_LOAD, _NUMBER)
    yield _step(_IF_AT_LEAST, _X32, otherwise=1)
    yield _step(_RETURN, _ERRNO | errno.EPERM)
    for rule in rules:
        body = list(_body(rule))
        for name in rule.calls:
            number = NUMBERS[name][column]
            if number is not None:
                yield _step(_IF_EQUAL, number, otherwise=len(body))
                yield from body
    yield _step(_RETURN, _ALLOW)


def _body(rule: Refuse) -> Iterator[bytes]:
    """Return the error if all conditions hold; else have the number loaded for what follows."""
    tests = [list(_test(where)) for where in rule.where]
    left = sum(map(len, tests)) + 1
    for steps in tests:
        left -= len(steps)
        *before, (code, value, holds) = steps
        for step in before:
            yield _step(step[0], step[1])
        # What does not hold goes on behind the return.
        yield _step(code, value, otherwise=left) if holds else _step(code, value, then=left)
    yield _step(_RETURN, _ERRNO | rule.error)
    if tests:
        yield _step(_LOAD, _NUMBER)


def _test(where: Where) -> Sequence[tuple[int, int, bool]]:
    """Load, mask and compare; with each step, whether it is the jump or the fall that holds."""
    load = [(_LOAD, _ARGUMENTS + 8 * where.argument + 4 * where.upper, True)]
    if where.mask != 0xFFFFFFFF:
        load.append((_AND, where.mask, True))
    compare = {
        "is": (_IF_EQUAL, True),
        "is not": (_IF_EQUAL, False),
        "below": (_IF_AT_LEAST, False),
        "above": (_IF_MORE, True),
        "has any of": (_IF_ANY_BIT, True),
    }
    code, holds = compare[where.test]
    return [*load, (code, where.value, holds)]


def _step(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """`struct sock_filter`: what to do, how far to jump if it holds and if not, with what."""
    return struct.pack("HBBI", code, then, otherwise, value)


def _machine() -> tuple[int, int] | None:
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return None
    return _MACHINES.get(platform.machine())
