"""Who runs code behind guard rails."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.sandbox.place import Place, serving

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def servers() -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Who runs code: somebody without rights and, where tests run as root, root."""
    if sys.platform != "linux":
        pytest.skip("guard rails are for Linux")
    with contextlib.ExitStack() as stack:
        found = {"user": stack.enter_context(serving(root=False))}
        if os.geteuid() == 0:
            found["root"] = stack.enter_context(serving(root=True))
        yield found


@pytest.fixture(params=["user", pytest.param("root", marks=pytest.mark.promise)])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, servers: dict[str, subprocess.Popen[str]]
) -> Place:
    return _place(request.param, tmp_path, servers)


@pytest.fixture
def user(tmp_path: Path, servers: dict[str, subprocess.Popen[str]]) -> Place:
    return _place("user", tmp_path, servers)


@pytest.fixture
def root(tmp_path: Path, servers: dict[str, subprocess.Popen[str]]) -> Place:
    return _place("root", tmp_path, servers)


def _place(who: str, folder: Path, servers: dict[str, subprocess.Popen[str]]) -> Place:
    if who not in servers:
        pytest.skip("tests do not run as root")
    made = Place(folder / "run", folder / "home", who == "root", servers[who])
    made.reset()
    return made
