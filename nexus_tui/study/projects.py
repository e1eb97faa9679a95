"""The projects of a learner: made from a folder, chosen, put aside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui.progress import projects
from nexus_tui.progress.payloads import ProjectPayload
from nexus_tui.study.stack import detect
from nexus_tui.text import clean_line

if TYPE_CHECKING:
    from nexus_tui.progress.projects import Project
    from nexus_tui.study.desk import Desk

LONGEST = 80
"""Characters of a name."""


class ProjectError(Exception):
    """What was given is no project; the message says why and what to do."""


def at_folder(desk: Desk, folder: Path) -> Project | None:
    """The project whose files are in this folder, None where there is none."""
    place = str(folder.resolve())
    return next((p for p in projects.projects(desk.store) if p.folder == place), None)


def named(desk: Desk, name: str) -> Project | None:
    """The project of that name, None where there is none."""
    return next((p for p in projects.projects(desk.store) if p.name == name), None)


def add(desk: Desk, folder: Path, name: str | None = None) -> Project:
    """Make a project of a folder, or choose the one that has it, and say what it is made with.

    Its name is that of the folder, with a number where another project has it. Raises ProjectError
    where there is no such folder, and a StoreError where it cannot be kept.
    """
    place = _folder(folder)
    known = at_folder(desk, place)
    wanted = name or (known.name if known else _free(desk, place.name))
    said = ProjectPayload(folder=str(place), stack=detect(place))
    projects.keep(desk.store, usable(wanted), said).result()
    return projects.projects(desk.store)[0]


def begin(desk: Desk, text: str) -> Project:
    """Choose the project of that name, or make one of a folder, or of a name where its files are
    not here.

    Raises ProjectError where it names a folder that is not there, and a StoreError.
    """
    if named(desk, text) is None and (is_path(text) or Path(usable(text)).is_dir()):
        return add(desk, Path(text))
    projects.keep(desk.store, usable(text)).result()
    return projects.projects(desk.store)[0]


def is_path(text: str) -> bool:
    """Can this only be a folder? A new name has no slash, so that a slip in a path makes none."""
    return "/" in text or text.startswith("~") or text in {".", ".."}


def allow(desk: Desk, name: str, *, code: bool, network: bool) -> None:
    """Remember what an audit of a project may do on this device. Raises a StoreError."""
    projects.keep(desk.store, name, ProjectPayload(runs=code, network=network)).result()


def ask_again(desk: Desk, name: str) -> None:
    """Forget what an audit of a project may do: the next one asks. Raises a StoreError."""
    projects.keep(desk.store, name, ProjectPayload(ask=True)).result()


def put_aside(desk: Desk, name: str) -> None:
    """List a project no more; what was said of it stays, and choosing its name brings it back."""
    projects.keep(desk.store, name, ProjectPayload(aside=True)).result()


def usable(name: str) -> str:
    """A name as it is kept. Raises ProjectError where it is none."""
    wanted = clean_line(name)
    if not wanted or len(wanted) > LONGEST:
        raise ProjectError(f"A name has 1 to {LONGEST} characters.")
    return wanted


def _folder(folder: Path) -> Path:
    try:
        place = folder.expanduser().resolve()
        if not place.is_dir():
            raise ProjectError(f"There is no folder {place}: give the one your code is in.")
    except (OSError, RuntimeError) as error:
        raise ProjectError(f"{folder} cannot be read: {error}.") from error
    if str(place) != clean_line(str(place)):
        raise ProjectError("A folder whose name steers the terminal cannot be a project.")
    return place


def _free(desk: Desk, name: str) -> str:
    taken = {project.name for project in projects.projects(desk.store)}
    wanted = clean_line(name)[: LONGEST - 4] or "project"
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted} {number}", number + 1
    return free
