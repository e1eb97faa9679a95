"""Run folders: a check works on a copy, and the copy is gone when it ends.

The app owns them. What a killed app left is found by its lock, which nobody holds any more, and
removed by the next check.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_FILES = 500
_MOST_BYTES = 10 * 1024 * 1024
_LEFT_OUT = frozenset({"__pycache__", ".git", ".hg", ".venv", "venv", "node_modules", ".idea"})
_LOCK = "lock"


class WorkspaceError(Exception):
    """The workspace cannot be copied or made; the message says why and what to do."""


@contextlib.contextmanager
def run_folder(parent: Path, *layers: Path) -> Iterator[Path]:
    """A folder with `work`, a copy of `layers` one over the other, `home` and `tmp`; removed
    afterwards. Raises WorkspaceError.
    """
    _remove_left(parent)
    parent.mkdir(parents=True, exist_ok=True)
    folder, lock = _locked_folder(parent)
    try:
        for name in ("work", "home", "tmp"):
            (folder / name).mkdir()
        for layer in layers:
            copy_files(layer, folder / "work")
        yield folder
    finally:
        _remove(folder)
        _lock_of(folder).unlink(missing_ok=True)
        os.close(lock)


def copy_files(source: Path, target: Path) -> None:
    """Copy regular files, without byte code, repositories and links. Raises WorkspaceError."""
    files, size = 0, 0
    for path in list_files(source):
        files, size = files + 1, size + path.stat().st_size
        if files > _MOST_FILES or size > _MOST_BYTES:
            raise WorkspaceError(
                f"{source} holds more than {_MOST_FILES} files or {_MOST_BYTES >> 20} MB: "
                "a check copies it each time. Move out what does not belong to the stage."
            )
        copy = target / path.relative_to(source)
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        except OSError as error:
            raise WorkspaceError(f"{path} cannot be read: {error.strerror}.") from error


def list_files(folder: Path) -> list[Path]:
    """The files of a workspace, sorted: what a check copies and what is watched."""
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _LEFT_OUT]
        for name in names:
            path = Path(parent, name)
            with contextlib.suppress(OSError):
                if stat.S_ISREG(path.lstat().st_mode) and not name.endswith(".pyc"):
                    found.append(path)
    return sorted(found)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.{_LOCK}")


def _locked_folder(parent: Path) -> tuple[Path, int]:
    """A new folder, and its lock."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=parent)).resolve()
        # Beside the folder, not in it: what runs inside must not reach it.
        lock = os.open(_lock_of(folder), os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.is_dir():
            return folder, lock
        # Another check took it for one that was left, before it was locked.
        os.close(lock)


def _remove_left(parent: Path) -> None:
    for path in parent.glob(f"run-*.{_LOCK}"):
        with contextlib.suppress(OSError), path.open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path.with_suffix(""))
            path.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Remove it, also where the learner's code took its own rights away.

    Folders are moved to the top first: code can nest them deeper than a path can tell.
    """
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
    waiting, unique = [folder], secrets.token_hex(8)
    # It grows while it is gone through.
    for place in waiting:
        for path in _entries(place):
            with contextlib.suppress(OSError):
                if path.is_symlink() or not path.is_dir():
                    path.unlink()
                else:
                    path.chmod(0o700)
                    waiting.append(path.rename(folder / f"{unique}-{len(waiting)}"))
    for place in reversed(waiting):
        with contextlib.suppress(OSError):
            place.rmdir()


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []
