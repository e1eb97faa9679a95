"""Runs the rules over a pack: what no waiver covers, and waivers that cover nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexus_tui.catalog.problems import Problem
from nexus_tui.catalog.rules.found import Item, items
from nexus_tui.catalog.rules.places import Places
from nexus_tui.catalog.rules.registry import PACK_RULES, QUESTION_RULES, TOPIC_RULES
from nexus_tui.catalog.rules.waivers import EMPTY, UNUSED, Waivers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nexus_tui.catalog.models import Question
    from nexus_tui.catalog.problems import Severity
    from nexus_tui.catalog.reader import PackContent
    from nexus_tui.catalog.rules.found import Found

Variants = dict[tuple[str, str], tuple["Question", ...]]
"""(folder of the topic, question) → some of the variants that were drawn."""


def check(content: PackContent, variants: Variants) -> list[Problem]:
    """Every finding of every rule that no waiver covers, with its place."""
    waivers, places = Waivers(content), Places(content.root)
    raised = [
        (rule, severity, found)
        for rule, severity, found in _findings(content, variants)
        if not waivers.cover(rule, found)
    ]
    raised += [(EMPTY, "error", found) for found in waivers.empty()]
    raised += [(UNUSED, "warning", found) for found in waivers.unused(variants)]
    return [
        Problem(
            found.at.path,
            *places.of(found.at),
            message=found.message,
            rule=rule,
            severity=found.severity or severity,
            mend=found.mend,
        )
        for rule, severity, found in raised
    ]


def _findings(
    content: PackContent, variants: Mapping[tuple[str, str], Sequence[Question]]
) -> Iterator[tuple[str, Severity, Found]]:
    for topic in content.topics:
        for item in items(topic):
            drawn = variants.get((topic.path, item.question.id), ())
            for rule in QUESTION_RULES:
                for found in list(rule.check(item)) or _of_variants(rule.check, item, drawn):
                    yield rule.id, rule.severity, found
        for topic_rule in TOPIC_RULES:
            for found in topic_rule.check(topic):
                yield topic_rule.id, topic_rule.severity, found
    for pack_rule in PACK_RULES:
        for found in pack_rule.check(content):
            yield pack_rule.id, pack_rule.severity, found


def _of_variants(
    check: Callable[[Item], Iterator[Found]], item: Item, drawn: Sequence[Question]
) -> list[Found]:
    """What the first variant breaks that breaks the rule; the question as written keeps it."""
    for number, question in enumerate(drawn):
        if found := list(check(Item(item.path, question))):
            drew = f"drawn with the seed `lint/{number}`: "
            return [replace(one, message=drew + one.message) for one in found]
    return []
