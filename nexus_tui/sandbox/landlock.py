"""Landlock: which files this process may use, and whom it may reach. Linux 5.13 and later.

What is handled and not granted is refused, for root too; what a process may do it never gets
back. Landlock says nothing about the names, sizes and permissions of files: `seccomp` does.
"""

from __future__ import annotations

import ctypes
import os
import stat
from typing import TYPE_CHECKING

from nexus_tui.sandbox.kernel import call

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# The numbers are the same on all architectures.
_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_BENEATH = 1

EXECUTE = 1 << 0
WRITE = 1 << 1
READ = 1 << 2
_LIST = 1 << 3
_REMOVE_DIR = 1 << 4
_REMOVE_FILE = 1 << 5
_MAKE_DIR = 1 << 7
_MAKE_FILE = 1 << 8
_MAKE_FIFO = 1 << 10
_MAKE_LINK = 1 << 12
_REFER = 1 << 13
_TRUNCATE = 1 << 14
_DEVICES_AND_SOCKETS = 1 << 6 | 1 << 9 | 1 << 11
_IOCTL = 1 << 15

BROWSE = READ | _LIST
OWN = (
    BROWSE
    | WRITE
    | _REMOVE_DIR
    | _REMOVE_FILE
    | _MAKE_DIR
    | _MAKE_FILE
    | _MAKE_FIFO
    | _MAKE_LINK
    | _REFER
    | _TRUNCATE
)
"""All but making devices and sockets, and starting programs."""

_FIRST = OWN & ~(_REFER | _TRUNCATE) | EXECUTE | _DEVICES_AND_SOCKETS
_SINCE = {1: _FIRST, 2: _REFER, 3: _TRUNCATE, 5: _IOCTL}
_OF_A_FILE = EXECUTE | WRITE | READ | _TRUNCATE | _IOCTL
_TCP = 1 << 0 | 1 << 1
"""To bind and to connect."""
_SCOPE = 1 << 0 | 1 << 1
"""Abstract Unix sockets and signals: only of those who are restricted with it."""

TCP_SINCE, SCOPE_SINCE, TRUNCATE_SINCE = 4, 6, 3


class _Ruleset(ctypes.Structure):
    _fields_ = [("files", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock that this kernel has and that is switched on; 0 where none is."""
    try:
        return call(_CREATE, None, 0, _VERSION)
    except OSError:
        return 0


def confine(granted: Mapping[Path, int], *, abi: int, tcp: bool) -> None:
    """Leave this thread, and what it will start, the rights `granted` beneath paths, no other.

    With `tcp` it may use any address and port. Paths that are not there are left out. Needs
    `no_new_privileges`. Raises OSError where the kernel refuses.
    """
    handled = 0
    for since, rights in _SINCE.items():
        handled |= rights if since <= abi else 0
    rules = _Ruleset(
        handled,
        _TCP if abi >= TCP_SINCE and not tcp else 0,
        _SCOPE if abi >= SCOPE_SINCE else 0,
    )
    # Older kernels know fewer fields, and refuse a longer structure only if the rest is not 0.
    ruleset = call(_CREATE, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    try:
        _grant(ruleset, ((path, rights & handled) for path, rights in granted.items()))
        call(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _grant(ruleset: int, granted: Iterable[tuple[Path, int]]) -> None:
    for path, rights in granted:
        try:
            found = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        try:
            folder = stat.S_ISDIR(os.fstat(found).st_mode)
            rule = _Beneath(rights if folder else rights & _OF_A_FILE, found)
            call(_ADD, ruleset, _BENEATH, ctypes.byref(rule), 0)
        finally:
            os.close(found)
