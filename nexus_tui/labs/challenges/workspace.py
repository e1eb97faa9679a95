"""Workspaces: the plain folders in which a learner solves stages, with an editor of their own.

What the learner wrote is never overwritten and never deleted: a reset keeps a copy.
"""

from __future__ import annotations

import contextlib
import difflib
import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.command import command
from nexus_tui.labs.challenges.runs import WorkspaceError, copy_files, list_files

if TYPE_CHECKING:
    from nexus_tui.labs.challenges.stage import StageFiles

MARKER = ".nexus-stage.json"
BRIEF = "BRIEF.md"
_ASIDE = (MARKER, BRIEF)
"""Files of a workspace that are not the learner's work."""


def folder_of(files: StageFiles, parent: Path) -> Path:
    """Where the workspace of a stage is, made or not: by pack, challenge and stage.

    In `~/nexus` the pack `nexus` has no folder of its own, but for challenges begun in one.
    """
    pack, challenge, stage = files.key.split("/")
    with_pack = parent / pack / challenge
    if parent.name == pack and not with_pack.exists():
        return parent / challenge / stage
    return with_pack / stage


def make(files: StageFiles, parent: Path) -> Path:
    """The workspace of a stage below `parent`: made from the starter, or as it is.

    Raises WorkspaceError.
    """
    folder = folder_of(files, parent)
    if folder.exists():
        if not folder.is_dir():
            raise WorkspaceError(f"{folder} is no folder: move it away, then open the stage again.")
        return folder
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        copy_files(files.starter, fresh)
        brief = f"# {files.stage.title}\n\n{files.brief.rstrip()}\n\n{_keys()}\n"
        (fresh / BRIEF).write_text(brief, encoding="utf-8")
        (fresh / MARKER).write_text(json.dumps({"stage": files.key}) + "\n", encoding="utf-8")
        fresh.chmod(0o755)
        # In one step: a workspace is there whole or not at all.
        fresh.rename(folder)
    except OSError as error:
        raise WorkspaceError(
            f"The workspace {folder} cannot be made: {error.strerror}. "
            "NEXUS_WORKSPACES names another place."
        ) from error
    return folder


def _keys() -> str:
    """What a brief says of keys where it is read in an editor."""
    return (
        "---\n\n`r` is a key of Nexus, where this stage is open. "
        f"`{command()} challenge check` in this folder runs the same checks."
    )


def reset(files: StageFiles, parent: Path) -> Path | None:
    """Begin a stage anew; where what was written until now is kept, None where there was nothing.

    Raises WorkspaceError.
    """
    folder, kept = folder_of(files, parent), None
    if folder.exists():
        stamp = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
        names = (f"{folder.name}-until-{stamp}{more}" for more in ("", "b", "c", "d"))
        kept = next(place for place in map(folder.with_name, names) if not place.exists())
        try:
            folder.rename(kept)
        except OSError as error:
            raise WorkspaceError(f"{folder} cannot be moved: {error.strerror}.") from error
    make(files, parent)
    return kept


def stage_of(folder: Path) -> tuple[str, Path] | None:
    """The key of the stage whose workspace `folder` is, or lies in, and that workspace."""
    for place in (folder.resolve(), *folder.resolve().parents):
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            found = json.loads((place / MARKER).read_text(encoding="utf-8"))["stage"]
            if isinstance(found, str):
                return found, place
    return None


def made(folder: Path) -> int:
    """When a workspace was made, in milliseconds since the epoch; 0 where that is not known."""
    return _written(folder / MARKER)


def changed(folder: Path) -> int:
    """When a file of a workspace was written last, in milliseconds since the epoch."""
    return max((_written(folder / name) for name in texts(folder)), default=0)


def _written(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns // 1_000_000
    except OSError:
        return 0


def texts(folder: Path) -> dict[str, str]:
    """Path → text of the files that are the work of whoever made the folder."""
    found = {}
    for path in list_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in _ASIDE:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                found[name] = path.read_text(encoding="utf-8")
    return found


def diff(mine: Path, solution: Path) -> list[str]:
    """From the learner's files to those of the solution, as a unified diff; empty: the same."""
    before, after = texts(mine), texts(solution)
    lines: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        lines += difflib.unified_diff(
            before.get(name, "").splitlines(),
            after.get(name, "").splitlines(),
            f"yours/{name}",
            f"solution/{name}",
            lineterm="",
        )
    return lines
