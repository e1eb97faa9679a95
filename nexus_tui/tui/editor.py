"""Opens a file in the learner's editor; the app steps aside meanwhile."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App

_PLUS = frozenset(
    {"vi", "vim", "nvim", "gvim", "nano", "pico", "emacs", "emacsclient", "micro", "joe", "kak",
     "ne", "mg", "gedit"}
)  # fmt: skip
"""Editors that go to a line when they are given `+41` before the file."""
_GOTO = frozenset({"code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"})
"""Editors that take `-g file:41`."""
_COLON = frozenset({"hx", "helix", "subl", "zed", "zeditor"})
"""Editors that take `file:41`."""

USUAL = ("nano", "vi")
"""Taken where none is named, the one that says its keys first."""


def edit(app: App[None], path: Path, line: int | None = None, *, elsewhere: str = "") -> str | None:
    """Open `path` and come back when the editor ends; why that was not possible, or None.

    `elsewhere` is what the learner can do instead.
    """
    elsewhere = elsewhere or f"Open {path} in an editor of yours: saving it runs the check."
    try:
        command = chosen()
    except ValueError:
        return f"EDITOR is {_named()!r}, which is no command. {elsewhere}"
    if not command:
        return f"No editor is named: set EDITOR to one you have, such as EDITOR=micro. {elsewhere}"
    if shutil.which(command[0]) is None:
        return f"There is no {command[0]}, which EDITOR names. {elsewhere}"
    try:
        with app.suspend():
            ended = subprocess.run([*command, *target(command[0], path, line)], check=False)
    except SuspendNotSupported:
        return f"This terminal cannot be handed to an editor. {elsewhere}"
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}. {elsewhere}"
    if ended.returncode:
        return f"{command[0]} ended with exit code {ended.returncode}."
    return None


def chosen() -> list[str]:
    """The command of the editor: of the one that is named, else of one that is there; or nothing.

    Raises ValueError where what is named is no command.
    """
    return shlex.split(_named()) or [name for name in USUAL if shutil.which(name)][:1]


def _named() -> str:
    return os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


def target(editor: str, path: Path, line: int | None) -> list[str]:
    """What names a file, and where the editor is known to take it a line, after its command."""
    name = os.path.basename(editor)  # noqa: PTH119
    if not line:
        return [str(path)]
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _GOTO:
        return ["-g", f"{path}:{line}"]
    return [f"{path}:{line}" if name in _COLON else str(path)]
