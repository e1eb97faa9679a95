"""The compiled index: packs as one SQLite file with full-text search, made when they change."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import sqlite3
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import __version__
from nexus_tui.catalog.catalog import Catalog
from nexus_tui.catalog.links import linked
from nexus_tui.catalog.markdown import ANSWERS, in_lines
from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.revision import revision
from nexus_tui.catalog.spelling import WORD
from nexus_tui.text import unticked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nexus_tui.catalog.markdown import Section
    from nexus_tui.catalog.models import Challenge, Lab
    from nexus_tui.catalog.reader import PackContent, Text, TopicContent

FORMAT = 12
"""Goes up when the index is laid out differently."""
_IGNORED = frozenset({"__pycache__", ".git"})
_OF_STAGES = _IGNORED | {"starter", "solution", "mutants", "checks"}
"""Folders in `challenges` that hold code, not content."""
_SCHEMA = """
CREATE TABLE meta (fingerprint TEXT);
CREATE TABLE pack (id PRIMARY KEY, root) WITHOUT ROWID;
CREATE TABLE track (pack, id, title, summary, place INTEGER);
CREATE TABLE topic (key PRIMARY KEY, pack, id, track, title, level, minutes INTEGER, summary,
  model, lesson, cheatsheet, troubleshooting, questions INTEGER, requires, confusable,
  objectives, place INTEGER) WITHOUT ROWID;
CREATE TABLE question (key PRIMARY KEY, topic, objective, model, revision, place INTEGER)
  WITHOUT ROWID;
CREATE INDEX question_objective ON question (objective, place);
CREATE TABLE checklist (key PRIMARY KEY, model, place INTEGER) WITHOUT ROWID;
CREATE TABLE challenge (key PRIMARY KEY, model, place INTEGER) WITHOUT ROWID;
CREATE TABLE stage (key, challenge, number INTEGER, of INTEGER, title,
  minutes INTEGER, solvable INTEGER, prediction, place INTEGER);
CREATE TABLE path (key PRIMARY KEY, model, topics, stages, place INTEGER) WITHOUT ROWID;
CREATE TABLE document (key PRIMARY KEY, kind, path, title, sections, place INTEGER) WITHOUT ROWID;
CREATE TABLE moved (old, new);
CREATE TABLE vocabulary (word PRIMARY KEY, count INTEGER) WITHOUT ROWID;
CREATE TABLE problem (path, line INTEGER, col INTEGER, message, rule);
CREATE VIRTUAL TABLE words USING fts5 (kind UNINDEXED, key UNINDEXED, section UNINDEXED,
  title, heading, body, name, tokenize = 'porter unicode61', prefix = '1 2');
"""


def open_catalog(roots: Sequence[Path], cache: Path) -> Catalog:
    """Open the index of the packs in `roots`; compile it first where they have changed.

    Where the cache folder cannot be written, the index is made in memory, and
    `Catalog.notices` says so. Raises OSError where a pack cannot be read at all.
    """
    wanted = fingerprint(roots)
    name = hashlib.sha256(b"\n".join(os.fsencode(root) for root in roots)).hexdigest()[:16]
    target = cache / f"content-{name}.sqlite"
    if _is_current(target, wanted):
        try:
            return Catalog(_open(target))
        except sqlite3.Error:
            pass
    fresh = cache / f".{target.name}.{os.getpid()}"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        fresh.unlink(missing_ok=True)
        connection = sqlite3.connect(fresh)
        try:
            compile_packs(roots, connection, wanted)
        finally:
            connection.close()
        fresh.replace(target)
        return Catalog(_open(target))
    except (OSError, sqlite3.Error):
        with contextlib.suppress(OSError):
            fresh.unlink()
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        compile_packs(roots, connection, wanted)
        notice = (
            f"The index of the content could not be kept in {cache}: it is made anew at every "
            "start, which takes a second. Everything else works."
        )
        return Catalog(connection, (notice,))


def fingerprint(roots: Iterable[Path]) -> str:
    """A hash over names, sizes and times of the content files, and the program's version."""
    found = hashlib.sha256(f"{FORMAT}/{__version__}".encode())
    for root in roots:
        for path, size, changed in sorted(_files(root)):
            found.update(os.fsencode(f"\n{path}\t{size}\t{changed}"))
    return found.hexdigest()


