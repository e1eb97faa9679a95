"""Names in content that must lead somewhere: prerequisites, objectives, sources, topics."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.catalog import paths, stage_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from nexus_tui.catalog.files import Reading
    from nexus_tui.catalog.models import Option, Question, Tempting
    from nexus_tui.catalog.reader import PackContent, TopicContent


def check(content: PackContent, reading: Reading) -> PackContent:
    """Report every name that leads nowhere or stands twice.

    Left out: topics on a cycle, broken questions, and what has the id of an earlier one.
    """
    names = {topic.topic.id for topic in content.topics}
    topics = [_own_names(topic, reading) for topic in content.topics]
    for topic in topics:
        _other_topics(topic, names, reading)
    while cycle := find_cycle({t.topic.id: t.topic.requires for t in topics}):
        path = next(t.path for t in topics if t.topic.id == cycle[0])
        reading.add(
            reading.root / path / "topic.yaml",
            f"`requires` goes round in a circle: {' → '.join(cycle)}",
        )
        topics = [t for t in topics if t.topic.id not in cycle]
    topics = _unique(topics, reading)
    _checklists(content, names, reading)
    _challenges(content, names, reading)
    content = replace(content, topics=tuple(topics))
    return replace(content, paths=paths.sound(content, reading))


def find_cycle(requires: dict[str, tuple[str, ...]]) -> list[str]:
    """A circle of prerequisites, first and last the same; empty where there is none."""
    done: set[str] = set()
    for start in requires:
        stack: list[tuple[str, int]] = [(start, 0)]
        on_path: list[str] = []
        while stack:
            name, place = stack.pop()
            if place == 0:
                if name in on_path:
                    return [*on_path[on_path.index(name) :], name]
                if name in done:
                    continue
                on_path.append(name)
            needed = requires.get(name, ())
            if place < len(needed):
                stack += [(name, place + 1), (needed[place], 0)]
            else:
                on_path.remove(name)
                done.add(name)
    return []


def _own_names(content: TopicContent, reading: Reading) -> TopicContent:
    """Check what a topic's own files name; questions that lead nowhere are left out."""
    topic = content.topic
    file = reading.root / content.path / "topic.yaml"
    for what, items in (
        ("objective", topic.objectives),
        ("misconception", topic.misconceptions),
        ("source", topic.sources),
    ):
        _twice(reading, file, what, (item.id for item in items))
    objectives = {objective.id for objective in topic.objectives}
    for name in topic.stages:
        if name not in objectives:
            reading.add(file, f"`stages` names the objective `{name}`, which the topic has not")
    quiz = reading.root / content.path / "quiz.yaml"
    _twice(reading, quiz, "question", (question.id for question in content.questions))
    first = {q.id: q for q in reversed(content.questions)}
    kept = [q for q in content.questions if first[q.id] is q]
    kept = [q for q in kept if not _broken(q, content, reading)]
    return replace(content, questions=tuple(kept))


def _broken(question: Question, content: TopicContent, reading: Reading) -> bool:
    topic = content.topic
    quiz = reading.root / content.path / "quiz.yaml"
    found = []
    if question.objective not in {o.id for o in topic.objectives}:
        found.append(f"names the objective `{question.objective}`")
    if question.source not in {s.id for s in topic.sources}:
        found.append(f"names the source `{question.source}`")
    known = {m.id for m in topic.misconceptions}
    named = [part.misconception for part in tempting(question)]
    found += [f"names the misconception `{m}`" for m in named if m and m not in known]
    for what in found:
        reading.add(quiz, f"question `{question.id}` {what}, which topic.yaml has not")
    _twice(reading, quiz, f"option of `{question.id}`", _parts(question))
    return bool(found)


def tempting(question: Question) -> list[Option | Tempting]:
    """Whatever of a question may carry a misconception: wrong options, answers, decoys."""
    match question.kind:
        case "choice" | "choices":
            return [option for option in question.options if not option.correct]
        case "short":
            return [*question.short.near, *question.short.wrong]
        case "output":
            return [*question.output.wrong]
        case "estimate":
            return [*question.estimate.wrong]
        case "line":
            return [*question.line.wrong]
        case "match":
            return [*question.wrong, *question.decoys]
        case "order":
            return [*question.decoys]


def _parts(question: Question) -> list[str]:
    match question.kind:
        case "choice" | "choices":
            return [option.id for option in question.options]
        case "order":
            ids = [part.id for part in question.lines]
            return [*ids, *(part.id for part in question.decoys)]
        case "match":
            ids = [pair.id for pair in question.match]
            return [*ids, *(part.id for part in question.decoys)]
        case _:
            return []


