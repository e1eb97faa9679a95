"""A challenge and a stage to begin with: they pass the gate, and say `TODO` where to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexus_tui.catalog.skeletons import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_ADD = '"""TODO what this file is."""\n\n\ndef total(numbers):\n    {body}\n'
_MUTANTS = {
    "first": "return numbers[0]",
    "largest": "return max(numbers)",
    "distinct": "return sum(set(numbers))",
    "mended-in-place": "numbers.sort()\n    return sum(numbers)",
}


def challenge(name: str, topic: str, objective: str) -> str:
    """A `challenge.yaml` with one stage, `first-stage`, that proves an objective."""
    return f"""\
id: {name}
title: {title_of(name)}
programme: TODO the line of the programme that it serves
order: 100
summary: TODO what failed, in one sentence.
topics: [{topic}]
story: |
  TODO what failed, with figures, and what to measure first.
solution: |
  TODO what was done about it, where it holds, and where it ends.
stages:
- id: first-stage
  title: First stage
  minutes: 20
  summary: TODO the failure of this stage in one sentence.
  objectives: [{topic}/{objective}]
"""


def stage() -> Mapping[str, str]:
    """The files of a stage, by path."""
    files = {
        "stage.yaml": """\
tier: T0
needs: []
rights: []
seconds: 10
opens: work.py
starter: adds-all
requirements:
- {id: adds-all, text: "TODO what must hold: the sum of all numbers"}
- {id: leaves-input, text: "TODO what must hold: the list is as it was"}
mutants:
- {id: first, fails: adds-all, misconception: "TODO the wrong idea.", debrief: "TODO."}
- {id: largest, fails: adds-all, misconception: "TODO the wrong idea.", debrief: "TODO."}
- {id: distinct, fails: adds-all, misconception: "TODO the wrong idea.", debrief: "TODO."}
- {id: mended-in-place, fails: leaves-input, misconception: "TODO.", debrief: "TODO."}
""",
        "brief.md": "TODO the failure, with figures.\n\n**Measure first.** TODO what.\n\n"
        "**Make it** TODO what must hold afterwards; never how.\n",
        "hints.md": "## Nudge\n\nTODO what to measure.\n\n## Pointer\n\nTODO the API and its page."
        "\n\n## Skeleton\n\nTODO code with ____ for what is to be filled in.\n",
        "debrief.md": "TODO what was wrong, why the solution holds, and where it ends.\n",
        "checks/judge.py": '''\
"""TODO what this decides by."""

from nexus_tui.labs.judging import Lab, Outcome, requirement


@requirement("adds-all")
def adds_all(lab: Lab) -> Outcome:
    numbers = [lab.random.randint(1, 9) for _ in range(lab.random.randint(12, 20))]
    found = lab.ask("total", numbers=numbers)["total"]
    return Outcome(found == sum(numbers), f"{len(numbers)} numbers: {found}", f"{sum(numbers)}")


@requirement("leaves-input")
def leaves_input(lab: Lab) -> Outcome:
    found = lab.ask("total", numbers=[3, 1, 2])["numbers"]
    return Outcome(found == [3, 1, 2], f"[3, 1, 2] is {found} afterwards", "[3, 1, 2]")
''',
        "checks/probe.py": '''\
"""Answers the judge; what is imported here is imported before the learner's code."""


def load():
    """Let the learner's code in."""
    import work

    globals()["work"] = work


def total(numbers):
    """What the learner's function returns, and the list that it was given, afterwards."""
    return {"total": work.total(numbers), "numbers": numbers}
''',
        "starter/work.py": _ADD.format(body="return 0"),
        "solution/work.py": _ADD.format(body="return sum(numbers)"),
    }
    for name, body in _MUTANTS.items():
        files[f"mutants/{name}/work.py"] = _ADD.format(body=body)
    return files