def _files(
    folder: Path, ignored: frozenset[str] = _IGNORED, *, in_examples: bool = False
) -> list[tuple[str, int, int]]:
    """Names, sizes and times of what is read: YAML and Markdown, of examples every file."""
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in ignored:
                    below = _OF_STAGES if entry.name == "challenges" else ignored
                    whole = in_examples or entry.name == "examples"
                    found += _files(Path(entry.path), below, in_examples=whole)
            elif entry.name.endswith((".yaml", ".md")) or in_examples:
                state = entry.stat(follow_symlinks=False)
                found.append((entry.path, state.st_size, state.st_mtime_ns))
    return found


def _is_current(target: Path, wanted: str) -> bool:
    if not target.is_file():
        return False
    try:
        connection = _open(target)
        try:
            row = connection.execute("SELECT fingerprint FROM meta").fetchone()
        finally:
            connection.close()
    except sqlite3.Error:
        return False
    return row is not None and row[0] == wanted


def _open(target: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{target.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )


# ---------------------------------------------------------------- compiling


def compile_packs(roots: Iterable[Path], connection: sqlite3.Connection, mark: str = "") -> None:
    """Write the packs in `roots` to an empty database."""
    from nexus_tui.catalog.reader import read_pack

    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
    places = itertools.count()
    known: dict[str, Path] = {}
    for root in roots:
        content, problems = read_pack(root)
        _problems(connection, problems)
        if content is None:
            continue
        if (first := known.get(content.pack.id)) is not None:
            what = f"{root} is left out: the pack in {first} has the id `{content.pack.id}` too"
            _problems(connection, [Problem("pack.yaml", 1, 1, what)])
            continue
        known[content.pack.id] = root
        _pack(connection, content, places)
    _vocabulary(connection)
    connection.execute("INSERT INTO meta VALUES (?)", (mark,))
    connection.commit()


def _vocabulary(connection: sqlite3.Connection) -> None:
    """The words that can be found, for the one that a mistyped word was meant for."""
    counts: Counter[str] = Counter()
    for row in connection.execute("SELECT title, heading, body FROM words"):
        counts.update(WORD.findall(" ".join(row).lower()))
    connection.executemany("INSERT INTO vocabulary VALUES (?, ?)", counts.items())


def _problems(connection: sqlite3.Connection, problems: Iterable[Problem]) -> None:
    connection.executemany(
        "INSERT INTO problem VALUES (?, ?, ?, ?, ?)",
        [(p.path, p.line, p.column, p.message, p.rule) for p in problems],
    )


def _pack(connection: sqlite3.Connection, content: PackContent, places: Iterator[int]) -> None:
    """Write one pack; `places` go on from pack to pack, so that no two packs mix."""
    from nexus_tui.catalog.paths import in_order, way

    pack = content.pack.id
    connection.execute("INSERT INTO pack VALUES (?, ?)", (pack, str(content.root)))
    connection.executemany(
        "INSERT INTO track VALUES (?, ?, ?, ?, ?)",
        [(pack, t.id, t.title, t.summary, next(places)) for t in content.pack.tracks],
    )
    titles = {topic.topic.id: topic.topic.title for topic in content.topics}
    for topic in in_order(content.topics):
        _topic(connection, pack, topic, next(places), titles)
    for checklist in content.checklists:
        key = f"{pack}/{checklist.id}"
        connection.execute(
            "INSERT INTO checklist VALUES (?, ?, ?)",
            (key, checklist.model_dump_json(), next(places)),
        )
        text = f"{checklist.bullet or ''}\n\n{checklist.summary}"
        _words(connection, "checklist", key, 0, checklist.title, "", text)
        for number, item in enumerate(checklist.items, 1):
            text = f"{item.why}\n\n{item.how}"
            _words(connection, "checklist", key, number, checklist.title, item.text, text)
    for challenge in content.challenges:
        key = f"{pack}/{challenge.id}"
        connection.execute(
            "INSERT INTO challenge VALUES (?, ?, ?)",
            (key, challenge.model_dump_json(), next(places)),
        )
        _stages(connection, pack, challenge, content.labs, places)
        stages = "\n\n".join(f"{s.title}: {s.summary}" for s in challenge.stages)
        # Without the solution: a search must not tell it before the story is read.
        text = f"{challenge.summary}\n\n{challenge.story}\n\n{stages}"
        _words(connection, "challenge", key, 0, challenge.title, "", text)
    for path in content.paths:
        key, found = f"{pack}/{path.id}", way(path, content)
        connection.execute(
            "INSERT INTO path VALUES (?, ?, ?, ?, ?)",
            (
                key,
                path.model_dump_json(),
                json.dumps([f"{pack}/{topic}" for topic in found.topics]),
                json.dumps([f"{pack}/{stage}" for stage in found.stages]),
                next(places),
            ),
        )
        _words(connection, "path", key, 0, path.title, "", f"{path.summary}\n\n{path.audience}")
    for shelved in content.documents:
        key = f"{pack}/{shelved.text.path}"
        sections = [*linked(shelved.text.sections, pack, titles), *shelved.files]
        connection.execute(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?)",
            (key, shelved.kind, shelved.text.path, shelved.title, _dump(sections), next(places)),
        )
        kind = "programme" if shelved.kind == "programme" else "document"
        _text_words(connection, kind, key, shelved.title, sections)
    connection.executemany(
        "INSERT INTO moved VALUES (?, ?)",
        [(f"{pack}/{old}", f"{pack}/{new}") for old, new in content.moved],
    )


