"""Small content for tests: packs of two topics, and questions of every kind."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.catalog.models import (
    ChoiceQuestion,
    ChoicesQuestion,
    OrderQuestion,
    Question,
    Quiz,
    ShortQuestion,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog

LESSON = """\
## Why it matters

Nothing is older than alpha.

## What goes wrong

Forgetting it.

## Recall

Say it again.
"""


def as_yaml(value: Any) -> str:
    """JSON is YAML, and it is read by the same strict reader."""
    return json.dumps(value, ensure_ascii=False, indent=1)


# ---------------------------------------------------------------- packs


def pack_file(**changes: Any) -> str:
    """A `pack.yaml` with the one track `basics`."""
    track = {"id": "basics", "title": "Basics", "summary": "Where all begins."}
    pack: dict[str, Any] = {
        "id": "tiny",
        "title": "Tiny",
        "version": "1",
        "licence": "MIT",
        "authors": [{"name": "Someone"}],
        "tracks": [track],
    }
    return as_yaml(pack | changes)


def topic_file(name: str, **changes: Any) -> str:
    """A `topic.yaml` with one objective, one misconception and one source."""
    topic: dict[str, Any] = {
        "id": name,
        "title": name.title(),
        "level": "core",
        "minutes": 10,
        "summary": f"All that is to be known of {name}.",
        "objectives": [{"id": "name-it", "text": f"Name the {name}"}],
        "misconceptions": [{"id": "mixed-up", "text": "It is something else"}],
        "sources": [{"id": "book", "title": "A book", "url": "https://example.org", "as_of": "1"}],
    }
    return as_yaml(topic | changes)


def quiz_file(*questions: dict[str, Any]) -> str:
    """A `quiz.yaml`."""
    return as_yaml({"questions": list(questions)})


def checklist_file(name: str, **changes: Any) -> str:
    """A `checklists/<name>.yaml` with one item about the topic `alpha`."""
    item: dict[str, Any] = {
        "id": "item",
        "text": "It is so",
        "why": "It matters.",
        "how": "Look.",
        "verify": "true",
        "auto": "no",
        "severity": "low",
        "topic": "alpha",
        "source": "book",
    }
    checklist: dict[str, Any] = {
        "id": name,
        "title": name.title(),
        "group": "security",
        "programme": "BP",
        "bullet": "Keep it so",
        "summary": "All that is to be checked.",
        "items": [item | changes.pop("item", {})],
    }
    return as_yaml(checklist | changes)


def challenge_file(name: str, **changes: Any) -> str:
    """A `challenges/<name>/challenge.yaml` with one stage about the topic `alpha`."""
    stage: dict[str, Any] = {
        "id": "first",
        "title": "First",
        "minutes": 5,
        "summary": "Begin here.",
        "objectives": ["alpha/name-it"],
    }
    challenge: dict[str, Any] = {
        "id": name,
        "title": name.title(),
        "programme": "CH",
        "order": 1,
        "summary": "Something is slow.",
        "topics": ["alpha"],
        "story": "Once upon a time.",
        "solution": "It was made fast.",
        "stages": [stage | changes.pop("stage", {})],
    }
    return as_yaml(challenge | changes)


def path_file(name: str, **changes: Any) -> str:
    """A `paths/<name>.yaml` through `alpha` and `beta`, with an exam about `alpha`."""
    path: dict[str, Any] = {
        "id": name,
        "title": name.title(),
        "audience": "Whoever begins.",
        "summary": "Know both.",
        "steps": ["alpha", "beta"],
        "exam": {"questions": 5, "minutes": 5, "weights": {"alpha": 100}},
    }
    return as_yaml({key: value for key, value in (path | changes).items() if value is not None})


def make_pack(root: Path, files: Mapping[str, str | None] | None = None) -> Path:
    """A sound pack: `alpha` with all its files, and `beta`, which requires it.

    `files` replaces or adds files by their path; None leaves one out.
    """
    alpha = "topics/basics/alpha"
    all_files: dict[str, str | None] = {
        "pack.yaml": pack_file(),
        f"{alpha}/topic.yaml": topic_file("alpha"),
        f"{alpha}/lesson.md": LESSON,
        f"{alpha}/cheatsheet.md": "A short way to say it.\n",
        f"{alpha}/troubleshooting.md": "When it fails, look again.\n",
        f"{alpha}/quiz.yaml": quiz_file(choice(), choice(id="again"), choice(id="once-more")),
        "topics/basics/beta/topic.yaml": topic_file("beta", requires=["alpha"]),
    }
    for name, text in (all_files | dict(files or {})).items():
        if text is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return root


def open_pack(tmp_path: Path, files: Mapping[str, str | None] | None = None) -> Catalog:
    """The catalog of a small pack."""
    return open_catalog([make_pack(tmp_path / "pack", files)], tmp_path / "cache")


# ---------------------------------------------------------------- questions


def _question(kind: str, parts: dict[str, Any]) -> dict[str, Any]:
    asked = {
        "id": f"a-{kind}",
        "kind": kind,
        "objective": "name-it",
        "bloom": "apply",
        "stem": "Which one is it?",
        "source": "book",
    }
    return asked | parts


def option(name: str, *, correct: bool = False, **changes: Any) -> dict[str, Any]:
    """An option; a wrong one carries a slip."""
    found: dict[str, Any] = {"id": name, "text": f"Text of {name}", "why": f"Because of {name}."}
    found |= {"correct": True} if correct else {"slip": "neighbour"}
    return found | changes


def choice(**changes: Any) -> dict[str, Any]:
    """A choice of three: `right`, `left`, `middle`."""
    options = [option("right", correct=True), option("left"), option("middle")]
    return _question("choice", {"options": options, **changes})


def choices(keys: int = 2, others: int = 2, **changes: Any) -> dict[str, Any]:
    """Choices with the keys `k1`, `k2`, … and the distractors `d1`, `d2`, …"""
    options = [option(f"k{n}", correct=True) for n in range(1, keys + 1)]
    options += [option(f"d{n}") for n in range(1, others + 1)]
    return _question("choices", {"options": options, **changes})


def short(**key: Any) -> dict[str, Any]:
    """A typed answer with `key`: accept, number, near, wrong."""
    return _question("short", {"short": key, "why": "It is so. And it stays so."})


def order(lines: int = 3, decoys: int = 1, **changes: Any) -> dict[str, Any]:
    """Lines `l1`, `l2`, … in order, and decoys `x1`, …"""
    parts = {
        "lines": [{"id": f"l{n}", "text": f"line {n}"} for n in range(1, lines + 1)],
        "decoys": [
            {"id": f"x{n}", "text": f"decoy {n}", "why": f"Decoy {n} does not belong."}
            for n in range(1, decoys + 1)
        ],
        "why": "One after the other.",
    }
    return _question("order", {**parts, **changes})


def match(pairs: int = 3, decoys: int = 1, **changes: Any) -> dict[str, Any]:
    """Pairs `p1`, `p2`, … and right sides without a pair: `x1`, …"""
    parts = {
        "match": [
            {"id": f"p{n}", "left": f"left {n}", "right": f"right {n}"} for n in range(1, pairs + 1)
        ],
        "decoys": [
            {"id": f"x{n}", "text": f"decoy {n}", "why": f"Decoy {n} has no pair."}
            for n in range(1, decoys + 1)
        ],
        "wrong": [{"left": "p1", "right": "p2", "why": "The second is another."}],
        "why": "Each to its own.",
    }
    return _question("match", {**parts, **changes})


def output(**key: Any) -> dict[str, Any]:
    """Code that prints `a 2`, `b 3`, and one foreseen wrong output."""
    wrong = {"prints": "a 1\nb 2\n", "why": "The list was the first.", "slip": "off-by-one"}
    whole = {"code": "go()\n", "prints": "a 2\nb 3\n", "wrong": [wrong], **key}
    return _question("output", {"output": whole, "why": "It counts. And it prints."})


def faulty(**key: Any) -> dict[str, Any]:
    """Four lines of code and a blank one; the second is faulty."""
    whole = {
        "code": "one()\ntwo()\n\nfour()\nfive()\n",
        "faulty": [2],
        "wrong": [{"line": 4, "why": "Four is sound."}],
        **key,
    }
    return _question("line", {"line": whole, "why": "Two is broken. Mend it."})


def estimate(**key: Any) -> dict[str, Any]:
    """About 1,000 ms within a factor of 2."""
    wrong = {"value": 2, "why": "That is one of them.", "slip": "unit"}
    whole = {"value": 1000, "factor": 2, "unit": "ms", "wrong": [wrong], **key}
    return _question("estimate", {"estimate": whole, "why": "They wait. One by one."})


DRAW = """\
def draw(random):
    books = random.randint(10, 99)
    return {"books": books, "queries": books + 1}
