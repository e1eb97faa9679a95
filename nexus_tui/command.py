"""The command of Nexus, as a shell here understands it."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def command() -> str:
    """`nexus-tui` where a shell finds it; else the script beside this Python, such as in a checkout
    that `make run` started."""
    if shutil.which("nexus-tui"):
        return "nexus-tui"
    script = Path(sys.executable).with_name("nexus-tui")
    if not script.is_file():
        return f"{shlex.quote(sys.executable)} -m nexus_tui"
    path = shlex.quote(str(script))
    home = f"{Path.home()}/"
    return f"~/{path.removeprefix(home)}" if path.startswith(home) else path
