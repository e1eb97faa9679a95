"""Commands run in this process, on a small pack and a history of their own."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from nexus_tui.cli.commands import run
from tests.study.school import write_pack

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on stderr of a command that could not be done."""
        assert self.out == ""
        assert self.code == 2
        [line] = self.err.splitlines()
        assert line.startswith("nexus-tui: ")
        assert line.endswith((".", "?"))
        return line.removeprefix("nexus-tui: ")


@dataclass(frozen=True)
class Command:
    """Runs `nexus-tui` with arguments; `stdin` is what is typed."""

    folder: Path
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    @property
    def database(self) -> Path:
        return self.folder / "progress.db"

    @property
    def pack(self) -> Path:
        return self.folder / "pack"

    def __call__(self, *arguments: str, stdin: bytes | str = b"") -> Done:
        typed = stdin.encode() if isinstance(stdin, str) else stdin
        self.monkeypatch.setattr(sys, "argv", ["nexus-tui", *arguments])
        keyboard = io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8")
        self.monkeypatch.setattr(sys, "stdin", keyboard)
        self.capsys.readouterr()
        code = run()
        said = self.capsys.readouterr()
        return Done(code, said.out, said.err)


def surroundings(folder: Path) -> dict[str, str]:
    """Environment variables that keep every path below `folder`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEXUS_", "XDG_"))}
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA")}
    return {
        **kept,
        **homes,
        "HOME": str(folder),
        "NEXUS_DB": str(folder / "progress.db"),
        "NEXUS_CONTENT": str(folder / "pack"),
    }


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    write_pack(tmp_path / "pack")
    for name in [name for name in os.environ if name.startswith(("NEXUS_", "XDG_"))]:
        monkeypatch.delenv(name)
    for name, value in surroundings(tmp_path).items():
        monkeypatch.setenv(name, value)
    return Command(tmp_path, monkeypatch, capsys)
