"""For each rule about topics and texts what keeps it and what breaks it, just so."""

from __future__ import annotations

from typing import Any

from tests.builders import topic_file
from tests.catalog.rules.fixtures import Case, bank
from tests.catalog.rules.sound import (
    ALPHA,
    LESSON,
    TROUBLESHOOTING,
    Pack,
    choice,
    choices,
    estimate,
    family,
    line,
    match,
    order,
    output,
    short,
)


def lesson(text: str) -> Pack:
    """The sound pack with another lesson."""
    return Pack(files={f"{ALPHA}/lesson.md": text})


def fence(text: str) -> Pack:
    """The sound pack with a fence in the lesson."""
    return lesson(LESSON.replace("## Recall", f"{text}\n\n## Recall"))


def cheatsheet(text: str) -> Pack:
    """The sound pack with another cheat sheet."""
    return Pack(files={f"{ALPHA}/cheatsheet.md": text})


def without(name: str) -> Pack:
    """The sound pack without a file of its topic."""
    return Pack(files={f"{ALPHA}/{name}": None})


def objectives(count: int) -> dict[str, Any]:
    """Objectives, of which the first is that of the sound bank."""
    names = ["name-it", *(f"use-{n}" for n in range(2, count + 1))]
    return {"objectives": [{"id": name, "text": "T"} for name in names]}


KINDS = (choice(), order(id="e2"), short(id="e3"), output(id="e4"), line(id="e5"))
ALL_KINDS = (*KINDS, estimate(id="e6"), choices("a", "b", "c", "d", id="e7"))
NO_BETA: dict[str, str | None] = {"topics/basics/beta/topic.yaml": None}
BETA: dict[str, str | None] = {"topics/basics/beta/topic.yaml": topic_file("beta")}

TOPICS = [
    Case("T01", Pack(bank(3), alone=True), Pack(bank(2), alone=True), "`name-it` has 2 questions"),
    Case("T01", Pack((family(), match()), alone=True), Pack((family(),), alone=True), "has 2 que"),
    Case("T01", Pack(), Pack(topic=objectives(2)), "`use-2` has 0 questions"),
    Case("T02", Pack(), without("quiz.yaml"), "quiz.yaml:1:1: is missing"),
    Case("T02", Pack(), without("cheatsheet.md"), "cheatsheet.md:1:1: is missing"),
    Case("T02", Pack(), without("troubleshooting.md"), "troubleshooting.md:1:1: is missing"),
    Case(
        "T03",
        Pack((choice(), short(id="b"), match()), alone=True),
        Pack((choice(), short(id="b"), short(id="c")), alone=True),
        "2 kinds (choice, short)",
    ),
    Case("T04", Pack(ALL_KINDS, files=NO_BETA), Pack(KINDS, files=NO_BETA), "choices, estimate"),
    Case("T04", Pack(KINDS, files=BETA), Pack(KINDS, files=NO_BETA), "`basics` has no question"),
    Case("T05", Pack(topic=objectives(3)), Pack(topic=objectives(4)), "1 of 4 objectives"),
    Case(
        "T14",
        Pack(files={f"{ALPHA}/troubleshooting.md": TROUBLESHOOTING}),
        Pack(
            files={
                f"{ALPHA}/troubleshooting.md": TROUBLESHOOTING.replace("## It fails in way 4", "")
            }
        ),
        "4 symptoms",
    ),
]

HEAD, MIDDLE, END = (
    "## Why it matters\n\n",
    "\n\n## What goes wrong\n\n",
    "\n\n## Recall\n\n## Answers\n\nIt.\n",
)
"""Nine words besides those between."""


def of_words(count: int) -> Pack:
    """A lesson of so many words of prose."""
    words = HEAD + MIDDLE + END
    own = sum(word.isalpha() for word in words.split()) + words.count("It.")
    return lesson(f"{HEAD}{'lock ' * (count - own)}{MIDDLE}{END}")


TABLE = "| a | b |\n|---|---|\n| c | d |\n"
PYTHON = "```python run\n"