def _stages(
    connection: sqlite3.Connection,
    pack: str,
    challenge: Challenge,
    labs: Mapping[str, Lab],
    places: Iterator[int],
) -> None:
    for number, stage in enumerate(challenge.stages, 1):
        name = f"{challenge.id}/{stage.id}"
        lab = labs.get(name)
        asked = f"{pack}/{lab.prediction}" if lab is not None and lab.prediction else None
        connection.execute(
            "INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                f"{pack}/{name}",
                challenge.title,
                number,
                len(challenge.stages),
                stage.title,
                stage.minutes,
                lab is not None,
                asked,
                next(places),
            ),
        )


def _topic(
    connection: sqlite3.Connection,
    pack: str,
    content: TopicContent,
    place: int,
    titles: Mapping[str, str],
) -> None:
    topic = content.topic
    key = f"{pack}/{topic.id}"
    objectives = [(f"{key}/{o.id}", o.text) for o in topic.objectives]
    texts = [linked(text.sections, pack, titles) if text else None for text in _texts(content)]
    connection.execute(
        "INSERT INTO topic VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            key,
            pack,
            topic.id,
            content.track,
            topic.title,
            topic.level,
            topic.minutes,
            topic.summary,
            topic.model_dump_json(),
            *(_dump(s) if s is not None else None for s in texts),
            len(content.questions),
            json.dumps([f"{pack}/{name}" for name in topic.requires]),
            json.dumps([f"{pack}/{name}" for name in topic.confusable]),
            json.dumps(objectives),
            place,
        ),
    )
    connection.executemany(
        "INSERT INTO question VALUES (?, ?, ?, ?, ?, ?)",
        [
            (f"{key}/{q.id}", key, f"{key}/{q.objective}", q.model_dump_json(), revision(q), n)
            for n, q in enumerate(content.questions)
        ],
    )
    about = "\n\n".join([topic.summary, *(text for _, text in objectives)])
    _words(connection, "topic", key, 0, topic.title, "", about)
    for kind, sections in zip(("lesson", "cheatsheet", "troubleshooting"), texts, strict=True):
        if sections is not None:
            _text_words(connection, kind, key, topic.title, sections)
    for question in content.questions:
        # The stem only: a search must never show an answer.
        _words(connection, "question", f"{key}/{question.id}", 0, topic.title, "", question.stem)


def _texts(content: TopicContent) -> tuple[Text | None, ...]:
    return content.lesson, content.cheatsheet, content.troubleshooting


def _dump(sections: Iterable[Section]) -> str:
    return json.dumps([[section.heading, section.body] for section in sections])


def _text_words(
    connection: sqlite3.Connection, kind: str, key: str, title: str, sections: Iterable[Section]
) -> None:
    for number, section in enumerate(sections):
        if kind != "lesson" or section.heading != ANSWERS:  # a search must never show an answer
            _words(connection, kind, key, number, title, section.heading, section.body)


def _words(
    connection: sqlite3.Connection,
    kind: str,
    key: str,
    section: int,
    title: str,
    heading: str,
    body: str,
) -> None:
    # The name in the key is found too, such as `orm-performance`.
    row = (kind, key, section, title, unticked(heading), in_lines(body), key.rsplit("/", 1)[-1])
    connection.execute("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)", row)