"""


def family(code: str = DRAW, **changes: Any) -> dict[str, Any]:
    """A `short` question with variants: books, and one query more."""
    parts = {
        "stem": "How many queries for {{books}} books?",
        "short": {
            "number": {"value": "{{queries}}", "unit": "queries"},
            "wrong": [{"text": "{{books}}", "why": "One more than {{books}}."}],
        },
        "why": "One, and {{books}} more.",
        "base": {"books": 3, "queries": 4},
        "variants": code,
    }
    return _question("short", {**parts, **changes})


def in_a_bank(parts: dict[str, Any]) -> Question:
    """The model of a question as it is read from a bank: filled with its base."""
    [found] = Quiz.model_validate({"questions": (_frozen(parts),)}).questions
    return found


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(part) for key, part in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def question(parts: dict[str, Any]) -> Question:
    """The model of a question."""
    adapter: TypeAdapter[Question] = TypeAdapter(Question)
    return adapter.validate_json(json.dumps(parts))


def choice_question(**changes: Any) -> ChoiceQuestion:
    return ChoiceQuestion.model_validate_json(json.dumps(choice(**changes)))


def choices_question(keys: int = 2, others: int = 2) -> ChoicesQuestion:
    return ChoicesQuestion.model_validate_json(json.dumps(choices(keys, others)))


def short_question(**key: Any) -> ShortQuestion:
    return ShortQuestion.model_validate_json(json.dumps(short(**key)))


def order_question(lines: int = 3, decoys: int = 1, **changes: Any) -> OrderQuestion:
    return OrderQuestion.model_validate_json(json.dumps(order(lines, decoys, **changes)))
