"""The judge: a fresh process for each check. It asks the subject, decides, and reports."""

from __future__ import annotations

import json
import signal
import socket
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexus_tui.labs.challenges.interview import Gone, Raised, Subject
from nexus_tui.labs.challenges.subject import load_module
from nexus_tui.labs.judging import REQUIREMENTS, Lab, Missing, Outcome
from nexus_tui.sandbox.family import adopt_orphans, die_with_parent, not_dumpable, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import FrameType

_KEPT = 256 * 1024
"""Bytes of output that are passed on."""


def main() -> None:
    """Run one check and report it line by line; the last line says that it is complete."""
    signal.signal(signal.SIGTERM, _leave)
    die_with_parent(signal.SIGTERM)
    adopt_orphans()
    not_dumpable()
    asked: dict[str, Any] = json.loads(sys.argv[1])
    channel = socket.socket(fileno=asked["channel"])
    channel.set_inheritable(False)

    def report(**what: Any) -> None:
        channel.sendall(json.dumps(what).encode() + b"\n")

    load_module("judge", Path(asked["checks"]) / "judge.py")
    lab = _lab(asked, report)
    try:
        _decide(asked["plan"], lab, report)
    finally:
        try:
            lab.stop()
        finally:
            left_over = sweep()
    report(end=True, left_over=left_over)


def _leave(number: int, _: FrameType | None) -> None:
    """End, and what it started with it: nobody waits for the verdict any more."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit


def _lab(asked: dict[str, Any], report: Callable[..., None]) -> Lab:
    folder, kept = Path(asked["folder"]), [_KEPT]
    deadline = time.monotonic() + asked["seconds"]

    def printed(text: str) -> None:
        if kept[0] > 0:
            report(printed=text[: kept[0]])
            kept[0] -= len(text)

    def start(environment: Mapping[str, str]) -> Subject:
        subject = Subject(
            Path(asked["checks"]) / "probe.py",
            folder,
            rights=asked["rights"],
            limits=asked["limits"],
            environment={**asked["services"], **environment},
            printed=printed,
            deadline=deadline,
        )
        report(started=subject.process.pid)
        return subject

    return Lab(folder, asked["seed"], asked["services"], start)


def _decide(plan: list[str], lab: Lab, report: Callable[..., None]) -> None:
    """Report each requirement in order, up to one after which the subject cannot go on."""
    if list(REQUIREMENTS) != plan:
        raise SystemExit(f"judge.py decides {list(REQUIREMENTS)}, stage.yaml plans {plan}")
    for key, decide in REQUIREMENTS.items():
        began, ended = time.monotonic(), False
        try:
            outcome = decide(lab)
        except Raised as error:
            outcome = Outcome(False, str(error), "")
            ended = error.call == "load"
        except (Gone, Missing) as error:
            outcome = Outcome(False, str(error), "")
            ended = isinstance(error, Gone)
        except Exception as error:
            # The answer may have any form: it was made where the learner's code runs.
            said = f"{type(error).__name__}: {error}"
            outcome = Outcome(False, f"an answer that the check cannot use ({said})", "")
        report(
            requirement=key,
            passed=outcome.passed is True,
            observed=outcome.observed,
            expected=outcome.expected,
            seconds=time.monotonic() - began,
        )
        if ended:
            break
