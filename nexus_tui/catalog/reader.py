"""Reads a pack from its folder; what is broken is left out and reported, the rest works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.catalog import example_files, markdown, references
from nexus_tui.catalog.files import Reading
from nexus_tui.catalog.models import (
    Challenge,
    Checklist,
    Lab,
    LearningPath,
    Moved,
    Pack,
    Question,
    Quiz,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from nexus_tui.catalog.markdown import Section
    from nexus_tui.catalog.problems import Problem


@dataclass(frozen=True)
class Text:
    """A Markdown file: its sections for reading, its source for fences and checks."""

    path: str
    source: str

    @property
    def sections(self) -> tuple[Section, ...]:
        return markdown.sections(markdown.strip_attributes(self.source))


@dataclass(frozen=True)
class TopicContent:
    """A topic with everything in its folder."""

    path: str
    track: str
    topic: Topic
    questions: tuple[Question, ...]
    lesson: Text | None
    cheatsheet: Text | None
    troubleshooting: Text | None


@dataclass(frozen=True)
class Shelved:
    """A document of the library."""

    kind: str
    title: str
    text: Text
    files: tuple[Section, ...] = ()
    """The files of an example beside its README, each as a section of its own."""


@dataclass(frozen=True)
class PackContent:
    """A whole pack, without what could not be read."""

    root: Path
    pack: Pack
    topics: tuple[TopicContent, ...]
    checklists: tuple[Checklist, ...]
    challenges: tuple[Challenge, ...]
    labs: Mapping[str, Lab]
    """`<challenge>/<stage>` → how it is checked, of those that can be solved."""
    paths: tuple[LearningPath, ...]
    documents: tuple[Shelved, ...]
    moved: tuple[tuple[str, str], ...]


def read_pack(root: Path) -> tuple[PackContent | None, list[Problem]]:
    """Read the pack in `root`; None where `pack.yaml` itself cannot be read."""
    reading = Reading(root, [])
    pack = reading.model(root / "pack.yaml", Pack)
    if pack is None:
        return None, reading.problems
    topics = [t for t in (_topic(reading, path) for path in _topic_folders(reading, pack)) if t]
    moved = reading.model(root / "moved.yaml", Moved, optional=True)
    challenges = tuple(_challenges(reading))
    content = PackContent(
        root=root,
        pack=pack,
        topics=tuple(topics),
        checklists=tuple(_checklists(reading)),
        challenges=challenges,
        labs=_labs(reading, challenges),
        paths=tuple(_paths(reading)),
        documents=tuple(_documents(reading)),
        moved=tuple((move.old, move.new) for move in moved.moved) if moved else (),
    )
    content = references.check(content, reading)
    return content, sorted(reading.problems)


def _topic_folders(reading: Reading, pack: Pack) -> list[Path]:
    """Folders of topics in the order of the tracks, then by name."""
    found: list[Path] = []
    home = reading.root / "topics"
    for track in pack.tracks:
        folder = home / track.id
        if folder.is_dir():
            found += sorted(path for path in folder.iterdir() if path.is_dir())
        else:
            reading.add(folder, f"is missing: pack.yaml names the track `{track.id}`")
    if home.is_dir():
        known = {track.id for track in pack.tracks}
        for folder in sorted(home.iterdir()):
            if folder.is_dir() and folder.name not in known:
                reading.add(folder, "is no track that pack.yaml names")
    return found


def _topic(reading: Reading, folder: Path) -> TopicContent | None:
    topic = reading.model(folder / "topic.yaml", Topic)
    if topic is None:
        return None
    if topic.id != folder.name:
        reading.add(
            folder / "topic.yaml", f"`id` is {topic.id}, but the folder is {folder.name}: one name"
        )
        return None
    path = folder / "quiz.yaml"
    quiz = reading.model(path, Quiz, optional=True)
    if quiz is None and path.exists():
        return None
    return TopicContent(
        path=reading.name(folder),
        track=folder.parent.name,
        topic=topic,
        questions=quiz.questions if quiz else (),
        lesson=_text(reading, folder / "lesson.md"),
        cheatsheet=_text(reading, folder / "cheatsheet.md"),
        troubleshooting=_text(reading, folder / "troubleshooting.md"),
    )


def _text(reading: Reading, path: Path) -> Text | None:
    source = reading.text(path, optional=True)
    return Text(reading.name(path), source) if source and source.strip() else None


def _checklists(reading: Reading) -> list[Checklist]:
    found = []
    for path in sorted((reading.root / "checklists").glob("*.yaml")):
        checklist = reading.model(path, Checklist)
        if checklist is None:
            continue
        if checklist.id != path.stem:
            reading.add(path, f"`id` is {checklist.id}, but the file is {path.name}: one name")
            continue
        found.append(checklist)
    return found


def _challenges(reading: Reading) -> list[Challenge]:
    found = []
    for folder in sorted(p for p in (reading.root / "challenges").glob("*") if p.is_dir()):
        challenge = reading.model(folder / "challenge.yaml", Challenge)
        if challenge is None:
            continue
        if challenge.id != folder.name:
            path = folder / "challenge.yaml"
            reading.add(path, f"`id` is {challenge.id}, but the folder is {folder.name}: one name")
            continue
        found.append(challenge)
    return sorted(found, key=lambda challenge: challenge.order)


def _labs(reading: Reading, challenges: Iterable[Challenge]) -> dict[str, Lab]:
    found = {}
    for challenge in challenges:
        for stage in challenge.stages:
            folder = reading.root / "challenges" / challenge.id / "stages" / stage.id
            file = folder / "stage.yaml"
            lab = reading.model(file, Lab) if file.is_file() else None
            if lab is not None:
                found[f"{challenge.id}/{stage.id}"] = lab
    return found


def _paths(reading: Reading) -> list[LearningPath]:
    """Those that go through a track in the order of the tracks, then the others by name."""
    found = []
    for file in sorted((reading.root / "paths").glob("*.yaml")):
        path = reading.model(file, LearningPath)
        if path is not None and path.id != file.stem:
            reading.add(file, f"`id` is {path.id}, but the file is {file.name}: one name")
        elif path is not None:
            found.append(path)
    return found


def _documents(reading: Reading) -> list[Shelved]:
    """Guides, resources and the READMEs of examples; the programme is a kind of its own."""
    found = []
    shelves = (("docs", "**/*.md"), ("resources", "**/*.md"), ("examples", "**/README.md"))
    for kind, pattern in shelves:
        for path in sorted((reading.root / kind).glob(pattern)):
            text = _text(reading, path)
            if text is None:
                continue
            title, source = _title(text.source, path.stem)
            shelf = "programme" if path.name == "programme.md" else kind
            files = example_files.sections(reading, path.parent) if kind == "examples" else ()
            found.append(Shelved(shelf, title, Text(text.path, source), files))
    return found


def _title(source: str, name: str) -> tuple[str, str]:
    """The `# Title` of a document and the text without it."""
    lines = source.lstrip("\n").split("\n")
    if lines and lines[0].startswith("# "):
        return lines[0][2:].strip(), "\n".join(lines[1:])
    return name.replace("-", " ").capitalize(), source
