"""Which packs may run code: the bundled one, and those the learner trusted as they stood."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from nexus_tui.settings import bundled_content

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "trusted.json"


def what_would_run(root: Path) -> list[str]:
    """The parts of the pack that are code: snippets, checks of questions, judges, examples."""
    return [where for where, _ in _parts(root)]


def trust(root: Path, data: Path) -> None:
    """Remember that the code of the pack may run, exactly as it is now."""
    known = _known(data)
    known[str(root.resolve())] = code_digest(root)
    data.mkdir(parents=True, exist_ok=True)
    fresh = data / f".{_FILE}"
    fresh.write_text(json.dumps(known, indent=2), encoding="utf-8")
    fresh.replace(data / _FILE)


def is_trusted(root: Path, data: Path) -> bool:
    """Was the code of this pack trusted, and is it still the same?"""
    known = _known(data).get(str(root.resolve()))
    return known is not None and known == code_digest(root)


def may_run(root: Path, data: Path) -> bool:
    """May the code of this pack run: is it the bundled one, or trusted?"""
    return root.resolve() == bundled_content() or is_trusted(root, data)


def code_digest(root: Path) -> str:
    """SHA-256 over all code of the pack."""
    found = hashlib.sha256()
    for where, code in _parts(root):
        found.update(f"{where}\0{code}\0".encode("utf-8", "surrogateescape"))
    return found.hexdigest()


def _parts(root: Path) -> list[tuple[str, str]]:
    from nexus_tui.catalog.files import Reading
    from nexus_tui.catalog.reader import read_pack

    content, _ = read_pack(root)
    found: list[tuple[str, str]] = []
    for topic in content.topics if content else ():
        for text in (topic.lesson, topic.cheatsheet, topic.troubleshooting):
            if text is not None:
                found += _snippets(text.path, text.source)
        for question in topic.questions:
            where = f"{topic.path}/quiz.yaml, question {question.id}"
            found += [
                (f"{where} ({what})", code)
                for what, code in (("verify", question.verify), ("variants", question.variants))
                if code
            ]
    for shelved in content.documents if content else ():
        # Read again, with the title that the catalog takes off: the lines are those of the file.
        source = Reading(root, []).text(root / shelved.text.path)
        found += _snippets(shelved.text.path, source or "")
    folders = (root / name for name in ("challenges", "examples"))
    names = ("**/*.py", "**/stage.yaml")  # what runs, and with which rights
    for path in sorted(p for folder in folders for name in names for p in folder.glob(name)):
        if path.is_file() and path.resolve().is_relative_to(root.resolve()):
            code = path.read_text(encoding="utf-8", errors="surrogateescape")
            found.append((path.relative_to(root).as_posix(), code))
    return found


def _snippets(path: str, source: str) -> list[tuple[str, str]]:
    from nexus_tui.catalog import markdown

    return [
        (f"{path}:{fence.line} ({fence.language})", fence.code)
        for fence in markdown.fences(source)
        if "run" in fence.attributes
    ]


def _known(data: Path) -> dict[str, str]:
    try:
        found = json.loads((data / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
