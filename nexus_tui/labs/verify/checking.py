"""`content verify`: everything a pack says about running code, run and compared."""

from __future__ import annotations

import difflib
import time
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nexus_tui.catalog.draws import draw_all
from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.trust import may_run
from nexus_tui.labs.verify.kept import Kept, file_for
from nexus_tui.labs.verify.plan import Job, NotRun, plan
from nexus_tui.labs.verify.pool import Pool, workers
from nexus_tui.labs.verify.results import Outcome, Result, results
from nexus_tui.labs.verify.runs import Run, cannot, digester, project_of, runs_of, slowest_first
from nexus_tui.labs.verify.services import ServiceError, Services, named_services
from nexus_tui.sandbox.client import ForkServerError
from nexus_tui.sandbox.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from nexus_tui.catalog.problems import Problem
    from nexus_tui.catalog.reader import PackContent


class VerifyError(Exception):
    """Nothing was verified; the message says why and what to do."""


@dataclass(frozen=True)
class Report:
    """All that was run, or was not."""

    results: tuple[Result, ...]
    not_run: tuple[NotRun, ...]
    problems: tuple[Problem, ...]
    """What cannot be run, or not even be read."""
    seconds: float

    @property
    def failed(self) -> bool:
        return bool(self.problems) or any(r.status == "failed" for r in self.results)

    def skipped(self) -> Counter[str]:
        """How many were skipped, by reason."""
        return Counter(r.why for r in self.results if r.status == "skipped")

    def mended(self, places: set[tuple[str, int]]) -> Report:
        """The report after the fences at `places`, each a path and a line, were rewritten."""
        changed = [
            replace(r, status="passed", why="", detail="") if (r.path, r.line) in places else r
            for r in self.results
        ]
        return replace(self, results=tuple(changed))


def verify(
    root: Path,
    data: Path,
    *,
    topics: Iterable[str] = (),
    cache: Path | None = None,
    limits: Limits | None = None,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Report:
    """Run the code of the pack in `root`, or of `topics` of it; `data` says what is trusted.

    Variants are drawn as `content lint` draws them: one that gives no valid question is a problem.

    What the same code printed before on the same versions is taken from the folder `cache`, if
    there is one. `tell` hears how many runs are done, and of how many. Raises VerifyError.
    """
    began = time.monotonic()
    root = root.absolute()  # what runs is in folders of its own
    content, wrong = read_pack(root)
    if content is None:
        raise VerifyError(f"The pack cannot be read: {wrong[0]}.")
    chosen = _topics(content, wrong, topics)
    planned = plan(content, chosen)
    part = tuple(t for t in content.topics if chosen is None or t.topic.id in chosen)
    drawn = any(question.variants for topic in part for question in topic.questions)
    if (planned.jobs or drawn) and not may_run(root, data):
        raise VerifyError(
            f"The code of {root} may not run: read it, then allow it with "
            f"`nexus-tui pack trust {root}`."
        )
    kept = Kept(file_for(root, cache) if cache is not None else None)
    try:
        with named_services(_may_use(planned.jobs)) as services:
            found = _run(planned.jobs, services, kept, limits or Limits(), project_of(root), tell)
    except (ServiceError, ForkServerError) as error:
        raise VerifyError(str(error)) from error
    finally:
        kept.save()
    if chosen is None:
        kept.save(only_asked=True)
    else:
        folders = {topic.path for topic in content.topics if topic.topic.id in chosen}
        wrong = [problem for problem in wrong if problem.path.rpartition("/")[0] in folders]
    ordered = sorted(found, key=lambda result: (result.path, result.line, result.server or ""))
    draws = draw_all(replace(content, topics=part), run_code=True)
    problems = tuple(sorted((*wrong, *planned.problems, *draws.problems)))
    return Report(tuple(ordered), planned.not_run, problems, time.monotonic() - began)


def _topics(
    content: PackContent, wrong: Iterable[Problem], topics: Iterable[str]
) -> frozenset[str] | None:
    """The ids in `topics`; None for all. Raises VerifyError where one cannot be read."""
    chosen = frozenset(topics)
    known = {topic.topic.id for topic in content.topics}
    for unknown in sorted(chosen - known):
        for problem in wrong:
            if f"/{unknown}/" in problem.path:
                raise VerifyError(f"The topic {unknown} cannot be read: {problem}.")
        near = difflib.get_close_matches(unknown, known, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise VerifyError(f"There is no topic {unknown!r} in {content.root}.{hint}")
    return chosen or None


def _may_use(jobs: Iterable[Job]) -> frozenset[str]:
    return frozenset().union(*(run.services for run in runs_of(jobs)))


def _run(
    jobs: Iterable[Job],
    services: Services,
    kept: Kept,
    limits: Limits,
    project: Path | None,
    tell: Callable[[int, int], None],
) -> list[Result]:
    """The results of all jobs: from what is kept, where that holds, or by running them."""
    digest = digester(services, project)
    found: list[Result] = []
    waiting: list[Run] = []
    done = 0

    def take(run: Run, ended: Outcome) -> None:
        nonlocal done
        done += 1
        found.extend(results(run.job, ended, _server(run, services), cached=False))
        if ended.failure is None:
            kept.put(digest(run), ended.printed)
        tell(done, len(waiting))

    for run in sorted(runs_of(jobs), key=slowest_first):
        if (why := cannot(run, services)) is not None:
            found += _skipped(run, why)
            continue
        known = kept.get(digest(run))
        if known is not None:
            again = results(run.job, Outcome(known), _server(run, services), cached=True)
            # What does not hold is run once more: it may print something else each time.
            if all(result.status == "passed" for result in again):
                found += again
                continue
        waiting.append(run)
    tell(0, len(waiting))
    Pool(waiting, services, limits, project, take).work(min(workers(), len(waiting)))
    return found


def _skipped(run: Run, why: str) -> list[Result]:
    job, server = run.job, run.server
    return [
        Result(job.path, step.line, job.question, server, "skipped", why=why)
        for step in job.steps
        if step.decided
    ]


def _server(run: Run, services: Services) -> str | None:
    return f"Redis {services.version('redis')}" if run.server == "redis" else run.server
