"""A question in line mode, and what is typed below it; for sessions, exams and placements."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from nexus_tui.learning.responses import Response
    from nexus_tui.study.sitting import Asked

LEAVE = ("q", "quit")
"""What leaves alone in its line; no question of the content has it for an answer."""


def is_dumb() -> bool:
    """May only lines be written, as `--plain` and dumb terminals want it?"""
    return os.environ.get("TERM") == "dumb"


def show_question(asked: Asked) -> None:
    """Print a question and what there is to choose from."""
    from nexus_tui.cli.line_answers import lines_to_choose_from
    from nexus_tui.cli.prose import prose
    from nexus_tui.learning.showing import above

    typer.echo(prose(above(asked.question)) + "\n")
    for line in lines_to_choose_from(asked):
        typer.echo(line)


def listen() -> None:
    """Before the first line is read: a stray byte is a wrong answer, no crash."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")


def read_line() -> str | None:
    """What is typed, None at the end of the input."""
    try:
        return input("> ")
    except EOFError:
        return None


def leaves(typed: str) -> bool:
    """Does the learner want to leave?"""
    return typed.strip().lower() in LEAVE


def response_to(asked: Asked, typed: str) -> Response | None:
    """What was typed as an answer; None where it is none to this question."""
    from nexus_tui.cli.line_answers import read_answer

    # The blanks before the first line of an output are part of it.
    output = asked.question.kind == "output"
    return read_answer(asked, typed.rstrip() if output else typed.strip())
