"""What a GitHub workflow would do: which lines run after an event where some of them fail.

Nothing is run. Jobs are followed in their order, with `needs`, `if`, `continue-on-error` and
the status functions, as *Workflow syntax for GitHub Actions* describes them.
"""

from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\.[\w*-]+)*)|(?P<sign>&&|\|\||==|!=|<=|>=|[!()<>,\[\]]))"
)
_STATUS = re.compile(r"\b(always|failure|cancelled|success)\s*\(", re.IGNORECASE)
_GOES_ON = re.compile(r"\|\|\s*(true\b|:|exit\s+0\b|echo\b)")
_MOST = 2000
"""Characters of a condition."""


class WorkflowProblem(Exception):
    """The workflow cannot be followed; the message says where and why."""


@dataclass(frozen=True)
class Event:
    """What happened in the repository."""

    name: str
    ref: str

    def github(self) -> dict[str, str]:
        """The `github` context, as far as conditions ask for it."""
        short = re.sub(r"^refs/(heads|tags|pull)/", "", self.ref)
        pull = self.name == "pull_request"
        return {
            "event_name": self.name,
            "ref": self.ref,
            "ref_name": short,
            "ref_type": "tag" if self.ref.startswith("refs/tags/") else "branch",
            "base_ref": "main" if pull else "",
            "head_ref": "feature" if pull else "",
            "event.repository.default_branch": "main",
            "repository": "example/shop",
            "repository_owner": "example",
        }


@dataclass
class Run:
    """What came of a workflow."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    """Job and line of each command or action that began."""
    results: dict[str, str] = field(default_factory=dict)
    """`success`, `failure` or `skipped`, of each job."""


def jobs(flow: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The jobs by name."""
    found: dict[str, dict[str, Any]] = flow["jobs"]
    return found


def needs(job: dict[str, Any]) -> list[str]:
    """The jobs that one waits for."""
    found = job.get("needs") or []
    return [found] if isinstance(found, str) else list(found)


def ordered(flow: dict[str, Any]) -> list[str]:
    """The jobs, each after those it needs. Raises WorkflowProblem."""
    every, found = jobs(flow), list[str]()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise WorkflowProblem(f"a circle: {' → '.join((*trail, name))}")
        if name in found:
            return
        for other in needs(every[name]):
            if other not in every:
                raise WorkflowProblem(f"{name} needs {other}, and there is no such job")
            visit(other, (*trail, name))
        found.append(name)

    for name in every:
        visit(name, ())
    return found


