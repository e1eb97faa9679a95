"""What `checks/judge.py` of a stage is written with.

    from nexus_tui.labs.judging import Lab, Outcome, requirement

    @requirement("same-count")
    def same_count(lab: Lab) -> Outcome:
        few, many = (lab.ask("queries_for", books=n) for n in (5, 35))
        return Outcome(few == many <= 2, f"35 books: {many} queries", f"as for 5 books: {few}")

A judge never imports the learner's code: it asks the probe, which runs in the subject, draws what
it asks with `lab.random`, works out itself what is expected, and decides.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from nexus_tui.catalog.strict_yaml import Document, YamlProblem
from nexus_tui.catalog.strict_yaml import read as read_yaml
from nexus_tui.labs.challenges.interview import Gone, Raised, Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["Gone", "Lab", "Missing", "Outcome", "Raised", "mapping", "requirement"]

_MOST_READ = 200_000
"""Bytes of one file of the workspace."""


class Outcome(NamedTuple):
    """What one requirement came to; both texts are one line for the learner."""

    passed: bool
    observed: str
    expected: str


class Missing(Exception):
    """The workspace has no such file, or one that cannot be read as text."""


REQUIREMENTS: dict[str, Callable[[Lab], Outcome]] = {}
"""What the judge of this process decides, in the order in which it was written."""


def requirement(key: str) -> Callable[[Callable[[Lab], Outcome]], Callable[[Lab], Outcome]]:
    """Name the function that decides the requirement `key` of `stage.yaml`."""

    def named(decide: Callable[[Lab], Outcome]) -> Callable[[Lab], Outcome]:
        assert key not in REQUIREMENTS, f"{key} is decided twice"
        REQUIREMENTS[key] = decide
        return decide

    return named


class Lab:
    """One check: the learner's code, what it is asked, and the servers that it may use."""

    def __init__(
        self,
        folder: Path,
        seed: int,
        services: Mapping[str, str],
        start: Callable[[Mapping[str, str]], Subject],
    ) -> None:
        self.random = Random(seed)
        self.services = dict(services)
        """NEXUS_POSTGRES_URL and its like, and NEXUS_PREFIX, of the servers it needs."""
        self.kept: dict[str, Any] = {}
        """For requirements that share what one of them observed."""
        # Before the learner's code runs: it could write what is looked for.
        self._files, self._start = _read(folder / "work"), start
        self._subjects: list[Subject] = []

    @property
    def subject(self) -> Subject:
        """The subject that `ask` asks; the first use starts it."""
        if not self._subjects:
            self.start()
        return self._subjects[0]

    def ask(self, call: str, /, seconds: float = 5.0, **arguments: Any) -> Any:
        """Call a function of the probe with JSON; see `Subject.ask`."""
        return self.subject.ask(call, seconds, **arguments)

    def start(self, **environment: str) -> Subject:
        """One more subject, with these variables too: for races, or for other settings."""
        self._subjects.append(self._start(environment))
        return self._subjects[-1]

    def stop(self) -> None:
        """End all subjects; the next `ask` starts afresh."""
        for subject in self._subjects:
            subject.stop()
        self._subjects.clear()

    def files(self) -> list[str]:
        """Paths of all files of the workspace, as the learner left it."""
        return sorted(self._files)

    def read(self, path: str) -> str:
        """The text of a file of the workspace, as the learner left it. Raises Missing."""
        if path not in self._files:
            raise Missing(f"there is no file {path}")
        if len(self._files[path]) > _MOST_READ:
            raise Missing(f"{path} is larger than 200 kB")
        try:
            return self._files[path].decode()
        except UnicodeDecodeError:
            raise Missing(f"{path} is not text in UTF-8") from None


def mapping(lab: Lab, path: str) -> Document:
    """A YAML file of the workspace, a mapping at its top. Raises Missing."""
    try:
        document = read_yaml(lab.read(path), path)
    except YamlProblem as error:
        problem = error.problem
        raise Missing(f"{path}, line {problem.line}: {problem.message}") from error
    if not isinstance(document.value, dict):
        raise Missing(f"{path} is no mapping: keys with values")
    return document


def _read(work: Path) -> dict[str, bytes]:
    """Path → the beginning of each file."""
    found = {}
    for path in work.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                found[path.relative_to(work).as_posix()] = file.read(_MOST_READ + 1)
    return found
