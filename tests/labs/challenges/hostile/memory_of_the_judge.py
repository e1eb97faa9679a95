"""The judge traced, its memory read and written, its descriptors taken."""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
judge = os.getppid()


def attempts(tries):
    """Which of them did not fail."""
    reached = []
    for name, attempt in tries.items():
        try:
            attempt()
            reached.append(name)
        except (OSError, ValueError):
            pass
    raise SystemExit(f"reached {reached}")


def checked(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "")


def by_call(name):
    here = ctypes.create_string_buffer(8)
    mine = (ctypes.c_void_p * 2)(ctypes.addressof(here), 8)
    checked(getattr(libc, name)(judge, mine, 1, mine, 1, 0))


def total(numbers):
    print("tried", flush=True)
    attempts(
        {
            "attach": lambda: checked(libc.ptrace(16, judge, None, None)),
            "seize": lambda: checked(libc.ptrace(0x4206, judge, None, None)),
            "read by call": lambda: by_call("process_vm_readv"),
            "write by call": lambda: by_call("process_vm_writev"),
            "read": lambda: open(f"/proc/{judge}/mem", "rb"),
            "write": lambda: open(f"/proc/{judge}/mem", "r+b"),
            "environment": lambda: open(f"/proc/{judge}/environ").read(),
            "seed": lambda: open(f"/proc/{judge}/cmdline").read(),
            "descriptors": lambda: os.listdir(f"/proc/{judge}/fd"),
            "a descriptor": lambda: checked(libc.syscall(438, os.pidfd_open(judge), 3, 0)),
        }
    )
