"""Findings stand where the part stands that broke the rule, however the file is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.catalog.rules.sound import ALPHA, Pack, problems

if TYPE_CHECKING:
    from pathlib import Path

BANK = """\
questions:
- id: first
  kind: choice
  objective: name-it
  bloom: apply
  stem: |
    Two sessions change one row of `stock` at once.
    What does the second session do?
  options:
  - {id: a, text: It waits for it, correct: true, why: "It waits because the first holds the lock."}
  - id: b
    text: It fails at once
    slip: neighbour
    why: "Too short."
  - {id: c, text: It writes there, slip: neighbour, why: "Short as well."}
  source: book
"""


def test_a_finding_stands_at_the_key_it_speaks_of(tmp_path: Path) -> None:
    found = problems(tmp_path, Pack(files={f"{ALPHA}/quiz.yaml": BANK}))
    assert [(p.line, p.column) for p in found if p.rule == "L19"] == [(14, 5), (15, 53)]


def test_a_question_left_out_in_reading_moves_no_place(tmp_path: Path) -> None:
    broken = BANK.replace("first", "broken").replace("book", "nowhere")
    both = broken + BANK.removeprefix("questions:\n")
    found = problems(tmp_path, Pack(files={f"{ALPHA}/quiz.yaml": both}))
    assert [p.line for p in found if p.rule == "L19"] == [29, 30]
