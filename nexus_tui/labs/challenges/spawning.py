"""How the judge and the subject are started: isolated, in a session of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOT = Path(__file__).resolve().parents[3]
_BOOT = "import sys; sys.path.insert(0, {root!r}); from {module} import main; main()"


def spawn(
    module: str, argument: str, *, folder: Path, environment: Mapping[str, str], keep: int
) -> subprocess.Popen[bytes]:
    """`module.main()` in a fresh Python that sees `argument`, and of our files only `keep`.

    It is isolated: neither the folder nor variables nor the user's site say what it imports.
    """
    boot = _BOOT.format(root=str(_ROOT), module=module)
    return subprocess.Popen(
        [sys.executable, "-I", "-c", boot, argument],
        cwd=folder,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        pass_fds=[keep],
        start_new_session=True,
    )


def forget_root() -> None:
    """What is run must not import from where this module was found, unless all may."""
    if str(_ROOT) in sys.path and _ROOT.name != "site-packages":
        sys.path.remove(str(_ROOT))


def bare_environment(folder: Path) -> dict[str, str]:
    """Variables of a process that belongs to the run in `folder` and knows of nothing else."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        # Else glibc takes address space for each thread, and twenty threads come to the limit;
        # and numpy, where a library imports it, starts threads, which the guard rails refuse.
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
