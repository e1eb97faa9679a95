"""What of a pack is to be run: its snippets, and the code that checks its questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.catalog import markdown
from nexus_tui.catalog.files import Reading
from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.rules.found import Spot
from nexus_tui.catalog.rules.places import Places
from nexus_tui.catalog.snippets import snippets
from nexus_tui.labs.verify.kinds import runner_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import PackContent, TopicContent
    from nexus_tui.catalog.snippets import Snippet
    from nexus_tui.labs.verify.kinds import Runner

_SERVICE = re.compile(r"\bNEXUS_(POSTGRES|REDIS|RABBITMQ)_URL\b")
_FIRST_LINE = re.compile(r"#\s*run=(\S*)")


@dataclass(frozen=True)
class Step:
    """One snippet of a job, or the code that checks a question."""

    language: str
    code: str
    line: int
    """Where it stands in its file."""
    expected: str | None = None
    """What its output fence says; None where it has none."""
    decided: bool = True
    """Whether this job says if it holds; another one does, where several continue it."""


@dataclass(frozen=True)
class Job:
    """What is run in one process: snippets that continue each other, or one check."""

    path: str
    runner: Runner
    steps: tuple[Step, ...]
    question: str | None = None
    """The id of the question that is checked; None for snippets."""

    @property
    def services(self) -> frozenset[str]:
        """The servers it cannot do without."""
        named = {s.lower() for step in self.steps for s in _SERVICE.findall(step.code)}
        return self.runner.services | named


@dataclass(frozen=True)
class NotRun:
    """A fence that says why it is not run."""

    path: str
    line: int
    reason: str


@dataclass(frozen=True)
class Plan:
    """All jobs; the fences that are not run on purpose; and what cannot be run as it stands."""

    jobs: tuple[Job, ...]
    not_run: tuple[NotRun, ...]
    problems: tuple[Problem, ...]


def plan(content: PackContent, topics: frozenset[str] | None = None) -> Plan:
    """The jobs of a pack: of all of it, or of the topics with the ids `topics`."""
    found = list[Job | NotRun | Problem]()
    for topic in content.topics:
        if topics is None or topic.topic.id in topics:
            for text in (topic.lesson, topic.cheatsheet, topic.troubleshooting):
                if text is not None:
                    found += _of_text(text.path, text.source)
            found += _of_quiz(content, topic)
    reading = Reading(content.root, [])
    for shelved in content.documents if topics is None else ():
        # Read again: the catalog takes the title off, and with it the numbers of the lines.
        source = reading.text(content.root / shelved.text.path)
        found += _of_text(shelved.text.path, source or "")
    return Plan(
        tuple(part for part in found if isinstance(part, Job)),
        tuple(part for part in found if isinstance(part, NotRun)),
        tuple(part for part in found if isinstance(part, Problem)),
    )


def _of_text(path: str, source: str) -> Iterator[Job | NotRun | Problem]:
    runnable, wrong = snippets(source)
    for fence, why in wrong:
        yield Problem(path, fence.line, 1, f"fence: {why}", "fence")
    for fence in markdown.fences(source):
        if reason := fence.attributes.get("norun"):
            yield NotRun(path, fence.line, reason)
    # What another snippet continues is run as its beginning, and need not be run alone.
    continued = {snippet.before[-1].line for snippet in runnable if snippet.before}
    by_line = {snippet.fence.line: snippet for snippet in runnable}
    decided = set[int]()
    for snippet in runnable:
        if snippet.fence.line not in continued:
            chain = [by_line[fence.line] for fence in (*snippet.before, snippet.fence)]
            steps = tuple(_step(part, decided=part.fence.line not in decided) for part in chain)
            decided.update(step.line for step in steps)
            runner = runner_for(snippet.runner, [step.code for step in steps])
            assert runner is not None  # or else the fence is malformed
            yield Job(path, runner, steps)


def _step(snippet: Snippet, *, decided: bool) -> Step:
    fence, output = snippet.fence, snippet.output
    expected = output.code if output is not None else None
    return Step(fence.language, fence.code, fence.line, expected, decided)


def _of_quiz(content: PackContent, topic: TopicContent) -> Iterator[Job | Problem]:
    path, places = f"{topic.path}/quiz.yaml", Places(content.root)
    for question in topic.questions:
        if question.verify is None:
            continue
        named = _FIRST_LINE.match(question.verify)
        runner = runner_for(("python", named[1] if named else ""), [question.verify])
        line, _ = places.of(Spot(path, question=question.id, keys=("verify",)))
        if runner is None:
            known = "# run=django, # run=postgres, # run=redis, or none of them"
            text = f"verify of `{question.id}`: its first line is not {known}"
            yield Problem(path, line, 1, text, "verify")
        else:
            step = Step("python", question.verify, line)
            yield Job(path, runner, (step,), question.id)
