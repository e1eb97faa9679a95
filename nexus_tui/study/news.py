"""What an upgrade of the content changed under the learner's history, said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui import small_file
from nexus_tui.catalog.revision import revision
from nexus_tui.progress.revisions import answered

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from nexus_tui.study.desk import Desk

GONE = "gone"
"""The revision of a question that is no longer in the content."""


@dataclass(frozen=True)
class Changed:
    """A question that is not as it was when it was answered last."""

    question: str
    revision: str
    """What it is now, or `GONE`."""
    topic: str
    """The key of its topic."""
    title: str
    stem: str
    """Empty where it is gone."""
    answered: date


def changed(desk: Desk) -> list[Changed]:
    """Every answered question that changed since or is gone, by topic.

    Reads every answered question: for a thread. Raises StoreError.
    """
    titles = {topic.key: topic.title for topic in desk.catalog.topics()}
    known = desk.catalog.question_keys()
    found = []
    for key, last in answered(desk.store).items():
        topic = key.rpartition("/")[0]
        title = titles.get(topic, topic)
        if key not in known:
            found.append(Changed(key, GONE, topic, title, "", last.day))
            continue
        question = desk.catalog.question(key)
        now = revision(question)
        if now != last.revision:
            found.append(Changed(key, now, topic, title, question.stem, last.day))
    return sorted(found, key=lambda one: (one.title, one.question))


def path_in(data: Path) -> Path:
    """Where it is kept which content was seen, and what was said of it."""
    return data / "content.json"


def look(desk: Desk, data: Path) -> tuple[Changed, ...]:
    """What changed and was not said yet; it counts as said from now on.

    Where the content is the one seen last, nothing is read but its mark. For a thread.
    """
    mark = desk.catalog.mark
    file, learner = path_in(data), desk.store.learner
    kept = small_file.read(file)
    own = kept.get(learner)
    own = own if isinstance(own, dict) else {}
    if own.get("mark") == mark:
        return ()
    told = own.get("told")
    told = told if isinstance(told, dict) else {}
    found = changed(desk)
    kept[learner] = {"mark": mark, "told": {one.question: one.revision for one in found}}
    small_file.write(file, kept)
    return tuple(one for one in found if told.get(one.question) != one.revision)


def sentence(found: Sequence[Changed]) -> str:
    """What is said of changes: how many, and the key that shows which."""
    gone = sum(one.revision == GONE for one in found)
    other = len(found) - gone
    parts = []
    if other:
        parts.append(f"{_questions(other)} that you answered changed since")
    if gone:
        parts.append(f"{_questions(gone)} that you answered {'is' if gone == 1 else 'are'} gone")
    return f"The content is new: {', and '.join(parts)}. W shows which; your answers stay."


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"
