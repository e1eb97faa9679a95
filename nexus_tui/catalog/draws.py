"""Do the variants of a pack hold? Twenty seeds each, in a process that may be stopped.

A learner's session draws in its own process; only here is code met that was never run before,
so only here is it guarded against never ending.
"""

from __future__ import annotations

import json
import select
import subprocess
import sys
from typing import IO, TYPE_CHECKING

from nexus_tui.catalog.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.models import Question
    from nexus_tui.catalog.reader import PackContent

DRAWS = 20
SECONDS = 5.0
"""A question's draws may take so long, the start of the process included."""


def problems(
    content: PackContent, *, run_code: bool, seconds: float = SECONDS
) -> Iterator[Problem]:
    """What is wrong with the variants of a pack's questions."""
    worker = _Worker(seconds)
    try:
        for topic in content.topics:
            for question in topic.questions:
                if question.variants is None:
                    continue
                if run_code:
                    why = worker.ask(question)
                else:
                    why = "not drawn: trust the pack first, `nexus-tui pack trust PATH`"
                if why is not None:
                    text = f"variants of `{question.id}`: {why}"
                    yield Problem(f"{topic.path}/quiz.yaml", 1, 1, text, "variants")
    finally:
        worker.stop()


def failing(question: Question) -> str | None:
    """What is wrong with the draws of a question, with the seed; None where all hold."""
    from nexus_tui.catalog.variants import VariantError, draw

    shown = set()
    for number in range(DRAWS):
        seed = f"lint/{number}"
        try:
            shown.add(draw(question, seed).model_dump_json())
        except VariantError as error:
            return f"the seed `{seed}` {error}"
    return None if len(shown) > 1 else f"{DRAWS} draws give one and the same question"


class _Worker:
    """The process that draws; it is made when needed, and again after one that hung."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[str] | None = None

    def ask(self, question: Question) -> str | None:
        """`failing` of a question; a sentence of its own where the draws do not end."""
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
            found: str | None = json.loads(line)
            return found
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
        answers.write(json.dumps(failing(read_question().validate_json(line))) + "\n")
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin, sys.stdout)
