"""What an upgrade of the content changed under the learner's history, said once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui import small_file
from nexus_tui.progress.revisions import answered, attempted
from nexus_tui.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from nexus_tui.study.desk import Desk

GONE = "gone"
"""The revision of what is no longer in the content."""
STAGE = "stage:"

SHOWN_BY = "W shows which"
"""In the notice, the words that lead to the list."""


@dataclass(frozen=True)
class Changed:
    """A question that is not as it was when it was answered last; a stage, when it was checked."""

    key: str
    """Of a question; of a stage after `STAGE`, which is the step that opens it."""
    revision: str
    """What it is now, or `GONE`."""
    title: str
    """Of its topic or challenge."""
    text: str
    """The stem, or the title of the stage; empty where it is gone."""
    day: date
    """Of the last answer or check."""

    @property
    def of_stage(self) -> bool:
        return self.key.startswith(STAGE)


def changed(desk: Desk) -> list[Changed]:
    """Every question and stage that changed since or is gone: by topic, by challenge.

    Looks at everything that was answered: for a thread. Raises StoreError.
    """
    return [*_questions(desk), *_stages(desk)]


def _questions(desk: Desk) -> list[Changed]:
    titles = {topic.key: topic.title for topic in desk.catalog.topics()}
    known = desk.catalog.revisions()
    found = []
    for key, last in answered(desk.store).items():
        topic = key.rpartition("/")[0]
        now, title = known.get(key, GONE), titles.get(topic, topic)
        if now != last.revision:
            text = desk.catalog.question(key).stem if now != GONE else ""
            found.append(Changed(key, now, title, text, last.day))
    return sorted(found, key=lambda one: (one.title, one.key))


def _stages(desk: Desk) -> list[Changed]:
    tried = attempted(desk.store)
    if not tried:
        return []
    from nexus_tui.labs.challenges.stage import StageError
    from nexus_tui.study.solving import every_stage

    try:
        views = {view.key: view for view in every_stage(desk)}
    except StageError:
        return []  # its files are not as they should be: the screen of challenges says which
    found = []
    for key, last in sorted(tried.items()):
        view = views.get(key)
        if view is None:
            found.append(Changed(f"{STAGE}{key}", GONE, key, "", last.day))
        elif view.files is not None and view.files.revision != last.revision:
            title, text = view.challenge.model.title, view.stage.title
            found.append(Changed(f"{STAGE}{key}", view.files.revision, title, text, last.day))
    return found


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
    kept[learner] = {"mark": mark, "told": {one.key: one.revision for one in found}}
    small_file.write(file, kept)
    return tuple(one for one in found if told.get(one.key) != one.revision)


def sentence(found: Sequence[Changed]) -> str:
    """What is said of changes: how many, and the key that shows which."""
    parts = []
    for of_stage, noun, which in (
        (False, "question", "that you answered"),
        (True, "stage", "that you tried"),
    ):
        own = [one for one in found if one.of_stage is of_stage]
        gone = sum(one.revision == GONE for one in own)
        if other := len(own) - gone:
            parts.append(f"{counted(other, noun)} {which} changed since")
        if gone:
            parts.append(f"{counted(gone, noun)} {which} {'is' if gone == 1 else 'are'} gone")
    return f"The content is new: {', and '.join(parts)}. {SHOWN_BY}; your answers stay."
