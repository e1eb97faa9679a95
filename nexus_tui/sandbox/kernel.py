"""Calls to the Linux kernel that Python does not have."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from typing import Any

_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITIES_3 = 0x20080522
_REACH_FILES = 1 << 1 | 1 << 2
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH."""

# Loaded before any fork: a child that has little memory left could not load it.
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
if _libc is not None:
    _libc.syscall.restype = ctypes.c_long


def call(number: int, *arguments: Any) -> int:
    """A system call by its number. Raises OSError; on other systems as if the call were unknown."""
    if _libc is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *wide))


def prctl(option: int, *arguments: Any) -> int:
    """Change or ask something about this process. Raises OSError, as `call` does."""
    if _libc is None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    given = (*arguments, 0, 0, 0, 0)[:4]
    wide = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in given]
    return _checked(_libc.prctl(option, *wide))


def _checked(result: int) -> int:
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def no_new_privileges() -> None:
    """No program that is started gains rights by its owner; filters may be set without root."""
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def keep_capabilities() -> None:
    """Give up what root may do beyond others, but for opening files that belong to somebody.

    Which files those are is for Landlock to say. Raises OSError.
    """
    assert _libc is not None
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0)
    sets = (ctypes.c_uint32 * 6)()  # twice, low and high: effective, permitted, inheritable
    _checked(_libc.capget(header, sets))
    for at, has in enumerate(sets):
        sets[at] = has & _REACH_FILES if at < 3 else 0
    _checked(_libc.capset(header, sets))
