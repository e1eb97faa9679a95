"""Commands run without the right to write other people's files, also where tests run as root."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NOBODY = 100_000 + os.getpid()
"""A user of this test process alone: how many tasks a user may have is counted over all of them."""


def unprivileged(*command: str) -> list[str]:
    """`command` as a user who may read everything and write only what is theirs.

    Root's files, the interpreter among them, may lie where nobody else can read: the right to
    read is kept, the right to write is not.
    """
    if os.geteuid() != 0:
        return list(command)
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("tests run as root and setpriv is missing: no way to be someone else")
    rights = "-all,+dac_read_search"
    user = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    return [setpriv, *user, f"--inh-caps={rights}", f"--ambient-caps={rights}", *command]


def give_to_nobody(*paths: Path) -> None:
    """Let the unprivileged user own `paths`."""
    if os.geteuid() == 0:
        for path in paths:
            os.chown(path, NOBODY, NOBODY)
