"""A job on the server it is to use; and what decides what it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.labs.verify import kept
from nexus_tui.labs.verify.kinds import REDIS, RUNNERS
from nexus_tui.labs.verify.services import NAMES
from nexus_tui.settings import bundled_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nexus_tui.labs.verify.plan import Job
    from nexus_tui.labs.verify.services import Services

_PROJECT = "examples/django-projects/bookshop"
_PLACE = {runner.name: place for place, runner in enumerate(RUNNERS.values())}


@dataclass(frozen=True)
class Run:
    """A job to be run once."""

    job: Job
    server: str | None = None
    """`fakeredis` or `redis`, where the job runs on both."""

    @property
    def services(self) -> frozenset[str]:
        """The servers it cannot do without."""
        return self.job.services | ({"redis"} if self.server == "redis" else set())


def runs_of(jobs: Iterable[Job]) -> list[Run]:
    """Each job once; one of Redis in the process and on a real server, for both must agree."""
    found = []
    for job in jobs:
        if job.runner != REDIS:
            found.append(Run(job))
        elif "redis" in job.services:  # it asks for a real one itself
            found.append(Run(job, "redis"))
        else:
            found += [Run(job, "fakeredis"), Run(job, "redis")]
    return found


def slowest_first(run: Run) -> tuple[int, tuple[str, ...]]:
    """A key to sort by: what waits most begins, and what shares a warm process stays together."""
    return _PLACE[run.job.runner.name], run.job.runner.warm


def cannot(run: Run, services: Services) -> str | None:
    """Why it cannot be run here; None where it can."""
    if (package := run.job.runner.missing) is not None:
        return f"{package} is not installed: install the labs"
    return services.missing(run.services)


def project_of(root: Path) -> Path | None:
    """The bookshop of the pack, or else the one that came with the program.

    One with code from outside of its pack is none: whoever trusted the pack did not see that.
    """
    for home in (root, bundled_content()):
        if home is not None and (home / _PROJECT / "manage.py").is_file():
            code, inside = (home / _PROJECT).rglob("*.py"), home.resolve()
            if all(path.resolve().is_relative_to(inside) for path in code):
                return home / _PROJECT
    return None


def digester(services: Services, project: Path | None) -> Callable[[Run], str]:
    """A function that names a run by all that decides what it prints."""
    everywhere = kept.versions()
    bookshop = {"bookshop": kept.code_of(project)} if project is not None else {}

    def digest(run: Run) -> str:
        runner = run.job.runner
        ran_on = {
            **everywhere,
            **(bookshop if runner.name == "bookshop" else {}),
            **{NAMES[name]: services.version(name) for name in run.services},
        }
        steps = [(step.language, step.code) for step in run.job.steps]
        return kept.digest(runner.name, steps, ran_on)

    return digest
