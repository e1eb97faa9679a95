"""A small pack that keeps all rules, and questions of each kind to break one rule in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from nexus_tui.catalog.reader import read_pack
from nexus_tui.catalog.rules.checking import check
from tests.builders import make_pack, quiz_file, topic_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nexus_tui.catalog.problems import Problem

ALPHA = "topics/basics/alpha"
WHY = "The first update holds the lock of its row until its transaction ends."
PROSE = "Two sessions meet at one row and the later one has to wait there. "
LESSON = f"""\
## Why it matters

{PROSE * 30}

## What goes wrong

{PROSE * 30}

## Recall

{PROSE}

## Answers

{PROSE}
"""
CHEATSHEET = "A short way to say it.\n"
TROUBLESHOOTING = "".join(f"## It fails in way {n}\n\nLook again.\n\n" for n in range(5))


class Pack(NamedTuple):
    """What differs from the sound pack."""

    questions: tuple[dict[str, Any], ...] = ()
    topic: Mapping[str, Any] = {}
    files: Mapping[str, str | None] = {}
    alone: bool = False
    """Are the questions the whole bank?"""


def topic(**changes: Any) -> str:
    """The `topic.yaml` of alpha."""
    parts: dict[str, Any] = {
        "misconceptions": [
            {"id": "mixed-up", "text": "It is something else"},
            {"id": "no-locks", "text": "Writers do not wait"},
        ],
    }
    return topic_file("alpha", **{**parts, **changes})


def write(root: Path, pack: Pack) -> Path:
    """The folder of a pack that keeps all rules but for what `pack` changes."""
    bank = pack.questions if pack.alone else (*bank_of_all(), *pack.questions)
    files = {
        f"{ALPHA}/topic.yaml": topic(**pack.topic),
        f"{ALPHA}/lesson.md": LESSON,
        f"{ALPHA}/cheatsheet.md": CHEATSHEET,
        f"{ALPHA}/troubleshooting.md": TROUBLESHOOTING,
        f"{ALPHA}/quiz.yaml": quiz_file(*bank),
    }
    return make_pack(root, {**files, **pack.files})


def problems(root: Path, pack: Pack) -> list[Problem]:
    """What reading and the rules say of a pack, without drawing its variants."""
    content, found = read_pack(write(root, pack))
    return sorted([*found, *(check(content, {}) if content else [])])


# ---------------------------------------------------------------- questions


def _question(name: str, kind: str, stem: str, parts: dict[str, Any]) -> dict[str, Any]:
    asked = {
        "id": name,
        "kind": kind,
        "objective": "name-it",
        "bloom": "apply",
        "stem": stem,
        "source": "book",
    }
    return {**asked, **parts}


def wrong(why: str = WHY, **parts: Any) -> dict[str, Any]:
    """A foreseen wrong answer that a misconception leads to."""
    return {"misconception": "no-locks", "why": why, **parts}


def options(key: str, *others: str, keys: int = 1) -> list[dict[str, Any]]:
    """Options with these texts: the first `keys` are right, the others slips."""
    found = []
    for place, text in enumerate((key, *others)):
        part = {"correct": True} if place < keys else {"slip": "neighbour"}
        found.append({"id": f"o{place}", "text": text, "why": WHY, **part})
    return found


RIGHT = "It waits until the first one ends"
WRONG = ("It fails as soon as it has started", "It writes beside the other update")


def choice(*texts: str, **changes: Any) -> dict[str, Any]:
    """A choice of `texts`, the first is right; without them, one that keeps all rules."""
    stem = "Two sessions change one row of `stock` at once. What does the second session do?"
    parts = {"options": options(*(texts or (RIGHT, *WRONG)))}
    return _question("extra", "choice", stem, {**parts, **changes})


def choices(*texts: str, keys: int = 2, **changes: Any) -> dict[str, Any]:
    """Choices of `texts`, of which the first two are right."""
    stem = "A transaction holds the lock of a row. Which sessions go on without a wait?"
    return _question("extra", "choices", stem, {"options": options(*texts, keys=keys), **changes})


def match(**changes: Any) -> dict[str, Any]:
    """Three pairs and a decoy."""
    parts = {
        "match": [
            {"id": "a", "left": "SELECT", "right": "reads a row"},
            {"id": "b", "left": "UPDATE", "right": "changes a row"},
            {"id": "c", "left": "DELETE", "right": "removes a row"},
        ],
        "decoys": [{"id": "d", "text": "locks a table", **wrong()}],
        "wrong": [{"left": "a", "right": "b", **wrong()}],
        "why": WHY,
    }
    stem = "What does each statement do to the table that it names?"
    return _question("pairs", "match", stem, {**parts, **changes})


def order(**changes: Any) -> dict[str, Any]:
    """Three lines and a decoy."""
    parts = {
        "lines": [
            {"id": "l1", "text": "BEGIN;"},
            {"id": "l2", "text": "UPDATE stock SET n = 1;"},
            {"id": "l3", "text": "COMMIT;"},
        ],
        "decoys": [{"id": "d", "text": "VACUUM;", **wrong()}],
        "why": WHY,
    }
    stem = "Put the lines in order so that the change is saved whole."
    return _question("extra", "order", stem, {**parts, **changes})


def short(**changes: Any) -> dict[str, Any]:
    """A word to type."""
    parts = {
        "short": {"accept": ["COMMIT"], "wrong": [{"text": "ROLLBACK", **wrong()}]},
        "why": WHY,
    }
    stem = "Which statement makes the changes of a transaction visible to others?"
    return _question("extra", "short", stem, {**parts, **changes})


def output(**changes: Any) -> dict[str, Any]:
    """Code that prints one line."""
    parts = {
        "output": {"code": "print(1 + 1)\n", "prints": "2\n", "wrong": [wrong(prints="11\n")]},
        "why": WHY,
        "verify": "assert 1 + 1 == 2\n",
    }
    return _question("extra", "output", "What does this print?", {**parts, **changes})


def line(**changes: Any) -> dict[str, Any]:
    """Three lines of code, one of them faulty."""
    parts = {
        "line": {"code": "a = 1\nb = a\nc = d\n", "faulty": [3], "wrong": [wrong(line=1)]},
        "why": WHY,
        "verify": "assert True\n",
    }
    return _question("extra", "line", "Which line raises an error?", {**parts, **changes})


def estimate(**changes: Any) -> dict[str, Any]:
    """About 1,000 ms."""
    parts = {
        "estimate": {"value": 1000, "unit": "ms", "wrong": [wrong(value=10)]},
        "why": WHY,
    }
    stem = "A page sends 500 queries of 2 ms each. How long does it take?"
    return _question("extra", "estimate", stem, {**parts, **changes})


def family(**changes: Any) -> dict[str, Any]:
    """A typed number with variants."""
    parts = {
        "short": {
            "number": {"value": "{{queries}}", "unit": "queries"},
            "wrong": [{"text": "{{books}}", **wrong(misconception="mixed-up")}],
        },
        "why": WHY,
        "base": {"books": 3, "queries": 4},
        "variants": "def draw(random):\n"
        "    books = random.randint(10, 99)\n"
        '    return {"books": books, "queries": books + 1}\n',
    }
    stem = "A page lists {{books}} books and asks for each author. How many queries?"
    return _question("family", "short", stem, {**parts, **changes})


def bank_of_all() -> tuple[dict[str, Any], ...]:
    """A bank that keeps all rules: three kinds, one of them with variants."""
    stem = "A report runs while a clerk edits prices. Which prices does it show?"
    sound = options("Those before the edit", "Those after the edit", "A few of each kind")
    for option in sound[1:]:
        del option["slip"]
        option["misconception"] = "mixed-up"
    return family(), choice(id="sound", stem=stem, options=sound), match()
