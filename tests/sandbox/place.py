"""Where code is run behind guard rails, and how it fared."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from nexus_tui.sandbox.rails import Level, Rights, probe
from tests.unprivileged import give_to_nobody, unprivileged

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HERE = probe()
NONE = Rights()

only_landlock = pytest.mark.skipif(HERE.landlock == 0, reason="this kernel has no Landlock")
only_seccomp = pytest.mark.skipif(not HERE.seccomp, reason="this machine has no seccomp filter")
only_rails = pytest.mark.skipif(Level(0, False) == HERE, reason="this machine has no rails")


@dataclass(frozen=True)
class Outcome:
    """How the code ended, what it printed, and what the parent's memory held afterwards."""

    ended: str
    printed: list[str]
    memory: str


@dataclass(frozen=True)
class Place:
    """A run folder, a home outside of it, and who runs the code."""

    folder: Path
    outside: Path
    root: bool
    server: subprocess.Popen[str]

    def run(
        self,
        code: str,
        rights: Rights = NONE,
        *,
        level: Level | None = HERE,
        before: str = "",
        readable: list[Path] | None = None,
        hidden: bool = False,
    ) -> Outcome:
        """Run the code in the folder; `level` None: without rails."""
        asked = {
            "folder": str(self.folder),
            "outside": str(self.outside),
            "rights": asdict(rights),
            "level": None if level is None else [level.landlock, level.seccomp],
            "before": before,
            "readable": [str(path) for path in readable or ()],
            "code": code,
            "hidden": hidden,
        }
        assert self.server.stdin is not None and self.server.stdout is not None
        self.server.stdin.write(json.dumps(asked) + "\n")
        self.server.stdin.flush()
        return Outcome(**json.loads(self.server.stdout.readline()))

    def reset(self) -> None:
        """The folder with a file `mine`, and the home with a `secret`, as they were."""
        for place, name in ((self.folder, "mine"), (self.outside, "secret")):
            if place.exists():
                shutil.rmtree(place)
            place.mkdir()
            (place / name).write_text(name)
            (place / name).chmod(0o600)
            (place / "empty").mkdir()
            if not self.root:
                give_to_nobody(place, place / name, place / "empty")


@contextlib.contextmanager
def serving(*, root: bool) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.sandbox.railed"]
    with subprocess.Popen(
        command if root else unprivileged(*command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={"PATH": os.defpath},
    ) as server:
        yield server


def refused(place: Place, code: str, rights: Rights = NONE, *, level: Level = HERE) -> None:
    """The code works without rails, and not with them, where nothing outside is changed."""
    free = place.run(code, level=None)
    assert free.ended in ("done", "parent killed"), free
    place.reset()
    held = place.run(code, rights, level=level)
    assert held.ended in ("PermissionError", "OSError"), held
    assert held.memory == "secret"
    assert (place.outside / "secret").read_text() == "secret"
    assert {path.name for path in place.outside.iterdir()} == {
        "secret",
        "empty",
        "unix",
        "datagram",
    }
