"""Whether what was run holds: against its output fence, or by ending well."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from difflib import ndiff
from typing import TYPE_CHECKING, Literal

from nexus_tui.labs.runners import marks
from nexus_tui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.labs.verify.plan import Job, Step
    from nexus_tui.sandbox.limits import Limits
    from nexus_tui.sandbox.watch import Ended

_SHOWN = 12
"""Lines of an error or a difference that are shown."""
DIFFERS = "printed something else than the output fence below it says"
UNTOLD = "prints, and no output fence below it says what"


@dataclass(frozen=True)
class Outcome:
    """What the steps of a job printed, as far as they ended; and why it did not end well."""

    printed: tuple[str, ...]
    failure: str | None = None
    detail: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Result:
    """One snippet or check of a question, and how it fared."""

    path: str
    line: int
    question: str | None
    server: str | None
    """The server it ran on, where it runs on more than one."""
    status: Literal["passed", "failed", "skipped"]
    cached: bool = False
    why: str = ""
    """For what failed or was skipped."""
    detail: str = ""
    printed: str | None = None
    """What a snippet printed, where it ended well."""
    seconds: float = 0.0
    """How long the job took; nothing where it came from the cache."""


def outcome(ended: Ended, steps: int, mark: str, limits: Limits) -> Outcome:
    """Cut what a job printed at the marks, and say why it failed, if it did."""
    *printed, rest = ended.printed.split(marks.line(mark))
    whole = len(printed) == steps and ended.code == 0 and ended.stopped is None
    if whole:
        return Outcome(tuple(printed), seconds=ended.seconds)
    detail = rest if len(printed) < steps else ""
    said = "\n".join(part.strip("\n") for part in (detail, ended.errors) if part.strip())
    last = clean(said).split("\n")[-_SHOWN:]
    return Outcome(tuple(printed), _failure(ended, limits), "\n".join(last), ended.seconds)


def _failure(ended: Ended, limits: Limits) -> str:
    if ended.stopped == "time":
        return f"did not end within {limits.seconds:g} seconds and was stopped"
    if ended.stopped == "output" or len(ended.printed) >= limits.kept:
        return f"prints more than {limits.kept // 1024} KB"
    if ended.stopped is not None:
        return "ended the process that watches over it"
    if ended.code < 0:
        return f"was ended by the signal {signal.Signals(-ended.code).name}"
    return "failed" if ended.code else "ended before its last line"


def results(job: Job, found: Outcome, server: str | None, *, cached: bool) -> list[Result]:
    """How each step fared about which this job decides."""
    return [
        Result(
            job.path,
            step.line,
            job.question,
            server,
            "failed" if why else "passed",
            cached,
            why,
            detail,
            printed,
            round(found.seconds, 3),
        )
        for step, why, detail, printed in _judged(job, found)
    ]


def _judged(job: Job, found: Outcome) -> Iterator[tuple[Step, str, str, str | None]]:
    """Each step that is decided: why it does not hold, if so, and what it printed."""
    failed = min(len(found.printed), len(job.steps) - 1) if found.failure else None
    for place, step in enumerate(job.steps):
        if not step.decided:
            continue
        if place == failed:
            yield step, found.failure or "", found.detail, None
        elif failed is not None and place > failed:
            first = job.steps[failed]
            detail = "" if first.decided else found.detail
            yield step, f"continues line {first.line}, which {found.failure}", detail, None
        elif job.question is not None:
            yield step, "", "", None
        else:
            printed = shown(found.printed[place])
            yield step, *_difference(step.expected, printed), printed


def _difference(expected: str | None, printed: str) -> tuple[str, str]:
    if expected is None:
        return (
            (UNTOLD, _short(f"+ {line}" for line in printed.split("\n"))) if printed else ("", "")
        )
    told = shown(expected)
    if told == printed:
        return "", ""
    lines = ndiff(told.split("\n") if told else [], printed.split("\n") if printed else [])
    return DIFFERS, _short(line for line in lines if line[0] in "-+")


def _short(lines: Iterator[str]) -> str:
    found = [line.rstrip() for line in lines]
    more = [f"… and {len(found) - _SHOWN} more lines"] if len(found) > _SHOWN else []
    return "\n".join(found[:_SHOWN] + more)


def shown(text: str) -> str:
    """Printed text as a fence shows it: cleaned, no blanks at the ends of lines or of itself."""
    return "\n".join(line.rstrip() for line in clean(text).split("\n")).strip("\n")
