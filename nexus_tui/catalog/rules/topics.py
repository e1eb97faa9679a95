"""Rules on what a topic and a track are made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from nexus_tui.catalog.questions import KINDS
from nexus_tui.catalog.rules.found import Found, Spot, bank_of
from nexus_tui.catalog.variants import weight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nexus_tui.catalog.reader import PackContent, TopicContent

QUESTIONS_AN_OBJECTIVE = 3
KINDS_A_TOPIC = 3
OBJECTIVES_A_FAMILY = 3
SYMPTOMS = 5


def questions_for_each_objective(topic: TopicContent) -> Iterator[Found]:
    """T01, error: three questions for each objective; one with variants counts for two."""
    if not topic.questions:
        return
    counts: Counter[str] = Counter()
    for question in topic.questions:
        counts[question.objective] += weight(question)
    for objective in topic.topic.objectives:
        found = counts[objective.id]
        if found < QUESTIONS_AN_OBJECTIVE:
            what = f"the objective `{objective.id}` has {found} questions"
            yield Found(Spot(bank_of(topic)), what, f"it needs {QUESTIONS_AN_OBJECTIVE}")


def all_parts(topic: TopicContent) -> Iterator[Found]:
    """T02, error: a topic with a lesson has questions, a cheat sheet and troubleshooting."""
    if topic.lesson is None:
        return
    present = {
        "quiz.yaml": bool(topic.questions),
        "cheatsheet.md": topic.cheatsheet is not None,
        "troubleshooting.md": topic.troubleshooting is not None,
    }
    for name, there in present.items():
        if not there:
            yield Found(Spot(f"{topic.path}/{name}"), "is missing", "a topic with a lesson has it")


def kinds_of_a_topic(topic: TopicContent) -> Iterator[Found]:
    """T03, error: questions of three kinds or more in each topic."""
    kinds = {question.kind for question in topic.questions}
    if topic.questions and len(kinds) < KINDS_A_TOPIC:
        what = f"questions of {len(kinds)} kinds ({', '.join(sorted(kinds))})"
        yield Found(Spot(bank_of(topic)), what, f"use {KINDS_A_TOPIC} kinds or more")


def kinds_of_a_track(pack: PackContent) -> Iterator[Found]:
    """T04, error: questions of all eight kinds in a track, once all its topics are complete."""
    tracks: dict[str, list[TopicContent]] = defaultdict(list)
    for topic in pack.topics:
        tracks[topic.track].append(topic)
    for name, topics in tracks.items():
        if not all(map(_complete, topics)):
            continue
        kinds = {question.kind for topic in topics for question in topic.questions}
        if missing := [kind for kind in KINDS if kind not in kinds]:
            what = f"the track `{name}` has no question of the kind {', '.join(missing)}"
            yield Found(Spot("pack.yaml"), what, "add one to a topic that it suits")


def families(topic: TopicContent) -> Iterator[Found]:
    """T05, error: one objective in three has a question with variants."""
    if not topic.questions:
        return
    count = len(topic.topic.objectives)
    having = {question.objective for question in topic.questions if question.variants}
    if len(having) * OBJECTIVES_A_FAMILY < count:
        what = f"{len(having)} of {count} objectives have a question with variants"
        mend = f"one in {OBJECTIVES_A_FAMILY} has: {-(-count // OBJECTIVES_A_FAMILY)}"
        yield Found(Spot(bank_of(topic)), what, mend)


def symptoms(topic: TopicContent) -> Iterator[Found]:
    """T14, warning: troubleshooting has five symptoms, where the topic has things that fail."""
    if topic.troubleshooting is None:
        return
    count = sum(bool(section.heading) for section in topic.troubleshooting.sections)
    if count < SYMPTOMS:
        mend = f"name {SYMPTOMS}, each a `## ` heading"
        yield Found(Spot(topic.troubleshooting.path), f"{count} symptoms", mend)


def _complete(topic: TopicContent) -> bool:
    return bool(topic.lesson and topic.questions and topic.cheatsheet and topic.troubleshooting)
