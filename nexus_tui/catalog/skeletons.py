"""Beginnings of content files: valid at once, and what is still to be written says `TODO`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_RIGHT = 'correct: true, why: "TODO why this is right, so that it teaches something."'
_TEMPTING = 'slip: neighbour, why: "TODO why one answers this, and why it is wrong."'
_OPTIONS = f"""\
  options:
  - {{id: right, text: "TODO the right one", {_RIGHT}}}
  - {{id: wrong, text: "TODO a wrong one", {_TEMPTING}}}
  - {{id: other, text: "TODO another one", {_TEMPTING}}}
"""
_WHY = '  why: "TODO why it is so, in a sentence that teaches something."\n'
_PARTS = {
    "choice": _OPTIONS,
    "choices": _OPTIONS + f'  - {{id: also, text: "TODO one more that is right", {_RIGHT}}}\n',
    "order": """\
  lines:
  - {id: first, text: "TODO first"}
  - {id: second, text: "TODO second"}
  - {id: third, text: "TODO third"}
"""
    + _WHY,
    "match": """\
  match:
  - {id: one, left: "TODO one", right: "TODO what belongs to one"}
  - {id: two, left: "TODO two", right: "TODO what belongs to two"}
  - {id: three, left: "TODO three", right: "TODO what belongs to three"}
"""
    + _WHY,
    "short": f"""\
  short:
    accept: ["TODO the answer"]
    wrong:
    - {{text: "TODO a typical wrong one", {_TEMPTING}}}
"""
    + _WHY,
    "output": f"""\
  output:
    code: |
      print(6 * 7)
    prints: "42"
    wrong:
    - {{prints: "67", {_TEMPTING}}}
"""
    + _WHY
    + "  verify: |\n    assert 6 * 7 == 42\n",
    "line": f"""\
  line:
    code: |
      total = 0
      for n in range(3):
          total = n
      print(total)
    faulty: [3]
    wrong:
    - {{line: 1, {_TEMPTING}}}
"""
    + _WHY,
    "estimate": f"""\
  estimate:
    value: 1000
    factor: 2
    unit: ms
    wrong:
    - {{value: 10, {_TEMPTING}}}
"""
    + _WHY,
}
KINDS = tuple(_PARTS)


def title_of(name: str) -> str:
    """A title to begin with, from an id."""
    return name.replace("-", " ").capitalize()


def topic(name: str) -> Mapping[str, str]:
    """The five files of a topic, by name."""
    title = title_of(name)
    return {
        "topic.yaml": f"""\
id: {name}
title: {title}
level: core
minutes: 45
summary: TODO what the learner can do afterwards, in one sentence.
objectives:
- {{id: first-objective, text: "TODO a verb, and what the learner can do"}}
misconceptions:
- {{id: first-misconception, text: "TODO a wrong idea that engineers hold"}}
sources:
- {{id: first-source, title: "TODO the page", url: "https://example.org", as_of: "TODO version"}}
""",
        "lesson.md": """\
## Why it matters

TODO a concrete failure, with numbers, best of all run.

```python run
print(6 * 7)
```
```output
42
```

## What goes wrong

**"TODO the misconception."** TODO show it failing.

## Recall

From memory; the answers are on the next page.

1. TODO a question that the learner answers from memory.

## Answers

1. TODO its answer.
""",
        "quiz.yaml": "questions:\n" + question("first-question", "choice", "first-objective"),
        "cheatsheet.md": "TODO what one looks up while working.\n",
        "troubleshooting.md": "## TODO the message as one sees it\n\nTODO how to tell the causes "
        "apart, the fix, and how to prevent it.\n",
    }


def question(name: str, kind: str, objective: str, source: str = "first-source") -> str:
    """An entry for the list in `quiz.yaml`. Raises KeyError for an unknown kind."""
    return f"""\
- id: {name}
  kind: {kind}
  objective: {objective}
  bloom: apply
  stem: |
    TODO a question that can be answered with the options hidden?
{_PARTS[kind]}  source: {source}
"""


def with_question(quiz: str, entry: str) -> str:
    """The text of a `quiz.yaml` with one more question at its end.

    Raises ValueError where the questions are not written as a list of blocks.
    """
    if not quiz.strip():
        return "questions:\n" + entry
    indented = re.search(r"^questions:.*\n(?:\s*#.*\n|\s*\n)*( *)- ", quiz, re.MULTILINE)
    if indented is None:
        raise ValueError("`questions:` is not followed by a list of blocks")
    room = indented[1]
    lines = "".join(room + line if line.strip() else line for line in entry.splitlines(True))
    return quiz.rstrip("\n") + "\n\n" + lines


def checklist(name: str, topic_id: str) -> str:
    """A `checklists/<name>.yaml` with one item."""
    return f"""\
id: {name}
title: {title_of(name)}
group: code-quality
programme: TODO
bullet: TODO the practice in one line
summary: TODO what holds of a project that keeps to it.
items:
- id: first-item
  text: TODO a statement that is true or not
  why: TODO what happens where it does not hold.
  how: TODO how to make it hold.
  verify: echo TODO a command that shows it
  auto: "no"
  severity: medium
  topic: {topic_id}
  source: https://example.org
"""


def path(name: str, track: str, room: Mapping[str, int]) -> str:
    """A `paths/<name>.yaml` through a track whose topics have these numbers of questions.

    Each topic gets the same share. Raises ValueError where they have too few for an exam.
    """
    topics = [topic for topic, questions in room.items() if questions]
    whole, more = divmod(100, len(topics)) if topics else (0, 0)
    weights = {topic: whole + (n < more) for n, topic in enumerate(topics)}
    able = [
        count
        for count in range(5, 101)
        if weights and all(w * count >= 100 for w in weights.values())
        if all(-(-w * count // 100) <= room[topic] for topic, w in weights.items())
    ]
    if not able:
        raise ValueError("too few questions for an exam of five")
    questions = min(able, key=lambda count: abs(count - 20))
    lines = "".join(f"    {topic}: {weight}\n" for topic, weight in weights.items())
    return f"""\
id: {name}
title: {title_of(name)}
audience: TODO for whom it is.
summary: TODO what one can do at its end.
track: {track}
exam:
  questions: {questions}
  minutes: {max(5, questions)}
  weights:
{lines}"""
