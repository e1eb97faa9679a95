"""The catalog: all packs, read from the compiled index.

Rows come from plain SQL, without pydantic, so that the first screen does not wait for it;
a topic, a question or a checklist becomes its model when it is asked for.
"""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.spelling import Word, letters

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from types import TracebackType

    from nexus_tui.catalog.models import Challenge, Checklist, LearningPath, Question, Topic


class TrackRow(NamedTuple):
    """A track of a pack."""

    pack: str
    id: str
    title: str
    summary: str


class TopicRow(NamedTuple):
    """What lists show of a topic. Keys are `<pack>/<topic>`."""

    key: str
    pack: str
    id: str
    track: str
    title: str
    level: str
    minutes: int
    summary: str
    has_lesson: bool
    has_cheatsheet: bool
    has_troubleshooting: bool
    question_count: int
    requires: tuple[str, ...]
    confusable: tuple[str, ...]
    objectives: tuple[tuple[str, str], ...]
    """(key, text) of each objective."""


class StageTitle(NamedTuple):
    """What lists show of a stage of a challenge."""

    key: str
    challenge: str
    """Its title."""
    number: int
    """From 1, of so many."""
    of: int
    title: str
    minutes: int
    solvable: bool
    """One that is not can only be read."""
    prediction: str | None
    """The question on its code, where it asks one that is there."""


class Part(NamedTuple):
    """One section of a document, ready to be shown."""

    heading: str
    body: str


class DocumentView(NamedTuple):
    """A Markdown document, cut into sections."""

    key: str
    kind: str
    path: str
    title: str
    sections: tuple[Part, ...]


class TopicView(NamedTuple):
    """A topic to read."""

    topic: Topic
    lesson: DocumentView | None
    cheatsheet: DocumentView | None
    troubleshooting: DocumentView | None


class ChecklistView(NamedTuple):
    """A checklist and its key."""

    key: str
    model: Checklist


class ChallengeView(NamedTuple):
    """A challenge and its key."""

    key: str
    model: Challenge


class PathView(NamedTuple):
    """A path, its key, and the keys of its topics and stages in order."""

    key: str
    model: LearningPath
    topics: tuple[str, ...]
    stages: tuple[str, ...]


