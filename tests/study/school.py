"""A small content pack, written to a folder, and a desk on it.

`sql` and `indexing` have lessons and questions; `sharding` has neither yet; `queues` has both.
Each requires the one before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from nexus_tui.catalog.compiled import open_catalog
from nexus_tui.learning.calendar import now
from nexus_tui.learning.rating import Certainty
from nexus_tui.learning.responses import Chosen
from nexus_tui.settings import Place, Settings
from nexus_tui.study.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from nexus_tui.catalog.catalog import Catalog
    from nexus_tui.progress.store import Store
    from nexus_tui.study.sitting import Outcome, Sitting

TOPICS = {
    "sql": ("databases", (), True),
    "indexing": ("databases", ("sql",), True),
    "sharding": ("databases", ("indexing",), False),
    "queues": ("async", ("sharding",), True),
}
OBJECTIVES = ("explain", "decide")
QUESTIONS_EACH = 3
LESSON = "## Why it matters\n\nIt is slow.\n\n## What goes wrong\n\nMuch.\n\n## Recall\n\nWhy?\n"


def write_pack(root: Path, *, moved: dict[str, str] | None = None) -> Path:
    """Write the pack into `root`."""
    root.mkdir(parents=True, exist_ok=True)
    _yaml(
        root / "pack.yaml",
        {
            "id": "school",
            "title": "A small school",
            "version": "1.0",
            "licence": "CC-BY-4.0",
            "authors": [{"name": "Somebody"}],
            "tracks": [
                {"id": "databases", "title": "Databases", "summary": "Where data lives."},
                {"id": "async", "title": "Async", "summary": "Work done later."},
            ],
        },
    )
    moves = [{"old": old, "new": new} for old, new in (moved or {}).items()]
    _yaml(root / "moved.yaml", {"moved": moves})
    for name, (track, requires, written) in TOPICS.items():
        folder = root / "topics" / track / name
        folder.mkdir(parents=True, exist_ok=True)
        _yaml(folder / "topic.yaml", topic(name, requires))
        if written:
            (folder / "lesson.md").write_text(LESSON)
            questions = [
                choice(f"{objective}-{number}", objective)
                for objective in OBJECTIVES
                for number in range(QUESTIONS_EACH)
            ]
            _yaml(folder / "quiz.yaml", {"questions": questions})
    return root


def topic(name: str, requires: tuple[str, ...]) -> dict[str, object]:
    """What `topic.yaml` says."""
    return {
        "id": name,
        "title": name.capitalize(),
        "level": "core",
        "minutes": 30,
        "summary": f"What every engineer knows about {name}.",
        "requires": list(requires),
        "objectives": [{"id": o, "text": f"{o.capitalize()} {name}"} for o in OBJECTIVES],
        "sources": [
            {"id": "book", "title": "The book", "url": "https://example.org/", "as_of": "2026"}
        ],
    }


def choice(id: str, objective: str) -> dict[str, object]:
    """A question whose right answer is called `yes`."""
    return {
        "id": id,
        "kind": "choice",
        "objective": objective,
        "bloom": "apply",
        "stem": f"Is {id} so?",
        "options": [
            {"id": "yes", "text": "Yes", "correct": True, "why": "It is so. Always."},
            {"id": "no", "text": "No", "why": "It only looks so, says the zebra."},
            {"id": "maybe", "text": "Maybe", "why": "Nothing is maybe."},
        ],
        "source": "book",
    }


def write_quiz(root: Path, name: str, questions: list[dict[str, object]]) -> None:
    """Replace the questions of a topic."""
    _yaml(root / "topics" / TOPICS[name][0] / name / "quiz.yaml", {"questions": questions})


def write_lesson(root: Path, name: str) -> None:
    """Give a topic its lesson."""
    (root / "topics" / TOPICS[name][0] / name / "lesson.md").write_text(LESSON)


def _yaml(path: Path, data: dict[str, object]) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True))


def settings_in(folder: Path) -> Settings:
    """Every path below `folder`; the pack is written to `pack` where it is missing."""
    pack = folder / "pack"
    if not pack.exists():
        write_pack(pack)
    places = {
        name: Place(folder / name, "a test") for name in ("packs", "cache", "data", "settings.toml")
    }
    return Settings(
        content=Place(pack, "a test"),
        packs=places["packs"],
        database=Place(folder / "progress.db", "a test"),
        cache=places["cache"],
        data=places["data"],
        file=places["settings.toml"],
    )


def open_desk(folder: Path, clock: Callable[[], datetime] = now) -> Desk:
    """The desk with everything below `folder`."""
    return Desk.open(settings_in(folder), clock)


def catalog_in(folder: Path) -> Catalog:
    """The catalog of the small pack."""
    chosen = settings_in(folder)
    return open_catalog([chosen.content.path], chosen.cache.path)


def reply(
    sitting: Sitting, *, right: bool = True, certainty: Certainty = Certainty.UNMARKED
) -> Outcome:
    """Answer the question shown, and go on."""
    outcome = sitting.answer(Chosen(("yes" if right else "no",)), certainty)
    sitting.go_on(outcome)
    return outcome


def read(store: Store, name: str, *sections: int) -> None:
    """Show sections of a lesson."""
    headings = ("Why it matters", "What goes wrong", "Recall")
    for section in sections or (0,):
        store.reading(f"school/{name}", section, headings[section], len(headings)).result()