def steps(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The steps of a job."""
    yield from job.get("steps") or ()


def lines(step: dict[str, Any]) -> list[str]:
    """The commands of a step, or its action."""
    if "uses" in step:
        return [f"uses {step['uses']}"]
    script = re.sub(r"\\\s*\n\s*", " ", str(step.get("run", "")))
    found = [line.strip() for line in script.splitlines()]
    return [line for line in found if line and not line.startswith("#")]


def triggered(flow: dict[str, Any], event: Event) -> bool:
    """Whether the event starts the workflow; filters on paths are taken as met."""
    on = flow["on"]
    if isinstance(on, str):
        return on == event.name
    if isinstance(on, list):
        return event.name in on
    if event.name not in on:
        return False
    how = on[event.name] or {}
    if event.name == "pull_request":
        return _among("main", how.get("branches"), how.get("branches-ignore"))
    tag = event.ref.startswith("refs/tags/")
    kind, other = ("tags", "branches") if tag else ("branches", "tags")
    own = how.get(kind), how.get(f"{kind}-ignore")
    if own == (None, None):
        # A filter on the one kind leaves out the other.
        return how.get(other) is None and how.get(f"{other}-ignore") is None
    return _among(event.github()["ref_name"], *own)


def follow(flow: dict[str, Any], event: Event, fails: Callable[[str], bool]) -> Run:
    """Run the workflow after an event, where those lines fail. Raises WorkflowProblem."""
    run = Run()
    if not triggered(flow, event):
        return run
    for name in ordered(flow):
        job = jobs(flow)[name]
        before = _ancestors(flow, name)
        values = {f"github.{key}": value for key, value in event.github().items()}
        for other in needs(job):
            values[f"needs.{other}.result"] = run.results[other]
        good = all(run.results[other] == "success" for other in before)
        bad = any(run.results[other] == "failure" for other in before)
        if _holds(job.get("if"), values, good=good, bad=bad, where=name):
            passed = _job(name, job, values, fails, run)
            lenient = _true(job.get("continue-on-error"))
            run.results[name] = "success" if passed or lenient else "failure"
        else:
            run.results[name] = "skipped"
    return run


def visible(flow: dict[str, Any], job: dict[str, Any], step: dict[str, Any]) -> str:
    """What a step is and sees: its text, with the values of the variables it names."""
    variables: dict[str, str] = {}
    for holder in (flow, job, step):
        found = holder.get("env")
        if isinstance(found, dict):
            variables |= {name: str(value) for name, value in found.items()}
    text = f"{step.get('run', '')} {step.get('with', '')}"
    for _ in range(3):
        for name, value in variables.items():
            text = re.sub(
                rf"\$\{{?{re.escape(name)}\b\}}?|\$\{{\{{\s*env\.{re.escape(name)}\s*\}}\}}",
                lambda _found, value=value: value,  # type: ignore[misc]
                text,
            )
    return text


def _job(
    name: str,
    job: dict[str, Any],
    values: dict[str, str],
    fails: Callable[[str], bool],
    run: Run,
) -> bool:
    passed = True
    for step in steps(job):
        if not _holds(step.get("if"), values, good=passed, bad=not passed, where=name):
            continue
        careless = False
        for line in lines(step):
            careless = careless or line.startswith("set +e")
            run.lines.append((name, line))
            if fails(line) and not careless and not _GOES_ON.search(line):
                passed = passed and _true(step.get("continue-on-error"))
                break
    return passed


def _ancestors(flow: dict[str, Any], name: str) -> set[str]:
    found, left = set[str](), needs(jobs(flow)[name])
    while left:
        other = left.pop()
        if other not in found:
            found.add(other)
            left += needs(jobs(flow)[other])
    return found


def _among(name: str, only: Any, but: Any) -> bool:
    if but is not None:
        return not any(fnmatch.fnmatchcase(name, each) for each in _list(but))
    if only is None:
        return True
    found = False
    for each in _list(only):
        if fnmatch.fnmatchcase(name, each.lstrip("!")):
            found = not each.startswith("!")
    return found


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and "true" in value)


def _holds(condition: Any, values: dict[str, str], *, good: bool, bad: bool, where: str) -> bool:
    if condition is None:
        return good
    text = str(condition).strip() if not isinstance(condition, bool) else str(condition).lower()
    if text.startswith("${{") and text.endswith("}}") and text.count("${{") == 1:
        text = text[3:-2].strip()
    elif "${{" in text:
        text = re.sub(r"\$\{\{(.*?)\}\}", r"(\1)", text)
    try:
        found = _truth(_Expression(text, values, good=good, bad=bad).value())
    except WorkflowProblem as error:
        raise WorkflowProblem(f"{where}: if: {text}: {error}") from error
    return found if _STATUS.search(text) else found and good


class _Expression:
    """An expression of a condition, by recursive descent."""

    def __init__(self, text: str, values: dict[str, str], *, good: bool, bad: bool) -> None:
        if len(text) > _MOST:
            raise WorkflowProblem("too long")
        self._values = {key.lower(): value for key, value in values.items()}
        self._good, self._bad = good, bad
        self._tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text.rstrip()):
            found = _TOKEN.match(text, place)
            if not found:
                raise WorkflowProblem(f"cannot be read at “{text[place:].strip()[:20]}”")
            self._tokens.append((str(found.lastgroup), found[found.lastgroup or 0]))
            place = found.end()

    def value(self) -> Any:
        """What it comes to."""
        found = self._either()
        if self._tokens:
            raise WorkflowProblem(f"something after its end: “{self._tokens[0][1]}”")
        return found

    def _next(self, *signs: str) -> str | None:
        if self._tokens and self._tokens[0][0] == "sign" and self._tokens[0][1] in signs:
            return self._tokens.pop(0)[1]
        return None

    def _either(self) -> Any:
        found = self._both()
        while self._next("||"):
            other = self._both()
            found = found if _truth(found) else other
        return found

    def _both(self) -> Any:
        found = self._compared()
        while self._next("&&"):
            other = self._compared()
            found = other if _truth(found) else found
        return found

    def _compared(self) -> Any:
        found = self._single()
        while sign := self._next("==", "!="):
            equal = _plain(found) == _plain(self._single())
            found = equal if sign == "==" else not equal
        return found

    def _single(self) -> Any:
        if self._next("!"):
            return not _truth(self._single())
        if self._next("("):
            found = self._either()
            if not self._next(")"):
                raise WorkflowProblem("a bracket is not closed")
            return found
        if not self._tokens:
            raise WorkflowProblem("it ends too early")
        kind, text = self._tokens.pop(0)
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return float(text)
        if kind == "sign":
            raise WorkflowProblem(f"“{text}” is not expected here")
        if self._next("("):
            return self._called(text.lower())
        if text in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[text]
        return self._values.get(text.lower(), "")

    def _called(self, name: str) -> Any:
        arguments = list[Any]()
        while not self._next(")"):
            if arguments and not self._next(","):
                raise WorkflowProblem(f"{name}: a bracket is not closed")
            arguments.append(self._either())
        texts = [_plain(each) for each in arguments]
        known: dict[tuple[str, int], Callable[[], Any]] = {
            ("always", 0): lambda: True,
            ("cancelled", 0): lambda: False,
            ("success", 0): lambda: self._good,
            ("failure", 0): lambda: self._bad,
            ("startswith", 2): lambda: str(texts[0]).startswith(str(texts[1])),
            ("endswith", 2): lambda: str(texts[0]).endswith(str(texts[1])),
            ("contains", 2): lambda: str(texts[1]) in str(texts[0]),
        }
        if (name, len(texts)) not in known:
            raise WorkflowProblem(f"{name}() is not known here")
        return known[name, len(texts)]()


def _truth(value: Any) -> bool:
    return value not in (None, False, "", 0)


def _plain(value: Any) -> Any:
    """For comparing: texts are equal whatever their case."""
    return value.lower() if isinstance(value, str) else value
