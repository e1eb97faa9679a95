"""Do the variants of a pack hold? Twenty seeds each, in a process that may be stopped.

A learner's session draws in its own process; only here is code met that was never run before,
so only here is it guarded against never ending.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from typing import IO, TYPE_CHECKING, NamedTuple

from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.rules.found import Spot, bank_of
from nexus_tui.catalog.rules.places import Places

if TYPE_CHECKING:
    from nexus_tui.catalog.models import Question
    from nexus_tui.catalog.reader import PackContent

DRAWS = 20
SAMPLES = 5
"""Variants of a question that the rules see."""
SECONDS = 20.0
"""A question's draws may take so long, the start of the process included."""


class Draws(NamedTuple):
    """What came of drawing the variants of a pack."""

    problems: list[Problem]
    variants: dict[tuple[str, str], tuple[Question, ...]]
    """(folder of the topic, question) → the variants of the seeds lint/0, lint/1 …"""


def draw_all(content: PackContent, *, run_code: bool, seconds: float = SECONDS) -> Draws:
    """Draw every question of a pack that has variants: what is wrong, and a few of each."""
    worker, places = _Worker(seconds), Places(content.root)
    draws = Draws([], {})
    try:
        for topic in content.topics:
            for question in topic.questions:
                if question.variants is None:
                    continue
                if run_code:
                    answer = worker.ask(question)
                else:
                    answer = "not drawn: trust the pack first, `nexus-tui pack trust PATH`"
                if isinstance(answer, str):
                    spot = Spot(bank_of(topic), question.id, ("variants",))
                    text = f"variants of `{question.id}`: {answer}"
                    draws.problems.append(Problem(spot.path, *places.of(spot), text, "variants"))
                else:
                    draws.variants[topic.path, question.id] = answer
    finally:
        worker.stop()
    return draws


def failing(question: Question) -> str | None:
    """What is wrong with the draws of a question, with the seed; None where all hold."""
    answer = _draws(question)
    return answer if isinstance(answer, str) else None


def _draws(question: Question) -> str | list[str]:
    """What is wrong with the draws of a question; where all hold, the first few as JSON."""
    from nexus_tui.catalog.variants import VariantError, draw

    shown: list[str] = []
    for number in range(DRAWS):
        seed = f"lint/{number}"
        try:
            shown.append(draw(question, seed).model_dump_json())
        except VariantError as error:
            return f"the seed `{seed}` {error}"
    if len(set(shown)) == 1:
        return f"{DRAWS} draws give one and the same question"
    return shown[:SAMPLES]


class _Worker:
    """The process that draws; it is made when needed, and again after one that hung."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: Question) -> str | tuple[Question, ...]:
        """Some variants of a question; a sentence where a draw fails or does not end."""
        from nexus_tui.catalog.questions import read_question

        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nexus_tui.catalog.draws"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        asked, said = self._process.stdin, self._process.stdout
        assert asked is not None and said is not None
        asked.write(question.model_dump_json() + "\n")
        asked.flush()
        ready, _, _ = select.select([said], [], [], self._seconds)
        line = said.readline() if ready else ""
        if line:
            answer: str | list[str] = json.loads(line)
            if isinstance(answer, str):
                return answer
            return tuple(read_question().validate_json(variant) for variant in answer)
        self.stop()
        return "the draws end the process" if ready else f"no end after {self._seconds:g} seconds"

    def stop(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _serve(questions: IO[str], answers: IO[str]) -> None:
    from nexus_tui.catalog.questions import read_question

    for line in questions:
        answers.write(json.dumps(_draws(read_question().validate_json(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
