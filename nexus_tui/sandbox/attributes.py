"""Changes a file's mode and dates through a descriptor, where changing by path is refused."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def change_through_descriptors() -> None:
    """Let `os.chmod` and `os.utime` open the file first, for the rest of this process.

    So they work where the file may be opened. `shutil.copy` and Django's storage call them.
    A symbolic link itself cannot be changed; `os.supports_follow_symlinks` says so.
    """
    for name in ("chmod", "utime"):
        setattr(os, name, _through_descriptor(getattr(os, name)))


def _through_descriptor(change: Callable[..., None]) -> Callable[..., None]:
    def changed(
        path: Any, *what: Any, dir_fd: int | None = None, follow_symlinks: bool = True, **more: Any
    ) -> None:
        if isinstance(path, int):
            return change(path, *what, **more)
        kind = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
        found = os.open(path, kind if follow_symlinks else kind | os.O_NOFOLLOW, dir_fd=dir_fd)
        try:
            return change(found, *what, **more)
        finally:
            os.close(found)

    changed.__name__ = change.__name__
    return changed