LESSONS = [
    Case("T06", of_words(700), of_words(699), "699 words of prose"),
    Case("T06", of_words(1400), of_words(1401), "1,401 words of prose"),
    Case(
        "T06",
        lesson(of_words(700).files[f"{ALPHA}/lesson.md"] or ""),
        fence(f"```text\n{'lock ' * 99}\n```\n{'| lock ' * 99}|\n{'lock ' * 900}"),
        "words of prose",
    ),
    Case(
        "T07",
        Pack(),
        lesson(LESSON.replace("Why it matters", "Intro")),
        "1:1: the first section is `Intro`",
    ),
    Case(
        "T07",
        Pack(),
        lesson(LESSON.replace("Recall", "The end")),
        "the last but one section is `The end`",
    ),
    Case(
        "T07", Pack(), lesson(LESSON.replace("Answers", "The end")), "the last section is `The end`"
    ),
    Case("T07", Pack(), lesson("## What goes wrong\n\nIt.\n"), "section is `What goes wrong`"),
    Case(
        "T07",
        Pack(),
        lesson(LESSON.replace("What goes wrong", "Else")),
        "has no section `What goes wrong`",
    ),
    Case(
        "T07",
        Pack(),
        lesson(LESSON.replace("## Recall", "## What goes wrong\n\nAgain.\n\n## Recall")),
        "2 sections",
    ),
    Case(
        "T08",
        lesson(LESSON + "\n" + "line\n" * 98),
        lesson(LESSON + "\n" + "line\n" * 99),
        "`Answers` has 101 lines",
    ),
    Case(
        "T09",
        fence("```sh run\n# not a title\n```"),
        lesson(f"# Alpha\n\n{LESSON}"),
        "1:1: a `# Title`",
    ),
    Case(
        "T10",
        fence(PYTHON + "x\n" * 25 + "```"),
        fence(PYTHON + "x\n" * 26 + "```"),
        "26 lines of code",
    ),
    Case(
        "T10",
        fence("```output\n" + "x\n" * 26 + "```"),
        cheatsheet(PYTHON + "x\n" * 26 + "```"),
        "cheatsheet.md:1:1: 26",
    ),
    Case(
        "T11",
        cheatsheet("```text\ny\n" + "─" * 72 + "\n```"),
        cheatsheet("```text\ny\n" + "─" * 73 + "\n```"),
        "cheatsheet.md:3:73: 73 columns",
    ),
    Case(
        "T11",
        cheatsheet("```text\n" + "表" * 36 + "\n```"),
        cheatsheet("```text\n" + "表" * 37 + "\n```"),
        "74 columns",
    ),
    Case(
        "T12", fence(PYTHON + "x\n```"), fence("```python\nx\n```"), "a python fence does not say"
    ),
    Case(
        "T12", fence('```json norun="a body"\n{}\n```'), fence("```json\n{}\n```"), "a json fence"
    ),
    Case("T12", fence("```output\nx\n```"), fence("```\nx\n```"), "a fence without a language"),
    Case(
        "T13", fence(PYTHON + "x\n```"), fence("```python runn\nx\n```"), "unknown attribute runn"
    ),
    Case("T13", fence("```text\nx\n```"), fence("```text\nx\n"), "never closed"),
    Case(
        "T13",
        fence("```sh run id=a\nx\n```\n```sh run after=a\nx\n```"),
        fence("```sh run id=a\nx\n```\n```sh run after=b\nx\n```"),
        "after=b names no fence above that is run",
    ),
]

LINKS = [
    Case(
        "T15",
        cheatsheet("See [[beta]].\n"),
        cheatsheet("Well.\nSee [[gamma]].\n"),
        "cheatsheet.md:2:5: `[[gamma]]` leads to",
    ),
    Case(
        "T15",
        cheatsheet("`[[ -f x ]]` and\n```sh run\n[[ -f x ]]\n```\n"),
        cheatsheet("[[ -f x ]]\n"),
        "`[[ -f x ]]`",
    ),
    Case(
        "T15",
        Pack((choice(stem="As in [[beta]]: what does the second session do?"),)),
        Pack((choice(stem="As in [[delta]]: what does the second session do?"),)),
        "`[[delta]]` leads to",
    ),
    Case(
        "T15",
        Pack(files={"docs/a.md": "# A\n\n[[alpha]]\n"}),
        Pack(files={"docs/a.md": "# A\n\n[[omega]]\n"}),
        "docs/a.md:3:1: `[[omega]]`",
    ),
    Case(
        "T15",
        Pack(),
        Pack(files={"challenges/c/stages/s/brief.md": "[[omega]]\n"}),
        "brief.md:1:1: `[[omega]]`",
    ),
]
