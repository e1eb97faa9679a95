"""What kind of disk a file lies on, and how much room is left there."""

from __future__ import annotations

import ctypes
import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REMOTE = {
    0x6969: "NFS",
    0x517B: "SMB",
    0xFF534D42: "SMB",
    0xFE534D42: "SMB",
    0x01021997: "9P",  # what WSL2 shows of Windows' own disks
    0x65735546: "FUSE",  # sshfs and its like; a local one is only slower without a log
    0x786F4256: "a shared folder of VirtualBox",
    0x5346414F: "AFS",
    0x73757245: "Coda",
    0x00C36400: "Ceph",
    0x0BD00BD0: "Lustre",
    0x47504653: "GPFS",
    0x7461636F: "OCFS2",
    0x01161970: "GFS2",
}
"""Magic numbers of statfs(2) → names of file systems that other machines can write too."""
_MAC_FLAGS, _MAC_LOCAL = 64, 0x1000
"""Where `f_flags` stands in the structure of macOS, and its bit for a disk of this machine."""


def remote(path: Path) -> str | None:
    """The name of the network file system that `path` lies on, None for a local disk.

    Write-ahead logging needs memory shared by all who have the file open, which no network
    file system gives: there the journal is DELETE.
    """
    folder = next((p for p in (path, *path.absolute().parents) if p.exists()), None)
    if folder is None:
        return None
    found = _statfs(os.fsencode(folder))
    if found is None:
        return None
    if sys.platform == "darwin":
        flags = int.from_bytes(found[_MAC_FLAGS : _MAC_FLAGS + 4], sys.byteorder)
        return None if flags & _MAC_LOCAL else "a network file system"
    size = ctypes.sizeof(ctypes.c_long)
    return REMOTE.get(int.from_bytes(found[:size], sys.byteorder) & 0xFFFFFFFF)


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(None, use_errno=True)
    except OSError:
        return None


def _statfs(path: bytes) -> bytes | None:
    """What statfs(2) says, as it stands in memory; None where it cannot be asked."""
    library = _library()
    if library is None or not hasattr(library, "statfs"):
        return None
    buffer = ctypes.create_string_buffer(4096)
    return buffer.raw if library.statfs(ctypes.c_char_p(path), buffer) == 0 else None


def writable(path: Path) -> bool:
    """May this process write `path`: a file, or new files in a folder?"""
    wanted = os.W_OK | os.X_OK if path.is_dir() else os.W_OK
    return os.access(path, wanted, effective_ids=os.access in os.supports_effective_ids)


def room(path: Path) -> int | None:
    """Bytes that may still be written where `path` lies; None where nobody says."""
    folder = next((p for p in (path, *path.absolute().parents) if p.is_dir()), None)
    if folder is None:
        return None
    try:
        disk = os.statvfs(folder)
    except OSError:
        return None
    return disk.f_bavail * disk.f_frsize