def _other_topics(content: TopicContent, names: set[str], reading: Reading) -> None:
    file = reading.root / content.path / "topic.yaml"
    for key, wanted in (
        ("requires", content.topic.requires),
        ("confusable", content.topic.confusable),
    ):
        for name in wanted:
            if name not in names:
                reading.add(file, f"`{key}` names the topic `{name}`, which the pack has not")


def _unique(topics: list[TopicContent], reading: Reading) -> list[TopicContent]:
    first: dict[str, TopicContent] = {}
    for topic in topics:
        if topic is not first.setdefault(topic.topic.id, topic):
            file = reading.root / topic.path / "topic.yaml"
            where = first[topic.topic.id].track
            reading.add(file, f"the id `{topic.topic.id}` stands in the track `{where}` too")
    return list(first.values())


def _checklists(content: PackContent, names: set[str], reading: Reading) -> None:
    stages = {f"{c.id}/{stage.id}" for c in content.challenges for stage in c.stages}
    for checklist in content.checklists:
        file = reading.root / "checklists" / f"{checklist.id}.yaml"
        _twice(reading, file, "item", (item.id for item in checklist.items))
        for item in checklist.items:
            if item.topic not in names:
                reading.add(file, f"item `{item.id}` names the topic `{item.topic}`, unknown here")
            if item.stage is not None and item.stage not in stages:
                reading.add(file, f"item `{item.id}` names the stage `{item.stage}`, unknown here")


def _challenges(content: PackContent, names: set[str], reading: Reading) -> None:
    known = {f"{t.topic.id}/{o.id}" for t in content.topics for o in t.topic.objectives}
    questions = {f"{t.topic.id}/{q.id}" for t in content.topics for q in t.questions}
    for challenge in content.challenges:
        file = reading.root / "challenges" / challenge.id / "challenge.yaml"
        _twice(reading, file, "stage", (stage.id for stage in challenge.stages))
        _unlisted(reading, file, {stage.id for stage in challenge.stages})
        for name in challenge.topics:
            if name not in names:
                reading.add(file, f"`topics` names the topic `{name}`, unknown here")
        for stage in challenge.stages:
            for name in stage.objectives:
                if name not in known:
                    reading.add(file, f"stage `{stage.id}` names the objective `{name}`, unknown")
            lab = content.labs.get(f"{challenge.id}/{stage.id}")
            if lab is not None:
                stage_files.check(reading, file.parent / "stages" / stage.id, lab, questions)
    _proofs(content, reading)


def _unlisted(reading: Reading, file: Path, listed: set[str]) -> None:
    """A folder of a stage that `challenge.yaml` does not list would never be seen."""
    for folder in sorted((file.parent / "stages").glob("*")):
        if folder.is_dir() and folder.name not in listed:
            reading.add(folder / "stage.yaml", f"`{folder.name}` is no stage of challenge.yaml")


def _proofs(content: PackContent, reading: Reading) -> None:
    """A stage that can be solved and the topics of its objectives name each other."""
    said = {
        (f"{topic.topic.id}/{objective}", stage): topic.path
        for topic in content.topics
        for objective, stages in topic.topic.stages.items()
        for stage in stages
    }
    known = {f"{t.topic.id}/{o.id}" for t in content.topics for o in t.topic.objectives}
    home = reading.root / "challenges"
    proved = {
        (objective, f"{challenge.id}/{stage.id}"): home / challenge.id
        for challenge in content.challenges
        for stage in challenge.stages
        for objective in stage.objectives
    }
    for objective, stage in sorted(said.keys() - proved.keys()):
        file = reading.root / said[objective, stage] / "topic.yaml"
        reading.add(file, f"`stages` says that `{stage}` proves `{objective}`; the stage does not")
    for (objective, stage), folder in sorted(proved.items()):
        solvable = (folder / "stages" / stage.partition("/")[2] / "stage.yaml").is_file()
        if solvable and objective in known and (objective, stage) not in said:
            file = folder / "challenge.yaml"
            reading.add(file, f"`{stage}` proves `{objective}`; say so in `stages` of its topic")


def _twice(reading: Reading, file: object, what: str, ids: Iterable[str]) -> None:
    from pathlib import Path

    assert isinstance(file, Path)
    for name, count in Counter(ids).items():
        if count > 1:
            reading.add(file, f"the {what} id `{name}` stands {count} times; ids are unique")
