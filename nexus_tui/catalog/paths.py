"""Paths through the topics: their order, what proves them, and names that lead nowhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, get_args

from nexus_tui.catalog.fields import Level

if TYPE_CHECKING:
    from nexus_tui.catalog.files import Reading
    from nexus_tui.catalog.models import LearningPath
    from nexus_tui.catalog.reader import PackContent, TopicContent

LEVELS: tuple[str, ...] = get_args(Level)


class Way(NamedTuple):
    """What a path comes to: its topics in order, and the stages that prove it, by their ids."""

    topics: tuple[str, ...]
    stages: tuple[str, ...]


def way(path: LearningPath, content: PackContent) -> Way:
    """The topics and stages of a path; those of a track by level, each after what it requires."""
    topics = path.steps
    if path.track is not None:
        own = [t for t in in_order(content.topics) if t.track == path.track]
        own.sort(key=lambda topic: LEVELS.index(topic.topic.level))
        topics = tuple(topic.topic.id for topic in own)
    if path.stages is not None:
        return Way(topics, path.stages)
    known = set(topics)
    stages = [
        f"{challenge.id}/{stage.id}"
        for challenge in content.challenges
        for stage in challenge.stages
        if any(name.partition("/")[0] in known for name in stage.objectives)
    ]
    return Way(topics, tuple(stages))


def in_order(topics: tuple[TopicContent, ...]) -> list[TopicContent]:
    """By track, and within it each topic after those of the track that it requires."""
    ordered: list[TopicContent] = []
    for track in dict.fromkeys(topic.track for topic in topics):
        left = [topic for topic in topics if topic.track == track]
        while left:
            waiting = {topic.topic.id for topic in left}
            ready = [t for t in left if not waiting.intersection(t.topic.requires)] or left[:1]
            ordered += ready
            left = [t for t in left if t not in ready]
    return ordered


def sound(content: PackContent, reading: Reading) -> tuple[LearningPath, ...]:
    """The paths whose names all lead somewhere; of the others every wrong one is reported."""
    found = []
    for path in content.paths:
        wrong = _wrong(path, content)
        for what in wrong:
            reading.add(reading.root / "paths" / f"{path.id}.yaml", what)
        if not wrong:
            found.append(path)
    tracks = [track.id for track in content.pack.tracks]
    last = len(tracks)
    return tuple(sorted(found, key=lambda p: tracks.index(p.track) if p.track else last))


def _wrong(path: LearningPath, content: PackContent) -> list[str]:
    topics = {topic.topic.id: topic for topic in content.topics}
    if (path.track is None) == (not path.steps):
        return ["a path has either `track` or `steps`"]
    if path.track is not None and path.track not in {t.track for t in content.topics}:
        return [f"`track` names `{path.track}`, in which the pack has no topic"]
    steps, stages = way(path, content)
    unknown = [
        f"`steps` names the topic `{s}`, which the pack has not" for s in steps if s not in topics
    ]
    twice = [f"`steps` names `{s}` {n} times" for s, n in Counter(steps).items() if n > 1]
    if unknown or twice:
        return [*unknown, *twice]
    return [
        *_order(steps, topics),
        *_stages(stages, set(steps), content),
        *_weights(path, [topics[step] for step in steps]),
    ]


def _order(steps: tuple[str, ...], topics: dict[str, TopicContent]) -> list[str]:
    found = []
    for place, step in enumerate(steps):
        level = LEVELS.index(topics[step].topic.level)
        if place and level < LEVELS.index(topics[steps[place - 1]].topic.level):
            harder = steps[place - 1]
            found.append(f"`{step}` is easier than `{harder}` before it: foundation comes first")
        found += [
            f"`{step}` requires `{needed}`, which comes after it"
            for needed in topics[step].topic.requires
            if needed in steps[place + 1 :]
        ]
    return found


def _stages(stages: tuple[str, ...], steps: set[str], content: PackContent) -> list[str]:
    proves = {
        f"{challenge.id}/{stage.id}": {name.partition("/")[0] for name in stage.objectives}
        for challenge in content.challenges
        for stage in challenge.stages
    }
    found = []
    for name in stages:
        if name not in proves:
            found.append(f"`stages` names `{name}`, which the pack has not")
        elif not proves[name] & steps:
            found.append(f"`stages` names `{name}`, which proves no objective of these topics")
    return found


def _weights(path: LearningPath, steps: list[TopicContent]) -> list[str]:
    """Every line of the blueprint is of the path, has enough questions and stands once."""
    room: Counter[str] = Counter()
    known: set[str] = set()
    for step in steps:
        topic = step.topic.id
        known |= {topic, *(f"{topic}/{objective.id}" for objective in step.topic.objectives)}
        room[topic] += len(step.questions)
        room.update(f"{topic}/{question.objective}" for question in step.questions)
    found = []
    for name, weight in path.exam.weights.items():
        wanted = -(-weight * path.exam.questions // 100)
        if name not in known:
            found.append(f"`weights` names `{name}`, which is no topic or objective of the path")
        elif name.partition("/")[0] != name and name.partition("/")[0] in path.exam.weights:
            found.append(f"`weights` names `{name}` and its whole topic: one of them")
        elif room[name] < wanted:
            found.append(f"`weights` wants {wanted} questions on `{name}`, which has {room[name]}")
    return found
