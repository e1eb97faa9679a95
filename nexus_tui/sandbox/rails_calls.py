"""Which system calls a learner's code is refused, and why."""

from __future__ import annotations

import errno
import os
import signal
import socket
from typing import TYPE_CHECKING

from nexus_tui.sandbox.landlock import SCOPE_SINCE, TRUNCATE_SINCE
from nexus_tui.sandbox.seccomp import Refuse, Where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.sandbox.rails import Rights

_KIND = 0xF
"""The bits of a socket's type without its flags."""
_TCP = 6
_NAMESPACES = 0x7E020000
_CLONE_PARENT = 0x8000
"""A child of the parent: it would be one of the judge's."""
_PR_SET_PDEATHSIG = 1
_SETOWN = (8, 15)
"""`fcntl`: whom the kernel signals about a descriptor."""
_SETOWN_IOCTL = (0x8901, 0x8902)
_TYPE_INTO_TERMINAL = (0x5412, 0x541C)

_ALWAYS = (
    # Other processes.
    "ptrace",
    "process_vm_readv",
    "process_vm_writev",
    "process_madvise",
    "kcmp",
    "pidfd_getfd",
    # Other roots, other namespaces.
    "unshare",
    "setns",
    "chroot",
    "mount",
    "umount2",
    "pivot_root",
    "fsopen",
    "fsconfig",
    "fsmount",
    "fspick",
    "move_mount",
    "open_tree",
    "open_tree_attr",
    "mount_setattr",
    "open_by_handle_at",
    # What any process of the user may remove or fill, and no path leads to.
    "shmget",
    "shmat",
    "shmctl",
    "semget",
    "semop",
    "semtimedop",
    "semctl",
    "msgget",
    "msgsnd",
    "msgrcv",
    "msgctl",
    "mq_open",
    "mq_unlink",
    "add_key",
    "request_key",
    "keyctl",
    # A way around this filter, and parts of the kernel that are rarely used and often broken.
    "io_uring_setup",
    "io_uring_enter",
    "io_uring_register",
    "bpf",
    "perf_event_open",
    "userfaultfd",
    "fanotify_init",
    "personality",
    # The machine, and what its kernel tells.
    "syslog",
    "init_module",
    "finit_module",
    "delete_module",
    "kexec_load",
    "kexec_file_load",
    "reboot",
    "swapon",
    "swapoff",
    "acct",
)
# Limits, priority and place of a process, by its number: 0 and its own are left.
_ABOUT_PROCESS = (
    "prlimit64",
    "sched_setaffinity",
    "sched_setattr",
    "sched_setparam",
    "sched_setscheduler",
    "migrate_pages",
    "move_pages",
)
_PRIORITY = (("setpriority", 0), ("ioprio_set", 1))
"""With what their first argument says of a process, not of a group or a user."""
# Landlock does not handle permissions, owners, dates and attributes: by path they could be
# changed of any file that the user owns. By descriptor they can of what may be opened.
_BY_PATH = (
    "chmod",
    "fchmodat",
    "fchmodat2",
    "chown",
    "lchown",
    "fchownat",
    "utime",
    "utimes",
    "futimesat",
    "setxattr",
    "lsetxattr",
    "setxattrat",
    "removexattr",
    "lremovexattr",
    "removexattrat",
    "file_setattr",
)


def refused(rights: Rights, landlock: int) -> list[Refuse]:
    """The rules for a process with these rights, beside this version of Landlock."""
    rules = [
        Refuse(_ALWAYS),
        Refuse(("clone",), (Where(0, "has any of", _NAMESPACES | _CLONE_PARENT),)),
        # Its flags are in memory. The C library takes `clone` where this is missing.
        Refuse(("clone3",), error=errno.ENOSYS),
        # It stays killed when its parent ends: no other signal instead.
        Refuse(
            ("prctl",),
            (Where(0, "is", _PR_SET_PDEATHSIG), Where(1, "is not", signal.SIGKILL)),
        ),
        Refuse(_ABOUT_PROCESS, _another(0)),
        *(Refuse((name,), (Where(0, "is not", one),)) for name, one in _PRIORITY),
        *(Refuse((name,), _another(1)) for name, _ in _PRIORITY),
        *(Refuse(("ioctl",), (Where(1, "is", one),)) for one in _TYPE_INTO_TERMINAL),
        *_sockets(rights.port),
    ]
    if not rights.subprocess:
        rules.append(Refuse(("execve", "execveat")))
    if not rights.session:
        rules.append(Refuse(("setsid", "setpgid")))
    if landlock:
        rules += _attributes()
    if 0 < landlock < TRUNCATE_SINCE:
        rules += _truncation()
    if landlock < SCOPE_SINCE:
        rules += _signals(os.getpid())
    return rules


def _another(argument: int) -> tuple[Where, ...]:
    return (Where(argument, "is not", 0), Where(argument, "is not", os.getpid()))


def _sockets(port: bool) -> Iterator[Refuse]:
    """None but pairs; with `port`, TCP.

    A Unix socket could reach services of the user: a database, the Docker daemon. So could
    a pair of datagram sockets, which may send to any path.
    """
    pairs = (socket.SOCK_STREAM, socket.SOCK_SEQPACKET)
    yield Refuse(("socketpair",), tuple(Where(1, "is not", kind, _KIND) for kind in pairs))
    if not port:
        yield Refuse(("socket",))
        return
    families = (socket.AF_INET, socket.AF_INET6)
    yield Refuse(("socket",), tuple(Where(0, "is not", family) for family in families))
    yield Refuse(("socket",), (Where(1, "is not", socket.SOCK_STREAM, _KIND),))
    yield Refuse(("socket",), tuple(Where(2, "is not", protocol) for protocol in (0, _TCP)))


def _attributes() -> Iterator[Refuse]:
    yield Refuse(_BY_PATH)
    # Without a path it is by descriptor.
    for upper in (False, True):
        yield Refuse(("utimensat",), (Where(1, "is not", 0, upper=upper),))


def _truncation() -> Iterator[Refuse]:
    """Landlock 1 and 2 let any file be emptied that may be opened for reading, or has a path."""
    yield Refuse(("truncate",))
    yield Refuse(("openat2",), error=errno.ENOSYS)
    for name, flags in (("open", 1), ("openat", 2)):
        reading = Where(flags, "is", os.O_RDONLY, os.O_ACCMODE)
        yield Refuse((name,), (reading, Where(flags, "has any of", os.O_TRUNC)))


def _signals(me: int) -> Iterator[Refuse]:
    """Where Landlock does not tell: only to itself and to processes with a higher number.

    Those are younger, its children among them, until the numbers start anew.
    """
    older = (Where(0, "below", me), Where(0, "is not", 0))
    yield Refuse(("kill",), older)
    yield Refuse(("kill",), (Where(0, "above", 2**32 - me),))  # a group, or all: -1
    direct = ("tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo")
    yield Refuse(direct, older)
    yield Refuse(direct, (Where(0, "above", 2**31 - 1),))
    yield Refuse(("pidfd_send_signal",))
    yield from (Refuse(("fcntl",), (Where(1, "is", one),)) for one in _SETOWN)
    yield from (Refuse(("ioctl",), (Where(1, "is", one),)) for one in _SETOWN_IOCTL)
