"""What a pack holds, counted. A topic without a lesson counts in no figure as done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from nexus_tui.catalog import markdown
from nexus_tui.catalog.variants import weight

if TYPE_CHECKING:
    from nexus_tui.catalog.reader import PackContent, TopicContent


def stats(content: PackContent) -> dict[str, Any]:
    """Figures of the pack, and under `results` those of each topic."""
    topics = [_topic(content.pack.id, topic) for topic in content.topics]
    return {
        "pack": content.pack.id,
        "tracks": len(content.pack.tracks),
        "topics": len(content.topics),
        "objectives": sum(len(t.topic.objectives) for t in content.topics),
        "misconceptions": sum(len(t.topic.misconceptions) for t in content.topics),
        "minutes": sum(t.topic.minutes for t in content.topics),
        "lessons": sum(t["lesson"] for t in topics),
        "topics_done": sum(t["done"] for t in topics),
        "words": sum(t["words"] for t in topics),
        "fences_run": sum(t["fences_run"] for t in topics),
        "fences_not_run": sum(len(t["fences_not_run"]) for t in topics),
        "questions": sum(len(t.questions) for t in content.topics),
        "questions_with_variants": sum(t["questions_with_variants"] for t in topics),
        "questions_verified": sum(t["questions_verified"] for t in topics),
        "checklists": len(content.checklists),
        "checklist_items": sum(len(c.items) for c in content.checklists),
        "challenges": len(content.challenges),
        "stages": sum(len(c.stages) for c in content.challenges),
        "paths": len(content.paths),
        "documents": len(content.documents),
        "results": topics,
    }


def _topic(pack: str, content: TopicContent) -> dict[str, Any]:
    texts = [t for t in (content.lesson, content.cheatsheet, content.troubleshooting) if t]
    fences = [fence for text in texts for fence in markdown.fences(text.source)]
    questions: Counter[str] = Counter()
    for question in content.questions:
        questions[question.objective] += weight(question)
    by_objective = {o.id: questions[o.id] for o in content.topic.objectives}
    return {
        "topic": f"{pack}/{content.topic.id}",
        "track": content.track,
        "lesson": content.lesson is not None,
        "done": len(texts) == 3 and min(by_objective.values()) >= 3,
        "words": markdown.words(content.lesson.source) if content.lesson else 0,
        "fences_run": sum("run" in fence.attributes for fence in fences),
        "fences_not_run": [f.attributes["norun"] for f in fences if "norun" in f.attributes],
        "questions": len(content.questions),
        "questions_by_kind": dict(Counter(q.kind for q in content.questions)),
        "questions_by_bloom": dict(Counter(q.bloom for q in content.questions)),
        "questions_by_objective": by_objective,
        "questions_with_variants": sum(q.variants is not None for q in content.questions),
        "questions_verified": sum(q.verify is not None for q in content.questions),
    }
