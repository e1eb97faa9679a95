"""The command that screens and files name is one that works where Nexus was started."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.command import command

if TYPE_CHECKING:
    import pytest


def test_on_the_path_the_command_is_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nexus-tui").write_text("#!/bin/sh\n")
    (tmp_path / "nexus-tui").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command() == "nexus-tui"


def test_in_a_checkout_it_is_the_script_beside_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    for folder, said in (
        ("code", "~/code/nexus-tui"),
        ("my code", f"'{tmp_path}/my code/nexus-tui'"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "nexus-tui").write_text("")
        monkeypatch.setattr(sys, "executable", str(tmp_path / folder / "python"))
        assert command() == said


def test_without_a_script_it_is_python_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    assert command() == f"{Path(tmp_path)}/python -m nexus_tui"
