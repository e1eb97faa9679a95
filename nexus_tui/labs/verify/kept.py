"""What snippets printed before, kept in the cache folder: what did not change is not run again."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import labs, sandbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Kept:
    """Printed texts of runs that ended well, by the digest of all that decides them.

    A cache that cannot be read is empty; one that cannot be written is made anew next time.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._texts: dict[str, list[str]] = {}
        self._asked: set[str] = set()
        if file is not None:
            with contextlib.suppress(OSError, ValueError, TypeError):
                self._texts = dict(json.loads(file.read_text(encoding="utf-8")))

    def get(self, digest: str) -> tuple[str, ...] | None:
        """What the run printed, step by step."""
        self._asked.add(digest)
        found = self._texts.get(digest)
        return None if found is None else tuple(found)

    def put(self, digest: str, printed: Iterable[str]) -> None:
        """Keep what a run printed."""
        self._texts[digest] = list(printed)

    def save(self, *, only_asked: bool = False) -> None:
        """Write the file; without what nobody asked for, where all there is was asked for."""
        if self._file is None:
            return
        texts = {k: v for k, v in self._texts.items() if k in self._asked or not only_asked}
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self._file)


def file_for(root: Path, cache: Path) -> Path:
    """The file for the pack in `root`."""
    return cache / f"verify-{hashlib.sha256(os.fsencode(root)).hexdigest()[:16]}.json"


def versions() -> dict[str, str]:
    """What runs everything: Python, SQLite, every installed package, and our own code."""
    own = [Path(folder) for package in (labs, sandbox) for folder in package.__path__]
    packages = sorted({f"{d.name}=={d.version}" for d in metadata.distributions()})
    return {
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "system": platform.system(),
        "sqlite": sqlite3.sqlite_version,
        "packages": " ".join(packages),
        "nexus": code_of(*own),
    }


def code_of(*folders: Path) -> str:
    """A digest of the Python code in folders."""
    found = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            found.update(f"\n{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def digest(runner: str, steps: Iterable[tuple[str, str]], ran_on: Mapping[str, str]) -> str:
    """The name of a run: its runner, its code, and all versions it ran on."""
    parts = json.dumps([runner, list(steps), sorted(ran_on.items())])
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