class Catalog:
    """Reads the index; may be used from several threads."""

    def __init__(self, connection: sqlite3.Connection, notices: tuple[str, ...] = ()) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self.notices = notices
        """What the learner should know about how the content was opened."""
        self._trusted: frozenset[str] = frozenset()
        self._vocabulary: tuple[Word, ...] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the index."""
        with self._lock:
            self._connection.close()

    def query(self, sql: str, parameters: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query on the index, for `search`."""
        with self._lock:
            return self._connection.execute(sql, parameters).fetchall()

    def vocabulary(self) -> tuple[Word, ...]:
        """The words that `search` can find, read once."""
        if self._vocabulary is None:
            rows = self.query("SELECT word, count FROM vocabulary")
            self._vocabulary = tuple(Word(word, letters(word), count) for word, count in rows)
        return self._vocabulary

    @property
    def mark(self) -> str:
        """Tells this content from what it was before."""
        return str(self.query("SELECT fingerprint FROM meta")[0][0])

    def let_run(self, roots: Iterable[Path]) -> None:
        """Allow the code of the packs in `roots` to run, such as that of variants."""
        wanted = {str(root) for root in roots}
        rows = self.query("SELECT id, root FROM pack")
        self._trusted = frozenset(pack for pack, root in rows if root in wanted)

    def runs_code_of(self, pack: str) -> bool:
        """May the code of this pack run?"""
        return pack in self._trusted

    def root(self, pack: str) -> Path:
        """The folder of a pack. Raises KeyError."""
        return Path(self._one("SELECT root FROM pack WHERE id = ?", pack, "pack")[0])

    def _one(self, sql: str, key: str, what: str) -> tuple[Any, ...]:
        rows = self.query(sql, (key,))
        if not rows:
            raise KeyError(f"there is no {what} {key}")
        return rows[0]

    # ------------------------------------------------------------ rows

    def tracks(self) -> list[TrackRow]:
        """The tracks of all packs in order."""
        return [
            TrackRow(*row)
            for row in self.query("SELECT pack, id, title, summary FROM track ORDER BY place")
        ]

    def topics(self) -> list[TopicRow]:
        """Every topic, by track, in an order in which prerequisites come first."""
        return [
            TopicRow._make(
                (
                    *row[:12],
                    tuple(json.loads(row[12])),
                    tuple(json.loads(row[13])),
                    tuple((key, text) for key, text in json.loads(row[14])),
                )
            )
            for row in self.query(
                "SELECT key, pack, id, track, title, level, minutes, summary,"
                " lesson IS NOT NULL, cheatsheet IS NOT NULL, troubleshooting IS NOT NULL,"
                " questions, requires, confusable, objectives FROM topic ORDER BY place"
            )
        ]

    def titles(self) -> dict[str, str]:
        """Topic → its title, in the order of `topics`."""
        return dict(self.query("SELECT key, title FROM topic ORDER BY place"))

    def stages(self) -> list[StageTitle]:
        """The stages of every challenge, in the order a learner meets them."""
        return [
            StageTitle._make((*row[:6], bool(row[6]), row[7]))
            for row in self.query(
                "SELECT stage.key, challenge, number, of, title, minutes, solvable, question.key"
                " FROM stage LEFT JOIN question ON question.key = prediction ORDER BY stage.place"
            )
        ]

    def counts(self) -> tuple[int, int, int]:
        """How many topics, challenges and checklists there are."""
        topics, challenges, checklists = self.query(
            "SELECT (SELECT count(*) FROM topic), (SELECT count(*) FROM challenge),"
            " (SELECT count(*) FROM checklist)"
        )[0]
        return topics, challenges, checklists

    def proofs(self) -> dict[str, tuple[str, ...]]:
        """Topic → keys of the stages that prove its objectives, where there are any."""
        rows = self.query(
            "SELECT topic.key, topic.pack || '/' || stage.value FROM topic,"
            " json_each(topic.model, '$.stages') AS proved, json_each(proved.value) AS stage"
        )
        found: dict[str, tuple[str, ...]] = {}
        for topic, stage in rows:
            if stage not in found.get(topic, ()):
                found[topic] = (*found.get(topic, ()), stage)
        return found

    @property
    def problems(self) -> list[Problem]:
        """What was left out of the catalog, and why."""
        return [
            Problem(*row)
            for row in self.query("SELECT path, line, col, message, rule FROM problem")
        ]

    def question_keys(self) -> set[str]:
        """Keys of all questions."""
        return {row[0] for row in self.query("SELECT key FROM question")}

    def revisions(self) -> dict[str, str]:
        """Question → its revision; all of them, without reading one."""
        return dict(self.query("SELECT key, revision FROM question"))

    def questions_of(self, objective: str) -> list[str]:
        """Keys of the questions of an objective, in the order of the bank."""
        sql = "SELECT key FROM question WHERE objective = ? ORDER BY place"
        return [row[0] for row in self.query(sql, (objective,))]

    def moved(self) -> dict[str, str]:
        """Old key → the key it has now."""
        return {row[0]: row[1] for row in self.query("SELECT old, new FROM moved")}

    # ------------------------------------------------------------ models

    def topic(self, key: str) -> TopicView:
        """A topic with its texts. Raises KeyError."""
        from nexus_tui.catalog.models import Topic

        row = self._one(
            "SELECT model, lesson, cheatsheet, troubleshooting FROM topic WHERE key = ?",
            key,
            "topic",
        )
        topic = Topic.model_validate_json(row[0])
        texts = [
            DocumentView(key, kind, "", topic.title, _parts(text)) if text else None
            for kind, text in zip(("lesson", "cheatsheet", "troubleshooting"), row[1:], strict=True)
        ]
        return TopicView(topic, *texts)

    def question(self, key: str, seed: str | None = None) -> Question:
        """A question by its key: with a seed, the variant it draws, where its code may run.

        Raises KeyError.
        """
        from nexus_tui.catalog.questions import read_question

        row = self._one("SELECT model FROM question WHERE key = ?", key, "question")
        found = read_question().validate_json(row[0])
        if seed is None or found.variants is None or not self.runs_code_of(key.partition("/")[0]):
            return found
        from nexus_tui.catalog.variants import variant

        return variant(found, seed)

    def checklists(self) -> list[ChecklistView]:
        """Every checklist."""
        from nexus_tui.catalog.models import Checklist

        rows = self.query("SELECT key, model FROM checklist ORDER BY place")
        return [ChecklistView(key, Checklist.model_validate_json(model)) for key, model in rows]

    def challenges(self) -> list[ChallengeView]:
        """Every challenge in the order a learner meets them."""
        from nexus_tui.catalog.models import Challenge

        rows = self.query("SELECT key, model FROM challenge ORDER BY place")
        return [ChallengeView(key, Challenge.model_validate_json(model)) for key, model in rows]

    @property
    def has_paths(self) -> bool:
        """Has any pack a path?"""
        return bool(self.query("SELECT 1 FROM path LIMIT 1"))

    def paths(self) -> list[PathView]:
        """Every path: those through a track first, in the order of the tracks."""
        from nexus_tui.catalog.models import LearningPath

        rows = self.query("SELECT key, model, topics, stages FROM path ORDER BY place")
        return [
            PathView(
                key,
                LearningPath.model_validate_json(model),
                tuple(json.loads(topics)),
                tuple(json.loads(stages)),
            )
            for key, model, topics, stages in rows
        ]

    def documents(self) -> list[DocumentView]:
        """Every document of the library, without its text."""
        rows = self.query("SELECT key, kind, path, title FROM document ORDER BY place")
        return [DocumentView._make((*row, ())) for row in rows]

    def document(self, key: str) -> DocumentView:
        """A document with its text. Raises KeyError."""
        sql = "SELECT key, kind, path, title, sections FROM document WHERE key = ?"
        row = self._one(sql, key, "document")
        return DocumentView._make((*row[:4], _parts(row[4])))


def _parts(text: str) -> tuple[Part, ...]:
    return tuple(Part(heading, body) for heading, body in json.loads(text))
