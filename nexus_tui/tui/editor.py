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

_TAKES_LINE = frozenset({"vi", "vim", "nvim", "nano", "pico", "emacs", "micro", "joe", "kak"})
"""Editors that go to a line when they are given `+41` before the file."""


def edit(app: App[None], path: Path, line: int | None = None, *, elsewhere: str = "") -> str | None:
    """Open `path` and come back when the editor ends; why that was not possible, or None.

    `elsewhere` is what the learner can do instead.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    elsewhere = elsewhere or f"Open {path} in an editor of yours: saving it runs the check."
    try:
        command = shlex.split(named)
    except ValueError:
        return f"EDITOR is {named!r}, which is no command. {elsewhere}"
    if not command:
        return f"No editor is named: set EDITOR, such as EDITOR=nano. {elsewhere}"
    if shutil.which(command[0]) is None:
        return f"There is no {command[0]}, which EDITOR names. {elsewhere}"
    at = [f"+{line}"] if line and os.path.basename(command[0]) in _TAKES_LINE else []  # noqa: PTH119
    try:
        with app.suspend():
            ended = subprocess.run([*command, *at, str(path)], check=False)
    except SuspendNotSupported:
        return f"This terminal cannot be handed to an editor. {elsewhere}"
    except OSError as error:
        return f"{command[0]} could not be started: {error.strerror}. {elsewhere}"
    if ended.returncode:
        return f"{command[0]} ended with exit code {ended.returncode}."
    return None
