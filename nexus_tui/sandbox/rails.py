"""Guard rails (to be filled)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Rights:
    """What a run may do beyond computing."""

    port: bool = False
    subprocess: bool = False
    session: bool = False


@dataclass(frozen=True)
class Level:
    """What this machine can hold."""

    def said(self, rights: Rights) -> str:
        return "Only limits hold here."


@cache
def probe() -> Level:
    """What this machine can hold."""
    return Level()


def restrict(folder: Path, rights: Rights) -> None:
    """Restrict this process."""
