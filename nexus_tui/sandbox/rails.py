"""Guard rails: what a learner's code may touch on Linux, without root and without a package.

`docs/guard-rails.md` says what is stopped by what, and what is not stopped. The rails keep
mistakes and pranks in the run folder. They are no sandbox against who studies them.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.sandbox import attributes, landlock, seccomp
from nexus_tui.sandbox.kernel import keep_capabilities, no_new_privileges
from nexus_tui.sandbox.rails_calls import refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc")
_STORES = ("/nix/store", "/gnu/store", "/home/linuxbrew/.linuxbrew")
"""Where package managers keep the libraries of a Python that is not the system's."""
# Of /proc only what is about this process and the machine: the command lines of others may
# hold passwords. A process that this one forks has another folder there, and may not list it.
_ABOUT_MACHINE = (
    "/proc/cpuinfo",
    "/proc/filesystems",
    "/proc/loadavg",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/kernel",
    "/proc/sys/net/core/somaxconn",
    "/proc/sys/vm/overcommit_memory",
    "/proc/uptime",
    "/proc/version",
    "/sys/devices/system/cpu",
)
_DEVICES = {
    "/dev/null": landlock.READ | landlock.WRITE,
    "/dev/zero": landlock.READ,
    "/dev/random": landlock.READ,
    "/dev/urandom": landlock.READ,
}
_NONE_SAID = (
    "Only limits hold here: on time, memory, open files, the size of a file and output. This "
    "code can read and change your files and use the network, as any program that you start."
)


class RailsError(Exception):
    """The rails could not be put up: no learner's code may run. The message says why."""


@dataclass(frozen=True)
class Rights:
    """What a stage needs beyond its run folder."""

    port: bool = False
    """TCP, to any address: neither Landlock nor seccomp can tell this machine from others."""
    subprocess: bool = False
    """Starting other programs, held by the same rails."""
    session: bool = False
    """`setsid` and `setpgid`."""


@dataclass(frozen=True)
class Level:
    """What this machine can hold."""

    landlock: int
    """The version of Landlock; 0: none."""
    seccomp: bool

    def said(self, rights: Rights = Rights()) -> str:
        """What holds for code with these rights, and what does not, for the screen."""
        if not self.landlock and not self.seccomp:
            return _NONE_SAID
        held, open_ = list(self._cannot(rights)), list(self._can(rights))
        cannot = f"This code cannot {_listed(held, 'or')}."
        return f"{cannot} It can {_listed(open_, 'and')}." if open_ else cannot

    def _cannot(self, rights: Rights) -> Iterator[str]:
        if self.landlock:
            yield "write outside its run folder"
            yield "read your home"
        if self.seccomp and not rights.port:
            yield "use the network"
        elif self.seccomp:
            yield "use UDP"
        elif self.landlock >= landlock.TCP_SINCE and not rights.port:
            yield "use TCP"
        if self.landlock >= landlock.SCOPE_SINCE:
            yield "signal other processes"
        elif self.seccomp:
            yield "signal processes older than itself"

    def _can(self, rights: Rights) -> Iterator[str]:
        if not self.landlock:
            yield "read and change your files"
        elif not self.seccomp:
            yield "change the permissions of your files"
            if self.landlock < landlock.TRUNCATE_SINCE:
                yield "empty them"
        if not self.seccomp:
            tcp = self.landlock >= landlock.TCP_SINCE and not rights.port
            yield "use UDP" if tcp else "use the network"
        elif rights.port:
            yield "reach any machine by TCP"
        if self.landlock < landlock.SCOPE_SINCE:
            yield "signal younger ones" if self.seccomp else "signal your other processes"
        if rights.subprocess:
            yield "start programs, held in the same way"


@functools.cache
def probe() -> Level:
    """What can be held here; asking restricts nothing."""
    return Level(landlock.version(), seccomp.available())


def restrict(folder: Path, rights: Rights, *, readable: Sequence[Path] = ()) -> None:
    """Hold this process, and all it will start, to `folder` and `rights`; there is no way back.

    It may write beneath `folder` only, and read there, beneath `readable`, and what Python
    needs. What is open stays open, with the rights it was opened with. For a process that has
    one thread: others would not be held. Elsewhere than on Linux nothing happens; `probe` tells
    what is held. Raises RailsError where a rail that `probe` found cannot be put up.
    """
    level = probe()
    if not level.landlock and not level.seccomp:
        return
    _require_one_thread()
    if not folder.is_dir():
        raise RailsError(f"There is no run folder {folder}.")
    try:
        no_new_privileges()
        keep_capabilities()
        if level.landlock:
            granted = _granted(folder, rights, readable)
            landlock.confine(granted, abi=level.landlock, tcp=rights.port)
        if level.seccomp:
            seccomp.refuse(refused(rights, level.landlock))
    except OSError as error:
        raise RailsError(f"The guard rails could not be put up: {error}.") from error
    if level.landlock and level.seccomp:
        attributes.change_through_descriptors()


def _granted(folder: Path, rights: Rights, readable: Sequence[Path]) -> dict[Path, int]:
    starting = landlock.EXECUTE if rights.subprocess else 0
    granted = {Path(path): landlock.BROWSE | starting for path in (*_SYSTEM, *_STORES)}
    granted |= dict.fromkeys((*_of_python(), *readable), landlock.BROWSE | starting)
    granted |= {Path(path): landlock.BROWSE for path in ("/proc/self", *_ABOUT_MACHINE)}
    granted |= {Path(path): right for path, right in _DEVICES.items()}
    granted[folder] = landlock.OWN | starting
    return granted


def _of_python() -> set[Path]:
    """Where this Python finds itself, its library and its packages; never a whole home."""
    roots = {sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path}
    found = {Path(root) for root in roots}
    homes = list(_homes())
    return {
        path
        for path in found
        if path.is_absolute() and not any(home.is_relative_to(path) for home in homes)
    }


def _homes() -> Iterator[Path]:
    """The user's, as the environment has it and as the system does."""
    if "HOME" in os.environ:
        yield Path(os.environ["HOME"])
    with contextlib.suppress(KeyError):
        yield Path(pwd.getpwuid(os.getuid()).pw_dir)


def _require_one_thread() -> None:
    try:
        threads = len(os.listdir("/proc/self/task"))  # noqa: PTH208
    except OSError:
        return
    if threads > 1:
        raise RailsError(f"This process has {threads} threads: the guard rails would hold one.")


def _listed(parts: Sequence[str], last: str) -> str:
    *before, end = parts
    return f"{', '.join(before)} {last} {end}" if before else end
